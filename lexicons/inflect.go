package lexicons

import "strings"

type inflected struct {
	text string
	pos  POS
}

// inflect returns all forms of a verb given in its base form. In a multiword
// verb the first word is inflected.
func (c *compiler) inflect(verb string) []inflected {
	prefix, head, tail := "", verb, ""
	if i := strings.IndexByte(head, ' '); i > 0 {
		head, tail = head[:i], head[i:]
	}
	if i := strings.LastIndexByte(head, '-'); i > 0 { // "re-establish"
		prefix, head = head[:i+1], head[i+1:]
	}
	past, participle, third, gerund := regular(head)
	if irr, ok := c.irregular[head]; ok {
		past, participle = pick(irr[0], past), pick(irr[1], pick(irr[0], participle))
		third, gerund = pick(irr[2], third), pick(irr[3], gerund)
	}
	var out []inflected
	add := func(forms string, pos POS) {
		for _, f := range strings.Split(forms, "|") {
			out = append(out, inflected{prefix + f + tail, pos})
		}
	}
	add(head, Base)
	add(third, Third)
	add(gerund, Gerund)
	if past == participle {
		add(past, Past|Participle)
	} else {
		add(past, Past)
		add(participle, Participle)
	}
	return out
}

func pick(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// regular returns the regular forms of an English verb. Verbs that double
// their last consonant are in irregular.tsv unless they have one syllable.
func regular(v string) (past, participle, third, gerund string) {
	n := len(v)
	last := func(i int) byte {
		if n-i < 0 {
			return 0
		}
		return v[n-i]
	}
	third = v + "s"
	switch {
	case strings.HasSuffix(v, "s"), strings.HasSuffix(v, "x"), strings.HasSuffix(v, "z"), strings.HasSuffix(v, "ch"), strings.HasSuffix(v, "sh"):
		third = v + "es"
	case last(1) == 'o' && !vowel(last(2)):
		third = v + "es"
	case last(1) == 'y' && n > 1 && !vowel(last(2)):
		third = v[:n-1] + "ies"
	}
	switch {
	case strings.HasSuffix(v, "ee"), strings.HasSuffix(v, "oe"), strings.HasSuffix(v, "ye"):
		past, gerund = v+"d", v+"ing"
	case strings.HasSuffix(v, "ie"):
		past, gerund = v+"d", v[:n-2]+"ying"
	case last(1) == 'e':
		past, gerund = v+"d", v[:n-1]+"ing"
	case last(1) == 'y' && !vowel(last(2)):
		past, gerund = v[:n-1]+"ied", v+"ing"
	case oneSyllable(v) && n >= 3 && !vowel(last(1)) && vowel(last(2)) && !vowel(last(3)) && !strings.ContainsRune("wxy", rune(last(1))):
		d := v + string(last(1))
		past, gerund = d+"ed", d+"ing"
	default:
		past, gerund = v+"ed", v+"ing"
	}
	return past, past, third, gerund
}

// pluralise returns the plural of a noun. In a multiword noun the last word
// is inflected.
func (c *compiler) pluralise(noun string) string {
	head, w := "", noun
	if i := strings.LastIndexAny(noun, " -"); i > 0 {
		head, w = noun[:i+1], noun[i+1:]
	}
	if p, ok := c.plural[w]; ok {
		return head + p
	}
	n := len(w)
	switch {
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "ese"):
		return noun
	case strings.HasSuffix(w, "man"):
		return head + w[:n-2] + "en"
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "z"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return noun + "es"
	case strings.HasSuffix(w, "sis"):
		return head + w[:n-2] + "es"
	case n > 1 && w[n-1] == 'y' && !vowel(w[n-2]):
		return head + w[:n-1] + "ies"
	}
	return noun + "s"
}

func vowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

func oneSyllable(v string) bool {
	groups := 0
	for i := range len(v) {
		if vowel(v[i]) && (i == 0 || !vowel(v[i-1])) {
			groups++
		}
	}
	return groups == 1
}
