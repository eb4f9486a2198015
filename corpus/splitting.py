"""Splitting: articles into passages of whole sentences that fit the encoder."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from .article import CAPTION_MARK, Article, Passage
from .text.language import language_of
from .text.lists import lists_in
from .text.sentences import is_heading, sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]

# Both indexes do best with passages of about 110 words; 150 keeps a paragraph together.
_ENOUGH_WORDS = 110
_MOST_WORDS = 150
_SHORT_WORDS = 40
_SECTION_WORDS = 80
_SPECIAL_TOKENS = 4
# A token is at least a character, so even a Chinese title leaves most of the room to the text.
_TITLE_CHARACTERS = 160
_LEAST_TOKENS = 8
# No sentence has so many characters per token: this is data, or an endless "word" that tokenizers
# count as one token.
_CHARACTERS_PER_TOKEN = 12
_BATCH = 1000
# A sentence that is too long is split after a clause if one ends in the last part of the piece.
_CLAUSE_END = re.compile(r"[,;:–—)\]”]\s*$")
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class _Unit:
    """The smallest part of a passage: a sentence, or a piece of one that is too long.

    `leads` is where the list ends that the sentence leads into; `item` is whether it is in one.
    `caption` is where the caption ends that it is part of, or 0.
    """

    start: int
    end: int
    words: int
    tokens: int
    heading: bool = False
    cut: bool = False
    leads: int = 0
    item: bool = False
    caption: int = 0

    @property
    def stays_with_next(self) -> bool:
        """Whether it belongs to what follows."""
        return self.heading or bool(self.leads)


def split(article: Article, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Split `article` into passages of about 110 to 150 words, each within `max_tokens`.

    The limit is on `encoder_text`, so the title counts too. Passages follow each other without gap
    or overlap; headings stay with what follows them. Each caption is a passage of its own.
    `count_tokens` must not return fewer for two texts than for both as one.
    """
    title_tokens = count_tokens([_title_line(article)])[0]
    budget = max(max_tokens - title_tokens - _SPECIAL_TOKENS, _LEAST_TOKENS)
    units = _units(article.text, count_tokens, budget)
    groups = _with_short_end_joined(list(_groups(list(units), budget)), budget)
    return [_passage(article, position, group) for position, group in enumerate(groups)]


def encoder_text(article: Article, passage_text: str) -> str:
    """Return the text that the encoder reads for a passage: the title, then its text."""
    return f"{_title_line(article)}{passage_text}"


def _title_line(article: Article) -> str:
    return f"{article.title[:_TITLE_CHARACTERS]}\n" if article.title else ""


def _passage(article: Article, position: int, units: list[_Unit]) -> Passage:
    span = (units[0].start, units[-1].end)
    cut = any(unit.cut for unit in units)
    return Passage(article.id, position, span, article.text[slice(*span)], cut)


def _units(text: str, count_tokens: CountTokens, budget: int) -> Iterator[_Unit]:
    language = language_of(text)
    spans = sentence_spans(text, language)
    # White space is counted with the sentence before it: some tokenizers count it.
    ends = [start for start, _ in spans[1:]] + [end for _, end in spans[-1:]]
    longest = _CHARACTERS_PER_TOKEN * budget
    counts = _counts(
        count_tokens,
        [
            text[start : min(end, start + longest)]
            for (start, _), end in zip(spans, ends, strict=True)
        ],
    )
    lists = lists_in(text, language)
    leads = {found.lead[0]: found.items[-1][1] for found in lists if found.lead}
    firsts = [found.items[0][0] for found in lists]
    lasts = [0, *(found.items[-1][1] for found in lists)]
    captions = _captions(text)
    caption_starts = [first for first, _ in captions]
    headed = 0  # the tokens of the headings just before: the first piece leaves room for them
    for (start, end), counted_end, tokens in zip(spans, ends, counts, strict=True):
        if tokens > budget or end - start > longest:
            room = budget - headed if headed <= budget // 2 else budget
            yield from _pieces(text, (start, counted_end), count_tokens, budget, room)
            headed = 0
        else:
            words = len(text[start:end].split())
            item = start < lasts[bisect_right(firsts, start)]
            place = bisect_right(caption_starts, start)
            caption = captions[place - 1][1] if place else 0
            heading = not (item or caption) and _is_alone(text, start, end)
            headed = headed + tokens if heading else 0
            yield _Unit(
                start, end, words, tokens, heading, False, leads.get(start, 0), item, caption
            )


def _captions(text: str) -> list[tuple[int, int]]:
    """Return the spans of the captions behind a text, each a line: each is a passage of its own."""
    found: list[tuple[int, int]] = []
    end = len(text)
    while (start := text.rfind("\n", 0, end) + 1) and text.startswith(CAPTION_MARK, start):
        found.append((start, end))
        end = start - 1
    return found[::-1]


def _counts(count_tokens: CountTokens, texts: list[str]) -> list[int]:
    """Return the token counts of texts, in batches: a book in one line has a million words."""
    batches = (texts[n : n + _BATCH] for n in range(0, len(texts), _BATCH))
    return [tokens for batch in batches for tokens in count_tokens(batch)]


def _is_alone(text: str, start: int, end: int) -> bool:
    """Return whether the sentence is a heading on a line of its own."""
    fills_line = text[start - 1 : start] in ("", "\n") and text[end : end + 1] == "\n"
    return fills_line and is_heading(text[start:end])


def _pieces(
    text: str, span: tuple[int, int], count_tokens: CountTokens, budget: int, first_budget: int
) -> Iterator[_Unit]:
    """Split a sentence that is too long between words, if possible after a clause."""
    longest = min(_LONGEST_WORD, budget)  # a longer word is split, too
    word = re.compile(rf"\S{{1,{longest}}}\s*")
    words = [match.span() for match in word.finditer(text, *span)]
    counts = _counts(count_tokens, [text[a:b] for a, b in words])
    first = 0
    while first < len(words):
        last = _end_of_piece(text, words, counts, first, budget if first else first_budget)
        piece = text[words[first][0] : words[last - 1][1]].rstrip()
        yield _Unit(
            start=words[first][0],
            end=words[first][0] + len(piece),
            words=last - first,
            tokens=sum(counts[first:last]),
            cut=last - first < len(words),
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


def _groups(units: Sequence[_Unit], budget: int) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    for place, unit in enumerate(units):
        if group and group[-1].caption != unit.caption:
            yield group
            group = []
        if group and (_is_full(group, unit, budget) or _parts_list(group, units, place, budget)):
            last = _last_to_stay(group)
            if len(last) < len(group):
                yield group[: len(group) - len(last)]
            group = last
            if group and not _fits([*group, unit], budget):
                yield group  # what follows leaves no room for it
                group = []
        group.append(unit)
    if group:
        yield group


def _last_to_stay(group: list[_Unit]) -> list[_Unit]:
    """Return the headings at the end of a group and the like, which belong to what follows."""
    count = sum(1 for _ in takewhile(lambda unit: unit.stays_with_next, reversed(group)))
    return group[len(group) - count :]


def _is_full(group: list[_Unit], unit: _Unit, budget: int) -> bool:
    words = sum(u.words for u in group)
    opens_section = unit.heading and words >= _SECTION_WORDS
    enough = words >= _ENOUGH_WORDS and not unit.item
    return enough or opens_section or not _fits([*group, unit], budget)


def _parts_list(group: list[_Unit], units: Sequence[_Unit], place: int, budget: int) -> bool:
    """Return whether a list would be divided that a passage of its own has room for."""
    end = units[place].leads
    following = (units[n] for n in range(place, len(units)))
    whole = list(takewhile(lambda unit: unit.start < end, following))
    return bool(whole) and _fits(whole, budget) and not _fits([*group, *whole], budget)


def _fits(group: list[_Unit], budget: int) -> bool:
    tokens, words = sum(u.tokens for u in group), sum(u.words for u in group)
    only_sentence = all(u.heading for u in group[:-1]) and not group[-1].heading
    return tokens <= budget and (words <= _MOST_WORDS or only_sentence)


def _with_short_end_joined(groups: list[list[_Unit]], budget: int) -> list[list[_Unit]]:
    if (
        len(groups) > 1
        and not groups[-1][0].caption
        and sum(u.words for u in groups[-1]) < _SHORT_WORDS
    ):
        joined = [*groups[-2], *groups[-1]]
        if _fits(joined, budget):
            return [*groups[:-2], joined]
    return groups
