// The versions of an article, below its text: when each was replaced, and what it changed.

import { html } from "./dom.js";
import { articlePath, receive } from "./service.js";

const LABELS = { title: "Title: ", published: "Date: " };

function changed({ field, removed, added }) {
  return html("li", {}, LABELS[field],
    removed ? html("del", {}, removed) : null, removed && added ? " " : null,
    added ? html("ins", {}, added) : null);
}

function shown({ replaced, changes }) {
  const until = replaced ? `Until ${new Date(replaced).toLocaleString()}` : "Now";
  return html("section", {}, html("h3", {}, until),
    changes.length ? html("ul", {}, changes.map(changed)) : html("p", {}, "The first version"));
}

/** Add the versions of an article behind an element, if it has several. */
export async function showVersions(id, behind) {
  const { versions } = await receive(`${articlePath(id)}/versions`);
  if (versions.length < 2) return;
  const count = html("summary", {}, `${versions.length} versions`);
  behind.after(html("details", { class: "versions" }, count, versions.map(shown)));
}
