// Texts and spans. The service counts Unicode code points, JavaScript UTF-16 units.

import { html } from "./dom.js";

/** Return the number of UTF-16 units in the first `points` code points of a text. */
export function units(text, points) {
  let at = 0;
  for (; points > 0 && at < text.length; points -= 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

/** Return the number of code points in a text. */
export function points(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Return the spans, in code points, sorted and without overlap. */
export function merged(spans) {
  const sorted = spans.filter(([start, end]) => start < end).sort((a, b) => a[0] - b[0]);
  const kept = [];
  for (const [start, end] of sorted) {
    const last = kept.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else kept.push([start, end]);
  }
  return kept;
}

/** Return a text as nodes, with what the spans (in code points) cover in `mark` elements. */
export function marked(text, spans) {
  const nodes = [];
  let from = 0;
  for (const [start, end] of merged(spans)) {
    const [first, last] = [units(text, start), units(text, end)];
    nodes.push(text.slice(from, first), html("mark", {}, text.slice(first, last)));
    from = last;
  }
  return [...nodes, text.slice(from)].filter((node) => node !== "");
}

/** Return the paragraphs of a text, each with the offset, in code points, at which it starts. */
export function paragraphs(text) {
  let [at, offset] = [0, 0];
  return [...text.matchAll(/\S(?:(?!\n\s*\n)[^])*/gu)].map((found) => {
    offset += points(text.slice(at, found.index));
    at = found.index;
    return [offset, found[0]];
  });
}

/** Return the spans that the fragment of an address names: `#span=120-512,600-700`. */
export function spansOf(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, "")).get("span") ?? "";
  const found = [...given.matchAll(/(?:^|,)(\d{1,9})-(\d{1,9})(?=,|$)/g)];
  return merged(found.map(([, start, end]) => [Number(start), Number(end)]));
}
