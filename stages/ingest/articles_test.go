package ingest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"detente/stages"
)

// TestWorkers holds that articles and errors come in the order of the input
// however many take pages apart, and that a consumer may stop anywhere.
func TestWorkers(t *testing.T) {
	var archive, feed strings.Builder
	feed.WriteString(rssHead)
	for i := range 40 {
		body := page("")
		switch i % 10 {
		case 3:
			body = "<html></html>"
		case 7:
			body = strings.Repeat("<p><div>", 1000)
		}
		body = strings.Replace(body, "</p>", fmt.Sprintf(" This is page %d.</p>%s", i, strings.Repeat("<b></b>", i*7%11*500)), 1)
		archive.WriteString(response(fmt.Sprintf("http://a.example/%d", i), htmlType, body))
		feed.WriteString(item(fmt.Sprint(i), fmt.Sprintf("entry %d", i)))
	}
	files := map[string]string{"a.warc": archive.String(), "b.jsonl": jsonObject + "\n{\n" + jsonObject, "c.xml": feed.String(), "e.html": page(""), "f.warc.gz": gzipped(archive.String())[:500]}
	for i := range 20 {
		files[fmt.Sprintf("d%02d.html", i)] = page(fmt.Sprintf("<title>%d</title>", i))
	}
	inFolder(t, files)
	sources, err := Expand([]string{"."}, nil)
	if err != nil {
		t.Fatal(err)
	}
	type outcome struct {
		article stages.Article
		err     string
	}
	read := func(workers, most int) (list []outcome) {
		for a, err := range Articles(sources, Options{Workers: workers}) {
			list = append(list, outcome{a, fmt.Sprint(err)})
			if len(list) == most {
				break
			}
		}
		return list
	}
	one := read(1, -1)
	if len(one) < 100 {
		t.Fatalf("%d outcomes", len(one))
	}
	for _, workers := range []int{0, 2, 5, 100} {
		if got := read(workers, -1); !reflect.DeepEqual(got, one) {
			t.Errorf("%d workers: %d outcomes, other than the %d of one worker", workers, len(got), len(one))
		}
	}
	for most := 1; most < len(one); most += 7 {
		if got := read(3, most); !reflect.DeepEqual(got, one[:most]) {
			t.Errorf("stopped after %d: %d outcomes, others than before", most, len(got))
		}
	}
}
