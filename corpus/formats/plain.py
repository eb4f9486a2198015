"""Plain text and Markdown, split into headline, date line and body."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..text.cleaning import (
    is_wrapped,
    normalise,
    one_line,
    outlet_in_footer,
    unwrap,
    without_furniture,
)
from ..text.sentences import sentence_spans
from .dating import split_date_line, stated_date
from .front_matter import front_matter
from .tables import with_tables_spelled_out

_HEADLINE_WORDS = 30
_DERIVED_CHARACTERS = 120
_OPEN_ENDS = (".", ",", ";", ":")
_LONGEST_DAY = 40  # characters
_BYLINE = re.compile(r"(?:by|von|par|por)[: ].{3,60}", re.IGNORECASE)
_CLOSING = "\"'”’»)"
_UNDERLINED = re.compile(r"^(?![#>|*+-])(\S[^\n|]{0,200})\n(?:(=+)|-{2,})$", re.MULTILINE)
_COMMENT = re.compile(r"<!--(?:[^-]++|-(?!->))*+-->")
_FENCED = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: \"[^\"\n]*\")?\)")
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,500})\]"
    r"(?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: \"[^\"\n]*\")?\)|\[[\w .-]{0,60}\])"
)
_STRONG = re.compile(r"(?<![\w*])(\*\*?\*?)(?=[^\s*])([^*\n]+?)(?<=[^\s*])\1(?![\w*])")
_UNDERLINES = re.compile(r"(?<![\w_])(__?)(?=[^\s_])([^_\n]+?)(?<=[^\s_])\1(?![\w_])")
_NOTE = re.compile(r"(?<=\S) ?\[\^[\w-]{1,30}\](?!:)")
_HEADING = re.compile(r"(#{1,6}) +(.*?)(?: +#+)?")


@dataclass(frozen=True, slots=True)
class PlainParts:
    """The parts of a plain text; those it does not state are absent."""

    title: str
    body: str
    published: date | None
    source: str | None


def read_plain(text: str, title: str = "") -> PlainParts:
    """Split a plain text into headline, publication date, outlet and body.

    Without a headline the title is the first sentence, shortened, which stays in the body.
    Where the `title` is known, no other line is taken for it.
    """
    if not title:
        return _parts(text, _split_headline)
    return replace(_parts(text, lambda body: _split_title(body, title)), title=title)


def _split_title(text: str, title: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    return (first, rest.strip("\n")) if rest and one_line(first) == one_line(title) else ("", text)


def read_markdown(text: str) -> tuple[Mapping[str, object], PlainParts]:
    """Return the front matter of a Markdown text and its parts, without heading marks.

    The first heading is the title, unless the front matter has another. Raises ValueError where
    the front matter is not YAML.
    """
    fields, content = front_matter(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    titles = (fields.get(name) for name in ("title", "headline"))
    # Written out, a list of aliases of lists of aliases would be larger than memory.
    stated = next((one_line(title) for title in titles if title and isinstance(title, str)), "")
    content = without_marks(normalise(_without_comments(content)))
    content = _with_headings_apart(_with_marks_before(content))
    parts = _parts(content, lambda body: _split_markdown_title(body, stated))
    lines = (_without_heading_marks(line) for line in parts.body.split("\n"))
    title = stated or _without_heading_marks(parts.title)
    return fields, replace(parts, title=title, body=normalise("\n".join(lines)))


def without_marks(text: str) -> str:
    """Return a Markdown text with the words of its links and emphasis, without marks or pictures.

    >>> without_marks("**They** met[^1] in [Kyiv](https://a.example). ![A table](a.jpg)")
    'They met in Kyiv. '
    """
    plain, place = "", 0
    for code in _FENCED.finditer(text):
        plain += _unmarked(text[place : code.start()]) + code[0]
        place = code.end()
    return plain + _unmarked(text[place:])


def _unmarked(text: str) -> str:
    text = _NOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    return _UNDERLINES.sub(r"\2", _STRONG.sub(r"\2", text))


def _parts(text: str, split_title: Callable[[str], tuple[str, str]]) -> PlainParts:
    # A line of a wrapped paragraph is part of a sentence, so it is not page furniture.
    text = unwrap(with_tables_spelled_out(normalise(text)))
    source = outlet_in_footer(text)
    published, text = split_date_line(without_furniture(text))
    title, body = split_title(without_furniture(text))
    if title and not published:
        published, body = _split_day_below_title(body)
    body = unwrap(body)
    return PlainParts(title or first_words(body), body, published, source)


def _split_day_below_title(body: str) -> tuple[date | None, str]:
    """Split off the line below a headline, and below the author's, that is nothing but a day.

    Where other lines are days, too, the text is a chronology.
    """
    lines = body.split("\n")
    dated = [number for number, line in enumerate(lines) if _is_day(line)]
    above = [line for line in lines[: dated[0]] if line] if dated else []
    if len(dated) != 1 or len(above) > 1 or not all(map(_BYLINE.fullmatch, above)):
        return None, body
    rest = normalise("\n".join([*lines[: dated[0]], "", *lines[dated[0] + 1 :]]))
    return (stated_date(lines[dated[0]]), rest) if rest.strip() else (None, body)


def _is_day(line: str) -> bool:
    return len(line) <= _LONGEST_DAY and any(map(str.isdigit, line)) and bool(stated_date(line))


def first_words(text: str) -> str:
    """Return the first sentence of `text`, cut to the length of a headline."""
    sentences = (one_line(text[start:end]) for start, end in sentence_spans(text[:2000]))
    sentence = next((words for words in sentences if _has_words(words)), "")
    if len(sentence) <= _DERIVED_CHARACTERS:
        return sentence
    cut = sentence[:_DERIVED_CHARACTERS]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def _has_words(line: str) -> bool:
    return any(character.isalnum() for character in line)


def _split_headline(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    return (first, rest.strip("\n")) if rest and _is_headline(first, rest) else ("", text)


def _is_headline(first: str, rest: str) -> bool:
    """Return whether the first line is a headline and not the beginning of the body.

    A full stop makes it a sentence. A line that the next one continues is a wrapped paragraph.
    """
    is_open = first.rstrip(_CLOSING).endswith(_OPEN_ENDS)
    if not _has_words(first) or is_open or len(first.split()) > _HEADLINE_WORDS:
        return False
    block = [first, *rest.split("\n\n")[0].split("\n")] if not rest.startswith("\n") else [first]
    return len(block) == 1 or not (is_wrapped(block) or block[1][:1].islower())


def _split_markdown_title(body: str, stated: str) -> tuple[str, str]:
    first, _, rest = body.partition("\n")
    heading = _HEADING.fullmatch(first)
    if heading and heading[1] == "#" and (not stated or one_line(heading[2]) == stated):
        return heading[2], rest.strip("\n")
    return ("", body) if heading or stated else _split_headline(body)


def _with_marks_before(text: str) -> str:
    """Return a Markdown text with `#` before the headings that are underlined."""
    return _UNDERLINED.sub(lambda found: f"{'#' if found[2] else '##'} {found[1]}", text)


def _with_headings_apart(text: str) -> str:
    lines = (f"\n{line}\n" if _HEADING.fullmatch(line) else line for line in text.split("\n"))
    return normalise("\n".join(lines))


def _without_heading_marks(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    return heading[2] if heading else line


def _without_comments(text: str) -> str:
    """Return Markdown without comments. After the last end of one none begins."""
    within, end, after = text.rpartition("-->")
    return _COMMENT.sub("", within + end) + after
