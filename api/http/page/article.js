// The page of an article: marks the passages that the address names, and goes to the first.

import { byId, html } from "./dom.js";
import { points, spansOf, units } from "./text.js";
import { focusBySlash } from "./keys.js";

function unmark(text) {
  for (const mark of text.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  text.normalize();
}

function markParagraph(paragraph, spans) {
  const start = Number(paragraph.dataset.start);
  const text = paragraph.textContent;
  const length = points(text);
  const nodes = [];
  let from = 0;
  for (const span of spans) {
    const [first, last] = span.map((offset) => Math.min(Math.max(offset - start, 0), length));
    if (first === last) continue;
    const [one, two] = [units(text, first), units(text, last)];
    nodes.push(text.slice(from, one), html("mark", {}, text.slice(one, two)));
    from = two;
  }
  if (nodes.length) paragraph.replaceChildren(...nodes, text.slice(from));
}

function show() {
  const text = byId("text");
  const spans = spansOf(location.hash);
  unmark(text);
  for (const paragraph of text.querySelectorAll("[data-start]")) markParagraph(paragraph, spans);
  const first = text.querySelector("mark");
  if (!first) return;
  first.tabIndex = -1;
  first.scrollIntoView({ block: "center" });
  first.focus({ preventScroll: true });
  byId("status").textContent = "The cited passage is marked.";
}

addEventListener("hashchange", show);
focusBySlash(byId("question"));
show();
