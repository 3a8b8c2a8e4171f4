package main

import (
	"math"
	"testing"
)

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{
		"1": 1, "512b": 512, "10MiB": 10 << 20, "10 MB": 10_000_000, "1.5k": 1500, "2G": 2_000_000_000, " 7 kib ": 7 << 10,
	} {
		if got, err := parseSize(text); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "MB", "0", "-1", "ten", "1e300", "NaN", "3 parsecs"} {
		if got, err := parseSize(text); err == nil {
			t.Errorf("%q: %d, want an error", text, got)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -123: "-123", -1234: "-1,234"} {
		if got := thousands(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestBar(t *testing.T) {
	for v, want := range map[float64]string{
		0:    "          |          ",
		-0.3: "       ---|          ",
		1:    "          |++++++++++",
		-7:   "----------|          ",
	} {
		if got := painter(false).bar(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
	if round(math.NaN(), 1) != 0 || round(1.26, 1) != 1.3 {
		t.Error("round")
	}
}
