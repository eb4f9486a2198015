// Figures over time: drawn, and each with the sentences that give it.

import { chart, nameOf } from "./chart.js";
import { html } from "./dom.js";
import { entry, independently, line, others } from "./lines.js";
import { day } from "./words.js";

const idOf = ({ citation }) => `figure-${citation}`;

/** Return the figures of a response, each with its number in the list, from 1. */
function numbered(found) {
  return found.figures.map((figure, at) => ({ ...figure, citation: at + 1, published: null }));
}

function range(figure) {
  return figure.upper === null ? nameOf(figure) : `${nameOf(figure)} to ${figure.upper.toLocaleString("en-GB")}`;
}

function figure(told) {
  const { of, counted, counted_by: counter, independent, reports } = told;
  return entry("counted", [
    html("p", { class: "name" }, html("span", { class: "rank" }, `[${told.citation}] `), range(told)),
    counted ? html("p", { class: "office" }, of ? `${counted}, ${of}` : counted) : null,
    counter ? html("p", { class: "office" }, `by ${counter}`) : null,
    html("p", { class: "day" }, told.day ? html("time", { datetime: told.day }, day(told.day)) : "undated"),
    independently(independent),
  ], [line(reports[0]), others(reports, (one) => line(one))], { id: idOf(told), tabindex: "-1" });
}

/** Return the figures of a response, each as an item of a list. */
export function figures(found) {
  return numbered(found).map(figure);
}

/** Return the figures of a response drawn over time, or null where there is no course to show. */
export function course(found) {
  const outletOf = ({ reports }) => reports[0].article.source ?? reports[0].article.title;
  return chart(numbered(found), (told) => `#${idOf(told)}`, outletOf);
}

/** Return whether a matter is a question for a number, which can be asked as it stands. */
export function asksForNumber(matter) {
  return /^how (many|much)\s/i.test(matter);
}
