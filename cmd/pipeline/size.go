package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// units of sizes, those that end alike the longer first.
var units = []struct {
	name  string
	bytes float64
}{
	{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30},
	{"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9},
	{"k", 1e3}, {"m", 1e6}, {"g", 1e9}, {"b", 1}, {"", 1},
}

// parseSize reads a number of bytes with or without a unit: "10MiB", "500 kB".
func parseSize(s string) (int64, error) {
	lower := strings.ToLower(strings.TrimSpace(s))
	for _, u := range units {
		digits, ok := strings.CutSuffix(lower, u.name)
		if !ok {
			continue
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if bytes := v * u.bytes; err == nil && bytes >= 1 && bytes <= math.MaxInt64/2 {
			return int64(bytes), nil
		}
		break
	}
	return 0, fmt.Errorf("%q is no size", s)
}
