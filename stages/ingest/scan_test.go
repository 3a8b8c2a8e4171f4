package ingest

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// referenceRecord does what scanner.record does, with encoding/json.
func referenceRecord(data []byte, cols *columns, rec *record) bool {
	if !json.Valid(data) || !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		return false
	}
	members(data, func(key string, raw json.RawMessage) {
		slot, ok := cols.lookup([]byte(key))
		if !ok {
			return
		}
		switch c := raw[0]; {
		case c == '"':
			rec.set(slot, text, unquote(raw))
		case c == '-' || isDigit(c):
			rec.set(slot, number, string(raw))
		case c == 'n':
		case c == '{' && slot.field == fieldPublisher:
			rec.set(slot, wrong, "")
			members(raw, func(key string, raw json.RawMessage) {
				if isPublisherName(key) && raw[0] == '"' {
					rec.set(slot, text, unquote(raw))
				}
			})
		default:
			rec.set(slot, wrong, "")
		}
	})
	return true
}

// members calls f for the members of a valid object, in their order.
func members(data []byte, f func(key string, raw json.RawMessage)) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.Token()
	for d.More() {
		key, _ := d.Token()
		var raw json.RawMessage
		d.Decode(&raw)
		f(key.(string), raw)
	}
}

func unquote(raw []byte) (s string) {
	json.Unmarshal(raw, &s)
	return s
}

func checkScanner(t *testing.T, data []byte) {
	var (
		s         scanner
		got, want record
		cols      = newColumns(map[string][]string{"url": {"my url"}})
	)
	err := s.record(bytes.Clone(data), cols, &got)
	if ok := referenceRecord(data, cols, &want); ok != (err == nil) {
		t.Fatalf("%q: %v, but encoding/json says %v", data, err, ok)
	}
	if err != nil {
		return
	}
	for f := range numFields {
		v, w := got.values[f], want.values[f]
		// encoding/json has repaired the strings already.
		if v.str = repairUTF8(v.str); v != w {
			t.Fatalf("%q: %s is %+v; want %+v", data, f, v, w)
		}
	}
}

var jsonSeeds = []string{
	jsonObject,
	`{}`, ` { } `, `{"text":""}`, `{"text":"a","text":"b"}`, `{"a":[[],{},[1,2,{"b":null}]]}`,
	`{"text":"\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00"}`,
	`{"text":"\ud83d"}`, `{"text":"\ud83dx"}`, `{"text":"\ud83d\u0041"}`, `{"text":"\ude00\ud83d\ude00"}`, `{"text":"\ud83d\ud83d\ude00"}`,
	"{\"text\":\"caf\xe9 \xe2\x82 \xf0\x9f\"}", "{\"te\\u0078t\":\"key\"}", "{\"text\":\"\x7f\"}",
	`{"id":-0.5e+10,"title":0,"published":1e5}`, `{"source":{"name":"a","title":"b","x":{"name":"c"}}}`, `{"source":{"name":null}}`,
	`{"text":[1],"body":"b"}`, `{"TEXT":"a","Text":"b"}`, `{"my url":"a","url":"b","MY URL":"c"}`,
	// not JSON
	``, `{`, `}`, `{"`, `{"a`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{,}`, `{"a" 1}`, `{a:1}`, `{"a":1}}`, `{"a":1} x`, `[]`, `"a"`, `1`,
	`{"a":01}`, `{"a":1.}`, `{"a":.5}`, `{"a":-}`, `{"a":1e}`, `{"a":+1}`, `{"a":0x1}`, `{"a":NaN}`, `{"a":tru}`, `{"a":nulll}`,
	"{\"a\":\"\n\"}", "{\"a\":\"\x00\"}", `{"a":"\x"}`, `{"a":"\u12"}`, `{"a":"\u12G4"}`, `{"a":"\`, `{"a":"\u`, `{"a":"\ud83d\`, `{"a":"\ud83d\u`,
	`{"a":[1,]}`, `{"a":[1 2]}`, `{"a":[}`, `{"a":{]}`, "{\"a\":1\x00}", "\x00", "{\"a\":1}\x00", "{\x00\"a\":1}", "\u00a0{}",
}

func TestScanner(t *testing.T) {
	for _, s := range jsonSeeds {
		checkScanner(t, []byte(s))
		// Every length puts the interesting byte elsewhere in a word of eight.
		for n := range 9 {
			checkScanner(t, []byte(strings.Replace(s, `"a"`, `"`+strings.Repeat("x", n)+`"`, 1)))
		}
	}
	for _, depth := range []int{maxDepth - 1, maxDepth} {
		checkScanner(t, []byte(`{"a":`+strings.Repeat("[", depth)+strings.Repeat("]", depth)+`}`))
	}
}

func FuzzScanner(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkScanner(t, data) })
}

// The framing of jsonStream and the reading of scanner agree about where a
// value ends.
func FuzzJSONStream(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !json.Valid(data) {
			return
		}
		s := newJSONStream(bytes.NewReader(append(bytes.Clone(data), " 1"...)), 1<<20)
		value, err := s.read()
		if err != nil || !bytes.Equal(value, bytes.TrimSpace(data)) {
			t.Fatalf("%q: %q, %v", data, value, err)
		}
	})
}
