"""A block of lines such as `Title: …`, `Source: …`, `Date: …` above a plain text."""

import re
from collections.abc import Mapping

_LABELS = {
    "title": "title", "headline": "title", "subject": "title", "source": "source",
    "outlet": "source", "publication": "source", "publisher": "source", "newspaper": "source",
    "from": "source", "date": "published", "published": "published", "pubdate": "published",
    "publication date": "published", "published on": "published", "date published": "published",
    "url": "url", "link": "url", "address": "url", "author": "authors", "authors": "authors",
    "byline": "authors", "by": "authors", "writer": "authors", "tags": "tags",
    "keywords": "tags", "id": "id", "section": "", "category": "", "language": "", "length": "",
    "titel": "title", "überschrift": "title", "titre": "title", "título": "title",
    "başlık": "title", "заголовок": "title", "quelle": "source", "kaynak": "source",
    "fuente": "source", "источник": "source", "джерело": "source", "zeitung": "source",
    "datum": "published", "tarih": "published", "fecha": "published", "дата": "published",
    "autor": "authors", "auteur": "authors", "yazar": "authors", "автор": "authors",
    "slug": "", "summary": "", "location": "", "words": "", "status": "",
}  # fmt: skip
_LINE = re.compile(r"\s*(?:\*\*)?([^\W\d_](?:[^\W\d_]| ){1,20}?)(?:\*\*)?\s*:(?:\*\*)?[ \t]+(\S.*)")
_BODY = re.compile(r"\s*(?:text|body|content|article|full text)\s*:[ \t]*", re.IGNORECASE)
_RULE = re.compile(r"\s*[-=_*]{3,}\s*")


def split_header_block(text: str) -> tuple[Mapping[str, str], str]:
    """Split off the lines above a text that say what it is; return their fields, and the text.

    One such line may be a sentence, so there must be two.

    >>> split_header_block("Title: Ships\\nDate: 2022-03-29\\n\\nThey sail.")
    ({'title': 'Ships', 'published': '2022-03-29'}, 'They sail.')
    """
    fields: dict[str, str] = {}
    lines = text.lstrip("\ufeff\n").splitlines(keepends=True)
    found = place = 0
    for place, line in enumerate(lines):
        body = _BODY.match(line)
        if body and found:
            lines[place] = line[body.end() :]
            break
        labelled = _LINE.fullmatch(line.rstrip())
        field = _LABELS.get(labelled[1].lower()) if labelled else None
        if labelled and field is not None:
            found += 1
            fields.setdefault(field, labelled[2].strip())
        elif line.strip() and not (found and _RULE.fullmatch(line)):
            break
    fields.pop("", None)
    rest = "".join(lines[place:]).strip("\n")
    return (fields, rest) if found > 1 and fields and rest.strip() else ({}, text)
