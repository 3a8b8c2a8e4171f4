"use strict";
// Puts the parts together: choosing a mark in a chart lists its statements.

const statements = showStatements();
const series = showSeries((point) => statements.select(point));
showMatrix((dyad) => {
	statements.select(dyad);
	series.select(dyad);
});
showChanges((change) => {
	statements.select(change);
	series.select(change);
});
showOverview();

function showOverview() {
	const o = page.overview, set = page.settings;
	byID("lede").textContent = o.first ? `${plural(o.documents, "article")} of ${plural(o.publishers, "publisher")}, ${o.first} to ${o.last}` : `${plural(o.documents, "article")}, none with a date`;
	const facts = [["documents", o.documents], ["publishers", o.publishers], ["statements", o.statements], ["tones", o.tones], ["dyads", o.dyads], ["copies", o.duplicates], ["warnings", o.warnings.reduce((n, w) => n + w.n, 0)]];
	for (const [name, n] of facts) byID("counts").append(el("div", {}, el("dt", {}, name), el("dd", {}, count(n))));

	byID("details").querySelector("summary").textContent = "Publishers, warnings and what counts";
	const limits = [
		set.withDuplicates ? "copies of articles too" : "no copies of articles",
		set.minConfidence > 0 && `none below confidence ${set.minConfidence}`,
		set.kinds?.length > 0 && `only statements that are ${set.kinds.join(" or ")}`,
		set.sectors && "parts of a country with it (VEN-OPP as VEN)",
	];
	const rules = [
		`${count(o.counted)} of ${plural(o.tones, "tone")} count: ${limits.filter((l) => l).join(", ")}.`,
		set.byPublished ? "Tones are dated by their article's publication." : "Tones are dated by their statement; where the text gives no date, by its article's publication.",
		`${plural(o.undated, "tone")} without a date ${o.undated === 1 ? "is" : "are"} in no series and no comparison.`,
	];
	byID("details").querySelector("div").append(
		block("Publishers", o.busiest, o.publishers), block("Warnings of reading", o.warnings, o.warnings.length),
		el("div", {}, el("h3", {}, "What counts"), ...rules.map((r) => el("p", {}, r))));
	const made = page.made;
	byID("made").append(el("p", {}, `Page: Détente ${made.program}. Tables: Détente ${made.tables}, run ${made.run}, model ${made.model}.`),
		el("details", {}, el("summary", {}, `${plural(made.lexicons.length, "lexicon")} with SHA-256`), el("p", {}, made.lexicons.join(" "))));

	function block(title, list, all) {
		const rows = list.map((c) => el("tr", {}, el("td", {}, c.value), el("td", { class: "number" }, count(c.n))));
		const rest = all > list.length ? [el("p", {}, `and ${count(all - list.length)} more`)] : [];
		return el("div", {}, el("h3", {}, title), rows.length ? el("table", {}, el("tbody", {}, ...rows)) : el("p", {}, "none"), ...rest);
	}
}
