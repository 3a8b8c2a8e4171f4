package ingest
import ("testing";"fmt";"time";"sync/atomic")
func TestCorpora(t *testing.T){
 src, err := Expand([]string{"/work/shared/corpora"})
 fmt.Println(src, err)
 var p atomic.Int64
 counts := map[string]int{}; shown := map[string]int{}
 start := time.Now(); n, bytes := 0, 0
 for a, err := range Articles(src, Options{Progress:&p}) {
  if err != nil { counts["ERR"]++; if counts["ERR"] < 10 {fmt.Println(err, err.(*RecordError).Hint)}; continue }
  n++; bytes += len(a.Text)
  for _, w := range a.Warnings { k := w; if w==WarnNotEnglish {k+=" "+a.Language}; counts[k]++; if shown[k]++; shown[k] < 6 { fmt.Printf("%s | %s | %s | %.150q\n", k, a.URI, a.Title, a.Text) } }
 counts["lang "+a.Language]++
 }
 fmt.Println(n, bytes, time.Since(start), float64(bytes)/1e6/time.Since(start).Seconds(), p.Load(), TotalSize(src))
 fmt.Println(counts)
}
