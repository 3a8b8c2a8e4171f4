package evaluate

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"detente/stages"
)

// TestReference holds the figures and the list of errors against those of the
// reference scorer.
func TestReference(t *testing.T) {
	f, err := os.Open(filepath.Join("testdata", "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	gold, err := Read("gold.jsonl", f)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "want.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	Score(gold, predictions(t)).Print(&got, true, 1000)
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// predictions reads the predictions of testdata.
func predictions(t *testing.T) map[string]Prediction {
	tones := map[string][]Tone{}
	eachLine(t, "tones.jsonl", func(r struct {
		StatementID    string `json:"statement_id"`
		Source, Target string
		Label          stages.Label
		Date           string
		Precision      stages.Precision `json:"date_precision"`
	}) {
		tones[r.StatementID] = append(tones[r.StatementID], Tone{Source: r.Source, Target: r.Target, Label: r.Label, Date: r.Date, Precision: r.Precision})
	})
	list := map[string]Prediction{}
	eachLine(t, "documents.jsonl", func(r struct {
		DocID string `json:"doc_id"`
		Text  string
	}) {
		list[r.DocID] = Prediction{Text: r.Text}
	})
	eachLine(t, "statements.jsonl", func(r struct {
		StatementID string `json:"statement_id"`
		DocID       string `json:"doc_id"`
		Start, End  int
	}) {
		p := list[r.DocID]
		p.Statements = append(p.Statements, Statement{r.Start, r.End, tones[r.StatementID]})
		list[r.DocID] = p
	})
	return list
}

func eachLine[R any](t *testing.T, name string, f func(R)) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var r R
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		f(r)
	}
}

func TestReadErrors(t *testing.T) {
	for _, test := range []struct{ name, line, want string }{
		{"syntax", `{"id": 1`, "g:2: unexpected EOF"},
		{"id", `{"text": "a", "sentences": []}`, "g:2: no id"},
		{"text", `{"id": "a", "sentences": []}`, "g:2: no text"},
		{"sentences", `{"id": "a", "text": "a"}`, "g:2: no sentences"},
		{"end", `{"id": "a", "text": "é", "sentences": [{"start": 0, "end": 2}]}`, "g:2: sentence 0: start 0 and end 2 do not fit"},
		{"order", `{"id": "a", "text": "abc", "sentences": [{"start": 1, "end": 3}, {"start": 0, "end": 1}]}`, "g:2: sentence 1: start 0"},
		{"tone", `{"id": "a", "text": "a", "sentences": [{"start": 0, "end": 1, "optional": [{"source": "A", "target": "B", "tone": "neutral"}]}]}`, `g:2: sentence 0: tone "neutral"`},
		{"actor", `{"id": "a", "text": "a", "sentences": [{"start": 0, "end": 1, "tuples": [{"source": "A", "tone": "hostile"}]}]}`, "g:2: sentence 0: a tuple without"},
		{"empty", ` `, "g: no gold documents"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read("g", strings.NewReader("\n"+test.line))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("%v, want %s…", err, test.want)
			}
		})
	}
	if _, err := Read("g", strings.NewReader(`{"text": "a", "target": {"start": 0, "end": 1}, "label": 1}`)); !errors.Is(err, ErrSentimentForm) {
		t.Errorf("%v, want %v", err, ErrSentimentForm)
	}
}

// TestLongID holds that a number as id keeps its digits, as it does in ingest.
func TestLongID(t *testing.T) {
	gold, err := Read("g", strings.NewReader(`{"id": 12345678901234567890, "text": "a", "sentences": []}`))
	if err != nil || gold[0].ID != "12345678901234567890" {
		t.Errorf("%v, %v", gold, err)
	}
}
