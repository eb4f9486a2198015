"""Output for the terminal: answers, passages, articles, tables, errors.

Everything that comes from articles goes through `Text`, which never reads it as markup. Only a
terminal gets wrapped lines and styles; other programs get each paragraph as one plain line.
"""

import io
import os
import re
import sys
from collections.abc import Iterable, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleDimensions
from rich.segment import Segment, Segments
from rich.text import Text

from ...corpus.article import Article
from ...index.archive import ArticleRef
from ...search.answer import Answer, Citation
from ...search.language.dates import in_words
from ...search.results import Added, Facets, Info, RankedPassage, SearchResult

if TYPE_CHECKING:
    from rich.table import Table

NO_COLOR = bool(os.environ.get("NO_COLOR"))  # https://no-color.org
UNANSWERED = "The articles here do not answer this."

OPTION_OF_FILTER = {
    "sources": "--source", "tags": "--tag",
    "since": "--since", "until": "--until", "as_of": "--as-of",
}  # fmt: skip
_FILTER = re.compile(rf"the filter `({'|'.join(OPTION_OF_FILTER)})`")
_PROBLEMS_SHOWN, _COPIES_NAMED = 20, 5
_NEAREST = 3  # articles named where there is no answer
_AMENDED = {"correction": "corrected · ", "retraction": "withdrawn · "}
_NARROWEST = 10  # columns of text beside an indent, however narrow the terminal
_WIDE = 1_000  # columns of a table for other programs, so that no cell is cut short


def _console(stderr: bool = False) -> Console:
    # Without a colour system Rich writes no bold or dim either, which NO_COLOR alone leaves on.
    made = Console(stderr=stderr, highlight=False, color_system=None if NO_COLOR else "auto")
    if made.is_dumb_terminal:  # Rich takes it to have 80 columns
        made.size = ConsoleDimensions(*get_terminal_size())
    return made


out = _console()
err = _console(stderr=True)


def is_screen(console: Console) -> bool:
    """Return whether a person reads the console: whether it writes to a terminal."""
    return console.file.isatty()


def is_plain(console: Console) -> bool:
    """Return whether no escape sequence may be written to the console."""
    return NO_COLOR or console.is_dumb_terminal or not is_screen(console)


def replace_unprintable() -> None:
    """Print "?" for characters that the terminal's encoding lacks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


# How text, tables and JSON are printed


def show(text: Text | str = "", lead: Text | str = "") -> None:
    """Print text after its `lead`. A terminal gets wrapped lines, all indented like the first."""
    text, lead = Text("").append(text), Text("").append(lead)
    indent = Text(" " * lead.cell_len)
    for line in _lines(text, out.width - lead.cell_len):
        whole = lead + line
        whole.rstrip()
        out.print(whole, soft_wrap=True)
        lead = indent


def _lines(text: Text, width: int) -> Iterable[Text]:
    if is_screen(out):
        return text.wrap(out, max(width, _NARROWEST), overflow="fold")
    return text.split("\n", allow_blank=True)


def show_table(table: "Table") -> None:
    """Print a table without trailing blanks; for other programs, no cell is wrapped or cut."""
    options = out.options if is_screen(out) else out.options.update(width=_WIDE)
    for line in out.render_lines(table, options, pad=False):
        out.print(Segments([*_without_trailing_blanks(line), Segment.line()]), soft_wrap=True)


def _without_trailing_blanks(line: Sequence[Segment]) -> list[Segment]:
    kept = list(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        text, style, control = kept.pop()
        kept.append(Segment(text.rstrip(), style, control))
    return kept


def show_json(text: str) -> None:
    """Print JSON, in UTF-8 whatever the terminal's encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(text)


# Answers


def show_answer(answer: Answer) -> None:
    """Print an answer and its citations; where there is none, the nearest articles."""
    _show_understood(answer.question_asked, answer.question_understood)
    if answer.answer is None:
        _show_nearest(answer)
    else:
        show(Text(answer.answer, "bold"))
        show()
        for citation in answer.citations:
            _show_citation(citation)
    # The first says why there is no answer, and is shown in its place.
    for warning in answer.warnings[1:] if answer.reason else answer.warnings:
        show_warning(warning)


def _show_understood(asked: str, understood: str) -> None:
    """Print the question that was searched for, where it is not what was typed."""
    if understood != asked:
        shown = "".join(c for c in understood if c.isprintable())
        err.print(Text(f"Searched for: {shown}", "dim"), soft_wrap=True)


def _show_citation(citation: Citation) -> None:
    marker = f"[{citation.number}] "
    indent = " " * len(marker)
    show(Text(citation.article.title, "bold"), Text(marker, "bold cyan"))
    show(provenance(citation.article), indent)
    if citation.also_in:
        show(also_in(citation.also_in), indent)
    quote = Text(f"“{citation.quote}”")
    if citation.answer:
        start, end = citation.answer
        quote.stylize("bold yellow", start + 1, end + 1)
    show(quote, indent)
    show()


def _show_nearest(answer: Answer) -> None:
    show(Text(UNANSWERED, "bold"))
    if answer.reason:
        show(_with_options(answer.warnings[0]))
    nearest = list(dict.fromkeys(ranked.article for ranked in answer.passages))[:_NEAREST]
    if nearest:
        show()
        show(Text("Nearest to it:", "dim"))
    for article in nearest:
        show(article.title, "  ")
        show(provenance(article), "  ")
    if nearest:
        show()


def _with_options(sentence: str) -> str:
    """Return a sentence that names filters of the library, with the options that set them."""
    return _FILTER.sub(lambda found: OPTION_OF_FILTER[found[1]], sentence)


# Passages


def show_passages(result: SearchResult, explain: bool = False) -> None:
    """Print ranked passages with title, source and date, the matching words marked.

    With `explain`, also the parts of each score and the words that matched.
    """
    _show_understood(result.question, result.question_understood)
    for ranked in result.passages:
        marker = f"{ranked.rank:>2}  "
        indent = " " * len(marker)
        heading = Text.assemble((ranked.article.title, "bold"), (f"  {ranked.score:.2f}", "dim"))
        show(heading, Text(marker, "bold cyan"))
        show(provenance(ranked.article), indent)
        if ranked.also_in:
            show(also_in(ranked.also_in), indent)
        if explain:
            show(_explanation(ranked), indent)
        show(_marked(ranked), indent)
        show()
    if result.facets:
        _show_facets(result.facets)


def _show_facets(facets: Facets) -> None:
    for name, counts in (
        ("outlets", facets.sources),
        ("months", facets.months),
        ("tags", facets.tags),
    ):
        if counts:
            told = " · ".join(f"{one} {articles}" for one, articles in counts)
            show(Text(told), Text(f"{name}  ", "dim"))


def _explanation(ranked: RankedPassage) -> Text:
    """Return the sum that makes the score, value × weight for each part, and what matched."""
    parts = [
        f"{p.name} {p.value:.2f}×{p.weight:.2f}" + (f" ({p.reason})" if p.reason else "")
        for p in ranked.parts
    ]
    total = f"{ranked.score:.3f} = " + " + ".join(parts)
    return Text(f"{total}\nmatched: {', '.join(ranked.matched) or 'no word'}", "cyan")


def _marked(ranked: RankedPassage) -> Text:
    text = Text(ranked.passage.text)
    for start, end in ranked.highlights:
        text.stylize("bold yellow", start, end)
    return text


# Articles


def provenance(article: Article) -> Text:
    """Return where and when an article was published, and its id."""
    parts = [article.form, article.source or "source not stated", dating(article), article.url]
    amended = _AMENDED[article.notice.kind] if article.notice else ""
    stated = " · ".join(part for part in (*parts, article.id) if part)
    return Text.assemble((amended, "bold red"), (stated, "dim"))


def dating(article: Article) -> str:
    """Return when an article was published, or else the day it reports on."""
    if article.published:
        return article.published.isoformat()
    return f"undated, on {article.event.isoformat()}" if article.event else "undated"


def also_in(copies: Sequence[ArticleRef]) -> Text:
    """Return the outlets of an article's near-duplicates."""
    named = [_outlet(copy) for copy in copies[:_COPIES_NAMED]]
    more = len(copies) - len(named)
    return Text("also in: " + " · ".join([*named, f"{more:,} more"] if more else named), "dim")


def _outlet(copy: ArticleRef) -> str:
    outlet = copy.source or copy.title or copy.id
    return f"{outlet}, {in_words(copy.published)}" if copy.published else outlet


def show_article(article: Article) -> None:
    """Print a whole article."""
    show(Text(article.title, "bold"))
    show(provenance(article))
    at = article.published_at.isoformat(" ", "minutes") if article.published_at else ""
    by, tags = ", ".join(article.authors), ", ".join(article.tags)
    stated = {"published at": at, "dated by its": article.dated_by, "by": by, "tags:": tags}
    for line in (f"{label} {value}" for label, value in stated.items() if value):
        show(Text(line, "dim"))
    show()
    show(article.text.rstrip())


def show_articles(articles: Iterable[Article]) -> None:
    """Print a list of articles; for other programs, a line each, with tabs between the fields."""
    # All are read before one is printed: what is printed to may go away, and the archive with it.
    if not is_screen(out):
        for row in [_row(article) for article in articles]:
            print("\t".join(row))
        return
    for title, place in [(article.title, provenance(article)) for article in articles]:
        show(Text(title, "bold"))
        show(place, "  ")


def _row(article: Article) -> tuple[str, str, str, str]:
    published = article.published.isoformat() if article.published else "–"
    return article.id, published, article.source or "–", article.title


# The archive


def show_info(info: Info) -> None:
    """Print what an archive holds; for other programs, a line for each fact, with a tab between."""
    period = f"{info.first_published} to {info.last_published}" if info.first_published else "–"
    named = [(name, count) for name, count in info.sources if name]
    facts = (
        ("archive", str(info.path)),
        ("articles", f"{info.articles:,}"),
        ("passages", f"{info.passages:,}"),
        *([("families of copies", f"{info.duplicate_groups:,}")] if info.duplicate_groups else []),
        ("published", period),
        ("sources", ", ".join(f"{name} ({count:,})" for name, count in named[:12]) or "–"),
        ("encoder", info.encoder),
    )
    width = max(len(label) for label, _ in facts) + 2
    for label, value in facts:
        if is_screen(out):
            show(value, Text(f"{label:<{width}}", "bold"))
        else:
            print(f"{label}\t{value}")


def show_added(added: Added) -> None:
    """Report, on stderr, what became of the articles and which files were not read."""
    sizes = map(len, (added.added, added.replaced, added.unchanged))
    counts = [*zip(sizes, ("added", "replaced", "unchanged"), strict=True)]
    said = ", ".join(f"{count:,} {what}" for count, what in counts if count) or "nothing added"
    total = sum(count for count, _ in counts)
    articles, passages = counted(total, "article"), counted(added.passages, "new passage")
    err.print(Text(f"{said} ({articles}, {passages})"))
    if added.skipped:
        kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in added.skipped.items())
        err.print(Text(f"skipped, since they are no articles: {kinds}"), soft_wrap=True)
    show_problems(added.problems)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, as in "2 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# Errors


def show_problems(problems: Sequence[object]) -> None:
    """Print the first problems met in reading, and how many more there were."""
    for problem in problems[:_PROBLEMS_SHOWN]:
        show_error(str(problem))
    if len(problems) > _PROBLEMS_SHOWN:
        err.print(f"… and {len(problems) - _PROBLEMS_SHOWN:,} more that could not be read.")


def show_error(message: str) -> None:
    """Print what went wrong on stderr."""
    err.print(Text.assemble(("error: ", "bold red"), message), soft_wrap=True)


def show_warning(message: str) -> None:
    """Print a note on stderr."""
    err.print(Text.assemble(("note: ", "bold yellow"), message), soft_wrap=True)
