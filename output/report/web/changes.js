"use strict";
// The biggest changes between two windows.

function showChanges(choose) {
	const c = page.changes;
	const note = byID("changes-note");
	if (!c || c.rows.length === 0) {
		note.textContent = c ? `No dyad has ${plural(c.minDocuments, "document")} both in ${spanOf(c.before)} and in ${spanOf(c.after)}. Other windows are set with --before and --after.` : "There are no dated tones.";
		return;
	}
	note.textContent = `${spanOf(c.before)} against ${spanOf(c.after)}. The difference of mean tones has a 95% interval from resampled documents; q is the permutation p after Benjamini and Hochberg; ~ stands where no difference is shown.`;
	// The scale of the intervals reaches as far as any of them, and is symmetric.
	const reach = Math.min(2, Math.ceil(2 * Math.max(0.5, ...c.rows.flatMap((r) => [r.diff, r.low ?? 0, r.high ?? 0]).map(Math.abs))) / 2);
	const rows = c.rows.flatMap((r) => {
		const row = el("tr", { class: r.shown ? "" : "unshown" },
			el("th", { scope: "row" }, el("button", { type: "button", title: dyadNames(r), onclick: () => choose({ s: r.s, t: r.t, from: c.before.from, to: c.after.to }) }, dyadOf(r))),
			side(r.before), side(r.after),
			el("td", { class: "number" }, r.shown ? signed(r.diff) : "~"),
			el("td", {}, interval(r)),
			el("td", { class: "number" }, r.q === null ? "" : r.q < 0.001 ? "<.001" : r.q.toFixed(3).replace(/^0/, "")));
		if (r.warnings.length === 0) return [row];
		row.classList.add("warned");
		return [row, el("tr", { class: "warnings" }, el("td", { colspan: 6 }, r.warnings.join("; ")))];
	});
	const head = ["dyad", "before", "after", "difference", `95% interval (−${reach} to +${reach})`, "q"].map((h) => el("th", { scope: "col" }, h));
	byID("changes-table").append(el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)));

	function side({ mean, n, docs }) {
		return el("td", { class: "number", title: `${plural(n, "tone")} in ${plural(docs, "document")}` },
			el("span", { class: "swatch", style: { background: colourOf(mean) } }), signed(mean), el("small", {}, ` n ${count(n)}`));
	}
	function interval(r) {
		return Plot.plot({
			width: 180, height: 22, margin: 5, marginTop: 2, marginBottom: 2, axis: null, x: { domain: [-reach, reach], clamp: true }, y: { domain: [0, 1] }, color: { type: "identity" },
			ariaLabel: `difference ${signed(r.diff)}, ${intervalOf(r)}`,
			marks: [
				Plot.ruleX([-reach, reach], { stroke: "var(--hair)" }), Plot.ruleX([0], { stroke: "var(--ink)", strokeOpacity: 0.5 }),
				Plot.link(r.low === null ? [] : [r], { x1: "low", x2: "high", y1: 0.5, y2: 0.5, stroke: "var(--ink)", strokeWidth: 1.5 }),
				Plot.dot([r], { x: "diff", y: 0.5, r: 4.5, fill: colourOf(r.diff), stroke: "var(--ink)", strokeWidth: 0.75 }),
			],
		});
	}
}
