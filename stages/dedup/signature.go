package dedup

import (
	"math/bits"

	"detente/stages"
)

const (
	// Threshold is the least Jaccard similarity of near-duplicates.
	Threshold = 0.8

	shingle = 5  // words
	short   = 30 // texts of fewer words are compared as a whole

	bins    = 512
	perWord = 32 // bins of two bits in a uint64

	coarse = 64 // bins that the bands are made of
	bands  = 12
	rows   = 5 // coarse bins in a band

	leadWords = 64 // the beginning of a text, in words
	openPairs = 16 // pairs of neighbouring words that open it
	samePairs = 9  // so many of them must be in the other's lead
)

// Signature is what is kept of an article's words to compare it with others.
// Equal words make equal signatures.
type Signature struct {
	bins    [bins / perWord]uint64 // of a short text its hash
	bands   [bands]uint32
	lead    [4]uint64        // pairs of words, a bit each: a Bloom filter of one hash; zero for a short text
	opening [openPairs]uint8 // the bits in lead of the first pairs
}

// Sign makes the signature of an article. It is safe for concurrent use.
func Sign(a *stages.Article) (s Signature) {
	var (
		least  [bins]uint64    // the least hash in each bin, its upper bits left out
		window [shingle]uint64 // the last words
		place  int             // of the oldest of them
		last   uint64          // the latest
		h      uint64          // the words of window as the digits of a number
		n      int             // words so far
		top    = uint64(1)     // what the oldest digit counts
	)
	for range shingle {
		top *= wordPrime
	}
	for i := range least {
		least[i] = empty
	}
	for w := range wordHashes(a.Text) {
		if n > 0 && n < leadWords {
			pair := uint8(mix(last*3 + w))
			s.lead[pair/64] |= 1 << (pair % 64)
			if n <= openPairs {
				s.opening[n-1] = pair
			}
		}
		h = (h - window[place]*top + w) * wordPrime
		window[place], last = w, w
		if place++; place == shingle {
			place = 0
		}
		if n++; n >= shingle {
			mixed := mix(h)
			bin := mixed % bins
			least[bin] = min(least[bin], mixed/bins)
		}
	}
	if n < short {
		return signShort(a)
	}
	for i, h := range least {
		if h != empty {
			s.bins[i/perWord] |= (1 + h%3) << (i % perWord * 2)
		}
	}
	s.band(&least)
	return s
}

const empty = ^uint64(0)

// band hashes the coarse bins into bands. An empty one borrows from
// one that is not, found by the same path for all texts.
func (s *Signature) band(least *[bins]uint64) {
	var wide, filled [coarse]uint64
	for i := range wide {
		wide[i] = empty
	}
	for i, h := range least {
		wide[i%coarse] = min(wide[i%coarse], h)
	}
	for i, h := range wide {
		for path := uint64(i); h == empty; h = wide[path%coarse] {
			path = mix(path + 1)
		}
		filled[i] = h
	}
	for b := range s.bands {
		var h uint64
		for _, v := range filled[b*rows : (b+1)*rows] {
			h = mix(h + v)
		}
		s.bands[b] = uint32(h)
	}
}

// signShort makes the signature of a text as a whole, with its title.
func signShort(a *stages.Article) (s Signature) {
	var h1, h2 uint64
	for _, text := range []string{a.Title, a.Text} {
		for w := range wordHashes(text) {
			h1, h2 = mix(h1+w), mix(h2^w)*wordPrime
		}
		h1, h2 = h1+1, h2+1 // a word may not move from title to text
	}
	s.bins[0], s.bins[1] = h1, h2
	for b := range s.bands {
		s.bands[b] = uint32(mix(h1 + uint64(b)))
	}
	return s
}

func (s *Signature) short() bool { return s.lead == [4]uint64{} }

// Similarity estimates the Jaccard similarity of the shingles of two texts, 0
// to 1. If one is short it is 1 for equal words and else 0.
func (s *Signature) Similarity(t *Signature) float64 {
	if s.short() || t.short() {
		if *s == *t {
			return 1
		}
		return 0
	}
	const low = 0x5555555555555555 // the lower bit of each bin
	var either, both, equal int
	for i := range s.bins {
		x, y := s.bins[i], t.bins[i]
		inX, inY, differ := (x|x>>1)&low, (y|y>>1)&low, x^y
		either += bits.OnesCount64(inX | inY)
		both += bits.OnesCount64(inX & inY)
		equal += bits.OnesCount64(inX & inY &^ (differ | differ>>1))
	}
	// Of the bins that are filled in both and differ, a third looks equal.
	same := float64(3*equal-both) / 2
	return max(0, same/float64(either))
}

// duplicates reports whether s and t are near-duplicates, and their similarity.
func (s *Signature) duplicates(t *Signature) (similarity float64, ok bool) {
	similarity = s.Similarity(t)
	return similarity, similarity >= Threshold && (s.short() || s.opens(t) >= samePairs || t.opens(s) >= samePairs)
}

// opens counts the pairs of words that open s and are in the lead of t.
func (s *Signature) opens(t *Signature) (n int) {
	for _, pair := range s.opening {
		n += int(t.lead[pair/64] >> (pair % 64) & 1)
	}
	return n
}
