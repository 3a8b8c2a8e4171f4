// Package evaluate measures how well the tones of articles agree with those
// that people wrote beside the same articles.
//
// Gold documents are one JSON object a line: id, title, published, source,
// language, text, and sentences: a list of start and end (code points of the
// text, end exclusive) with tuples, which a system must find, and optional
// ones, which are right if found and no fault if not.
//
// A predicted tuple falls into the gold sentence that its statement overlaps
// most, by letters and digits, so that other white space does no harm. It is
// compared on source, target and label, at country level; where source and
// target share the country, with their sectors. Neutral tones do not count.
package evaluate
