// Requests to the service, its problems, and the key it may ask for.

const ROOT = document.documentElement.dataset.root;
const KEY = "dragoman-key";
const LONGEST_WAIT = 120; // seconds; who is told to wait longer decides alone
const MOST_TRIES = 4;

/** What went wrong, as the service (RFC 9457) or the browser says it. */
export class Problem extends Error {
  constructor(detail, { status = 0, code = "", wait = null } = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.wait = wait; // seconds after which to try again, or null
  }
}

/** Keep a key for as long as this tab is open. */
export function keepKey(key) {
  try {
    sessionStorage.setItem(KEY, key);
  } catch {
    // The browser keeps nothing for this page.
  }
}

function kept() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function articleIn(folder, id) {
  const segments = id.split("/");
  // A browser would resolve dots and a proxy merge slashes.
  const asOne = segments.some((segment) => ["", ".", ".."].includes(segment));
  return `${folder}/articles/${asOne ? encodeURIComponent(id) : segments.map(encodeURIComponent).join("/")}`;
}

/** Return the address of an article's page. */
export function articleAddress(id) {
  return articleIn(ROOT, id);
}

/** Return the path by which `receive` asks for an article. */
export function articlePath(id) {
  return articleIn("/v1", id);
}

/** Return the address of a passage on its article's page. */
export function passageAddress(id, spans) {
  return `${articleAddress(id)}#span=${spans.map(([start, end]) => `${start}-${end}`).join(",")}`;
}

/** Return the address if it is one of the web, else null. */
export function webAddress(url) {
  if (!url || !URL.canParse(url)) return null;
  return ["http:", "https:"].includes(new URL(url).protocol) ? url : null;
}

function secondsOf(header) {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

async function problemOf(response) {
  const about = { status: response.status, wait: secondsOf(response.headers.get("Retry-After")) };
  try {
    const { detail, title, code } = await response.json();
    return new Problem(detail || title, { ...about, code });
  } catch {
    return new Problem(`The service answered with status ${response.status}.`, about);
  }
}

/** Send a request and return the response. Raises Problem, and what `signal` raises. */
export async function send(path, { method = "GET", json, form, signal } = {}) {
  const headers = { Accept: "application/json" };
  const key = kept();
  if (key) headers.Authorization = `Bearer ${key}`;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    const body = json === undefined ? form : JSON.stringify(json);
    response = await fetch(ROOT + path, { method, headers, body, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem("The service cannot be reached. Is it running, and are you connected?");
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Send a request and return the JSON it is answered with. */
export async function receive(path, options = {}) {
  return (await send(path, options)).json();
}

function slept(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** Receive, and where the service is busy try again when it says; `told` hears of each wait. */
export async function receivePatiently(path, options, told) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await receive(path, options);
    } catch (error) {
      const again = error instanceof Problem && [429, 503].includes(error.status) && error.wait !== null;
      if (!again || error.wait > LONGEST_WAIT || tries === MOST_TRIES) throw error;
      told(error);
      await slept(error.wait, options.signal);
    }
  }
}
