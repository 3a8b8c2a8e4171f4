"use strict";
// The dyad matrix: sources at the left, targets above.

function showMatrix(choose) {
	const actors = page.actors;
	const shown = page.dyads.filter((d) => actors.includes(d.s) && actors.includes(d.t));
	if (shown.length === 0) {
		byID("matrix-chart").append(el("p", { class: "empty" }, "There are no tones between actors."));
		return;
	}
	const most = Math.max(...shown.map((d) => d.n));
	// Numbers of tones span many powers of ten: by area the few busiest dyads
	// alone would be seen.
	const radius = (largest) => ({ type: "pow", exponent: 0.3, domain: [0, most], range: [0, largest] });
	const describe = (d) => `${dyadNames(d)}: mean tone ${signed(d.mean)}, ${plural(d.n, "tone")} in ${plural(d.docs, "document")}, ${count(d.hostile)} hostile, ${count(d.conciliatory)} conciliatory`;
	const sources = actors.filter((a) => shown.some((d) => d.s === a));
	const targets = actors.filter((a) => shown.some((d) => d.t === a));
	const left = 12 + 7 * Math.max(...sources.map((a) => a.length));
	const top = 12 + 6 * Math.max(...targets.map((a) => a.length));

	onResize(byID("matrix-chart"), (width) => {
		const size = Math.min(44, Math.max(24, (width - left - 8) / targets.length));
		const chart = Plot.plot({
			width: left + 8 + size * targets.length,
			height: top + 8 + size * sources.length,
			marginLeft: left, marginRight: 8, marginTop: top, marginBottom: 8,
			x: { domain: targets, axis: "top", label: null, tickRotate: -60, tickSize: 0, padding: 0 },
			y: { domain: sources, label: null, tickSize: 0, padding: 0 },
			r: radius(size / 2 - 1),
			color: { type: "identity" },
			ariaLabel: "Mean tone of each source toward each target",
			marks: [
				Plot.ruleX(targets, { x: (d) => d, stroke: "var(--hair)" }),
				Plot.ruleY(sources, { y: (d) => d, stroke: "var(--hair)" }),
				Plot.dot(shown, { x: "t", y: "s", r: "n", fill: (d) => colourOf(d.mean), stroke: "var(--edge)", strokeWidth: 0.75 }),
				Plot.cell(shown, { x: "t", y: "s", fill: "transparent", className: "cells", inset: 0.5 }),
				Plot.tip(shown, Plot.pointer({ x: "t", y: "s", title: (d) => `${dyadNames(d)}\nmean tone ${signed(d.mean)}\n${plural(d.n, "tone")}, ${plural(d.docs, "document")}`, maxRadius: size, pointerSize: 6, lineHeight: 1.4 })),
			],
		});
		marksAsButtons(chart, "cells", shown, {
			label: describe,
			show: (d) => byID("matrix-readout").replaceChildren(describe(d)),
			choose,
		});
		byID("matrix-chart").replaceChildren(chart);
	});

	const examples = [...new Set([1, Math.round(Math.sqrt(most)), most])];
	byID("matrix-legend").append(
		el("span", {}, `−${fullColour} hostile`), el("span", { class: "ramp", "aria-hidden": "true" }), el("span", {}, `+${fullColour} conciliatory`),
		Plot.plot({
			width: 62 * examples.length + 30, height: 32, margin: 0, axis: null, className: "sizes",
			x: { domain: [0, examples.length], range: [16, 62 * examples.length + 16] }, r: radius(15),
			ariaLabel: `sizes of marks for ${examples.join(", ")} tones`,
			marks: [
				Plot.dot(examples, { x: (_, i) => i, r: (n) => n, fill: "var(--neutral)", stroke: "var(--edge)" }),
				Plot.text(examples, { x: (_, i) => i, dx: 19, textAnchor: "start", text: (n, i) => count(n) + (i === examples.length - 1 ? " tones" : "") }),
			],
		}));
	const beyond = page.overview.dyads - shown.length;
	if (beyond > 0) byID("matrix-readout").append(`${plural(beyond, "more dyad")} of less busy actors ${beyond === 1 ? "is" : "are"} not drawn; the filters reach those whose statements are kept.`);
}
