package window

// Summary is the tone of a dyad in one window.
type Summary struct {
	Window     Range
	Statements int
	Documents  int
	Mean       float64 // of statements; NaN in an empty window
	Low, High  float64 // interval of Mean; NaN with fewer than two documents
	// Shares of statements by label, 0 … 1, NaN in an empty window.
	Hostile, Neutral, Conciliatory float64
	// Imprecise counts statements left out because their month or year only
	// overlaps the window.
	Imprecise int
}

// Empty reports whether the window holds no statement.
func (s *Summary) Empty() bool { return s.Statements == 0 }

// summarize counts; the interval is left NaN.
func summarize(tones []Tone, w Range, imprecise int) Summary {
	s := Summary{
		Window: w, Statements: len(tones), Imprecise: imprecise,
		Mean: NoNumber, Low: NoNumber, High: NoNumber, Hostile: NoNumber, Neutral: NoNumber, Conciliatory: NoNumber,
	}
	if len(tones) == 0 {
		return s
	}
	sum := 0.0
	var labels [3]int
	for i := range tones {
		sum += float64(tones[i].Value)
		labels[tones[i].Label+1]++
	}
	n := float64(len(tones))
	s.Mean = sum / n
	s.Hostile, s.Neutral, s.Conciliatory = float64(labels[0])/n, float64(labels[1])/n, float64(labels[2])/n
	return s
}
