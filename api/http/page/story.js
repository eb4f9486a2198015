// The story of a matter: panels that are alike, each with what one address of the service tells.

import { alsoIn, heading, original } from "./answer.js";
import { html } from "./dom.js";
import { receivePatiently } from "./service.js";
import { events } from "./timeline.js";
import { about, count } from "./words.js";

const AT_ONCE = 20; // lines of a panel

// Each panel: its title, the address that is asked, what it calls its lines, and the nodes that
// show a response of it.
const PANELS = [
  { title: "Timeline", path: "/v1/timeline", things: "event", nodes: events, list: (found) => found.events },
];

/** Return a sentence word for word, with the title, outlet and day of its article. */
export function line({ sentence, span, article, also_in: copies }) {
  return [
    html("blockquote", {}, html("p", {}, "“", sentence, "”")),
    html("p", { class: "from" }, heading(article, [span])),
    html("p", { class: "about" }, about(article)),
    original(article),
    alsoIn(copies),
  ];
}

function notes({ warnings, undated }) {
  const said = [...warnings];
  if (undated) said.push(`${count(undated, "article")} left out, which state no day of publication.`);
  return said.map((text) => html("p", { class: "note" }, text));
}

function head(panel, found) {
  return html("h3", { id: `panel-${panel.title.toLowerCase()}` },
    found.total ? `${panel.title}: ${count(found.total, panel.things)}` : panel.title);
}

/** Return the section of a panel, whose further lines are received when they are asked for. */
function section(panel, found, receive) {
  const list = html("ol", { class: "lines" }, panel.nodes(found));
  let shown = panel.list(found).length;
  const more = html("button", { type: "button", hidden: shown >= found.total, click: async () => {
    more.disabled = true;
    const next = await receive(shown);
    list.append(...panel.nodes(next));
    shown += panel.list(next).length;
    more.hidden = shown >= next.total || !panel.list(next).length;
    more.disabled = false;
  } }, "Show more");
  return html("section", { class: "panel", "aria-labelledby": `panel-${panel.title.toLowerCase()}` },
    head(panel, found), notes(found), shown ? list : null, more);
}

/** Fill `body` with the panels of a matter, and return what a screen reader should hear. */
export async function story(body, { matter, filters, signal, waits }) {
  const said = [];
  const sections = [];
  for (const panel of PANELS) {
    const receive = (offset) => receivePatiently(panel.path, {
      method: "POST", json: { matter, filters, limit: AT_ONCE, offset, offsets: "unicode" }, signal,
    }, waits);
    const found = await receive(0);
    said.push(found.total ? count(found.total, panel.things) : found.warnings[0]);
    sections.push(section(panel, found, receive));
  }
  body.replaceChildren(...sections);
  body.setAttribute("aria-busy", "false");
  return said.join(". ");
}
