// How the page says things.

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const COUNT = new Intl.NumberFormat("en-GB");

const REASONS = {
  filtered: "Your filters leave out what would answer this.",
  empty: "There is nothing to search.",
  language: "The question is in a language that Dragoman does not read.",
  nothing_near: "No article here is about this.",
  near_miss: "An article comes near, but does not answer this.",
  too_vague: "The question names nothing to look for.",
};

/** Return a day such as "2022-03-29" in words. */
export function day(iso) {
  return DAY.format(new Date(`${iso}T00:00:00Z`));
}

/** Return the month of a day in words. */
export function month(iso) {
  return MONTH.format(new Date(`${iso.slice(0, 7)}-01T00:00:00Z`));
}

/** Return a number as it is written: "1,200". */
export function number(value) {
  return COUNT.format(value);
}

/** Return a number of things: "1 article", "1,200 articles". */
export function count(number, thing) {
  return `${COUNT.format(number)} ${thing}${number === 1 ? "" : "s"}`;
}

/** Return why there is no answer. */
export function reason(code) {
  return REASONS[code] ?? "The articles here do not answer this.";
}

/** Return in words how sure it is that the articles answer. */
export function confidence(value) {
  const percent = `${Math.round(value * 100)}%`;
  if (value >= 0.85) return `The articles very likely answer this (${percent}).`;
  if (value >= 0.65) return `The articles probably answer this (${percent}).`;
  return `It is uncertain that the articles answer this (${percent}): read the quotations.`;
}

/** Return in a word what a notice says of its article. */
export function amended({ kind }) {
  return kind === "retraction" ? "Withdrawn" : "Corrected";
}

/** Return the outlet and the day of an article. */
export function about(article) {
  return [article.source ?? "Source not stated", article.published ? day(article.published) : "undated"]
    .join(" · ");
}
