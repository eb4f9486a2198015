// Events of a matter, in the order of their days.

import { html } from "./dom.js";
import { entry, independently, line, others } from "./lines.js";
import { day } from "./words.js";

function period([first, last]) {
  return first === last ? day(first) : `${day(first)} to ${day(last)}`;
}

function badges({ announced, cancelled, independent }) {
  return [
    cancelled ? html("span", { class: "badge off" }, "cancelled") : null,
    announced && !cancelled ? html("span", { class: "badge ahead" }, "announced") : null,
    independently(independent),
  ];
}

function report(one) {
  const hint = one.dated_by_article
    ? html("p", { class: "hint" }, "The sentence names no day: this is its article's.") : null;
  return [line(one), hint];
}

function change({ kind, before, after, ...told }, shown) {
  const said = after === null ? `Cancelled, having been announced for ${period(before)}`
    : `${kind === "moved" ? "Moved" : "Postponed"} from ${period(before)} to ${period(after)}`;
  const isShown = told.article.id === shown.article.id && told.sentence === shown.sentence;
  return html("div", { class: "change" }, html("p", { class: "changed" }, said), isShown ? null : line(told));
}

function event(told) {
  return entry(told.announced ? "event ahead" : "event",
    [html("time", { datetime: told.first }, period([told.first, told.last])), badges(told)],
    [report(told.reports[0]), told.changes.map((one) => change(one, told.reports[0])), others(told.reports, report)]);
}

/** Return the events of a response, each as an item of a list. */
export function events(found) {
  return found.events.map(event);
}
