"""An answer as Markdown, which chat programs render: what articles say stays text in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...search.answer import MARKER, Answer
from ..links import article_link

# What makes links, images and HTML: escaped, it is shown as it is written. "://" and "www." are
# made links of by many programs.
_ACTIVE = re.compile(r"[\\\[\]<`]|(?<=:)/(?=/)|\bwww(?=\.)", re.IGNORECASE)
_NO_ANSWER = "The articles here do not answer this."


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker in the text, `text[start:end]`, and the article that it cites."""

    start: int
    end: int
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer as text with markers such as [1], or a sentence that says there is none."""

    text: str
    marks: tuple[Mark, ...]


def spoken(answer: Answer, service: str) -> Spoken:
    """Return an answer as Markdown, in which nothing that an article says is active."""
    if answer.answer is None:
        return Spoken(inert(" ".join([_NO_ANSWER, *answer.warnings])), ())
    cited = {one.number: one.article for one in answer.citations}
    text, marks = "", []
    for part, number in _parts(answer.answer):
        if number in cited:
            article = cited[number]
            mark = (len(text), len(text) + len(part))
            marks.append(Mark(*mark, article_link(article, service), article.title))
            text += part
        else:
            text += inert(part)
    return Spoken(text, tuple(marks))


def spoken_sentence(text: str) -> str:
    """Return what an answer is going to have, with its markers, as `spoken` writes it."""
    return "".join(part if number is not None else inert(part) for part, number in _parts(text))


def inert(text: str) -> str:
    r"""Return text as Markdown that shows it as it is written, without links, images and HTML.

    >>> inert("![x](https://my.org) <b>")
    '!\\[x\\](https:\\//my.org) \\<b>'
    """
    return _ACTIVE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isalpha() else f"\\{found[0]}"


def _parts(answer: str) -> Iterator[tuple[str, int | None]]:
    """Yield the pieces of an answer: its markers with their numbers, and what is between."""
    end = 0
    for found in MARKER.finditer(answer):
        yield answer[end : found.end(1)], None
        yield answer[found.end(1) : found.end()], int(found[2])
        end = found.end()
    yield answer[end:], None
