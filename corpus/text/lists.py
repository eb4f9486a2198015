"""Lists in a text: the words that lead into them, and their items."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from ..article import Span
from .sentences import is_heading, sentence_spans

_BULLET = re.compile(r"[-*•–—▪◦‣·]\s+(?=\S)")
_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)")
_LABEL = re.compile(r"([^\s:;][^:;\n]{0,40}): [^;\n]+; ")  # of a table's row, spelled out
_LINE = re.compile(r"[^\n]+")
_TEXTS_KEPT = 50


@dataclass(frozen=True, slots=True)
class TextList:
    """The items of a list, each on a line, and the sentence just before them, if there is one.

    `announced` is whether that sentence ends with a colon, so that the items belong to it; `rows`
    is whether they are the rows of a table.
    """

    lead: Span | None
    items: tuple[Span, ...]
    announced: bool
    rows: bool = False

    @property
    def parts(self) -> tuple[Span, ...]:
        """The sentence before the list, and the items."""
        return (self.lead, *self.items) if self.lead else self.items


def lists_in(text: str, language: str | None = None) -> list[TextList]:
    """Return the lists of a text: lines with bullets or numbers, or short ones after a colon.

    The rows of a table that is spelled out are a list, too. `language` is that of the text, as
    `sentence_spans` takes it.

    >>> text = "Closed are:\\n\\n- the Mill Bridge\\n- the ford\\n\\nThe rest is open."
    >>> [[text[start:end] for start, end in found.parts] for found in lists_in(text)]
    [['Closed are:', '- the Mill Bridge', '- the ford']]
    """
    return [*_lists_in(text, language)]


@lru_cache(_TEXTS_KEPT)  # those of a question are looked at for each of their passages
def _lists_in(text: str, language: str | None) -> tuple[TextList, ...]:
    return tuple(_lists(text, [line.span() for line in _LINE.finditer(text)], language))


def is_row(line: str) -> bool:
    """Return whether a line is a row of a table that is spelled out.

    >>> is_row("Animal: Ewe; Price: 210."), is_row("He said: a ewe; the price rose.")
    (True, False)
    """
    return bool(_LABEL.match(line)) and line.count(": ") > 1


def _lists(text: str, lines: list[Span], language: str | None) -> Iterator[TextList]:
    place = 0
    while place < len(lines):
        before = lines[place - 1] if place else None
        announced = before is not None and text[before[0] : before[1]].endswith(":")
        items = _items(text, lines, place, announced)
        if items:
            lead = _last_sentence(text, before, language) if before else None
            yield TextList(lead, tuple(items), announced, bool(_LABEL.match(text, *items[0])))
        place += max(len(items), 1)


def _items(text: str, lines: list[Span], place: int, announced: bool) -> list[Span]:
    """Return the lines from `place` on that are items of one list."""

    def while_they(are_items: Callable[[Span], object]) -> list[Span]:
        following = (lines[n] for n in range(place, len(lines)))
        return list(takewhile(are_items, following))

    if bullets := while_they(lambda line: _BULLET.match(text, *line)):
        return bullets
    numbered = while_they(lambda line: _NUMBER.match(text, *line))
    if len(numbered) > 1:
        return numbered
    label = _LABEL.match(text, *lines[place])
    rows = while_they(lambda line: label and _is_row(text, line, label[1]))
    if len(rows) > 1:
        return rows
    short = while_they(lambda line: is_heading(text[slice(*line)])) if announced else []
    block = _block(text, short)
    return block if len(block) > 1 else []


def _is_row(text: str, line: Span, label: str) -> bool:
    found = _LABEL.match(text, *line)
    return bool(found) and found[1] == label


def _block(text: str, lines: list[Span]) -> list[Span]:
    """Return the first of these lines, up to an empty one."""
    kept = lines[:1]
    for line in lines[1:]:
        if text[kept[-1][1] : line[0]] != "\n":
            break
        kept.append(line)
    return kept


def _last_sentence(text: str, line: Span, language: str | None) -> Span | None:
    spans = sentence_spans(text[slice(*line)], language)
    if not spans:  # a line of spaces
        return None
    start, end = spans[-1]
    return line[0] + start, line[0] + end
