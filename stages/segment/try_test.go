package segment

import (
	"bufio"
	"detente/lexicons"
	"detente/stages"
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

func TestTry(t *testing.T) {
	lex, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	f, _ := os.Open(os.Getenv("TRY"))
	if f == nil {
		t.Skip()
	}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	sg := New(lex)
	for sc.Scan() {
		var a struct{ ID, Text string }
		json.Unmarshal(sc.Bytes(), &a)
		d := &stages.Document{}
		d.Reset(&stages.Article{Text: a.Text})
		sg.Segment(d)
		for _, s := range d.Sentences {
			fmt.Print("S: ")
			for i := s.First; i < s.Last; i++ {
				fmt.Printf("%s/%s ", d.Word(i), lexicons.TagName(d.Tags[i]))
			}
			fmt.Println()
		}
		for _, q := range d.Quotations {
			fmt.Println("Q:", q.In(a.Text), q.Open, q.Continued, q.Nested)
		}
	}
}
