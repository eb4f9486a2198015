// Where reports of one day disagree, and what is corrected or withdrawn.

import { html } from "./dom.js";
import { entry, independently, line, others } from "./lines.js";
import { articleAddress } from "./service.js";
import { count, day } from "./words.js";

const KINDS = { number: "on a number", place: "on a place", day: "on a day", denial: "a denial" };

function side(kind, { said, independent, reports }) {
  return html("div", { class: "side" },
    kind === "denial" ? null : html("p", { class: "name" }, said), independently(independent),
    line(reports[0]), others(reports, (one) => line(one)));
}

function conflict({ kind, day: published, sides }) {
  return entry("conflict", [
    html("time", { datetime: published }, day(published)), html("span", { class: "badge" }, KINDS[kind]),
  ], html("div", { class: "sides" }, sides.map((one) => side(kind, one))));
}

function correction(told) {
  const { kind, of, article } = told;
  return entry("correction", [
    html("span", { class: "badge off" }, kind === "retraction" ? "withdrawn" : "corrected"),
  ], [
    line(told),
    of === article.id ? null
      : html("p", { class: "also" }, html("a", { href: articleAddress(of) }, "The article that it is about")),
  ]);
}

/** Return the conflicts of a response, each as an item of a list. */
export function conflicts(found) {
  return found.conflicts.map(conflict);
}

/** Return what a response tells to be corrected or withdrawn, or null where it tells of nothing. */
export function corrections(found) {
  if (!found.corrections.length) return null;
  const more = found.total_corrections - found.corrections.length;
  return [
    html("h4", {}, "Corrected or withdrawn"),
    html("ol", { class: "lines" }, found.corrections.map(correction)),
    more > 0 ? html("p", { class: "also" }, `… and ${count(more, "more correction")}`) : null,
  ];
}
