// What the report draws with: only this of the library gets into the bundle.
export { areaY, cell, dot, line, link, plot, pointer, pointerX, ruleX, ruleY, text, tip } from "@observablehq/plot";
