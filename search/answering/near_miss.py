"""What a question asks about and a sentence does not: another office, owner, doer, or the contrary.

A reader takes "Akar is Turkey's defence minister" for an answer about Turkey's finance minister,
since the words are alike. So what the question attaches to a noun must not be another thing in
the sentence, nor what the question says of one name be said of another one.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from itertools import product
from typing import NamedTuple

from ...corpus.article import Article
from ...corpus.text.analysis import analyzer
from ...corpus.text.folding import folded
from ..entailment.acts import is_to_come
from ..entailment.contradiction import denies, opposite_acts
from ..entailment.doers import are_one_name, other_doers, other_persons, words_of
from ..entailment.namesakes import may_be_same, names_instead, other_objects
from ..entailment.predicate import affirms_denied
from ..entailment.terms import Terms
from ..language.lexicon import QUALIFIERS, TITLES, with_other_forms
from ..language.names import names_in
from ..language.noun_phrases import NounPhrase, phrases_asked, phrases_with
from ..query.answer_type import Kind
from ..query.query import Query
from .of_time import is_of_other_occasion
from .sentences import CandidateSentence, around, in_context

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w.'’-]*"
# "Who is Turkey's finance minister?", "who was the head of"
_OFFICE = re.compile(r"\bwho(?:['’]s|\s+(?:is|are|was|were))\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_PREFIX = re.compile(r"\b(ex|vice|deputy|acting)-(?=[a-z])", re.IGNORECASE)  # "the ex-mayor"
_THEIRS = re.compile(r"\b(?:her|his|its|their)\s+\Z", re.IGNORECASE)
_BEFORE_NAME = re.compile(rf"\s+{_CAPITAL}")
_DENIAL = re.compile(r"(?:\b(?:not|never)|n['’]t)\b(?! only)", re.IGNORECASE)
_AFTER_ALL = re.compile(r"\b(?:until|unless|before|but|except)\b", re.IGNORECASE)
_SHARED_IN_ARTICLE = 4  # letters of a name, in one that may be the same
_NEARLY_ALIKE = 0.7  # of a name that may be misspelt
_SCALES = ("Celsius", "Fahrenheit", "Kelvin", "Richter")
_WORD = re.compile(r"[^\W\d_]+")


class Difference(NamedTuple):
    """What the question names, and what the sentence has in its place; "" for a denial."""

    asked: str
    said: str

    def __str__(self) -> str:
        return f"It is about “{self.said}”, not “{self.asked}”." if self.asked else self.said


def differences(
    question: str, kind: Kind, sentence: str, passage: str = "", context: str = ""
) -> list[Difference]:
    """Return where a sentence contradicts what a question takes for granted.

    `kind` is the type of answer asked for; `passage` is what the sentence stands in, with the
    title; `context` is the sentence after what it refers back to. What the sentence only leaves
    out is no difference.

    >>> asked = "Who is Ukraine's defence minister?"
    >>> print(*differences(asked, "who", "Akar is Turkey's defence minister."))
    It is about “Turkey's defence minister”, not “Ukraine's defence minister”.
    """
    return [
        *_other_phrases(question, kind, context or sentence, passage),
        *(Difference(*pair) for pair in other_doers(question, sentence, passage)),
        *(Difference(*pair) for pair in other_persons(question, context or sentence, passage)),
        *_denials(question, kind, sentence, context),
        *_opposites(question, kind, sentence),
    ]


def differences_of(query: Query, one: CandidateSentence) -> list[Difference]:
    """Return where a candidate is of something else than the question, the first kind found."""
    if others := of_other_article(query, one.ranked.article, around(one)):
        return others
    context = in_context(one)
    instead = [
        *names_instead(query.text, context, query.snapshot.knows),
        *other_objects(query.text, context),
    ]
    if others := [Difference(*pair) for pair in instead if pair[1] not in one.answer]:
        return others
    if is_of_other_occasion(query.text, one):
        return [Difference("", "It is of another occasion.")]
    if is_to_come(query.text, one.sentence):
        return [Difference("", "It is not said to have been done.")]
    if query.answer_type == "number":  # what a number counts is looked at with the figures
        return []
    return differences(query.text, query.answer_type, one.sentence, around(one), context)


# --- An article about something else ------------------------------------------------------------


def of_other_article(query: Query, article: Article, around: str) -> list[Difference]:
    """Return that an article has none of the question's names, or not the year that names it.

    `around` is the passage with the title.
    """
    return _of_other_names(query, article, around) or _of_other_year(query, article)


def _of_other_names(query: Query, article: Article, around: str) -> list[Difference]:
    """Return that an article has none of the names of the question, which other articles have."""
    terms = query.without_time.terms
    names = terms.plain_names
    missing = [name for name in terms.missing_names(around) if name in names]
    if not names or len(missing) < len(names):
        return []
    if not all(query.snapshot.knows(name) for name in names):
        return []  # maybe typed wrongly
    text = folded(f"{article.text} {article.source or ''}")
    if any(folded(name)[:_SHARED_IN_ARTICLE] in text for name in missing):
        return []
    named = " and ".join(f"“{name}”" for name in missing)
    return [Difference("", f"Its article does not mention {named}.")]


def names_unknown(query: Query, article: Article) -> bool:
    """Return whether the question names something that no article does, nor this one alike."""
    text, knows = query.without_time.text, query.snapshot.knows
    unknown = [
        [folded(word) for word in name.text.split()]
        for name in names_in(text)
        if _WORD.search(text, 0, name.span[0])  # the first word may be no name
        and name.text not in _SCALES
        and not any(map(knows, name.text.split()))
    ]
    if not unknown:
        return False
    written = {folded(word) for word in _WORD.findall(f"{article.title} {article.text}")}
    return not all(any(_is_alike(word, written) for word in words) for words in unknown)


def _is_alike(word: str, written: Iterable[str]) -> bool:
    """Return whether a word may be one of those written, misspelt."""
    if any(other.startswith(word[:_SHARED_IN_ARTICLE]) for other in written):
        return True
    return bool(get_close_matches(word, written, 1, _NEARLY_ALIKE))


def _of_other_year(query: Query, article: Article) -> list[Difference]:
    """Return that an article is not about the earthquake of the year asked about."""
    own = {day.year for day in (article.published, article.event) if day}
    text = f"{article.title}\n{article.text}"
    missing = [y for y in query.years_in_names if y not in own and str(y) not in text]
    return [Difference("", f"Its article does not mention {year}.") for year in missing]


# --- Nouns with another owner or another modifier -----------------------------------------------


def _other_phrases(question: str, kind: Kind, sentence: str, passage: str) -> Iterator[Difference]:
    """Return the nouns of a question whose owner or office is another in a sentence."""
    question, sentence = (_PREFIX.sub(r"\1 ", text) for text in (question, sentence))
    office = _OFFICE.search(question) if kind == "who" else None
    stems = frozenset(analyzer().analyze(sentence))
    for asked in phrases_asked(question):
        said = phrases_with(asked.head, sentence)
        is_office = office is not None and asked.span[0] == office.end()
        other_rank = not is_office and _names_office(asked, question)
        if said and all(
            _other_owner(asked, one, passage)
            or _of_others_own(asked, one, sentence, passage)
            or (is_office and _other_office(asked, one, stems))
            or (other_rank and _other_rank(asked, one))
            for one in said
        ):
            yield Difference(_text(asked, question), _text(said[0], sentence))


def _other_owner(asked: NounPhrase, said: NounPhrase, passage: str) -> bool:
    here = [*said.names, *said.beside]
    if not asked.names or not said.names or are_one_name(asked.names, here, passage):
        return False
    return not any(may_be_same(one, other) for one, other in product(asked.names, here))


def _of_others_own(asked: NounPhrase, said: NounPhrase, sentence: str, passage: str) -> bool:
    """Whether "their manager" is that of those whom the sentence names, and who are not asked."""
    before = sentence[: said.span[0]]
    if not asked.names or said.names or not _THEIRS.search(before):
        return False
    owners = words_of(names_in(before))
    if not owners or are_one_name(asked.names, owners, passage):
        return False
    return not any(may_be_same(one, other) for one, other in product(asked.names, owners))


def _other_office(asked: NounPhrase, said: NounPhrase, stems: frozenset[str]) -> bool:
    """Whether one is a deputy's or a former one's, or another one of the same kind."""
    if asked.modifiers & _qualifiers() != said.modifiers & _qualifiers():
        return True
    missing = {stem for stem in asked.modifiers - stems if stem.isalpha()}
    return bool(missing and said.modifiers - asked.modifiers)


def _names_office(asked: NounPhrase, question: str) -> bool:
    """Whether a phrase names an office, not somebody by his office: "minister Bo Lund"."""
    return asked.head in TITLES and not _BEFORE_NAME.match(question, asked.span[1])


def _other_rank(asked: NounPhrase, said: NounPhrase) -> bool:
    """Whether the question asks of the minister, and the sentence tells of the deputy."""
    return asked.modifiers & _qualifiers() != said.modifiers & _qualifiers()


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset(stem for word in QUALIFIERS for stem in analyzer().analyze(word))


def _text(phrase: NounPhrase, text: str) -> str:
    return " ".join(text[slice(*phrase.span)].split())


# --- The contrary -------------------------------------------------------------------------------


def _opposites(question: str, kind: Kind, sentence: str) -> Iterator[Difference]:
    """Return the act of the sentence that is the contrary of the one asked about."""
    if kind in ("yes or no", "number", "why"):
        return
    asked, told = (with_other_forms(analyzer().analyze(text)) for text in (question, sentence))
    for one, other in opposite_acts():
        if one in asked - told and other in told - asked:
            yield Difference("", "It says the contrary.")
            return


def _denials(question: str, kind: Kind, sentence: str, context: str = "") -> Iterator[Difference]:
    """Return that the sentence denies what is asked about, where "no" is not an answer.

    So does one that refers back to a denial, and does not say either that it is so.
    """
    if not _DENIAL.search(sentence) and not affirms_denied(context, sentence):
        sentence = context.removesuffix(sentence)
    found = _DENIAL.search(sentence)
    if kind in ("yes or no", "why", "number") or not found:
        return
    holds = _AFTER_ALL.search(sentence, found.end())
    if not holds and denies(Terms(sentence), Terms(question)):
        yield Difference("", "It says the contrary.")
