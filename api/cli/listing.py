"""`dragoman articles`, `dragoman article` and `dragoman info`: what the archive holds."""

from typing import Annotated

import typer

from ...search.dragoman import Dragoman
from . import terminal
from .options import ArchiveOption, JsonOption
from .progress import prepare


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
    json: JsonOption = False,
    archive: ArchiveOption = None,
) -> None:
    """Print one article: its title, source, date and text."""
    with Dragoman.open(archive) as dragoman:
        prepare(dragoman, encodes=archive is None)
        found = dragoman.article(id)
    if not json:
        terminal.show_article(found)
        return
    from ..schemas import ArticleTextMessage

    terminal.show_json(ArticleTextMessage.model_validate(found).model_dump_json())


def info(archive: ArchiveOption = None) -> None:
    """Show what the archive holds, and where it is."""
    with Dragoman.open(archive) as dragoman:
        prepare(dragoman, encodes=archive is None)
        terminal.show_info(dragoman.info())
