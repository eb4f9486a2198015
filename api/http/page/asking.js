// The page that asks: one question, those that follow it, and the address that names them all.

import { offerAdding } from "./adding.js";
import { shown, summary } from "./answer.js";
import { forgetArchive, showArchive } from "./archive.js";
import { byId, html } from "./dom.js";
import { Filters } from "./filters.js";
import { failure } from "./key.js";
import { focusBySlash } from "./keys.js";
import { Problem, receivePatiently } from "./service.js";
import { NARROWING, story } from "./story.js";

const question = byId("question");
const next = byId("next");
const conversation = byId("conversation");
const answers = new Map(); // so that going back asks nothing again
let running = new AbortController();
let shownAddress = null;

const filters = new Filters(byId("filters"), () => {
  if (asked(location.search).length) go(asked(location.search), isStory());
});

/** Return the questions that an address names, the first one and those that follow it. */
function asked(search) {
  const parameters = new URLSearchParams(search);
  return [parameters.get("q") ?? "", ...parameters.getAll("then")].filter((text) => text.trim());
}

/** Return whether the address names a matter whose story is to be shown, and no question. */
function isStory() {
  return new URLSearchParams(location.search).get("view") === "story";
}

function go(questions, asStory = false) {
  const before = new URLSearchParams(location.search);
  const parameters = new URLSearchParams();
  if (asStory) parameters.set("view", "story");
  questions.forEach((text, at) => parameters.append(at ? "then" : "q", text));
  const isSame = asStory && before.get("q") === questions[0];
  for (const name of isSame ? NARROWING : []) if (before.has(name)) parameters.set(name, before.get(name));
  filters.into(parameters);
  put(parameters);
  show();
}

/** Make an address one to come back to, where it is not the one that is shown. */
function put(parameters) {
  const address = `${location.pathname}?${parameters}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
}

/** Note in the address what narrows a panel of a story, or, by null, that nothing does. */
function narrow(name, value) {
  const parameters = new URLSearchParams(location.search);
  if (value === null) parameters.delete(name);
  else parameters.set(name, value);
  put(parameters);
  shownAddress = location.search;
}

async function answerTo(text, turns, told) {
  const body = { question: text, history: turns, filters: filters.asked() };
  const name = JSON.stringify(body);
  if (!answers.has(name)) {
    answers.set(name, await receivePatiently("/v1/ask", { method: "POST", json: body, signal: running.signal }, told));
  }
  return answers.get(name);
}

function say(text) {
  byId("status").textContent = text;
}

function anew() {
  offerAdding(refresh);
  filters.load();
  show();
}

/** Return what tells of an error; `again` tries once more what it is of. */
function failed(error, again = anew) {
  const known = error instanceof Problem ? error : new Problem("This page has failed. Load it again.");
  say(known.message);
  return failure(known, known.status === 401 ? anew : again);
}

/** Return the signal that ends what is asked now. */
function live() {
  if (running.signal.aborted) running = new AbortController();
  return running.signal;
}

function turnOf(text, at) {
  const body = html("div", { class: "body", "aria-busy": "true" }, html("p", { class: "waiting" }, "Reading the articles…"));
  const turn = html("section", { class: "turn", "aria-labelledby": `turn-${at}` },
    html("h2", { id: `turn-${at}`, tabindex: "-1" }, text), body);
  conversation.append(turn);
  return { turn, body };
}

function waits(body) {
  return (problem) => {
    const text = `${problem.message} Asking again in ${problem.wait} seconds.`;
    body.replaceChildren(html("p", { class: "waiting" }, text));
    say(text);
  };
}

/** Ask the questions of the address one after the other, each with those before as its history. */
async function converse(questions, signal) {
  const turns = [];
  for (const [at, text] of questions.entries()) {
    const { turn, body } = turnOf(text, at);
    if (at) turn.scrollIntoView({ block: "nearest" });
    const answer = await answerTo(text, turns, waits(body));
    if (signal.aborted) return;
    const widen = answer.reason === "filtered" ? () => filters.clear() : null;
    body.replaceChildren(...shown(answer, { name: `turn-${at}`, follows: at > 0, widen }));
    body.setAttribute("aria-busy", "false");
    if (at && at === questions.length - 1) turn.scrollIntoView({ block: "start" });
    say(summary(answer));
    turns.push({ role: "user", content: text }, { role: "assistant", content: answer.answer ?? "The articles do not answer this." });
  }
}

/** Show the story of a matter, panel by panel. */
async function tell(matter, signal) {
  const { turn, body } = turnOf(matter, 0);
  turn.classList.add("story");
  const given = new URLSearchParams(location.search);
  const asking = { filters: filters.asked(), waits, say, failed, live, narrow, given };
  const said = await story(body, matter, signal, asking);
  if (!signal.aborted) say(said);
}

/** Show what the address names. */
async function show() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const questions = asked(location.search);
  shownAddress = location.search;
  filters.from(new URLSearchParams(location.search));
  conversation.replaceChildren();
  byId("follow").hidden = true;
  byId("archive").hidden = questions.length > 0;
  question.value = questions[0] ?? "";
  document.title = questions.length ? `${questions.at(-1)} · Dragoman` : "Dragoman";
  if (!questions.length) {
    say("");
    showArchive();
    return;
  }
  say("Reading the articles…");
  try {
    await (isStory() ? tell(questions[0], signal) : converse(questions, signal));
  } catch (error) {
    if (signal.aborted) return;
    conversation.lastElementChild.lastElementChild.replaceChildren(failed(error));
    conversation.lastElementChild.lastElementChild.setAttribute("aria-busy", "false");
    return;
  }
  next.value = "";
  byId("follow").hidden = signal.aborted || isStory();
}

/** Show everything anew, since the articles have changed. */
function refresh() {
  answers.clear();
  forgetArchive();
  filters.load();
  show();
}

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  if (question.value.trim()) go([question.value.trim()], event.submitter?.id === "story");
});
byId("follow").addEventListener("submit", (event) => {
  event.preventDefault();
  if (next.value.trim()) go([...asked(location.search), next.value.trim()]);
});
addEventListener("popstate", () => {
  if (location.search !== shownAddress) show(); // otherwise only a source was gone to
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.closest?.("dialog")) return;
  running.abort();
  for (const waiting of conversation.querySelectorAll("[aria-busy=true]")) {
    waiting.replaceChildren(html("p", { class: "waiting" }, "Stopped."));
    waiting.setAttribute("aria-busy", "false");
    say("Stopped.");
  }
});
focusBySlash(question);
offerAdding(refresh);
filters.load();
show();
if (!location.search) question.focus();
