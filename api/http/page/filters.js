// Filters: outlets, tags, dates, and the day as of which to answer.

import { byId, html } from "./dom.js";
import { receive } from "./service.js";
import { day, month } from "./words.js";

const MANY = 8; // choices, beyond which they can be searched

function monthsBetween(first, last) {
  const months = [];
  for (let [year, at] = first.split("-").map(Number); ; at += 1) {
    if (at > 12) [year, at] = [year + 1, 1];
    const name = `${year}-${String(at).padStart(2, "0")}`;
    if (name > last.slice(0, 7)) return months;
    months.push(name);
  }
}

function lastDayOf(name) {
  const [year, at] = name.split("-").map(Number);
  return `${name}-${new Date(Date.UTC(year, at, 0)).getUTCDate()}`;
}

async function offered() {
  const [{ sources }, { tags }, { first_published: first, last_published: last }] =
    await Promise.all(["/v1/sources", "/v1/tags", "/v1/info"].map((path) => receive(path)));
  return { sources, tags, first, last };
}

/** What limits the articles that may answer, with the form that sets it. */
export class Filters {
  constructor(panel, changed) {
    this.panel = panel;
    this.form = panel.querySelector("form");
    this.changed = changed;
    this.values = { source: [], tag: [], since: "", until: "", as_of: "" };
    this.offered = { sources: [], tags: [] };
    this.form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Ask the service what there is to choose from. */
  async load() {
    try {
      this.offered = await offered();
    } catch {
      return; // asking says what is wrong
    }
    this.panel.hidden = false;
    this.draw();
  }

  /** Take the filters that an address names. */
  from(parameters) {
    for (const name of ["source", "tag"]) this.values[name] = parameters.getAll(name);
    for (const name of ["since", "until", "as_of"]) this.values[name] = parameters.get(name) ?? "";
    this.draw();
  }

  /** Add the filters to the parameters of an address. */
  into(parameters) {
    for (const name of ["source", "tag"]) this.values[name].forEach((value) => parameters.append(name, value));
    for (const name of ["since", "until", "as_of"]) if (this.values[name]) parameters.set(name, this.values[name]);
  }

  /** Return the filters as the service takes them. */
  asked() {
    const { source, tag, since, until, as_of } = this.values;
    const days = { since: since || null, until: until || null, as_of: as_of || null };
    return { sources: source, ...days, ...(tag.length ? { tags: tag } : {}) };
  }

  /** Remove all filters. */
  clear() {
    this.from(new URLSearchParams());
    this.changed();
  }

  set(name, value) {
    this.values[name] = value;
    this.tell();
    this.changed();
  }

  /** Say what is chosen beside the panel's title, which may be closed. */
  tell() {
    const { source, tag, since, until, as_of } = this.values;
    const parts = [...source, ...tag, since && `from ${day(since)}`, until && `until ${day(until)}`,
      as_of && `as of ${day(as_of)}`];
    byId("chosen").textContent = parts.filter(Boolean).join(" · ");
  }

  draw() {
    this.tell();
    const focused = this.form.contains(document.activeElement) ? document.activeElement.id : null;
    const any = Object.values(this.values).some((value) => value.length);
    this.form.replaceChildren(...[
      this.choices("source", "Outlet", this.offered.sources),
      this.choices("tag", "Tag", this.offered.tags),
      this.dates(),
      this.slider(),
      html("button", { type: "button", id: "clear", class: "clear", hidden: !any, click: () => this.clear() }, "Remove all filters"),
    ].filter(Boolean));
    if (focused !== null) this.focus(focused);
  }

  focus(id) {
    const field = byId(id);
    (field && !field.hidden ? field : this.panel.querySelector("summary")).focus();
  }

  choices(name, title, found) {
    const names = found.map((one) => one.name);
    const extra = this.values[name].filter((value) => !names.includes(value)).map((value) => ({ name: value }));
    const all = [...extra, ...found];
    if (!all.length) return null;
    const rows = all.map((one, at) => this.choice(name, one, at));
    const narrow = (event) => {
      const wanted = event.target.value.toLowerCase();
      rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    };
    return html("fieldset", {}, html("legend", {}, title),
      all.length > MANY ? html("input", { type: "search", "aria-label": `Find ${title.toLowerCase()}s`, placeholder: "Find", input: narrow }) : null,
      html("div", { class: "choices" }, rows));
  }

  choice(name, { name: value, articles }, at) {
    const id = `${name}-${at}`;
    const chosen = this.values[name].includes(value);
    const toggled = (event) => {
      const others = this.values[name].filter((one) => one !== value);
      this.set(name, event.target.checked ? [...others, value] : others);
    };
    return html("div", { class: "choice" },
      html("input", { type: "checkbox", id, checked: chosen, change: toggled }),
      html("label", { for: id }, value, articles ? html("span", { class: "number" }, ` ${articles}`) : null));
  }

  dates() {
    const field = (name, title) => html("div", { class: "date" }, html("label", { for: name }, title),
      html("input", { type: "date", id: name, value: this.values[name],
        change: (event) => this.set(name, event.target.value) }));
    return html("fieldset", {}, html("legend", {}, "Published"),
      html("div", { class: "dates" }, field("since", "From"), field("until", "Until")),
      html("p", { class: "hint" }, "Any date leaves out articles that state none."));
  }

  slider() {
    const { first, last } = this.offered;
    if (!first) return null;
    const months = monthsBetween(first, last);
    const { as_of: chosen } = this.values;
    const at = chosen ? months.findIndex((name) => name >= chosen.slice(0, 7)) : -1;
    const said = (place) => (place >= months.length ? "now: every article" : `the end of ${month(months[place])}`);
    const output = html("output", { for: "as-of" }, chosen ? day(chosen) : said(months.length));
    const input = html("input", { type: "range", id: "as-of", min: 0, max: months.length, step: 1,
      value: at < 0 ? months.length : at, "aria-valuetext": output.textContent,
      input: (event) => {
        output.textContent = said(Number(event.target.value));
        event.target.setAttribute("aria-valuetext", output.textContent);
      },
      change: (event) => this.set("as_of", months[event.target.value] ? lastDayOf(months[event.target.value]) : "") });
    return html("fieldset", {}, html("legend", {}, "As of"),
      html("label", { for: "as-of" }, "What was known by ", output), input,
      html("div", { class: "ends", "aria-hidden": "true" }, html("span", {}, month(first)), html("span", {}, "now")));
  }
}
