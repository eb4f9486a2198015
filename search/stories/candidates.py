"""The sentences of a matter that may tell of an event, each with the day that it gives."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from ...corpus.article import Article
from ...corpus.text.sentences import is_heading, sentence_spans
from ...index.archive import Vectors
from ..entailment.terms import Terms
from ..models import Models
from ..results import RankedPassage
from ..stopping import checkpoint
from .captions import is_caption
from .dating import Told, days_of
from .kin import names_in_text
from .lines import Line
from .matter import About

MOST_SENTENCES = 200
"""How many sentences are compared; those of the nearest passages come first."""
_FEWEST_WORDS, _MOST_WORDS = 5, 90
# A heading of a chronology tells of an event itself: "July 7: Griner pleads guilty".
_CHRONOLOGY = re.compile(r"\W*[^:–—]{3,40}[:–—]\s+(?:\S+\s+){1,}\S+")
# How near a sentence is to the matter: its cosine, and with these weights the share of the matter's
# words that it has with the one before it, that of its article's title, and its passage's cosine.
_IN_CONTEXT, _IN_TITLE, _OF_PASSAGE = 0.5, 0.25, 0.5
_NAMED = 0.6  # the share of words where only names are that others tell the matter by
_LEAST_NEAR = 0.47
_LEAST_COSINE = 0.0
_LEAST_BESIDE = 0.25  # of one that only adds to what another one tells


class Sentence(NamedTuple):
    """A sentence that tells of something on a day.

    `nearness` to the matter only ranks. `dated_by_article` says that it names no day, so that the
    day is that of its article; `is_beside` that it is too far from the matter to be an event of it
    by itself.
    """

    line: Line
    told: Told
    terms: Terms
    vector: Vectors
    nearness: float
    dated_by_article: bool = False
    is_beside: bool = False

    @property
    def article(self) -> Article:
        """Its article."""
        return self.line.article


class _Place(NamedTuple):
    line: Line
    told: Told
    before: str
    near: float  # of its passage, as a cosine
    dated_by_article: bool


def sentences_of(about: About, models: Models) -> list[Sentence]:
    """Return the sentences that tell of a matter on a day, those of the nearest passages first."""
    query = about.query
    places = list(_places(about.passages))[:MOST_SENTENCES]
    if not places:
        return []
    matter = models.encoder.encode_question(query.canonical_text)
    vectors = models.encoder.encode_passages([one.line.sentence for one in places])
    checkpoint()
    found: list[Sentence] = []
    for place, vector in zip(places, vectors, strict=True):
        cosine = float(np.dot(matter, vector))
        nearness = _nearness(about, place, cosine)
        if nearness >= _LEAST_BESIDE:
            beside = nearness < _LEAST_NEAR or cosine < _LEAST_COSINE
            line, terms = place.line, Terms(place.line.sentence)
            by_article = place.dated_by_article
            found.append(Sentence(line, place.told, terms, vector, nearness, by_article, beside))
    return found


def _nearness(about: About, place: _Place, cosine: float) -> float:
    terms, text = about.query.terms, f"{place.before} {place.line.sentence}"
    context, title = terms.share(text), terms.share(place.line.article.title)
    if context < _NAMED and about.names and about.names & names_in_text(text):
        context = _NAMED
    return cosine + _IN_CONTEXT * context + _IN_TITLE * title + _OF_PASSAGE * place.near


def _places(passages: Iterable[RankedPassage]) -> Iterator[_Place]:
    passages = list(passages)
    year = _year_of(one.article for one in passages)
    seen: set[tuple[str, int]] = set()
    for ranked in passages:
        article, offset = ranked.article, ranked.passage.span[0]
        before, near = "", ranked.scores.dense or 0.0
        for number, (start, end) in enumerate(sentence_spans(ranked.passage.text)):
            place = (article.id, start + offset)
            sentence = ranked.passage.text[start:end]
            if place not in seen and _may_tell(sentence):
                seen.add(place)
                line = Line(article, (start + offset, end + offset), ranked.also_in)
                told = days_of(sentence, article, year)
                for one in told:
                    yield _Place(line, one, before, near, False)
                if not told and article.published and not ranked.passage.position and not number:
                    day = article.published
                    yield _Place(line, Told(day, day, False, (0, 0)), before, near, True)
            before = sentence


def _may_tell(sentence: str) -> bool:
    words = len(sentence.split())
    if not _FEWEST_WORDS <= words <= _MOST_WORDS or sentence.endswith("?"):
        return False
    if is_caption(sentence):
        return False
    return not is_heading(sentence) or bool(_CHRONOLOGY.match(sentence))


def _year_of(articles: Iterable[Article]) -> int | None:
    """Return the year of most articles' days, by which undated ones are understood."""
    days: dict[str, date | None] = {one.id: one.published or one.event for one in articles}
    years = Counter(day.year for day in days.values() if day)
    return years.most_common(1)[0][0] if years else None
