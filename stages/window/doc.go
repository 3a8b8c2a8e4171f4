// Package window answers questions over time: what was the tone of a dyad in a
// window of days, did it change between two windows, when did it change, and
// is the change more than chance.
//
//	[]Sample ─► Compare ─► []Comparison     two windows, difference, interval, p, q
//	 Sample  ─► Trend   ─► Series           a window after the other, change points
//
// A Sample holds the tones of one dyad as plain numbers; the command reads them
// from the tables. Functions are pure: the same samples, options and seed give
// the same figures on any number of processors.
//
// # What is resampled
//
// Statements of one document are not independent: a speech of forty sentences
// is one event. Every interval and test here takes documents as its unit.
//
//   - A document with n statements weighs n/(1+(n-1)r), where r is how alike
//     tones of one document are: the weights of least variance for clusters
//     (Donner, Birkett and Buck, American Journal of Epidemiology 114, 1981). A
//     transcript of 300 statements counts 3.3 times as much as one sentence in
//     the news, neither 300 times nor once. Means, shares, differences, delta and
//     tests all use them.
//   - Intervals are cluster bootstraps (Davison and Hinkley, Bootstrap Methods
//     and their Application, 1997, section 3.8): documents are drawn with
//     replacement, each with all of its statements. The percentiles are moved
//     outward for few documents: "expanded percentile" of Hesterberg, What
//     Teachers Should Know About the Bootstrap, The American Statistician 69
//     (2015), section 5.3.
//   - Tests permute documents between the windows (Good, Permutation, Parametric
//     and Bootstrap Tests of Hypotheses, 2005, chapter 3): exact for the hypothesis
//     that documents of both windows come about in the same way.
//   - Over many dyads q controls the false discovery rate (Benjamini and
//     Hochberg, J. R. Statist. Soc. B 57, 1995).
//   - The effect size is Cliff's delta (Cliff, Psychological Bulletin 114, 1993),
//     which does not assume that tones have a bell's shape; they do not.
//   - Change points are found with PELT (Killick, Fearnhead and Eckley, JASA
//     107, 2012).
package window
