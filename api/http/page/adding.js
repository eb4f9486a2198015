// Adding articles: the dialog, and the job that brings them.

import { byId, html } from "./dom.js";
import { failure } from "./key.js";
import { Problem, receive, receivePatiently } from "./service.js";
import { count, number } from "./words.js";

const PAUSE = 700; // milliseconds between two looks at a job
const ENDED = ["succeeded", "failed", "cancelled"];

const dialog = byId("adding");
const files = byId("files");
const addresses = byId("addresses");
const submit = byId("send");
const cancel = byId("cancel");
const close = byId("close");
let done = () => {};

function became(job) {
  const parts = ["added", "replaced", "unchanged"].filter((name) => job[name]);
  const said = parts.map((name) => `${number(job[name])} ${name}`).join(", ");
  return said && ` Articles: ${said}.`;
}

function stateOf(job) {
  switch (job.state) {
    case "enqueued": return "Waiting for the service to begin…";
    case "running": return `Adding: ${number(job.articles)} of about ${count(job.estimate, "article")}…`;
    case "succeeded": return `Done.${became(job)}`;
    case "cancelled": return `Stopped.${became(job)}`;
    default: return `${job.error?.detail ?? "This failed."}${became(job)}`;
  }
}

function problemsOf(job) {
  if (!job.problems_total) return [];
  const more = job.problems_total - job.problems.length;
  return [
    html("p", { id: "not-added" }, "Not added:"),
    html("ul", { "aria-labelledby": "not-added", tabindex: "0" },
      job.problems.map(({ detail }) => html("li", {}, detail)),
      more ? html("li", {}, `and ${number(more)} more`) : null),
  ];
}

/** Say how it goes. What is said already is not said again, since it is read out. */
function say(text) {
  if (byId("state").textContent !== text) byId("state").textContent = text;
}

function showJob(job) {
  const bar = byId("progress");
  const ended = ENDED.includes(job.state);
  say(stateOf(job));
  bar.hidden = ended;
  if (job.estimate) bar.value = Math.min(1, job.articles / job.estimate);
  else bar.removeAttribute("value");
  if (ended || job.problems_total) byId("problems").replaceChildren(...problemsOf(job));
}

function busy(is) {
  submit.disabled = is;
  if (!is) byId("progress").hidden = true;
}

function offerCancel(action) {
  if (!action && document.activeElement === cancel) close.focus();
  cancel.hidden = !action;
  cancel.onclick = action;
  if (action && dialog.open) cancel.focus();
}

function fail(error, again) {
  const known = error instanceof Problem ? error : new Problem("This page has failed. Load it again.");
  say("");
  byId("problems").replaceChildren(failure(known, again));
}

/** Watch a job until it ends. */
async function watch(path) {
  busy(true);
  byId("problems").replaceChildren();
  const stop = () => receive(path, { method: "DELETE" }).then(showJob).catch((error) => fail(error, stop));
  offerCancel(stop);
  try {
    let job;
    for (;;) {
      job = await receivePatiently(path, {}, () => {});
      showJob(job);
      if (ENDED.includes(job.state)) break;
      await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    }
    if (job.added || job.replaced) done();
  } catch (error) {
    fail(error, () => watch(path));
  } finally {
    offerCancel(null);
    busy(false);
  }
}

/** Return where files are sent to, with what is said of all of them. */
function destination() {
  const parameters = new URLSearchParams();
  for (const name of ["source", "published"]) {
    const { value } = byId(`all-${name}`);
    if (value.trim()) parameters.set(name, value.trim());
  }
  return parameters.size ? `/v1/articles?${parameters}` : "/v1/articles";
}

/** Send a part of what is to be added, and watch its job; return whether it was taken. */
async function addPart(body, sent) {
  busy(true);
  byId("problems").replaceChildren();
  say("Sending…");
  let job;
  try {
    job = await receive(destination(), { method: "POST", ...body });
  } catch (error) {
    fail(error, add);
    busy(false);
    return false;
  }
  sent();
  await watch(`/v1/jobs/${job.id}`);
  return true;
}

/** Add the files, then the articles at the addresses. */
async function add() {
  const listed = addresses.value.split(/\s+/).filter(Boolean);
  if (files.files.length) {
    const form = new FormData();
    for (const file of files.files) form.append("file", file);
    if (!await addPart({ form }, () => { files.value = ""; })) return;
  }
  if (listed.length) await addPart({ json: { addresses: listed } }, () => { addresses.value = ""; });
  needFiles();
}

/** Files are needed unless there are addresses. */
function needFiles() {
  files.required = !addresses.value.trim();
}

function open() {
  if (!dialog.open) dialog.showModal();
}

function allowed() {
  return !byId("add").hidden;
}

/** Take files that are dropped anywhere on the page. */
function listenForFiles() {
  const brought = (event) => allowed() && event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!brought(event)) return;
    event.preventDefault();
    byId("drop").classList.add("over");
  });
  document.addEventListener("dragleave", () => byId("drop").classList.remove("over"));
  document.addEventListener("drop", (event) => {
    if (!brought(event)) return;
    event.preventDefault();
    byId("drop").classList.remove("over");
    files.files = event.dataTransfer.files;
    open();
    submit.focus();
  });
}

/** Offer to add articles if this reader may; `changed` is called whenever some were added. */
export async function offerAdding(changed) {
  done = changed;
  try {
    const { may_write: mayWrite, may_fetch: mayFetch } = await receive("/v1/info");
    byId("add").hidden = !mayWrite;
    byId("by-address").hidden = !mayFetch;
  } catch {
    byId("add").hidden = true;
  }
}

byId("add").addEventListener("click", open);
close.addEventListener("click", () => dialog.close());
byId("add-form").addEventListener("submit", (event) => {
  event.preventDefault();
  add();
});
addresses.addEventListener("input", needFiles);
listenForFiles();
