"""Text without markup, and Markdown: the headline, the date line and the body are told apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import frontmatter
import yaml

from .cleaning import is_wrapped, normalise, one_line, outlet_in_footer, unwrap, without_furniture
from .dating import split_date_line
from .sentences import sentence_spans

_HEADLINE_WORDS = 30
_DERIVED_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class PlainParts:
    """What a plain text says of itself: each part is absent where the text does not say it."""

    title: str
    body: str
    published: date | None
    source: str | None


def read_plain(text: str) -> PlainParts:
    """Tell the headline, the publication date, the outlet and the body of a plain text apart.

    Without a headline the title is the first sentence, shortened, which stays in the body.
    """
    text = normalise(text)
    source = outlet_in_footer(text)
    published, text = split_date_line(without_furniture(text))
    title, body = _split_headline(without_furniture(text))
    body = unwrap(body)
    return PlainParts(title or first_words(body), body, published, source)


def read_markdown(text: str) -> tuple[Mapping[str, object], str, str]:
    """Give the front matter, the title and the body of a Markdown text, heading marks removed.

    Raises ValueError where the front matter is not YAML.
    """
    try:
        post = frontmatter.loads(text)
    except (yaml.YAMLError, ValueError) as error:
        reason = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise ValueError(f"its front matter is not YAML: {reason}") from error
    body = without_furniture(normalise(post.content))
    title, body = _split_markdown_title(body)
    body = "\n".join(_without_heading_marks(line) for line in body.split("\n"))
    return post.metadata, title, unwrap(normalise(body))


def first_words(text: str) -> str:
    """Give the first sentence of `text`, cut to the length of a headline."""
    spans = sentence_spans(text[:2000])
    if not spans:
        return ""
    sentence = one_line(text[slice(*spans[0])])
    if len(sentence) <= _DERIVED_CHARACTERS:
        return sentence
    cut = sentence[:_DERIVED_CHARACTERS]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def _split_headline(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    return (first, rest.strip("\n")) if rest and _is_headline(first, rest) else ("", text)


def _is_headline(first: str, rest: str) -> bool:
    """Say whether the first line is a headline and not the beginning of the body.

    A full stop makes it a sentence. A line that the next one continues is a wrapped paragraph.
    """
    if not first or first.endswith((".", ",", ";")) or len(first.split()) > _HEADLINE_WORDS:
        return False
    block = [first, *rest.split("\n\n")[0].split("\n")] if not rest.startswith("\n") else [first]
    return len(block) == 1 or not (is_wrapped(block) or block[1][:1].islower())


def _split_markdown_title(body: str) -> tuple[str, str]:
    first, _, rest = body.partition("\n")
    if first.startswith("# "):
        return first[2:].strip("# "), rest.strip("\n")
    return "", body


def _without_heading_marks(line: str) -> str:
    marks = len(line) - len(line.lstrip("#"))
    return line[marks:].strip() if 1 <= marks <= 6 and line[marks : marks + 1] == " " else line
