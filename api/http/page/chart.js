// Figures over time, as a small chart and as a table.

import { html, svg } from "./dom.js";
import { day } from "./words.js";

const HEIGHT = 210;
const EDGE = { top: 30, right: 30, bottom: 34, left: 30 };
const NARROWEST_LABEL = 64; // pixels between the labels of two points

const dayOf = (figure) => figure.day ?? figure.published;

/** Return a figure as it is said: "at least 1,200 km". */
export const nameOf = (figure) => [figure.bound, withUnit(figure)].filter(Boolean).join(" ");

function withUnit({ text, unit }) {
  if (!unit || text.includes(unit)) return text;
  return unit.length === 1 && unit !== "%" ? `${unit}${text}` : `${text}${unit === "%" ? "" : " "}${unit}`;
}

function comparable(figures) {
  const dated = figures.filter((figure) => dayOf(figure) && Number.isFinite(figure.value));
  const [first] = dated;
  return dated.filter((figure) => figure.unit === first.unit).sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
}

function drawn(figures, width, sourceOf) {
  const times = figures.map((figure) => Date.parse(dayOf(figure)));
  const [first, last] = [times[0], times.at(-1)];
  const top = Math.max(...figures.map((figure) => figure.value)) || 1;
  const bottom = Math.min(0, ...figures.map((figure) => figure.value));
  const x = (time) => EDGE.left + 24 + ((time - first) / (last - first || 1)) * (width - EDGE.left - EDGE.right - 48);
  const y = (value) => HEIGHT - EDGE.bottom - ((value - bottom) / (top - bottom)) * (HEIGHT - EDGE.top - EDGE.bottom);
  const places = figures.map((figure, at) => [x(times[at]), y(figure.value)]);
  const base = y(bottom < 0 ? 0 : bottom);
  const line = places.map(([px, py], at) => `${at ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`).join("");
  const area = `${line}L${places.at(-1)[0].toFixed(1)} ${base}L${places[0][0].toFixed(1)} ${base}Z`;
  return [
    svg("path", { class: "area", d: area }),
    svg("line", { class: "base", x1: EDGE.left, x2: width - EDGE.right, y1: base, y2: base }),
    svg("path", { class: "line", d: line }),
    ...labelled(figures, places, base, sourceOf),
  ];
}

// From the last to the first, since the latest figure matters most; none is written over another:
// where there is no room above the line, a value is written below it.
function labelled(figures, places, base, sourceOf) {
  let [free, freeBelow] = [Infinity, Infinity];
  const points = [];
  for (let at = figures.length - 1; at >= 0; at -= 1) {
    const [figure, [px, py]] = [figures[at], places[at]];
    const written = px <= free - NARROWEST_LABEL;
    const below = !written && px <= freeBelow - NARROWEST_LABEL && py < base - 40;
    if (written) free = px;
    if (below) freeBelow = px;
    points.unshift(svg("a", {
      class: "point", href: sourceOf(figure),
      "aria-label": `${nameOf(figure)}, ${day(dayOf(figure))}, source ${figure.citation}`,
    },
    svg("title", {}, `${nameOf(figure)}, ${day(dayOf(figure))} [${figure.citation}]`),
    svg("circle", { class: "touch", cx: px, cy: py, r: 14 }),
    svg("circle", { class: "dot", cx: px, cy: py, r: 4.5 }),
    written ? svg("text", { class: "value", x: px, y: py - 12 }, withUnit(figure)) : null,
    below ? svg("text", { class: "value", x: px - 6, y: py + 24 }, withUnit(figure)) : null,
    written ? svg("text", { class: "date", x: px, y: base + 20 }, shortDay(figure)) : null));
  }
  return points;
}

function shortDay(figure) {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" })
    .format(new Date(dayOf(figure)));
}

function table(figures, caption, sourceOf, outletOf) {
  const rows = figures.map((figure) => html("tr", {},
    html("td", {}, day(dayOf(figure))),
    html("td", {}, nameOf(figure)),
    html("td", {}, html("a", { href: sourceOf(figure) }, `[${figure.citation}] ${outletOf(figure)}`))));
  const heads = ["Date", "Figure", "Source"].map((head) => html("th", { scope: "col" }, head));
  return html("details", {}, html("summary", {}, "The figures as a table"),
    html("table", {}, html("caption", { class: "unseen" }, caption),
      html("thead", {}, html("tr", {}, heads)), html("tbody", {}, rows)));
}

/**
 * Return the figures as a chart with a table, or null where there is no course to show.
 * `sourceOf` and `outletOf` give the address of a figure's source and its name.
 */
export function chart(given, sourceOf, outletOf) {
  const figures = given.length ? comparable(given) : [];
  if (new Set(figures.map(dayOf)).size < 2) return null;
  const counted = figures.at(-1).counted ?? "The figure";
  const caption = `${counted[0].toUpperCase()}${counted.slice(1)}, ${day(dayOf(figures[0]))} to ${day(dayOf(figures.at(-1)))}`;
  const picture = svg("svg", { class: "chart", height: HEIGHT, role: "group", "aria-label": caption });
  const draw = () => {
    const width = Math.max(260, Math.floor(picture.getBoundingClientRect().width) || 640);
    picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    picture.replaceChildren(...drawn(figures, width, sourceOf));
  };
  draw();
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (Math.abs(entry.contentRect.width - width) < 1) return;
    width = entry.contentRect.width;
    draw();
  }).observe(picture);
  return html("figure", { class: "figures" }, html("figcaption", {}, caption), picture,
    table(figures, caption, sourceOf, outletOf));
}
