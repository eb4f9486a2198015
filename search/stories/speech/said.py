"""Who said what in an archive: found when it is asked for, in articles that name the speaker."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

from ....corpus.article import Article
from ....corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ....index.archive import Archive, Snapshot
from ....index.vocabulary import words_beginning
from ...language.lexicon import TITLES
from ...language.speech.who import is_speaker
from ...models import Models
from ...query.spelling import corrected
from ...query.terms import QueryTerms
from ...question import Filters, Question
from ...retrieval.duplicates import also_in
from ...retrieval.no_results import why_no_results
from ...retrieval.retriever import passing_articles
from ...stopping import checkpoint
from ..lines import Line, Reason
from ..matter import about_matter, without_withdrawn
from .cast import canonical_name, may_be_one, surname
from .quotations import Quotation, quotations_in
from .statements import Telling

_MOST_PASSAGES = 600  # that name a speaker
# That are read for an answer, so that it takes a fraction of a second.
_MOST_ARTICLES = 40
_MOST_CHARACTERS = 250_000
_LEAST_SHARE = 0.5  # of the words of a matter in what is said about it, with its sentence
_KEPT = 2_000  # articles whose quotations are kept
_NEARLY = 0.75  # how much alike two names must be, 0 to 1
_MOST_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What was found: who says what, and where nothing was, why.

    `known` is whether the speaker says anything at all; `more` that not every article was read.
    """

    tellings: tuple[Telling, ...] = ()
    known: bool = False
    about: str | None = None
    reason: Reason | None = None
    hint: str = ""
    more: bool = False


def find_said(
    speaker: str | None, about: Question | None, filters: Filters, archive: Archive, models: Models
) -> Said:
    """Return what a speaker says, or what is said about a matter, or both."""
    passing = passing_articles(filters, archive)
    if not len(archive.article_numbers() if passing is None else passing):
        return Said(reason="empty", hint=why_no_results(filters, archive))
    if about:
        about = replace(about, text=corrected(about.text, archive))
    if speaker is None:
        return _about(about, archive, models) if about else Said()
    found = _by(speaker, about, filters, archive)
    if about is None or not found.tellings:
        return replace(found, about=about.text if about else None)
    on_matter = _on_matter(found.tellings, about, archive.snapshot())
    return replace(found, tellings=on_matter, about=about.text)


def nearest_speakers(speaker: str, filters: Filters, archive: Archive) -> tuple[str, ...]:
    """Return the speakers of the archive whose names are nearly the one asked for."""
    key = surname(_name(speaker))
    words = words_beginning(archive.snapshot().vocabulary, key[:1])
    likely = [word for word in words if abs(len(word) - len(key)) <= 2]
    near = get_close_matches(key, likely, _MOST_NEAREST, _NEARLY)
    names: dict[str, None] = {}
    for word in near:
        if word != key:
            for one in _by(word, None, filters, archive).tellings:
                names[one.quotation.speaker] = None
    return tuple(names)[:_MOST_NEAREST]


def _by(speaker: str, about: Question | None, filters: Filters, archive: Archive) -> Said:
    """Return what a speaker says in the articles that name them, the nearest to a matter first."""
    name = _name(speaker)
    snapshot = archive.snapshot()
    passing = passing_articles(filters, archive)
    asked = surname(name) if not about else f"{surname(name)} {about.text}"
    passages = [*snapshot.matching(asked, _MOST_PASSAGES, passing)]
    near, is_theirs = _pattern(name, snapshot.spellings), is_by(name)
    first: dict[int, int] = {}  # the best passage of each article
    of_passages = archive.articles_of(passages)
    for passage in passages:
        if passage in of_passages:
            first.setdefault(of_passages[passage], passage)
    naming = _naming(first, near, archive)
    read = [*_bounded(naming)]
    copies = also_in([first[number] for number, _ in read], filters, archive)
    tellings = [
        replace(telling, line=replace(telling.line, also_in=copies.get(first[number], ())))
        for number, article in read
        for telling in _tellings(article, near, is_theirs)
    ]
    return Said(tuple(tellings), bool(tellings), more=next(naming, None) is not None)


def _bounded(naming: Iterator[tuple[int, Article]]) -> Iterator[tuple[int, Article]]:
    """Yield as many articles as are read for one answer."""
    left = _MOST_CHARACTERS
    for one in islice(naming, _MOST_ARTICLES):
        yield one
        left -= len(one[1].text)
        if left <= 0:
            break


def _naming(
    numbers: Iterable[int], near: re.Pattern[str], archive: Archive
) -> Iterator[tuple[int, Article]]:
    """Yield those of these articles that have the name, with their numbers, in the order given."""
    for number in numbers:
        for article in archive.articles_numbered([number]):
            if near.search(article.text):
                yield number, article


def _about(about: Question, archive: Archive, models: Models) -> Said:
    """Return what anybody says about a matter, in the passages that are about it."""
    found = without_withdrawn(about_matter(about, archive, models))
    if not found.passages:
        return Said(about=found.understood, reason=found.reason, hint=found.hint)
    places: dict[str, list[tuple[int, int]]] = {}
    articles: dict[str, Article] = {}
    for ranked in found.passages:
        if len(articles) < _MOST_ARTICLES or ranked.article.id in articles:
            articles[ranked.article.id] = ranked.article
            places.setdefault(ranked.article.id, []).append(ranked.passage.span)
    tellings = [
        telling
        for id, article in articles.items()
        for telling in _tellings(article, None, lambda _: True)
        if any(start <= telling.line.span[0] < end for start, end in places[id])
    ]
    asked = replace(about, text=found.understood)
    more = found.more or len(articles) == _MOST_ARTICLES
    return Said(_on_matter(tellings, asked, archive.snapshot()), about=found.understood, more=more)


def _tellings(
    article: Article, near: re.Pattern[str] | None, is_theirs: Callable[[Quotation], bool]
) -> Iterator[Telling]:
    checkpoint()
    for quotation in quotations_of(article, near):
        if is_theirs(quotation):
            yield Telling(Line(article, quotation.sentence), quotation)


_quotations = lru_cache(_KEPT)(quotations_in)


def quotations_of(article: Article, near: re.Pattern[str] | None = None) -> list[Quotation]:
    """Return who says what in an article, with `near` only around what that pattern finds."""
    return _quotations(article.text, article.published, near)


def named(
    speaker: str, article: Article, spellings: Spellings = DEFAULT_SPELLINGS
) -> re.Pattern[str] | None:
    """Return the pattern of a speaker's name if an article has it, in whatever spelling."""
    pattern = _pattern(_name(speaker), spellings)
    return pattern if pattern.search(article.text) else None


def _on_matter(
    tellings: Sequence[Telling], about: Question, snapshot: Snapshot
) -> tuple[Telling, ...]:
    """Return those whose sentence has most of the words of a matter."""
    terms = QueryTerms(snapshot.spellings.canonical(about.text), snapshot.idf, snapshot.spellings)
    return tuple(one for one in tellings if terms.share(one.line.sentence) >= _LEAST_SHARE)


def _name(speaker: str) -> str:
    """Return the name in what is asked for, without article and titles."""
    words = speaker.strip().split()
    while len(words) > 1 and (
        words[0].lower() in ("the", "a", "an") or _is_title(words[0].rstrip(".").lower())
    ):
        words.pop(0)
    return " ".join(words)


def _is_title(word: str) -> bool:
    return word in TITLES or is_speaker(word)


def is_by(speaker: str) -> Callable[[Quotation], bool]:
    """Return what tells whether a quotation is of the speaker asked for."""
    name = _name(speaker)
    words = set(canonical_name(name).split())

    def by_them(quotation: Quotation) -> bool:
        if quotation.kind in ("person", "name"):
            return may_be_one(name, quotation.speaker)
        return words <= set(canonical_name(quotation.speaker).split())

    return by_them


def _pattern(name: str, spellings: Spellings) -> re.Pattern[str]:
    """Return a pattern of the last word of a name, in all its spellings."""
    last = name.split()[-1]
    canonical = spellings.canonical(name)
    groups = (group for group in spellings.groups if group[0] in canonical)
    ways = {last, canonical.split()[-1], *(way for group in groups for way in group)}
    return _pattern_of(frozenset(ways))


@lru_cache(maxsize=100)
def _pattern_of(ways: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){_any_accents(way)}" for way in sorted(ways)), re.I)


def _any_accents(word: str) -> str:
    """Return a pattern of a word with or without the accents that its letters may have."""
    return "".join(_LETTERS.get(letter, re.escape(letter)) for letter in word)


_LETTERS = {
    letter: f"[{letters}]"
    for letters in ("aâàáäãåā", "cçćč", "eéèêëēė", "gğģ", "iıİîíïī", "lł", "nñńň", "oôöóøõō",
                    "sşšśș", "tţťț", "uûüúū", "yýÿ", "zžźż", "dđď", "rř")
    for letter in letters
}  # fmt: skip
