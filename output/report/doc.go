// Package report makes one self-contained web page of a dataset: who is
// hostile or friendly to whom, how that changed, and the words behind every
// figure.
//
//	dataset ─► Survey ─► Page ─► Pick ─► Write ─► report.html
//	           counts,   what    the     page, style, scripts
//	           dyads     it      words   and data in one file
//	                     shows
//
// The package reads tables and writes HTML. Series and comparisons, the
// statistics, are computed by stages/window; the caller puts them into the Page.
//
// A page keeps its size whatever the dataset's: it holds aggregates and, of
// each dyad and each point of a series, the strongest statements.
//
// Articles are data. Their words reach the page as JSON and get into it by
// textContent alone; links are http or https; and the page's policy lets
// no script run but its own, known by their hashes, and nothing be fetched.
//
// The page's own parts are in web/. The charts are drawn by Observable Plot;
// assets/plot.min.js is bundled from its npm package by "make report-assets".
package report
