"use strict";
// Tone over time of one dyad and, below it on the same scales, of its reverse.

function showSeries(choose) {
	const select = byID("series-dyad"), box = byID("series-chart");
	const all = page.series;
	if (all.length === 0) {
		box.append(el("p", { class: "empty" }, "There are no dated tones."));
		select.disabled = true;
		return { select() {} };
	}
	all.forEach((s, i) => select.append(el("option", { value: i }, `${dyadOf(s)}   ${dyadNames(s)}`)));
	const reverse = (s) => all.find((r) => r.s === s.t && r.t === s.s);
	const draw = () => {
		const chosen = all[select.value];
		byID("series-every").textContent = chosen.every;
		const drawn = [chosen, reverse(chosen)].filter((s) => s);
		// The time axis spans both.
		const points = drawn.flatMap((s) => s.points);
		const time = [dateOf(points.map((p) => p.from).sort()[0]), dateOf(dayAfter(points.map((p) => p.to).sort().at(-1)))];
		byID("series-readout").replaceChildren(drawn.map(describeChanges).join(" "));
		box.replaceChildren(...drawn.map((s) => el("figure", {}, el("figcaption", {}, el("b", {}, dyadOf(s)), ` ${dyadNames(s)}`), drawSeries(s, time, box.clientWidth, choose))));
	};
	select.addEventListener("change", draw);
	onResize(box, draw);
	return {
		select(d) {
			const i = all.findIndex((s) => s.s === d.s && s.t === d.t);
			if (i < 0) return;
			select.value = i;
			draw();
		},
	};
}

function describeChanges(s) {
	const changes = s.changes.length === 0 ? "no change of level found" : `the level changes on ${s.changes.join(", ")}`;
	const outside = s.outside > 0 ? `; ${plural(s.outside, "tone")} left out, dated too roughly for these windows or far from the others` : "";
	return `${dyadOf(s)}: ${changes}${outside}.`;
}

function drawSeries(s, time, width, choose) {
	const points = s.points.map((p) => ({ ...p, s: s.s, t: s.t, at: new Date((+dateOf(p.from) + +dateOf(dayAfter(p.to))) / 2) }));
	// A gap breaks the line and the band.
	const line = points.flatMap((p, i) => (i > 0 && dayAfter(points[i - 1].to) < p.from ? [{ at: p.at, mean: null, low: null, high: null }, p] : [p]));
	const describe = (p) => `${dyadOf(p)}, ${spanOf(p)}: mean tone ${signed(p.mean)}, ${intervalOf(p)}, ${plural(p.n, "tone")} in ${plural(p.docs, "document")}`;
	const chart = Plot.plot({
		width, height: 210, marginLeft: 44, marginRight: 12, marginTop: 18, marginBottom: 28,
		x: { type: "utc", domain: time, label: null, ticks: Math.max(3, Math.floor(width / 110)) },
		y: { domain: [-1, 1], ticks: [-1, -0.5, 0, 0.5, 1], tickFormat: (v) => (v === 0 ? "0" : signed(v).replace(/0$/, "")), label: null, grid: true },
		color: { type: "identity" },
		ariaLabel: `Tone of ${dyadNames(s)} over time`,
		marks: [
			Plot.ruleY([0], { stroke: "var(--ink)", strokeOpacity: 0.5 }),
			Plot.areaY(line, { x: "at", y1: "low", y2: "high", fill: "var(--band)" }),
			Plot.ruleX(points.filter((p) => p.low !== null), { x: "at", y1: "low", y2: "high", stroke: "var(--ink)", strokeOpacity: 0.35 }),
			Plot.line(line, { x: "at", y: "mean", stroke: "var(--ink)", strokeWidth: 1.25 }),
			Plot.ruleX(s.changes, { x: dateOf, stroke: "var(--accent)", strokeWidth: 1.5, strokeDasharray: "4 3" }),
			Plot.text(s.changes, { x: dateOf, text: (day) => day, frameAnchor: "top", dy: -14, fill: "var(--accent)" }),
			Plot.dot(points, { x: "at", y: "mean", r: 4.5, fill: (p) => colourOf(p.mean), stroke: "var(--ink)", strokeWidth: 0.75, sort: "at", className: "points" }),
			Plot.tip(points, Plot.pointerX({ x: "at", y: "mean", title: (p) => `${spanOf(p)}\nmean tone ${signed(p.mean)}\n${intervalOf(p)}\n${plural(p.n, "tone")}, ${plural(p.docs, "document")}`, lineHeight: 1.4 })),
		],
	});
	marksAsButtons(chart, "points", points, {
		label: describe,
		show: (p) => byID("series-readout").replaceChildren(describe(p)),
		choose,
	});
	return chart;
}
