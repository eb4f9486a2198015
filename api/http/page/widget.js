// An ask box for any page: <script src="https://…/widget.js" data-…></script>. It stands in a shadow
// root of its own, brings no style to the page and takes none from it, and makes elements by DOM
// only: what articles say is text.
//
// data-target: a selector of where to stand, instead of where the script is. data-key: a key that may
// only read. data-theme: light or dark, instead of the reader's own. data-label, data-placeholder,
// data-button: words. data-filters: which articles, as JSON.

(() => {
  const script = document.currentScript;
  const service = new URL(".", script.src).href.replace(/\/$/, "");
  const { target, key, theme, filters } = script.dataset;
  const words = {
    label: script.dataset.label ?? "Ask the articles",
    placeholder: script.dataset.placeholder ?? "Who, what, when, how many …?",
    button: script.dataset.button ?? "Ask",
  };
  const MOST_TURNS = 12;
  const STYLE = `
    :host { all: initial; display: block; color-scheme: light dark;
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
      --paper: #fbfaf6; --ink: #1c1b19; --soft: #5a564f; --edge: #8f897d; --accent: #17496b;
      --on-accent: #fff; --alarm: #8f2318; }
    @media (prefers-color-scheme: dark) { :host(:not([data-theme="light"])) {
      --paper: #161719; --ink: #e9e6df; --soft: #aca79c; --edge: #7d7a73; --accent: #92c4e6;
      --on-accent: #10222e; --alarm: #f3a59a; } }
    :host([data-theme="light"]) { color-scheme: light; }
    :host([data-theme="dark"]) { color-scheme: dark; --paper: #161719; --ink: #e9e6df;
      --soft: #aca79c; --edge: #7d7a73; --accent: #92c4e6; --on-accent: #10222e; --alarm: #f3a59a; }
    *, ::before, ::after { box-sizing: border-box; }
    section { background: var(--paper); color: var(--ink); border: 1px solid var(--edge);
      border-radius: .5rem; padding: 1rem; overflow-wrap: anywhere; }
    form { display: flex; flex-wrap: wrap; gap: .5rem; }
    label { flex: 1 0 100%; font-weight: 600; }
    input, button { font: inherit; padding: .5rem .75rem; border-radius: .375rem; min-height: 2.75rem;
      border: 1px solid var(--edge); }
    input { flex: 1 1 12rem; min-width: 0; background: var(--paper); color: var(--ink); }
    button { background: var(--accent); color: var(--on-accent); border-color: var(--accent);
      cursor: pointer; }
    button[aria-disabled="true"] { opacity: .7; cursor: progress; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    a { color: var(--accent); }
    p { margin: .25rem 0; }
    .asked { font-weight: 600; margin-top: 1rem; }
    ol { margin: .5rem 0 0; padding-left: 1.5rem; color: var(--soft); font-size: .9rem; }
    blockquote { margin: 0; }
    .alarm { color: var(--alarm); }`;

  const made = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const linkTo = (citation) => {
    const { id } = citation.article;
    const [start, end] = citation.span;
    return `${service}/articles/${encodeURIComponent(id)}#span=${start}-${end}`;
  };

  const link = (citation, text, label) => {
    const anchor = made("a", { href: linkTo(citation), target: "_blank", rel: "noopener noreferrer" }, text);
    if (label) anchor.setAttribute("aria-label", label);
    return anchor;
  };

  const about = ({ source, published }) => [source ?? "source not stated", published ?? "undated"].join(" · ");

  // The markers of the answer become links; everything else stays text.
  const paragraph = (answer, citations) => {
    const found = made("p");
    for (const part of answer.split(/(\[\d+\])/)) {
      const cited = citations.find(({ number }) => part === `[${number}]`);
      found.append(cited ? link(cited, part, `Source ${cited.number}: ${cited.article.title}`) : part);
    }
    return found;
  };

  const source = (citation) =>
    made(
      "li",
      { value: citation.number },
      made("blockquote", {}, `“${citation.quote}”`),
      link(citation, citation.article.title),
      ` · ${about(citation.article)}`,
    );

  const problem = (text) => {
    const said = made("p", { className: "alarm" }, text);
    said.setAttribute("role", "alert");
    return said;
  };

  async function ask(question, history) {
    const headers = { "Content-Type": "application/json" };
    if (key) headers.Authorization = `Bearer ${key}`;
    const body = { question, history, limit: 3, offsets: "utf16" };
    if (filters) body.filters = JSON.parse(filters);
    const response = await fetch(`${service}/v1/ask`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const message = await response.json();
    if (!response.ok) throw new Error(message.detail);
    return message;
  }

  const host = made("div");
  if (theme) host.dataset.theme = theme;
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet(); // a page's policy for styles does not forbid it
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];

  const input = made("input", {
    id: "question",
    name: "question",
    autocomplete: "off",
    placeholder: words.placeholder,
    maxLength: 2000,
    required: true,
  });
  const button = made("button", { type: "submit" }, words.button);
  const form = made("form", {}, made("label", { htmlFor: "question" }, words.label), input, button);
  const answers = made("div");
  answers.setAttribute("aria-live", "polite");
  const section = made("section", {}, form, answers);
  section.setAttribute("aria-label", words.label);
  root.append(section);

  const history = [];
  let asking = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = input.value.trim();
    if (!question || asking) return;
    asking = true;
    button.setAttribute("aria-disabled", "true");
    answers.setAttribute("aria-busy", "true");
    const shown = [made("p", { className: "asked" }, question)];
    try {
      const { answer, citations, warnings } = await ask(question, history.slice(-MOST_TURNS));
      if (answer === null) {
        shown.push(made("p", {}, ["The articles do not answer this.", ...warnings].join(" ")));
      } else {
        shown.push(paragraph(answer, citations), made("ol", {}, ...citations.map(source)));
        history.push({ role: "user", content: question }, { role: "assistant", content: answer });
      }
      input.value = "";
    } catch (error) {
      shown.push(problem(error instanceof TypeError ? "The service cannot be reached." : error.message));
    }
    answers.replaceChildren(...shown);
    answers.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
    asking = false;
  });

  const place = () => {
    const found = target && document.querySelector(target);
    if (found) found.append(host);
    else script.after(host);
  };
  if (target && document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
})();
