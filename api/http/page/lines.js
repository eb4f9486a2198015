// Lines of a story: sentences of articles, word for word, each with where it is from.

import { alsoIn, heading, noticeOf, original } from "./answer.js";
import { html } from "./dom.js";
import { marked } from "./text.js";
import { about, count } from "./words.js";

/**
 * Return a sentence word for word, with the title, outlet and day of its article. `said` is the
 * span of the article that matters in it, where that is not the whole sentence.
 */
export function line({ sentence, span, article, also_in: copies }, said = null) {
  const within = said ? marked(sentence, [said.map((offset) => Math.max(0, offset - span[0]))]) : sentence;
  return [
    html("blockquote", { class: said ? "partly" : null }, html("p", {}, "“", within, "”")),
    html("p", { class: "from" }, heading(article, [said ?? span])),
    html("p", { class: "about" }, about(article)),
    noticeOf(article),
    original(article),
    alsoIn(copies),
  ];
}

/** Return how many independent reports stand behind a line, or null where it is one. */
export function independently(reports) {
  return reports > 1 ? html("span", { class: "badge" }, count(reports, "independent report")) : null;
}

/** Return the reports after the first, folded, each shown by `show`; null where there is none. */
export function others([, ...reports], show) {
  if (!reports.length) return null;
  return html("details", { class: "read" }, html("summary", {}, count(reports.length, "other report")),
    html("ol", { class: "reports" }, reports.map((one) => html("li", {}, show(one)))));
}

/** Return an item of a panel: beside its lines stands what they are about, such as a day. */
export function entry(name, beside, lines, attributes = {}) {
  return html("li", { class: `entry ${name}`, ...attributes },
    html("div", { class: "when" }, beside), html("div", { class: "what" }, lines));
}
