// What is in the archive: shown where nothing has been asked yet.

import { byId, html } from "./dom.js";
import { articleAddress, receive } from "./service.js";
import { about, count } from "./words.js";

const AT_ONCE = 10;
let shownArticles = 0;
let cursor = null; // of the articles that follow those shown

async function showMore() {
  const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
  const { articles, total, next_cursor: next } = await receive(`/v1/articles?limit=${AT_ONCE}${after}`);
  cursor = next;
  shownArticles += articles.length;
  byId("articles").append(...articles.map((article) => html("li", {},
    html("a", { class: "title", href: articleAddress(article.id) }, article.title),
    html("p", { class: "about" }, about(article)))));
  byId("archive-title").textContent = `In this archive: ${count(total, "article")}`;
  byId("more").hidden = !next;
}

/** Show the first articles of the archive, unless they are shown already. */
export async function showArchive() {
  if (shownArticles) return;
  try {
    await showMore();
  } catch {
    byId("archive").hidden = true; // asking says what is wrong
  }
}

/** Have the list made again when it is shown next. */
export function forgetArchive() {
  shownArticles = 0;
  cursor = null;
  byId("articles").replaceChildren();
}

byId("more").addEventListener("click", showMore);
