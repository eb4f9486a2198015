"""What people see in a terminal: passages, tables, errors.

Everything that comes from articles goes through `Text`, which never reads it as markup.
"""

import io
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...corpus.article import Article
from ...index.archive import ArticleRef
from ...search.dragoman import Added, Info
from ...search.language.dates import in_words
from ...search.results import RankedPassage, SearchResult

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

_PROBLEMS_SHOWN = 20
_COPIES_NAMED = 5


def replace_unprintable() -> None:
    """Have "?" printed for what the terminal's encoding lacks, where it is not Unicode."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def show_json(text: str) -> None:
    """Print JSON, which is UTF-8 wherever it goes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(text)


def show_passages(result: SearchResult, explain: bool = False) -> None:
    """Print ranked passages with title, source and date, the question's words marked.

    With `explain`, also what each score is the sum of, and which words matched.
    """
    for ranked in result.passages:
        grid = Table.grid(padding=(0, 2, 0, 0))
        heading = Text.assemble((ranked.article.title, "bold"), (f"  {ranked.score:.2f}", "dim"))
        grid.add_row(Text(f"{ranked.rank:>2}", "bold cyan"), heading)
        grid.add_row("", provenance(ranked.article))
        if ranked.also_in:
            grid.add_row("", also_in(ranked.also_in))
        if explain:
            grid.add_row("", _explanation(ranked))
        grid.add_row("", _marked(ranked))
        out.print(grid, "")


def provenance(article: Article) -> Text:
    """Say where an article is from, and of when."""
    parts = [article.form, article.source or "source not stated", dating(article), article.url]
    return Text(" · ".join(part for part in (*parts, article.id) if part), "dim")


def _explanation(ranked: RankedPassage) -> Text:
    """Say what the score is the sum of, value × weight for each part, and which words matched."""
    # Spaces that do not break keep a part on one line.
    parts = [
        f"{p.name}\u00a0{p.value:.2f}×{p.weight:.2f}" + (f" ({p.reason})" if p.reason else "")
        for p in ranked.parts
    ]
    total = f"{ranked.score:.3f} = " + " +\u00a0".join(parts)
    return Text(f"{total}\nmatched: {', '.join(ranked.matched) or 'no word'}", "cyan")


def also_in(copies: Sequence[ArticleRef]) -> Text:
    """Say where else a report stands."""
    named = [_outlet(copy) for copy in copies[:_COPIES_NAMED]]
    more = len(copies) - len(named)
    return Text("also in: " + " · ".join([*named, f"{more:,} more"] if more else named), "dim")


def _outlet(copy: ArticleRef) -> str:
    outlet = copy.source or copy.title or copy.id
    return f"{outlet}, {in_words(copy.published)}" if copy.published else outlet


def dating(article: Article) -> str:
    """Say when an article was published, or of which day it tells."""
    if article.published:
        return article.published.isoformat()
    return f"undated, on {article.event.isoformat()}" if article.event else "undated"


def _marked(ranked: RankedPassage) -> Text:
    text = Text(ranked.passage.text)
    for start, end in ranked.highlights:
        text.stylize("bold yellow", start, end)
    return text


def show_articles(articles: Iterable[Article]) -> None:
    """Print a table of articles; to other programs, a line for each, with tabs between."""
    rows = [_row(article) for article in articles]
    if not out.is_terminal:
        for row in rows:
            print("\t".join(row))
        return
    table = Table(box=None, header_style="bold")
    table.add_column("id", no_wrap=True, overflow="fold")
    for column in ("published", "source", "title"):
        table.add_column(column)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)


def _row(article: Article) -> tuple[str, str, str, str]:
    published = article.published.isoformat() if article.published else "–"
    return article.id, published, article.source or "–", article.title


def show_info(info: Info) -> None:
    """Print what an archive holds; to other programs, a line for each fact, with a tab between."""
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
    if not out.is_terminal:
        for fact in facts:
            print("\t".join(fact))
        return
    table = Table(show_header=False, box=None)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for label, value in facts:
        table.add_row(label, Text(value))
    out.print(table)


def show_added(added: Added) -> None:
    """Say, beside the output, what adding did and what could not be read."""
    counts = (
        (len(added.added), "added"),
        (len(added.replaced), "replaced"),
        (len(added.unchanged), "unchanged"),
    )
    said = ", ".join(f"{count:,} {what}" for count, what in counts if count) or "nothing added"
    total = sum(count for count, _ in counts)
    articles, passages = _counted(total, "article"), _counted(added.passages, "new passage")
    err.print(Text(f"{said} ({articles}, {passages})"))
    show_problems(added.problems)


def show_problems(problems: Sequence[object]) -> None:
    """Say what could not be read, the first of it one by one."""
    for problem in problems[:_PROBLEMS_SHOWN]:
        show_error(str(problem))
    if len(problems) > _PROBLEMS_SHOWN:
        err.print(f"… and {len(problems) - _PROBLEMS_SHOWN:,} more that could not be read.")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def show_error(message: str) -> None:
    """Say what went wrong, beside the output."""
    err.print(Text.assemble(("error: ", "bold red"), message), soft_wrap=True)


def show_warning(message: str) -> None:
    """Say what should be known, beside the output."""
    err.print(Text.assemble(("note: ", "bold yellow"), message), soft_wrap=True)
