"""The pages as HTML. Whatever an article says is escaped: it is text, never markup."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from ....corpus.article import Article, is_web_address

FOLDER = Path(__file__).parent
SENT = (".css", ".js", ".svg")
"""The endings of the files that a browser may load."""

_PARAGRAPH = re.compile(r"\S(?:(?!\n\s*\n).)*", re.DOTALL)
_LONGEST_HEADING = 80  # characters


def version() -> str:
    """Return what changes whenever a file of the page does: it is part of their addresses."""
    files = sorted(file for file in FOLDER.iterdir() if file.suffix in SENT)
    content = b"\0".join(file.name.encode() + file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest()[:12]


def question_page(root: str, files: str) -> str:
    """Return the page that asks. `root` is the path of the service, `files` that of its files."""
    return _filled("question.html", root=root, files=files)


def article_page(article: Article, root: str, files: str) -> str:
    """Return the page of an article, with its whole text."""
    return _article(
        root,
        files,
        title=article.title,
        about=" · ".join(_about(article)),
        notice=_notice(article),
        original=_original(article.url),
        text="\n".join(_paragraphs(article.text)),
        of=f' data-id="{escape(article.id)}"',
    )


def keyed_article_page(id: str, root: str, files: str) -> str:
    """Return the page of an article without it, for a reader whose key is not known yet."""
    return _article(root, files, title="Article", of=f' data-article="{escape(id)}"')


def message_page(title: str, message: str, root: str, files: str) -> str:
    """Return a page that only says something, such as that there is no such article."""
    return _article(root, files, title=title, text=f"<p>{escape(message)}</p>")


def _article(
    root: str,
    files: str,
    *,
    title: str,
    about: str = "",
    notice: str = "",
    original: str = "",
    text: str = "",
    of: str = "",
) -> str:
    return _filled(
        "article.html",
        root=root,
        files=files,
        title=title,
        about=about,
        markup_notice=notice,
        markup_original=original,
        markup_text=text,
        markup_of=of,
    )


def _filled(name: str, **values: str) -> str:
    """Return a template with the values in it, all escaped but those that are named markup."""
    template = Template((FOLDER / name).read_text(encoding="utf-8"))
    return template.substitute(
        {key: text if key.startswith("markup_") else escape(text) for key, text in values.items()}
    )


def _about(article: Article) -> Iterator[str]:
    yield article.source or "Source not stated"
    yield _in_words(article.published) if article.published else "undated"
    if article.event and article.event != article.published:
        yield f"on {_in_words(article.event)}"
    if article.authors:
        yield f"by {', '.join(article.authors)}"


def _notice(article: Article) -> str:
    """Return that an article is withdrawn or corrected, in its words."""
    notice = article.notice
    if not notice:
        return ""
    kind = "Withdrawn" if notice.kind == "retraction" else "Corrected"
    said = "" if notice.text == article.title else f": “{escape(notice.text)}”"
    return f'<p class="notice"><strong>{kind}</strong>{said}</p>'


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _original(url: str | None) -> str:
    """Return a link to where the article came from, if that is a web address."""
    if not url or not is_web_address(url):
        return ""
    host = urlsplit(url).hostname or ""
    return (
        f'<a class="original" href="{escape(url)}" rel="noopener noreferrer external">'
        f"Read the original at {escape(host)}</a>"
    )


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs, each with the offset of its first character in the text."""
    for found in _PARAGRAPH.finditer(text):
        paragraph = found.group()
        of_kind = ' class="heading"' if _is_heading(paragraph) else ""
        # Carriage returns would be dropped, and the offsets behind them be wrong.
        shown = escape(paragraph).replace("\r", "&#13;")
        yield f'<p{of_kind} data-start="{found.start()}">{shown}</p>'


def _is_heading(paragraph: str) -> bool:
    return (
        len(paragraph) < _LONGEST_HEADING
        and "\n" not in paragraph
        and paragraph.rstrip()[-1:].isalnum()
    )
