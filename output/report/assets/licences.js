// Prints a comment with the licences of all packages that have code in a
// bundle, by esbuild's metafile. Packages under the same words share them.
const fs = require("fs"), path = require("path");

const [bundle] = Object.values(JSON.parse(fs.readFileSync(process.argv[2], "utf8")).outputs);
const names = new Set();
for (const [file, { bytesInOutput }] of Object.entries(bundle.inputs)) {
	const name = file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];
	if (name && bytesInOutput > 0) names.add(name);
}
const licences = new Map(); // words -> packages
for (const name of [...names].sort()) {
	const folder = path.join("node_modules", name);
	const about = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
	const file = fs.readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
	if (!file) throw new Error(`${name} has no licence file`);
	const words = fs.readFileSync(path.join(folder, file), "utf8").replace(/\r\n/g, "\n").replaceAll("*/", "* /").trim();
	licences.set(words, [...(licences.get(words) ?? []), `${name} ${about.version}`]);
}
let out = "/*! This file holds code of the packages below, each under the licence that follows it.\n";
for (const [words, packages] of licences) out += `\n== ${packages.join(", ")}\n\n${words}\n`;
process.stdout.write(out + "*/\n");
