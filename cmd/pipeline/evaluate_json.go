package main

import "detente/stages/evaluate"

// reportJSON is the JSON form of a report.
type reportJSON struct {
	Documents int                `json:"documents"`
	Missing   int                `json:"documents_missing"`
	Changed   int                `json:"documents_text_changed"`
	All       figures            `json:"all"`
	BySource  map[string]figures `json:"by_source,omitempty"`
	Errors    []wrongTuple       `json:"errors,omitempty"`
}

type figures struct {
	Precision     float64 `json:"precision"`
	Recall        float64 `json:"recall"`
	F1            float64 `json:"f1"`
	DyadPrecision float64 `json:"dyad_precision"`
	DyadRecall    float64 `json:"dyad_recall"`
	DyadF1        float64 `json:"dyad_f1"`
	Tone          float64 `json:"tone_accuracy"`
	Date          float64 `json:"date_accuracy"`
	Invented      float64 `json:"invented_per_quiet_sentence"`
	Gold          int     `json:"gold"`

	Reliability      []binJSON `json:"reliability"`
	CalibrationError float64   `json:"calibration_error"`
}

// binJSON is a tenth of confidence that holds tones.
type binJSON struct {
	From   float64 `json:"from"`
	To     float64 `json:"to"`
	Tones  int     `json:"tones"`
	Stated float64 `json:"stated"`
	Right  float64 `json:"right"`
}

type wrongTuple struct {
	Kind     string `json:"kind"`
	Document string `json:"id"`
	Sentence int    `json:"sentence"`
	Source   string `json:"source"`
	Target   string `json:"target"`
	Tone     string `json:"tone"`
	Text     string `json:"text"`
}

func newReportJSON(r *evaluate.Report, errors int, bySource bool) reportJSON {
	out := reportJSON{Documents: r.Documents, Missing: r.Missing, Changed: r.Changed, All: figuresOf(r.All)}
	if bySource {
		out.BySource = map[string]figures{}
		for source, counts := range r.BySource {
			out.BySource[source] = figuresOf(counts)
		}
	}
	for _, e := range r.First(errors) {
		out.Errors = append(out.Errors, wrongTuple{e.Kind, e.Document, e.Sentence, e.Source, e.Target, string(e.Tone), e.Text})
	}
	return out
}

func figuresOf(c evaluate.Counts) figures {
	f := figures{
		Precision: c.Tuples.Precision(), Recall: c.Tuples.Recall(), F1: c.Tuples.F1(),
		DyadPrecision: c.Dyads.Precision(), DyadRecall: c.Dyads.Recall(), DyadF1: c.Dyads.F1(),
		Tone: c.ToneAccuracy(), Date: c.DateAccuracy(), Invented: c.InventedPerQuiet(), Gold: c.Gold(),
		Reliability: []binJSON{}, CalibrationError: c.Reliability.Error(),
	}
	for i, b := range c.Reliability {
		if b.Tones > 0 {
			f.Reliability = append(f.Reliability, binJSON{float64(i) / 10, float64(i+1) / 10, b.Tones, b.Mean(), b.Share()})
		}
	}
	return f
}
