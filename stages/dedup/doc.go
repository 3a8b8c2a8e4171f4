// Package dedup finds near-duplicates: articles whose words are, but for small
// edits, those of one seen before. News is copied, and copies are not
// evidence: the tables keep their rows but mark them.
//
//	worker   Sign     Article ─► Signature, 225 bytes when stored
//	writer   Index    in the order of the input: First says whose copy an article
//	                  is, Add remembers it
//
// Only the Index depends on which articles came before, so the result does not
// depend on the number of workers. Signatures are kept with the dataset: a
// later run fills its Index with them and compares without any text.
//
// # What a duplicate is
//
// Two texts are near-duplicates if the Jaccard similarity of their sets of
// shingles, five words each, is at least 0.8: one changed word breaks five
// shingles, so of 100 words about two may differ (Broder 1997). Words are runs
// of letters and digits in lower case, so that typography, white space and
// layout do not count.
//
// Beside that, one text must begin like the other: most of its first words
// must stand among the first words of the other, in pairs. Where a page
// consists of a few lines of news and a long notice that all pages of an
// outlet have, the shingles agree and the news does not. A dateline, a byline
// or a correction put in front passes.
//
// Texts below 30 words are duplicates only if all their words and those of
// their titles are the same: so short, a changed number or name is another
// piece of news, and the same words stand below different titles: "Quarterly
// dividend 10 cents against 10 cents before" is said by many companies.
//
// The first seen is the original. What is a copy of a copy is a copy of the
// original. Of several originals, that of the text with the highest similarity
// counts.
//
// # Revisions
//
// A new version of a document is compared with all others, not with its own
// earlier version, which is forgotten. A document that others are copies of
// stays an original, so that no chain ends in a copy or in a circle. A
// document that comes again with the same words stays what it is.
//
// # How
//
// Each shingle's hash falls into one of 512 bins, and each bin keeps its
// least: one permutation instead of 512 (Li, Owen and Zhang 2012). Two bits of
// it are stored, of which 0 says that the bin is empty (b-bit minwise hashing,
// Li and König 2010). The standard error of an estimate is 0.02 or less, for
// long and for short texts.
//
// To find candidates, 60 coarser bins form 12 bands of 5: texts that agree in
// a band are compared (Leskovec, Rajaraman and Ullman, Mining of Massive
// Datasets, 3.4). Empty coarse bins borrow from others (optimal densification,
// Shrivastava 2017). Pairs at 0.8 share a band with probability .99, at 0.9
// always, at 0.3 in 3 of 100 cases.
//
// # References
//
//   - Broder: On the resemblance and containment of documents, SEQUENCES 1997.
//   - Li, König: b-Bit Minwise Hashing, WWW 2010.
//   - Li, Owen, Zhang: One Permutation Hashing, NIPS 2012.
//   - Shrivastava: Optimal Densification for Fast and Accurate Minwise Hashing,
//     ICML 2017.
package dedup
