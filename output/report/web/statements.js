"use strict";
// The statements that the page keeps: searched, filtered, listed.

const pageful = 25;

function showStatements() {
	const form = byID("filter"), list = byID("list"), more = byID("more");
	const field = (name) => form.elements[name];
	const texts = page.statements.map((s) => {
		const d = page.documents[s.doc];
		return fold([...s.passage.map((p) => p.x), " ", s.speaker, d.title, d.publisher].join(" "));
	});
	let found = [], listed = 0;
	let selection = null; // the dyad or point last chosen, with its n

	fill("source", page.statements.map((s) => s.s));
	fill("target", page.statements.map((s) => s.t));
	form.addEventListener("submit", (e) => e.preventDefault());
	form.addEventListener("input", () => ((selection = null), apply()));
	form.addEventListener("reset", () => setTimeout(() => ((selection = null), apply())));
	more.addEventListener("click", () => {
		const first = listed;
		list_more();
		list.children[first]?.focus();
	});
	apply();
	return {
		// select shows the statements of a dyad, within a window if it has one.
		select(d) {
			form.reset();
			field("source").value = d.s;
			field("target").value = d.t;
			field("from").value = d.from ?? "";
			field("until").value = d.to ?? "";
			setTimeout(() => { // after the form's own reset event
				selection = d;
				apply();
				const section = byID("statements");
				section.scrollIntoView({ block: "nearest" });
				section.focus({ preventScroll: true });
			});
		},
	};

	function fill(name, codes) {
		const tally = new Map();
		for (const c of codes) tally.set(c, (tally.get(c) ?? 0) + 1);
		const options = [...tally.keys()].sort().map((c) => el("option", { value: c }, nameOf(c) === c ? c : `${c}   ${nameOf(c)}`));
		field(name).append(el("option", { value: "" }, "any"), ...options);
	}

	function apply() {
		const value = Object.fromEntries(new FormData(form));
		const words = fold(value.words).split(/\s+/).filter((w) => w);
		found = page.statements.filter((s, i) =>
			(!value.source || s.s === value.source) && (!value.target || s.t === value.target) &&
			(!value.label || s.label === value.label) && (!value.kind || s.kind === value.kind) &&
			(!value.from || s.when.from >= value.from) && (!value.until || (s.when.to !== "" && s.when.to <= value.until)) &&
			words.every((w) => texts[i].includes(w)));
		if (value.order === "newest") found.sort((a, b) => compare(b.when.from, a.when.from));
		if (value.order === "oldest") found.sort((a, b) => compare(a.when.from || "9999", b.when.from || "9999"));
		byID("found").replaceChildren(...status());
		list.replaceChildren();
		listed = 0;
		list_more();
		byID("statements").scrollTop = 0;
	}

	function status() {
		const kept = page.statements.length, all = page.overview.counted;
		if (selection) {
			const rest = (selection.n ?? 0) > found.length ? ` the strongest of ${count(selection.n)}; the dataset has the others` : "";
			const when = selection.from ? `, ${spanOf(selection)}` : "";
			return [el("b", {}, dyadNames(selection)), `${when}: ${plural(found.length, "tone")}${rest && "," + rest}.`];
		}
		return [kept < all ? `${count(found.length)} of the ${plural(kept, "tone")} that this page keeps, the strongest of ${count(all)}.` : `${count(found.length)} of ${plural(kept, "tone")}.`];
	}

	function list_more() {
		const next = found.slice(listed, listed + pageful);
		list.append(...next.map(item));
		listed += next.length;
		more.hidden = listed >= found.length;
		more.textContent = `Show more (${count(found.length - listed)})`;
	}
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// fold is how words are compared: without case and accents.
const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function item(s) {
	const d = page.documents[s.doc];
	const when = { month: s.when.from.slice(0, 7), year: s.when.from.slice(0, 4) }[s.precision] ?? s.when.from;
	const date = el("time", { datetime: when }, when || "undated");
	if (s.precision === "document") date.title = "The text gives no date; this is the day of publication.";
	const head = el("p", { class: "head" }, date,
		el("b", { title: dyadNames(s) }, dyadOf(s)),
		el("span", { class: "tone", style: { borderColor: colourOf(s.tone) } }, `${signed(s.tone)} ${s.label}`),
		el("small", { title: "chance that source, target and label are right" }, `confidence ${s.confidence.toFixed(2)}`));
	const speaker = el("p", { class: "speaker" }, s.speaker || nameOf(s.s), el("small", {}, ` ${s.kind}`));
	const passage = el("blockquote", {}, ...s.passage.map(piece));
	const title = d.title || "untitled article";
	const article = el("p", { class: "article" }, d.url ? el("a", { href: d.url, target: "_blank", rel: "noopener noreferrer" }, title) : title,
		[d.publisher, d.published].filter((x) => x).map((x) => " · " + x).join(""));
	return el("li", { tabindex: "-1" }, head, speaker, passage, article);
}

// piece is a stretch of a passage: a term of the evidence with its valence,
// the statement's own words, or what stands around them.
function piece(p) {
	if (p.v === undefined) return p.o ? el("span", { class: "context" }, p.x) : document.createTextNode(p.x);
	// Negators and the like have no valence of their own.
	const mark = el("mark", { title: `${p.c}, valence ${signed(p.v)}` }, p.x, el("sup", {}, p.v === 0 ? p.c : signed(p.v)));
	mark.style.setProperty("--tone", colourOf(p.v));
	return mark;
}
