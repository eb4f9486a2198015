"""What changed between two versions of an article, sentence by sentence."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from .article import Article
from .text.sentences import sentence_spans

# Where more sentences than this differ they are one change: to compare all would take too long.
_MOST_COMPARED = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a title, a text or a day of publication that gave way to others; either may be "".

    Changes of a text are of whole sentences.
    """

    field: Literal["title", "published", "text"]
    removed: str
    added: str


def changes_between(former: Article, later: Article) -> tuple[Change, ...]:
    """Return what changed from one version of an article to a later one.

    >>> former = Article("1", "Talks", "They met. Ten came.")
    >>> changes_between(former, Article("1", "Talks", "They met. Twelve came."))
    (Change(field='text', removed='Ten came.', added='Twelve came.'),)
    """
    found: list[Change] = []
    if former.title != later.title:
        found.append(Change("title", former.title, later.title))
    if former.published != later.published:
        days = [str(article.published or "") for article in (former, later)]
        found.append(Change("published", *days))
    return (*found, *_of_texts(former.text, later.text))


def _of_texts(former: str, later: str) -> list[Change]:
    old, new = _sentences(former), _sentences(later)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    old, new = old[start:], new[start:]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    if max(len(old), len(new)) > _MOST_COMPARED:
        return [Change("text", " ".join(old), " ".join(new))]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        Change("text", " ".join(old[a:b]), " ".join(new[c:d]))
        for step, a, b, c, d in steps
        if step != "equal"
    ]


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]
