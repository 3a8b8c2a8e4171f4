package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"detente/stages/evaluate"
	"detente/stages/tone"
)

// reading is one cross-validated prediction: its probability and whether it is
// right.
type reading struct {
	p       float64
	right   bool
	tied    bool // a construction and the sign of its word speak for it
	free    bool // may shape the weights
	article int
}

// readings returns the cross-validated readings of the articles, of a label
// that is not neutral or of neutral ones. Statements alone are left out: they
// are denser in tone than articles are.
func readings(examples []example, prob [][2]float64, least thresholds, toned bool) []reading {
	var out []reading
	for i, e := range examples {
		if strings.HasSuffix(e.set, ".tsv") || strings.Contains(e.set, "plover") {
			continue
		}
		l := least.label(e, prob[i])
		if toned != (l != 0) {
			continue
		}
		p := 1 - prob[i][0] - prob[i][1]
		if toned {
			p = prob[i][l-1]
		}
		out = append(out, reading{p, l == e.label, tone.Tied(e.loose, l == 1, e.best), e.free, e.article})
	}
	return out
}

// only returns the readings that are tied, or those that are not.
func only(list []reading, tied bool) []reading {
	return slices.DeleteFunc(slices.Clone(list), func(r reading) bool { return r.tied != tied })
}

// calibrate fits Platt's sigmoid to the readings that may shape weights, by
// Newton's method and with his targets that keep away from 0 and 1.
func calibrate(list []reading) tone.Calibration {
	list = slices.DeleteFunc(slices.Clone(list), func(r reading) bool { return !r.free })
	right := 0.0
	for _, r := range list {
		if r.right {
			right++
		}
	}
	high, low := (right+1)/(right+2), 1/(float64(len(list))-right+2)
	a, b := 1.0, 0.0
	for range 50 {
		var ga, gb, haa, hab, hbb float64
		for _, r := range list {
			p := min(max(r.p, 1e-4), 1-1e-4)
			x := math.Log(p / (1 - p))
			q := 1 / (1 + math.Exp(-a*x-b))
			y := low
			if r.right {
				y = high
			}
			ga += (q - y) * x
			gb += q - y
			w := q * (1 - q)
			haa += w * x * x
			hab += w * x
			hbb += w
		}
		haa += 1e-3
		hbb += 1e-3
		det := haa*hbb - hab*hab
		a -= (hbb*ga - hab*gb) / det
		b -= (haa*gb - hab*ga) / det
	}
	cut := func(x float64) float32 { return float32(math.Round(x*1e4) / 1e4) }
	return tone.Calibration{Slope: cut(a), Offset: cut(b)}
}

// reliability prints how right the calibrated confidence is where neither the
// weights nor the calibration have seen the article; the calibration is of the
// fitted readings.
func reliability(list, fitted []reading, folds int) {
	var table evaluate.Reliability
	for k := range folds {
		var seen []reading
		for _, r := range fitted {
			if r.article%folds != k {
				seen = append(seen, r)
			}
		}
		tied, others := calibrate(only(seen, true)), calibrate(only(seen, false))
		for _, r := range list {
			if r.article%folds != k {
				continue
			}
			c := others
			if r.tied {
				c = tied
			}
			table.Add(c.Of(r.p), r.right)
		}
	}
	fmt.Println("confidence, cross-validated on the articles:")
	table.Print(os.Stdout)
}
