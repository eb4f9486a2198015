// The page of an article: marks the passages that the address names, and goes to the first.

import { noticeOf } from "./answer.js";
import { byId, html } from "./dom.js";
import { failure } from "./key.js";
import { focusBySlash } from "./keys.js";
import { articlePath, receive } from "./service.js";
import { paragraphs, points, spansOf, units } from "./text.js";
import { showVersions } from "./versions.js";
import { about } from "./words.js";

const HEADING = /^.{0,78}[\p{L}\p{N}]$/u; // as the service tells them

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

// The article can be read without them.
function versions(id) {
  showVersions(id, byId("text")).catch(() => null);
}

// Without its key the service sends a page without the article: a link cannot bring a key.
async function load(text) {
  try {
    const article = await receive(articlePath(text.dataset.article));
    document.title = `${article.title} · Dragoman`;
    document.querySelector("h1").textContent = article.title;
    document.querySelector(".about").textContent = about(article);
    document.querySelector(".about").after(noticeOf(article) ?? "");
    text.replaceChildren(...paragraphs(article.text).map(
      ([start, paragraph]) => html("p", { class: HEADING.test(paragraph) && "heading", "data-start": start }, paragraph),
    ));
    show();
    versions(text.dataset.article);
  } catch (problem) {
    text.replaceChildren(failure(problem, () => load(text)));
  }
}

addEventListener("hashchange", show);
focusBySlash(byId("question"));
if (byId("text").dataset.article !== undefined) load(byId("text"));
else {
  show();
  if (byId("text").dataset.id !== undefined) versions(byId("text").dataset.id);
}
