"""An article is cut into passages: whole sentences, short enough for the encoder to read all."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .article import Article, Passage
from .sentences import is_heading, sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]

# Passages of about 110 words are where both indexes do best; 150 keeps a paragraph together.
_ENOUGH_WORDS = 110
_MOST_WORDS = 150
_SHORT_WORDS = 40
_SECTION_WORDS = 80
_SPECIAL_TOKENS = 4
_TITLE_CHARACTERS = 300
# A sentence that must be cut is cut after a clause if one ends in the last part of the piece.
_CLAUSE_END = re.compile(r"[,;:–—)\]”]\s*$")
_WORD = re.compile(r"\s*\S{1,60}\s*")


@dataclass(frozen=True, slots=True)
class _Unit:
    """The smallest thing a passage is made of: a sentence, or a piece of a monstrous one."""

    start: int
    end: int
    words: int
    tokens: int
    heading: bool = False
    cut: bool = False


def split(article: Article, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Cut `article` into passages of about 110 to 150 words, each within `max_tokens`.

    The limit covers what the encoder is given, `encoder_text`, so the title counts too. Passages
    follow each other without gap or overlap; headings stay with what follows them.
    """
    title_tokens = count_tokens([_title_line(article)])[0]
    budget = max(max_tokens - title_tokens - _SPECIAL_TOKENS, 8)
    units = list(_units(article.text, count_tokens, budget))
    groups = _with_short_end_joined(list(_groups(units, budget)), budget)
    return [_passage(article, position, group) for position, group in enumerate(groups)]


def encoder_text(article: Article, passage_text: str) -> str:
    """Give what the encoder and the word index read for a passage: the title, then its text."""
    return f"{_title_line(article)}{passage_text}"


def _title_line(article: Article) -> str:
    return f"{article.title[:_TITLE_CHARACTERS]}\n" if article.title else ""


def _passage(article: Article, position: int, units: list[_Unit]) -> Passage:
    span = (units[0].start, units[-1].end)
    cut = any(unit.cut for unit in units)
    return Passage(article.id, position, span, article.text[slice(*span)], cut)


def _units(text: str, count_tokens: CountTokens, budget: int) -> Iterator[_Unit]:
    spans = sentence_spans(text)
    counts = count_tokens([text[start:end] for start, end in spans])
    for (start, end), tokens in zip(spans, counts, strict=True):
        if tokens > budget or end - start > 12 * budget:
            yield from _pieces(text, start, end, count_tokens, budget)
        else:
            words = len(text[start:end].split())
            yield _Unit(start, end, words, tokens, heading=_is_alone(text, start, end))


def _is_alone(text: str, start: int, end: int) -> bool:
    """Say whether the sentence is a heading, on a line of its own."""
    fills_line = text[start - 1 : start] in ("", "\n") and text[end : end + 1] == "\n"
    return fills_line and is_heading(text[start:end])


def _pieces(
    text: str, start: int, end: int, count_tokens: CountTokens, budget: int
) -> Iterator[_Unit]:
    """Cut one monstrous sentence between words, where it can be after a clause."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    counts = count_tokens([text[a:b] for a, b in words])
    first = 0
    while first < len(words):
        last = _end_of_piece(text, words, counts, first, budget)
        yield _Unit(
            start=words[first][0],
            end=words[first][0] + len(text[words[first][0] : words[last - 1][1]].rstrip()),
            words=last - first,
            tokens=sum(counts[first:last]),
            cut=True,
        )
        first = last


def _end_of_piece(
    text: str, words: list[tuple[int, int]], counts: list[int], first: int, budget: int
) -> int:
    tokens, last = 0, first
    while last < len(words) and last - first < _MOST_WORDS and tokens + counts[last] <= budget:
        tokens += counts[last]
        last += 1
    last = max(last, first + 1)
    if last == len(words):
        return last
    half = first + (last - first) // 2
    clauses = (n for n in range(last, half, -1) if _CLAUSE_END.search(text[slice(*words[n - 1])]))
    return next(clauses, last)


def _groups(units: list[_Unit], budget: int) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    for unit in units:
        if group and not group[-1].heading and _is_full(group, unit, budget):
            yield group
            group = []
        elif group and sum(u.tokens for u in [*group, unit]) > budget:
            yield group  # a heading, but what follows it leaves no room: it stands alone
            group = []
        group.append(unit)
    if group:
        yield group


def _is_full(group: list[_Unit], unit: _Unit, budget: int) -> bool:
    words = sum(u.words for u in group)
    opens_section = unit.heading and words >= _SECTION_WORDS
    return words >= _ENOUGH_WORDS or opens_section or not _fits([*group, unit], budget)


def _fits(group: list[_Unit], budget: int) -> bool:
    tokens = sum(u.tokens for u in group)
    return tokens <= budget and (len(group) == 1 or sum(u.words for u in group) <= _MOST_WORDS)


def _with_short_end_joined(groups: list[list[_Unit]], budget: int) -> list[list[_Unit]]:
    if len(groups) > 1 and sum(u.words for u in groups[-1]) < _SHORT_WORDS:
        joined = [*groups[-2], *groups[-1]]
        if _fits(joined, budget):
            return [*groups[:-2], joined]
    return groups
