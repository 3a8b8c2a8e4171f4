package window

// Summary is the tone of a dyad in one window.
type Summary struct {
	Window     Range
	Statements int
	Documents  int
	Mean       float64 // of statements, weighted; NaN in an empty window
	Low, High  float64 // interval of Mean; NaN with fewer than two documents
	// Shares of statements by label, weighted, 0 … 1, NaN in an empty window.
	Hostile, Neutral, Conciliatory float64
	// Imprecise counts statements left out because their month or year only
	// overlaps the window.
	Imprecise int
}

// Empty reports whether the window holds no statement.
func (s *Summary) Empty() bool { return s.Statements == 0 }

// summarize computes all but the interval and the number of documents.
func summarize(tones []Tone, w Range, imprecise int, weight Weight) Summary {
	s := Summary{
		Window: w, Statements: len(tones), Imprecise: imprecise,
		Mean: noNumber, Low: noNumber, High: noNumber, Hostile: noNumber, Neutral: noNumber, Conciliatory: noNumber,
	}
	if len(tones) == 0 {
		return s
	}
	var sum, total float64
	var labels [3]float64
	for i, t := range weighted(tones, weight) {
		sum += t.weight * t.tone
		total += t.weight
		labels[tones[i].Label+1] += t.weight
	}
	s.Mean = sum / total
	s.Hostile, s.Neutral, s.Conciliatory = labels[0]/total, labels[1]/total, labels[2]/total
	return s
}
