// A form for the key that the service may ask for. It is kept in this tab only.

import { html } from "./dom.js";
import { keepKey } from "./service.js";

/** Return the form; `done` is called once a key has been entered. */
export function keyForm(done) {
  const field = html("input", { id: "key", type: "password", autocomplete: "off", required: true });
  const entered = (event) => {
    event.preventDefault();
    keepKey(field.value.trim());
    done();
  };
  return html("form", { class: "key", submit: entered },
    html("label", { for: "key" }, "Key"),
    html("div", { class: "box" }, field, html("button", { type: "submit" }, "Use this key")),
    html("p", { class: "hint" }, "It is forgotten when you close this tab."));
}

/**
 * Return what tells of a problem, with a form for a key, or a button to try again where the same
 * request may succeed later.
 */
export function failure(problem, again) {
  return html("div", { class: "failure", role: "alert" },
    html("p", {}, problem.message), help(problem.status, again));
}

function help(status, again) {
  if (status === 401) return keyForm(again);
  if (!mayPass(status)) return "";
  return html("p", {}, html("button", { type: "button", click: again }, "Try again"));
}

/** Return whether a problem of this status may be over later: no connection, too busy, a failure. */
function mayPass(status) {
  return !status || status === 408 || status === 429 || status >= 500;
}
