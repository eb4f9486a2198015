// The story of a matter: panels that are alike, each with what one address of the service tells.

import { conflicts, corrections } from "./conflicts.js";
import { html } from "./dom.js";
import { asksForNumber, course, figures } from "./figures.js";
import { quotes, speakers } from "./quotes.js";
import { receivePatiently } from "./service.js";
import { events } from "./timeline.js";
import { count } from "./words.js";

const AT_ONCE = 20; // lines of a panel
const NOTHING = ["empty", "nothing_near"]; // reasons that hold for every panel

/*
 * Each panel: its title, the address that is asked and with what, what it calls its lines, where
 * they are in a response, and the nodes that show them, and those before and after them. The field
 * of a panel is filled in with what the address has as its `name`, or else with `given`, and offers
 * `known`; without a question nothing is asked.
 */
const PANELS = [
  {
    id: "timeline", title: "Timeline", path: "/v1/timeline", things: "event", limit: AT_ONCE,
    asks: (matter) => ({ matter }), list: (found) => found.events, nodes: events,
  },
  {
    id: "quotes", title: "Who said what", path: "/v1/quotes", things: "quote", limit: AT_ONCE,
    asks: (about, speaker) => ({ about, speaker: speaker || null }),
    list: (found) => found.quotes, nodes: quotes,
    field: {
      name: "speaker", label: "Speaker", button: "Show", placeholder: "Anybody",
      given: () => "", known: speakers,
    },
  },
  {
    id: "figures", title: "Figures over time", path: "/v1/figures", things: "figure", limit: 100,
    asks: (_, question) => (question ? { question } : null),
    list: (found) => found.figures, nodes: figures, before: course,
    field: {
      name: "number", label: "Question for a number", button: "Show", placeholder: "How many …?",
      given: (matter) => (asksForNumber(matter) ? matter : ""), known: () => [],
    },
  },
  {
    id: "conflicts", title: "Where reports disagree", path: "/v1/conflicts", things: "disagreement", limit: AT_ONCE,
    asks: (matter) => ({ matter }), list: (found) => found.conflicts, nodes: conflicts, after: corrections,
  },
];

/** The parameters of an address that narrow the panels of a story. */
export const NARROWING = PANELS.flatMap(({ field }) => field?.name ?? []);

function notes({ warnings, undated }) {
  const said = [...warnings];
  if (undated) said.push(`${count(undated, "article")} left out, which state no day of publication.`);
  return said.map((text) => html("p", { class: "note" }, text));
}

/**
 * One panel of a matter. `asking` has its filters, what the address has as `given`, how to `narrow`
 * it, and how the page waits, speaks and fails.
 */
class Panel {
  #asked = 0; // so that of two responses the one asked for last is shown

  constructor(kind, matter, asking) {
    Object.assign(this, { kind, matter, asking });
    const name = `panel-${kind.id}`;
    this.head = html("h3", { id: name }, kind.title);
    this.body = html("div", { class: "told", "aria-busy": "true" }, html("p", { class: "waiting" }, "Reading the articles…"));
    this.node = html("section", { class: "panel", "aria-labelledby": name },
      this.head, kind.field ? this.#form(kind.field) : null, this.body);
  }

  /** Ask, and show what is found, or why nothing is. Raises Problem, and what `signal` raises. */
  async fill(signal) {
    this.#asked += 1;
    const mine = this.#asked;
    const asked = this.kind.asks(this.matter, this.entered);
    const found = asked && await this.#receive(asked, 0, signal, this.body);
    if (mine !== this.#asked) return "";
    this.head.textContent = found?.total ? `${this.kind.title}: ${count(found.total, this.kind.things)}` : this.kind.title;
    this.body.replaceChildren(...(found ? this.#shown(asked, found) : []));
    this.body.setAttribute("aria-busy", "false");
    this.reason = found?.reason;
    return found ? this.#summary(found) : "";
  }

  /** `fill`, with what goes wrong shown in the panel. */
  async fillOrFail(signal) {
    const mine = this.#asked + 1;
    try {
      return await this.fill(signal);
    } catch (error) {
      if (signal.aborted || mine !== this.#asked) return "";
      this.body.replaceChildren(this.asking.failed(error, () => this.#again()));
      this.body.setAttribute("aria-busy", "false");
      return error.message;
    }
  }

  #summary(found) {
    return found.total ? `${this.kind.title}: ${count(found.total, this.kind.things)}` : found.warnings[0] ?? "";
  }

  // While the service is busy, `waiting` says so.
  #receive(asked, offset, signal, waiting) {
    const { path, limit } = this.kind;
    const json = { ...asked, filters: this.asking.filters, limit, offset, offsets: "unicode" };
    return receivePatiently(path, { method: "POST", json, signal }, this.asking.waits(waiting));
  }

  async #again(isNarrowed = false) {
    this.entered = this.box?.value.trim();
    if (isNarrowed) this.narrowed();
    this.body.replaceChildren(html("p", { class: "waiting" }, "Reading the articles…"));
    this.body.setAttribute("aria-busy", "true");
    const said = await this.fillOrFail(this.asking.live());
    if (said) this.asking.say(said);
  }

  #form({ name, label, button, placeholder, given }) {
    const { id } = this.kind;
    this.known = html("datalist", { id: `known-${id}` });
    this.box = html("input", { id: `field-${id}`, type: "search", maxlength: 2000, autocomplete: "off", placeholder, list: `known-${id}` });
    const usual = given(this.matter);
    this.box.value = this.asking.given.get(name) ?? usual;
    this.entered = this.box.value; // what is typed meanwhile is not asked before it is sent
    this.narrowed = () => this.asking.narrow(name, this.entered === usual ? null : this.entered);
    const submit = (event) => {
      event.preventDefault();
      this.#again(true);
    };
    return html("form", { class: "narrowing", submit }, html("label", { for: this.box.id }, label),
      html("div", { class: "small" }, this.box, html("button", { type: "submit", class: "second" }, button)), this.known);
  }

  #shown(asked, found) {
    const { kind } = this;
    const names = kind.field?.known(found) ?? [];
    if (names.length) this.known.replaceChildren(...names.map((name) => html("option", { value: name })));
    const list = html("ol", { class: "lines" }, kind.nodes(found));
    const nodes = [notes(found), this.#suggested(found), kind.before?.(found), list.children.length ? list : null,
      this.#more(asked, found, list), kind.after?.(found)];
    return nodes.flat(Infinity).filter(Boolean);
  }

  // Names that are nearly the one asked for, where nobody of that name is quoted.
  #suggested({ nearest }) {
    if (!nearest?.length) return null;
    return html("p", { class: "buttons" }, nearest.map((name) => html("button", { type: "button", click: () => {
      this.box.value = name;
      this.box.focus();
      this.#again(true);
    } }, name)));
  }

  #more(asked, found, list) {
    let shown = this.kind.list(found).length;
    if (shown >= found.total) return null;
    const wrong = html("div");
    const more = html("button", { type: "button", click: async () => {
      more.disabled = true;
      try {
        const next = await this.#receive(asked, shown, this.asking.live(), wrong);
        wrong.replaceChildren();
        const nodes = this.kind.nodes(next);
        list.append(...nodes);
        shown += nodes.length;
        more.hidden = shown >= next.total || !nodes.length;
        nodes[0]?.setAttribute("tabindex", "-1");
        nodes[0]?.focus();
      } catch (error) {
        wrong.replaceChildren(this.asking.failed(error, () => more.click()));
      }
      more.disabled = false;
    } }, "Show more");
    return [more, wrong];
  }
}

/**
 * Fill `body` with the panels of a matter, one after the other, and return what a screen reader
 * should hear. What is wrong with the matter is raised; of other panels it is shown there.
 */
export async function story(body, matter, signal, asking) {
  const panels = PANELS.map((kind) => new Panel(kind, matter, asking));
  const [timeline, ...others] = panels;
  body.replaceChildren(timeline.node);
  body.setAttribute("aria-busy", "false"); // each panel says so of itself
  const said = [await timeline.fill(signal)];
  if (NOTHING.includes(timeline.reason)) return said[0];
  body.prepend(html("nav", { class: "panels", "aria-label": "Parts of the story" }, panels.map(({ kind }) =>
    html("a", { href: `#panel-${kind.id}` }, kind.title))));
  body.append(...others.map(({ node }) => node));
  for (const panel of others) {
    if (signal.aborted) return "";
    said.push(await panel.fillOrFail(signal));
    if (location.hash === `#panel-${panel.kind.id}`) panel.node.scrollIntoView();
  }
  return said.filter(Boolean).map((text) => text.replace(/\.$/, "")).join(". ");
}
