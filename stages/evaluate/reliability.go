package evaluate

import (
	"fmt"
	"io"
)

// Reliability says how often tones of a stated confidence are right: a bin for
// each tenth of it, after the reliability diagram of Murphy and Winkler (1977).
// Tones that only optional gold has are in no bin.
type Reliability [10]Bin

// Bin is the tones of one tenth of confidence.
type Bin struct {
	Tones  int
	Right  int
	Stated float64 // sum of the confidences
}

// Add counts a tone.
func (r *Reliability) Add(confidence float64, right bool) {
	b := &r[max(0, min(9, int(confidence*10)))]
	b.Tones++
	b.Right += one(right)
	b.Stated += confidence
}

// Share is the part of the bin's tones that is right; 0 if there is none.
func (b Bin) Share() float64 { return ratio(b.Right, b.Tones) }

// Mean is the bin's mean confidence; 0 if it is empty.
func (b Bin) Mean() float64 {
	if b.Tones == 0 {
		return 0
	}
	return b.Stated / float64(b.Tones)
}

func (r *Reliability) sum(o Reliability) {
	for i := range r {
		r[i].Tones += o[i].Tones
		r[i].Right += o[i].Right
		r[i].Stated += o[i].Stated
	}
}

// Error is the mean distance of confidence from the share that is right,
// weighed by the tones of each bin: the expected calibration error (Naeini,
// Cooper and Hauskrecht 2015).
func (r Reliability) Error() float64 {
	var sum float64
	n := 0
	for _, b := range r {
		n += b.Tones
		sum += float64(b.Tones) * max(b.Mean()-b.Share(), b.Share()-b.Mean())
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// Print writes a row for every bin that holds tones.
func (r Reliability) Print(w io.Writer) {
	fmt.Fprintln(w, "confidence  tones  stated  right")
	for i, b := range r {
		if b.Tones > 0 {
			fmt.Fprintf(w, "%.1f to %.1f  %5d   %.3f  %.3f\n", float64(i)/10, float64(i+1)/10, b.Tones, b.Mean(), b.Share())
		}
	}
	fmt.Fprintf(w, "expected calibration error %.3f\n", r.Error())
}
