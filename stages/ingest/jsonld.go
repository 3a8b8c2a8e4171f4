package ingest

import (
	"encoding/json"
	"slices"
	"strings"
)

// ldArticle is a schema.org article in a page's JSON-LD.
type ldArticle struct {
	headline, published, publisher, url, language, body string
}

// maxJSONLD is how many bytes of JSON-LD are read: decoded it takes ten times
// the memory.
const maxJSONLD = 1 << 20

// appendArticles adds the articles that a script of JSON-LD describes, in their
// order. A script that is no JSON, as many are, describes none.
func appendArticles(found []ldArticle, script string) []ldArticle {
	script = strings.TrimSpace(script)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}} {
		if rest, ok := strings.CutPrefix(script, wrap[0]); ok {
			script = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), wrap[1]))
		}
	}
	var v any
	if len(script) > maxJSONLD || json.Unmarshal([]byte(script), &v) != nil {
		return found
	}
	return walkLD(found, v)
}

// walkLD looks for articles at any depth: in @graph, mainEntity, lists. What
// stands within an article is part of it, as the pages that it cites are.
func walkLD(found []ldArticle, v any) []ldArticle {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			found = walkLD(found, e)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			return append(found, ldArticle{
				headline:  ldText(v["headline"]),
				published: ldText(v["datePublished"]),
				publisher: ldText(v["publisher"]),
				url:       ldText(v["url"]),
				language:  ldText(v["inLanguage"]),
				body:      ldText(v["articleBody"]),
			})
		}
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys) // a map has no order, results have one
		for _, k := range keys {
			found = walkLD(found, v[k])
		}
	}
	return found
}

// isArticle reports whether a type, or one of several, is an article:
// NewsArticle, ReportageNewsArticle, Article, BlogPosting, …
func isArticle(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.HasSuffix(v, "Article") || strings.HasSuffix(v, "BlogPosting")
	case []any:
		return slices.ContainsFunc(v, isArticle)
	}
	return false
}

// ldText is a value as text: itself, the name of a thing, or the first of several.
func ldText(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		if len(v) > 0 {
			return ldText(v[0])
		}
	case map[string]any:
		for _, key := range []string{"name", "@value", "@id"} {
			if s, ok := v[key].(string); ok && s != "" {
				return strings.TrimSpace(s)
			}
		}
	}
	return ""
}

// chooseArticle finds the page's own article among those that it describes,
// such as related ones: the one with its address or title, else the first.
func chooseArticle(found []ldArticle, canonical, address, title string) ldArticle {
	for _, a := range found {
		if a.url != "" && (a.url == canonical || a.url == address) || a.headline != "" && strings.HasPrefix(title, a.headline) {
			return a
		}
	}
	if len(found) > 0 {
		return found[0]
	}
	return ldArticle{}
}
