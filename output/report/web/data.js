"use strict";
// The page's data, and what all parts share: elements, numbers, colours.

const page = JSON.parse(document.getElementById("data").textContent);

const byID = (id) => document.getElementById(id);

// el makes an element. Children that are strings become text, never markup.
function el(name, attributes = {}, ...children) {
	const e = document.createElement(name);
	for (const [k, v] of Object.entries(attributes)) {
		if (k === "class") e.className = v;
		else if (k === "style") Object.assign(e.style, v);
		else if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
		else e.setAttribute(k, v);
	}
	e.append(...children);
	return e;
}

const count = (n) => n.toLocaleString("en");
const plural = (n, one, many = one + "s") => `${count(n)} ${n === 1 ? one : many}`;

// signed writes a tone: +0.42, −0.10, 0.00.
function signed(v) {
	const s = Math.abs(v).toFixed(2);
	return s === "0.00" ? s : (v < 0 ? "−" : "+") + s;
}

// A code with a sector, as VEN-OPP, has the name of its country with the sector.
function nameOf(code) {
	if (page.names[code]) return page.names[code];
	const [country, sector] = code.split("-");
	return sector && page.names[country] ? `${page.names[country]} (${sector})` : code;
}
const dyadOf = (d) => `${d.s} → ${d.t}`;
const dyadNames = (d) => `${nameOf(d.s)} → ${nameOf(d.t)}`;

// colourOf a tone runs from --hostile over --neutral to --conciliatory, which
// the style sheet sets for light, dark and print. Means are seldom beyond
// ±fullColour, where the colour is full.
const fullColour = 0.75;
function colourOf(tone) {
	const share = Math.round(100 * Math.min(1, Math.abs(tone) / fullColour));
	return `color-mix(in oklab, var(--${tone < 0 ? "hostile" : "conciliatory"}) ${share}%, var(--neutral))`;
}

// Days are UTC: a date is a day, whatever the reader's time zone.
const dateOf = (day) => new Date(day + "T00:00:00Z");
const dayOf = (date) => date.toISOString().slice(0, 10);
const dayAfter = (day) => dayOf(new Date(+dateOf(day) + 864e5));
const spanOf = (w) => (w.from === w.to ? w.from : w.to === "" ? `since ${w.from}` : w.from === "" ? `until ${w.to}` : `${w.from} to ${w.to}`);
const intervalOf = (x) => (x.low === null ? "no interval" : `95% interval ${signed(x.low)} to ${signed(x.high)}`);

// marksAsButtons makes the marks of a chart's group reachable by keyboard:
// Tab goes to the group, arrow keys to the nearest mark in their direction, and
// Enter chooses. data holds what the marks stand for.
function marksAsButtons(chart, group, data, { label, choose, show }) {
	const marks = [...chart.querySelectorAll(`.${group} > *`)];
	const datum = (m) => data[m.__data__]; // the library binds a mark to the index of its datum
	const centre = (m) => {
		const b = m.getBoundingClientRect();
		return [b.x + b.width / 2, b.y + b.height / 2];
	};
	const enter = (m) => {
		for (const other of marks) other.setAttribute("tabindex", other === m ? 0 : -1);
	};
	for (const m of marks) {
		m.setAttribute("role", "button");
		m.setAttribute("tabindex", m === marks[0] ? 0 : -1);
		m.setAttribute("aria-label", label(datum(m)));
		m.addEventListener("pointerdown", (e) => e.stopPropagation()); // else the library pins its tip over the mark
		m.addEventListener("click", () => choose(datum(m)));
		m.addEventListener("pointerenter", () => show(datum(m)));
		m.addEventListener("focus", () => (enter(m), show(datum(m))));
		m.addEventListener("keydown", (e) => {
			const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
			if (e.key === "Enter" || e.key === " ") choose(datum(m));
			else if (way) nearest(m, way)?.focus();
			else return;
			e.preventDefault();
		});
	}
	function nearest(m, [dx, dy]) {
		const [x, y] = centre(m);
		let best, least = Infinity;
		for (const other of marks) {
			const [ox, oy] = centre(other);
			const along = (ox - x) * dx + (oy - y) * dy;
			const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
			if (along > 1 && along + 3 * aside < least) [best, least] = [other, along + 3 * aside];
		}
		return best;
	}
}

// onResize draws now and whenever the width of an element changes.
function onResize(element, draw) {
	let width = -1;
	new ResizeObserver(() => {
		if (element.clientWidth === width) return;
		width = element.clientWidth;
		draw(width);
	}).observe(element);
}
