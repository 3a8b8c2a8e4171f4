package report

// Page is what a page shows. Its JSON is the data that the scripts of web/
// read. Days are 2014-02-05, "" where there is none; windows include both ends;
// nil figures cannot be told.
type Page struct {
	Title    string            `json:"title"`
	Made     Made              `json:"made"`
	Names    map[string]string `json:"names"` // of actor codes: VEN is Venezuela
	Settings Settings          `json:"settings"`
	Overview Overview          `json:"overview"`
	Actors   []string          `json:"actors"` // rows and columns of the matrix
	Dyads    []Dyad            `json:"dyads"`  // busiest first
	Series   []Series          `json:"series"`
	Changes  *Changes          `json:"changes"` // nil if there is nothing to compare

	Documents  []Document  `json:"documents"`  // those that Statements refer to
	Statements []Statement `json:"statements"` // strongest first
}

// Made says what made the page and the tables.
type Made struct {
	Program  string   `json:"program"` // version that made the page
	Tables   string   `json:"tables"`  // version that made the tables
	Model    string   `json:"model"`
	Run      string   `json:"run"`
	Lexicons []string `json:"lexicons"` // name=sha256
}

// Settings say which tones count and when they happened.
type Settings struct {
	ByPublished    bool     `json:"byPublished"` // dated by the article instead of the statement
	WithDuplicates bool     `json:"withDuplicates"`
	MinConfidence  float64  `json:"minConfidence"`
	Sectors        bool     `json:"sectors"` // VEN-OPP counts as VEN
	Kinds          []string `json:"kinds"`   // of statement; none = all
}

// Overview counts what is in the dataset.
type Overview struct {
	Documents  int64   `json:"documents"`
	Duplicates int64   `json:"duplicates"` // documents that copy another
	Statements int64   `json:"statements"`
	Tones      int64   `json:"tones"`   // of the dataset
	Counted    int64   `json:"counted"` // tones that the settings let count
	Undated    int64   `json:"undated"` // of Counted
	Dyads      int64   `json:"dyads"`
	Publishers int64   `json:"publishers"`
	Busiest    []Count `json:"busiest"`  // publishers by documents, most first
	Warnings   []Count `json:"warnings"` // by documents, most first
	First      string  `json:"first"`    // day of the first article
	Last       string  `json:"last"`
}

// Count is how often a value occurs.
type Count struct {
	Value string `json:"value"`
	N     int64  `json:"n"`
}

// Dyad is the tone of one actor toward another, in sum.
type Dyad struct {
	Source       string  `json:"s"`
	Target       string  `json:"t"`
	N            int64   `json:"n"`    // tones
	Documents    int64   `json:"docs"` // that hold them
	Mean         float64 `json:"mean"` // weighted, -1 hostile … +1 conciliatory
	Hostile      int64   `json:"hostile"`
	Conciliatory int64   `json:"conciliatory"`
}

// Series is the tone of a dyad over time. Points are in order of time;
// windows without statements have none.
type Series struct {
	Source  string   `json:"s"`
	Target  string   `json:"t"`
	Every   string   `json:"every"` // length of the windows: week, 14 days
	Points  []Point  `json:"points"`
	Outside int      `json:"outside"` // dated tones in no window: far from the others, or a month that reaches beyond
	Changes []string `json:"changes"` // the days at which the level of tone changes
}

// Point is the tone within one window of a series.
type Point struct {
	Window
	Mean      float64  `json:"mean"`
	Low       *float64 `json:"low"` // 95% interval
	High      *float64 `json:"high"`
	N         int      `json:"n"`
	Documents int      `json:"docs"`
}

// Changes compares two windows.
type Changes struct {
	Before Window `json:"before"`
	After  Window `json:"after"`
	// MinDocuments is how many documents a dyad has in each window to be compared.
	MinDocuments int      `json:"minDocuments"`
	Rows         []Change `json:"rows"` // in the order to show
}

// Window is a span of days, both included; an open end is "".
type Window struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Change is the difference of a dyad's mean tone between two windows.
type Change struct {
	Source     string   `json:"s"`
	Target     string   `json:"t"`
	Before     Side     `json:"before"`
	After      Side     `json:"after"`
	Difference float64  `json:"diff"`
	Low        *float64 `json:"low"` // 95% interval of the difference
	High       *float64 `json:"high"`
	Q          *float64 `json:"q"`     // permutation p after Benjamini and Hochberg
	Shown      bool     `json:"shown"` // false prints ~: no difference is shown
	Warnings   []string `json:"warnings"`
}

// Side is one window of a Change.
type Side struct {
	Mean      float64 `json:"mean"`
	N         int     `json:"n"`
	Documents int     `json:"docs"`
}

// Document is an article that a statement stands in.
type Document struct {
	Title     string `json:"title"`
	URL       string `json:"url"` // http or https, else ""
	Publisher string `json:"publisher"`
	Published string `json:"published"`
}

// Statement is one statement's tone toward one target, with its words.
type Statement struct {
	ID         string  `json:"id"`        // statement_id
	Document   int     `json:"doc"`       // index into Page.Documents
	When       Window  `json:"when"`      // a day, or the month or year of which no more is known
	Precision  string  `json:"precision"` // of the date: day, month, year or document
	Kind       string  `json:"kind"`
	Source     string  `json:"s"`
	Target     string  `json:"t"`
	Tone       float64 `json:"tone"`
	Label      string  `json:"label"`
	Confidence float64 `json:"confidence"`
	Speaker    string  `json:"speaker"` // resolved name, else as written
	Passage    []Piece `json:"passage"`
}

// Piece is a stretch of a passage. The pieces of a passage, joined, are its text.
type Piece struct {
	Text     string   `json:"x"`
	Valence  *float64 `json:"v,omitempty"` // of a term of the evidence
	Category string   `json:"c,omitempty"` // of the term: threaten, praise …
	Context  bool     `json:"o,omitempty"` // stands outside the statement's own words
}
