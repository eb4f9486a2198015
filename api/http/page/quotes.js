// Who said what, the latest first.

import { html } from "./dom.js";
import { entry, independently, line, others } from "./lines.js";
import { day } from "./words.js";

function said(told) {
  if (!told.day) return html("p", { class: "day" }, "undated");
  return html("p", { class: "day" }, told.day_told ? "" : "reported ", html("time", { datetime: told.day }, day(told.day)));
}

function telling(one) {
  return line(one, one.quote_span);
}

function statement(told) {
  const { speaker, office, addressee, reports, independent } = told;
  return entry("quote", [
    html("p", { class: "name" }, speaker),
    office ? html("p", { class: "office" }, office) : null,
    addressee ? html("p", { class: "office" }, `to ${addressee}`) : null,
    said(told),
    independently(independent),
  ], [telling(reports[0]), others(reports, telling)]);
}

/** Return the statements of a response, each as an item of a list. */
export function quotes(found) {
  return found.quotes.map(statement);
}

/** Return the names of those who are quoted in a response, or who nearly have the name asked for. */
export function speakers(found) {
  return [...new Set([...found.nearest, ...found.quotes.map(({ speaker }) => speaker)])].sort();
}
