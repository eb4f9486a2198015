"""Why a question was not answered, and a sentence that helps whoever asked it."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from ...corpus.article import Article
from ...corpus.text.analysis import analyzer
from ...index.archive import Archive
from ..answer import Answer, Reason
from ..entailment.terms import Terms
from ..language.dates import in_words
from ..language.foreign import foreign
from ..language.lexicon import SENTENCE_OPENERS, is_time_word, with_other_forms
from ..language.names import name_words
from ..query.query import Query
from ..question import Filters
from ..results import RankedPassage
from ..retrieval.no_results import why_no_results
from ..retrieval.retriever import passing_articles
from .near_miss import Difference
from .sentences import COMPARED, CandidateSentence

# A passage is near with this cosine, or this share of the question's terms: most passages for
# questions on other matters are below both.
_NEAR_COSINE = 0.3
_NEAR_SHARE = 0.5
_MOST_QUOTED = 300  # characters of the nearest sentence
_WORDS_NAMED = 4
_NO_PASSAGE = "None of the nearest mentions {}."
_THAT_PASSAGE = "That passage does not mention {}."
_SPELT_ALIKE = 0.7
_YEAR = 4  # digits
_HOW_MUCH = re.compile(r"\bhow\s+(?!many\b|much\b)\w+", re.IGNORECASE)
_OPENING = 1500  # characters of an article, which tell its language
_DATES = ("since", "until", "as_of")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")

_VAGUE = (
    "The question names nothing to look for. Ask about a person, a place or an event, "
    "such as “Where were the talks held?”"
)
_LANGUAGE = (
    "The question looks like {language}, and the reader knows English only: ask it in English."
)


class Refusal(NamedTuple):
    """Why there is no answer, and a sentence on it that helps."""

    reason: Reason
    hint: str


def refusal_before_reading(
    query: Query, archive: Archive, without_filters: Callable[[], Answer]
) -> Refusal | None:
    """Return why a question was refused if what was read has nothing to do with it.

    `without_filters` asks it once more of all articles, and is called only if there are filters.
    """
    if is_vague(query.text):
        return Refusal("too_vague", _VAGUE)
    filters = query.question.filters
    passing = passing_articles(filters, archive)
    none = not len(archive.article_numbers() if passing is None else passing)
    why = why_no_results(filters, archive) if none else ""
    if not filters.all_pass and len(archive.article_numbers()):
        answer = without_filters()
        if answer.citations:
            article = answer.citations[0].article
            return Refusal("filtered", f"{_excluded(filters, article, archive)} {why}".strip())
    if none:
        return Refusal("empty", why)
    if language := foreign(query.text):
        return Refusal("language", _LANGUAGE.format(language=language))
    return None


def refusal_for_language(question: str, answer: Answer) -> Refusal | None:
    """Return why an answer does not stand: the question is foreign, and all that it cites English.

    What is foreign may still be found in articles of that language, by its words.
    """
    language = foreign(question)
    texts = (one.article.text[:_OPENING] for one in answer.citations)
    if not language or any(foreign(text) for text in texts):
        return None
    return Refusal("language", _LANGUAGE.format(language=language))


def refusal_after_reading(
    query: Query,
    passages: Sequence[RankedPassage],
    found: Sequence[CandidateSentence],
    differs: Sequence[Difference] = (),
) -> Refusal:
    """Return whether anything near was read, what it says, and what it lacks.

    `found` are the sentences read, best first; `differs` says where the best contradicts.
    """
    if found and differs:
        return Refusal("near_miss", " ".join([f"Nearest: {quoted(found[0])}.", *map(str, differs)]))
    if not found or not any(_is_near(query, ranked) for ranked in passages):
        return Refusal("nothing_near", _nothing_near(query, passages))
    nearest = max(found[:COMPARED], key=lambda one: one.wording)
    lacking = _lacking(query, passages) or _lacking(query, [nearest.ranked], _THAT_PASSAGE)
    return Refusal("near_miss", f"Nearest: {quoted(nearest)}. {lacking}".strip())


def quoted(best: CandidateSentence) -> str:
    """Return a sentence in quotation marks, with the outlet and date of its article."""
    sentence = " ".join(best.sentence.split())
    if len(sentence) > _MOST_QUOTED:
        sentence = f"{sentence[:_MOST_QUOTED].rsplit(' ', 1)[0]} …"
    return f"“{sentence}” ({_head(best.ranked.article)})"


def is_vague(question: str) -> bool:
    """Whether a question has no word that says what it is about.

    >>> is_vague("What about it?"), is_vague("And 1936?"), is_vague("Who are The Them?")
    (True, True, False)
    """
    words = [found[0] for found in _WORD.finditer(question)]
    if any(len(word) > 1 and word.lower() not in SENTENCE_OPENERS for word in words):
        return all(word[0].isdigit() or word.lower() in SENTENCE_OPENERS for word in words)
    capitals = [word for word in words[1:] if word[0].isupper() and len(word) > 1]
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 1
    return not acronym and (not capitals or question.isupper())


def _excluded(filters: Filters, article: Article, archive: Archive) -> str:
    """Return which filters exclude the article that answers."""
    excluding = [name for name in _DATES if _excludes(filters, name, article.published)]
    if filters.tags and not _has_tag(article, filters, archive):
        excluding.insert(0, "tags")
    if filters.sources and not _is_from(article.source, filters, archive):
        excluding.insert(0, "sources")
    named = " and ".join(f"the filter `{name}`" for name in excluding)
    return f"Without {named} the articles answer it: “{article.title}” ({_head(article)})."


def _excludes(filters: Filters, name: str, published: date | None) -> bool:
    day = getattr(filters, name)
    if day is None:
        return False
    return published is None or (published < day if name == "since" else published > day)


def _is_from(source: str | None, filters: Filters, archive: Archive) -> bool:
    """Whether an article of this outlet passes; the archive knows how outlets are compared."""
    passing = set(archive.article_numbers(filters.sources).tolist())
    return source is not None and bool(passing & set(archive.article_numbers([source]).tolist()))


def _has_tag(article: Article, filters: Filters, archive: Archive) -> bool:
    passing = set(archive.article_numbers(tags=filters.tags).tolist())
    tagged = (set(archive.article_numbers(tags=[tag]).tolist()) for tag in article.tags)
    return any(passing & numbers for numbers in tagged)


def _head(article: Article) -> str:
    day = article.published or article.event
    named = (article.source or article.title, in_words(day) if day else "undated")
    return ", ".join(named)


def _is_near(query: Query, ranked: RankedPassage) -> bool:
    share = query.terms.share(f"{ranked.article.title}\n{ranked.passage.text}")
    return share >= _NEAR_SHARE or (ranked.scores.dense or 0.0) >= _NEAR_COSINE


def _nothing_near(query: Query, passages: Sequence[RankedPassage]) -> str:
    return f"No article is near to this question. {_lacking(query, passages)}".strip()


def _lacking(query: Query, passages: Sequence[RankedPassage], says: str = _NO_PASSAGE) -> str:
    """Say which words of the question passages lack, names first, and what may be meant."""
    missing = sorted(_missing(query, passages), key=lambda word: not word[0].isupper())
    if not missing:
        return ""
    texts = [ranked.passage.text for ranked in passages]
    unknown = [w for w in missing if w[0].isupper() and not query.snapshot.knows(w)]
    meant = [name for word in unknown if (name := _name_like(word, texts))]
    named = ", ".join(f"“{word}”" for word in missing[:_WORDS_NAMED])
    return " ".join([says.format(named), *(f"Did you mean “{name}”?" for name in meant)])


def _missing(query: Query, passages: Sequence[RankedPassage]) -> list[str]:
    """Return the content words of the question that none of the passages has in any form.

    Years are also those of the articles' days; the days of a month are not looked for.
    """
    analyze, canonical = analyzer().analyze, query.snapshot.spellings.canonical
    texts = (f"{one.article.title}\n{one.passage.text} {one.article.published}" for one in passages)
    here = with_other_forms({stem for text in texts for stem in analyze(canonical(text))})
    words = [found[0] for found in _WORD.finditer(_HOW_MUCH.sub(" ", query.canonical_text))]
    content = [word for word in words if query.terms.content_stems & set(analyze(word))]
    said = [word for word in content if not is_time_word(word)]
    told = [word for word in said if Terms(word).stems - _slight() or _is_year(word)]
    return [word for word in dict.fromkeys(told) if not here & set(analyze(word))]


def _is_year(word: str) -> bool:
    return word.isdigit() and len(word) == _YEAR


@cache
def _slight() -> frozenset[str]:
    return Terms("after come get give go got happen name new run went").stems


def _name_like(word: str, texts: Sequence[str]) -> str | None:
    """Return the name in the texts that is written most like a word, if any is."""
    names = {found[0] for text in texts for found in name_words(text)}
    alike = [name for name in names if name[0] == word[0] and " " not in name]
    return next(iter(get_close_matches(word, alike, 1, _SPELT_ALIKE)), None)
