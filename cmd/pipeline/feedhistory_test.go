package main

import (
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"detente/stages/ingest"
)

// entry is an article of a feed at one time.
type entry struct {
	guid, title, text string
	published         time.Time
}

// feedHistory is a feed as a job found it n times, an hour apart: a window of
// ten entries that moves on, so that most come again and again; some are edited
// later, some drop out and come back, and at times the job did not run. It
// returns the snapshots by name and the last version of each entry that any of
// them shows.
func feedHistory(seed uint64, n int) (snapshots map[string]string, last map[string]entry) {
	var (
		r     = rand.New(rand.NewPCG(seed, 0))
		names = []string{"Iran", "Cuba", "France", "China", "Brazil", "Spain", "Peru"}
		deeds = []string{"condemned", "thanked", "accused", "praised", "met"}
		all   []entry
		hour  = time.Date(2014, 2, 27, 6, 0, 0, 0, time.UTC)
	)
	deed := func() string {
		i := r.IntN(len(names))
		return fmt.Sprintf("%s %s %s.", names[i], deeds[r.IntN(len(deeds))], names[(i+1+r.IntN(len(names)-1))%len(names)])
	}
	snapshots, last = map[string]string{}, map[string]entry{}
	for len(snapshots) < n {
		hour = hour.Add(time.Hour)
		for range r.IntN(4) {
			all = append(all, entry{fmt.Sprintf("https://meridian.example/?p=%d", len(all)), deed(), deed() + "\n\n" + deed(), hour})
		}
		window := all[max(0, len(all)-10):]
		for i := range window {
			switch r.IntN(20) {
			case 0:
				window[i].text += "\n\nCorrection: " + deed()
			case 1:
				window[i].title = deed()
			case 2: // an edit that also moves the date, here and there into the next month
				window[i].published = hour
				window[i].text = "Update: " + window[i].text
			}
		}
		if r.IntN(5) == 0 {
			continue // the job did not run
		}
		var b strings.Builder
		b.WriteString(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Meridian Wire</title>`)
		for _, e := range window {
			if r.IntN(8) == 0 {
				continue // out of the feed for once
			}
			last[e.guid] = e
			fmt.Fprintf(&b, "\n<item><guid>%s</guid><title>%s</title><pubDate>%s</pubDate><content:encoded>", e.guid, e.title, e.published.Format(time.RFC1123Z))
			xml.EscapeText(&b, []byte("<p>"+strings.ReplaceAll(e.text, "\n\n", "</p>\n<p>")+"</p>"))
			b.WriteString("</content:encoded></item>")
		}
		b.WriteString("\n</channel></rss>\n")
		snapshots[hour.Format("feed-20060102T15.xml")] = b.String()
	}
	return snapshots, last
}

// TestFeedHistory holds that a run over all snapshots of a feed gives each
// article once, in its last version.
func TestFeedHistory(t *testing.T) {
	snapshots, last := feedHistory(1, 50)
	if len(snapshots) != 50 || len(last) < 50 {
		t.Fatalf("%d snapshots, %d articles", len(snapshots), len(last))
	}
	dir := t.TempDir()
	for name, content := range snapshots {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "out")
	if code := pipeline([]string{"pipeline", "run", dir, "--out", out, "--quiet"}); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	sources, err := ingest.Expand([]string{filepath.Join(out, "documents")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for a, err := range ingest.Articles(sources, ingest.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		want, ok := last[a.ID]
		if !ok || seen[a.ID] {
			t.Errorf("%s: unknown, or there twice", a.ID)
		}
		seen[a.ID] = true
		if a.Title != want.title || a.Text != want.text || !a.Published.Equal(want.published) {
			t.Errorf("%s: %q, %q of %v; want %+v", a.ID, a.Title, a.Text, a.Published, want)
		}
	}
	if len(seen) != len(last) {
		t.Errorf("%d articles of %d", len(seen), len(last))
	}
}
