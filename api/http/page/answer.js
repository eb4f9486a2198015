// One question with its answer, or with the reason why there is none.

import { chart } from "./chart.js";
import { html } from "./dom.js";
import { articleAddress, passageAddress, webAddress } from "./service.js";
import { marked, points, units } from "./text.js";
import { about, amended, confidence, reason } from "./words.js";

const MARKER = /\s*\[(\d+)\]/g;
const IN_A_ROW = /(?:\s*\[\d+\])+/g;

/** Return the answer with a link at each marker, and with the words that answer marked. */
function prose(answer, citations, sourceOf) {
  const paragraphs = answer.split(/\n+/).filter((text) => text.trim());
  return paragraphs.map((paragraph) => {
    const nodes = [];
    let from = 0;
    for (const markers of paragraph.matchAll(IN_A_ROW)) {
      const cited = [...markers[0].matchAll(MARKER)].map(([, number]) => Number(number));
      nodes.push(...withAnswer(paragraph.slice(from, markers.index), cited, citations));
      nodes.push(html("span", { class: "cites" }, cited.map((number) => html("sup", {}, html("a", {
        class: "cite", href: sourceOf(number), "aria-label": `Source ${number}`,
      }, String(number))))));
      from = markers.index + markers[0].length;
    }
    return html("p", {}, [...nodes, paragraph.slice(from)]);
  });
}

// The service tells where in the quote the answer is; here it is looked for in the same words.
function withAnswer(text, numbers, citations) {
  const spans = [];
  for (const { quote, answer } of citations.filter(({ number }) => numbers.includes(number))) {
    if (!answer) continue;
    const [first, last] = answer.map((offset) => units(quote, offset));
    const whole = text.indexOf(quote);
    const at = whole >= 0 ? whole + first : text.indexOf(quote.slice(first, last));
    if (at < 0) continue;
    const start = points(text.slice(0, at));
    spans.push([start, start + answer[1] - answer[0]]);
  }
  return marked(text, spans);
}

/** Return the title of an article, which opens it with spans of its text marked. */
export function heading(article, spans) {
  return html("a", { class: "title", href: passageAddress(article.id, spans) }, article.title);
}

/** Return a link to where an article came from, or null. */
export function original(article) {
  const address = webAddress(article.url);
  if (!address) return null;
  return html("p", { class: "original" },
    html("a", { href: address, rel: "noopener noreferrer external" }, `Original at ${new URL(address).hostname}`));
}

/** Return that an article is withdrawn or corrected, in its words, or null where it is neither. */
export function noticeOf({ notice, title }) {
  if (!notice) return null;
  const said = notice.text === title ? "" : `: “${notice.text}”`; // a title is not repeated
  return html("p", { class: "notice" }, html("strong", {}, amended(notice)), said);
}

/** Return the near-duplicates of an article, or null where it has none. */
export function alsoIn(copies) {
  if (!copies.length) return null;
  const names = copies.map((copy, at) => [
    at ? ", " : "",
    html("a", { href: articleAddress(copy.id), title: copy.title }, about(copy)),
  ]);
  return html("p", { class: "also" }, "Also reported by ", names);
}

function source(citation, id) {
  const { article, number, quote, answer } = citation;
  return html("li", { id, value: number, tabindex: "-1" },
    html("blockquote", {}, html("p", {}, "“", marked(quote, answer ? [answer] : []), "”")),
    html("p", { class: "from" }, heading(article, [citation.span])),
    html("p", { class: "about" }, about(article)),
    noticeOf(article),
    original(article),
    alsoIn(citation.also_in));
}

function withoutGaps(node) {
  return typeof node === "string" ? node.replace(/\n\s*\n/g, "\n") : node;
}

function passage(found) {
  const { article, text, highlights, span } = found;
  return html("li", {},
    html("p", { class: "from" }, heading(article, [span])),
    html("p", { class: "about" }, about(article)),
    noticeOf(article),
    html("p", { class: "passage" }, marked(text, highlights).map(withoutGaps)),
    original(article),
    alsoIn(found.also_in));
}

// The service writes names of its parameters between backquotes.
function note(warning) {
  const parts = warning.split(/`([^`]+)`/).map((text, at) => (at % 2 ? html("code", {}, text) : text));
  return html("p", { class: "note" }, parts);
}

function understood(answer, follows) {
  const { question_asked: asked, question_understood: meant } = answer;
  if (!meant || meant === asked) return null;
  return html("p", { class: "understood" }, follows ? "Understood as “" : "Searched for “",
    html("q", {}, meant), "”");
}

function answered(answer, sourceOf) {
  const { citations, passages, figures, status, warnings } = answer;
  const outletOf = ({ citation }) => {
    const cited = citations.find(({ number }) => number === citation);
    return cited ? (cited.article.source ?? cited.article.title) : "";
  };
  return [
    html("div", { class: "prose" }, prose(answer.answer, citations, sourceOf)),
    html("p", { class: `confidence ${status}` },
      status === "partial" ? "This answers the question in part only. " : "", confidence(answer.confidence)),
    warnings.map(note),
    chart(figures, ({ citation }) => sourceOf(citation), outletOf),
    html("h3", {}, citations.length === 1 ? "Source" : "Sources"),
    html("ol", { class: "sources" }, citations.map((one) => source(one, sourceOf(one.number).slice(1)))),
    passages.length ? html("details", { class: "read" }, html("summary", {}, "The passages that were found"),
      html("ol", { class: "passages" }, passages.map(passage))) : null,
  ];
}

function unanswered(answer, widen) {
  const { warnings, passages } = answer;
  return [
    html("div", { class: "prose none" }, html("p", {}, reason(answer.reason))),
    warnings.map(note),
    widen ? html("p", {}, html("button", { type: "button", click: widen }, "Ask without filters")) : null,
    passages.length ? html("h3", {}, "Nearest passages") : null,
    passages.length ? html("ol", { class: "passages" }, passages.map(passage)) : null,
  ];
}

/**
 * Return the nodes that show an answer. `name` is unique among the turns of the page, `follows`
 * says that it is a follow-up question, `widen` asks again without filters, where there are any.
 */
export function shown(answer, { name, follows, widen }) {
  const sourceOf = (number) => `#${name}-source-${number}`;
  const body = answer.answer === null ? unanswered(answer, widen) : answered(answer, sourceOf);
  return [understood(answer, follows), body].flat(Infinity).filter(Boolean);
}

/** Return in a sentence what a screen reader should hear when an answer has come. */
export function summary(answer) {
  if (answer.answer === null) return `No answer. ${reason(answer.reason)}`;
  return `Answer: ${answer.answer.replace(MARKER, "")}`;
}
