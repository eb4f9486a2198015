"""`dragoman articles`, `dragoman article` and `dragoman info`: what the archive holds."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ...search.dragoman import Dragoman
from . import terminal
from .options import ArchiveOption, JsonOption
from .progress import prepare

if TYPE_CHECKING:
    from ...search.listing import Version


def articles(json: JsonOption = False, archive: ArchiveOption = None) -> None:
    """List the articles of the archive."""
    with Dragoman.open(archive) as dragoman:
        prepare(dragoman, encodes=archive is None)
        if not json:
            terminal.show_articles(dragoman.articles())
            return
        from ..schemas import ArticleMessage, ArticlesMessage  # pydantic takes a while to import

        listed = [ArticleMessage.model_validate(article) for article in dragoman.articles()]
        message = ArticlesMessage(articles=listed, total=len(listed))
        terminal.show_json(message.model_dump_json())


def article(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="Its id, as `dragoman articles` shows it.")
    ],
    versions: Annotated[
        bool, typer.Option("--versions", help="Print what has changed in it, the latest first.")
    ] = False,
    json: JsonOption = False,
    archive: ArchiveOption = None,
) -> None:
    """Print one article: its title, source, date and text."""
    with Dragoman.open(archive) as dragoman:
        prepare(dragoman, encodes=archive is None)
        if versions:
            _show_versions(dragoman.listing.versions(id), json)
            return
        found = dragoman.article(id)
    if not json:
        terminal.show_article(found)
        return
    from ..schemas import ArticleTextMessage

    terminal.show_json(ArticleTextMessage.model_validate(found).model_dump_json())


def _show_versions(versions: "Sequence[Version]", json: bool) -> None:
    if json:
        from ..changes import VersionsMessage

        terminal.show_json(VersionsMessage.of(versions).model_dump_json())
        return
    for later, former in pairwise(versions):
        replaced = former.replaced
        since = f"{replaced.astimezone():%Y-%m-%d %H:%M}" if replaced else ""
        terminal.show(Text(f"{since} – {later.article.title}", "bold"))
        for change in later.changes:
            for sign, words, style in (("−", change.removed, "red"), ("+", change.added, "green")):
                if words:
                    name = "" if change.field == "text" else f"{change.field}: "
                    terminal.show(Text(name + words, style), f"{sign} ")
        terminal.show()
    first = versions[-1].article
    terminal.show(Text(f"first added: {first.title}", "bold"))
    terminal.show(terminal.provenance(first))


def info(archive: ArchiveOption = None) -> None:
    """Show what the archive holds, and where it is."""
    with Dragoman.open(archive) as dragoman:
        prepare(dragoman, encodes=archive is None)
        terminal.show_info(dragoman.info())
