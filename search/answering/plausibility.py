"""Whether a sentence can be an answer of the kind asked for: what such an answer must say.

A reader is drawn to sentences with the question's names. What it takes for an answer is none if
nothing is said there by anybody, counted, given as a reason, or of the act that is asked about.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from ...corpus.text.analysis import analyzer
from ...corpus.text.lists import is_row
from ..entailment.acts import is_of_other_subject, lacks_act
from ..entailment.reasons import explains, gives_reason, has_reason, may_explain, tells_how
from ..entailment.terms import Terms
from ..language.lexicon import SPEECH, with_other_forms
from ..language.names import names_in
from ..query.answer_type import fits, kind_of
from ..query.query import Query
from ..query.several import names_asked
from ..reading.reader import FoundSpan
from .quoting import MOST_CHARACTERS
from .sentences import ALL_BUT, COMPARED, WHOLE, CandidateSentence, around, in_context

# The confidence from which on an answer stands though its words do not show that it is one.
_SURE = 0.5
_SURE_OF_NUMBER = 0.7
_SURE_OF_OFFICE = 0.9
_SURE_OF_KIND = 0.85
_AS_FAR = 0.3  # off the best score, in units of the ranking, one with a reason may be
_RELATED = 0.3  # of the question's terms, in what a reason is given of
_SPACE = 3  # characters between a sentence and the next one, of its paragraph or not
_QUOTED = re.compile(r"[\"“”«»]|\b(?:according to|in (?:his|her|their|its) (?:words|view))\b", re.I)
_THOUGHT = frozenset(
    """
    accuse argument believe blame complaint concern consider criticise criticize demand estimate
    expect express hope message opinion order plead promise propose question reaction recommend
    request statement suggest term think threat threaten view voice vow worry
    """.split()
)
# "In which hotel did": but a city is named without that word.
_NOUN_ASKED = re.compile(
    r"\b(?:in|at|on|to|from|by|under)\s+which\s+([a-z]+)\s+"
    r"(?:is|are|was|were|did|does|do|has|have|had|will|would|can)\b",
    re.IGNORECASE,
)
# "Which roads has the flood closed?"
_KIND_ASKED = re.compile(
    r"\A\W*(?:and\s+)?which\s+([a-z]{3,}s)\s+(?:is|are|was|were|did|does|do|has|have|had|will|would|can)\b",
    re.I,
)
# "Who was the referee of the final?"
_OFFICE_ASKED = re.compile(
    r"\bwho(?:['’]s|\s+(?:is|are|was|were))\s+the\s+(?:[a-z-]+\s+)?([a-z]{4,})\s+(?:of|for|at|in)\b",
    re.IGNORECASE,
)
_HOW_OLD = re.compile(r"(?i:how\s+old\s+is)\s+(?:[A-Z][\w’'-]*\s+)+(?P<last>[A-Z][\w’'-]*)\W*")
_OF_DOERS = re.compile(r"(?<=\w{4})(?:e|o)rs?\Z")
# How many, without a number that counts it.
_UNCOUNTED = re.compile(
    r"\b(?:no|none|nobody|half|dozens?|hundreds|thousands|millions|most|all|once|twice)\b", re.I
)
# Words of a question that articles do not use for what happened.
_SAYING_NOTHING = "happen occur go going take place locate located involve want stand else"
_NAMED_WITHOUT = """
    animal area artist author body boss car century chief city color colour company continent
    countries country date day decade event faction family figure force god group half head
    house industry instrument kind king language leader man material member mission month name
    nation nationality office one organisation organization other others owner party people
    person place planet point position president quarter race region religion river season ship
    side sort sport state substance team term thing things time title town type village war way
    week weekday woman word work year years
"""

# "Under a 1936 pact", "the Convention of 1936": years of what is not asked about. But an election
# or a storm of a year was in that year.
_HELD_TO = (
    r"(?P<{}>(?:pact|accord|agreement|treat(?:y|ies)|convention|charter|constitution|protocol|deal"
    r"|law|act|statute|code|decree|directive|regulation|resolution|ruling|judge?ment|rule)s?)\b"
)
_NAMED_BY_YEAR = re.compile(
    r"\b(?:an?|the|his|her|its|their)\s+(?P<year>[12]\d{3})\s+(?:[\w’'-]+\s+)?"
    rf"{_HELD_TO.format('thing')}"
    rf"|\b{_HELD_TO.format('titled')}\s+of\s+(?P<of_year>[12]\d{{3}})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")

_NO_NAMES = "It does not give the names."
_NO_SUCH_THING = "It names no {}."
_NOT_COUNTED = "No number in it counts what is asked."
_NOT_SAID = "It does not tell what was said."
_NO_REASON = "It gives no reason."
_NO_TIME = "It does not tell when."
_NOT_THIS_ACT = "It does not speak of what is asked."


def why_implausible(query: Query, best: CandidateSentence, confidence: float) -> str | None:
    """Return why the best sentence is no answer of the kind asked for, None if it may be one.

    For a question for a number, none that counts what is asked was found.
    """
    kind = query.answer_type
    if names_asked(query.text):
        return _NO_NAMES if _lacks_names(query, best) else None
    if kind == "number":
        return _NOT_COUNTED if _counts_otherwise(query, best, confidence) else None
    if kind == "quote":
        return None if _tells_speech(in_context(best)) else _NOT_SAID
    if kind == "why":
        return _NO_REASON if _lacks_reason(query, best) else None
    if _lacks_act(query.text, best):
        return _NOT_THIS_ACT
    if kind == "when" and _has_only_names_of_years(query, best):
        return _NO_TIME
    if lacking := _lacks_what_is_asked(query, best, confidence):
        return lacking
    if kind in ("who", "where", "when", "what") and confidence < _SURE:
        return None if _is_of_same_act(query, best) else _NOT_THIS_ACT
    return None


def _lacks_names(query: Query, best: CandidateSentence) -> bool:
    """Whether it has fewer names than are asked for, or none where one name is."""
    asked, fewest = set(query.terms.names), names_asked(query.text)
    text = best.answer if fewest == 1 else in_context(best)
    return len({name.text for name in names_in(text)} - asked) < fewest


def _lacks_reason(query: Query, best: CandidateSentence) -> bool:
    reading = best.ranked.reading
    if reading and all(one.sentence != best.found.sentence for one in reading.spans):
        return False  # it is joined with its reason
    return not gives_reason(query.text, best.sentence, query.terms.share(best.sentence))


def _lacks_act(question: str, best: CandidateSentence) -> bool:
    """Whether its passage has not the act asked about, or the sentence not whose act it is."""
    told = f"{best.ranked.article.title}\n{in_context(best)}"
    return (
        (kind_of(question) == "who" and not _has_outcome(question, best))
        or lacks_act(question, around(best))
        or is_of_other_subject(question, told, around(best))
    )


def _lacks_what_is_asked(query: Query, best: CandidateSentence, confidence: float) -> str | None:
    """Return that a passage names no referee, no road or no hotel, where one is asked for."""
    if query.answer_type == "who" and confidence < _SURE_OF_OFFICE:
        office = _noun_asked(_OFFICE_ASKED, query.text)
        if office and not _tells_of(office, best):
            return _NO_SUCH_THING.format(office)
    for pattern, sure in ((_KIND_ASKED, _SURE_OF_KIND), (_NOUN_ASKED, _SURE)):
        noun = _noun_asked(pattern, query.text) if confidence < sure else None
        if noun and not _has(noun, best):
            return _NO_SUCH_THING.format(noun)
    return None


def _counts_otherwise(query: Query, best: CandidateSentence, confidence: float) -> bool:
    from ..figures.fitting import SURE, counts_otherwise  # its patterns compile slowly

    if _UNCOUNTED.search(best.answer):
        return False
    aged = _HOW_OLD.fullmatch(query.text.strip())
    if aged and aged["last"] not in in_context(best):
        return True  # the age of another
    if is_row(best.sentence):
        # What a column counts may stand in what introduces its table.
        confidence = SURE if best.wording >= WHOLE else confidence
    elif confidence < _SURE_OF_NUMBER:
        return True
    return counts_otherwise(
        query.text, best.sentence, around(best), query.snapshot.spellings, confidence
    )


def _tells_speech(text: str) -> bool:
    return bool(_QUOTED.search(text)) or not _speech().isdisjoint(analyzer().analyze(text))


@cache
def _speech() -> set[str]:
    return with_other_forms(analyzer().analyze(" ".join(SPEECH | _THOUGHT)))


def explained_first(
    query: Query, found: Sequence[CandidateSentence], unit: float
) -> list[CandidateSentence]:
    """Return the candidates for a question why or how, first the best one that explains it.

    One that tells what is asked about is taken together with the reason that follows it, "Dorla has
    not joined. Its head said the drive took too long", or with what goes on to tell how.
    """
    return _reasoned_first(query, found, unit) if query.answer_type == "why" else _with_how(found)


def _reasoned_first(
    query: Query, found: Sequence[CandidateSentence], unit: float
) -> list[CandidateSentence]:
    near = [one for one in found if one.score >= found[0].score - _AS_FAR * unit]
    reasoned = (_with_reason(query, one, found, explains) for one in near[:COMPARED])
    first = next(filter(None, reasoned), None)
    if not first and found[0].wording >= ALL_BUT:
        first = _with_reason(query, found[0], found, lambda _, following: may_explain(following))
    if not first:
        return [*found]
    start, end = first.found.sentence
    return [
        first,
        *(one for one in found if one.ranked is not first.ranked or not _is_in(one, start, end)),
    ]


def _with_how(found: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    best, after = found[0], _beside(found[0], found, 1)
    if not after or not tells_how(best.sentence, after.sentence):
        return [*found]
    joined = _joined(best, after, best)
    return [joined, *(one for one in found if one is not best and one is not after)]


def _with_reason(
    query: Query,
    one: CandidateSentence,
    found: Sequence[CandidateSentence],
    is_reason: Callable[[str, str], bool],
) -> CandidateSentence | None:
    """Return a sentence with a reason, or with the one beside it of which one gives a reason."""
    if one.wording < _RELATED:
        return None
    before, after = _beside(one, found, -1), _beside(one, found, 1)
    if has_reason(query.text, one.sentence):
        needs = before and before.wording >= _RELATED > query.terms.share(one.sentence)
        return _joined(before, one, one) if before and needs else one
    if after and is_reason(one.sentence, after.sentence):
        return _joined(one, after, one)
    related = before and before.wording >= _RELATED
    if before and related and is_reason(before.sentence, one.sentence):
        return _joined(before, one, one)
    return None


def _beside(
    one: CandidateSentence, found: Sequence[CandidateSentence], step: int
) -> CandidateSentence | None:
    """Return the next sentence, or the one before, of the same passage."""
    of_passage = sorted(
        (other for other in found if other.ranked is one.ranked),
        key=lambda other: other.found.sentence,
    )
    place = of_passage.index(one) + step
    beside = of_passage[place] if 0 <= place < len(of_passage) else None
    if not beside:
        return None
    first, second = sorted((one.found.sentence, beside.found.sentence))
    return beside if second[0] - first[1] <= _SPACE else None


def _joined(
    told: CandidateSentence, reason: CandidateSentence, best: CandidateSentence
) -> CandidateSentence:
    """Return both sentences as one, or the reason alone where they are too long together."""
    both = told.found.sentence[0], reason.found.sentence[1]
    if both[1] - both[0] > MOST_CHARACTERS:
        both = reason.found.sentence
    joined = FoundSpan(both, reason.found.span, best.found.score)
    return best._replace(found=joined, wording=max(told.wording, reason.wording))


def _is_in(one: CandidateSentence, start: int, end: int) -> bool:
    return start <= one.found.sentence[0] and one.found.sentence[1] <= end


def _has_only_names_of_years(query: Query, best: CandidateSentence) -> bool:
    """Whether the only times in an answer name things that the question does not ask about."""
    offset, (start, end) = best.found.sentence[0], best.found.span
    found = [*_NAMED_BY_YEAR.finditer(best.sentence)]
    named = [one for one in found if one.start() < end - offset and one.end() > start - offset]
    asked = Terms(query.text).stems
    if not named or any(Terms(one["thing"] or one["titled"]).stems & asked for one in named):
        return False
    years = {one["year"] or one["of_year"] for one in named}
    left = _WORD.sub(lambda word: "" if word[0] in years else word[0], best.answer)
    return not fits("when", left)


def _noun_asked(pattern: re.Pattern[str], question: str) -> str | None:
    """Return the hotel of "in which hotel did", or the referee of "who was the referee of".

    None for what is mostly named without that word.
    """
    found = pattern.search(question)
    named = found[1] if found else None
    return named if named and not _named_without() & set(analyzer().analyze(named)) else None


@cache
def _named_without() -> frozenset[str]:
    return frozenset(analyzer().analyze(_NAMED_WITHOUT))


def _tells_of(office: str, best: CandidateSentence) -> bool:
    """Whether its passage has an office, or what is done in it: the founder of what was founded."""
    root = _OF_DOERS.sub("", office.lower())
    return _has(office, best) or any(stem.startswith(root) for stem in _stems_around(best))


def _has_outcome(question: str, best: CandidateSentence) -> bool:
    """Whether its passage tells of anybody killed, where that is asked, or arrested."""
    from ..figures.words import outcome_stems, stems_of  # its patterns compile slowly

    asked = stems_of(question) & outcome_stems()
    return not asked or bool(asked & stems_of(around(best)))


def _has(noun: str, best: CandidateSentence) -> bool:
    return bool(Terms(noun).stems & _stems_around(best))


def _stems_around(best: CandidateSentence) -> frozenset[str]:
    return Terms(around(best)).stems


def _is_of_same_act(query: Query, best: CandidateSentence) -> bool:
    """Whether its passage has a word of the question besides its names, if there is any."""
    asked = Terms(query.without_time.text)
    names = set(asked.names)
    stems = (word.stem for word in asked.words if word.stem and word.folded not in names)
    plain = {*stems} - Terms(_SAYING_NOTHING).stems
    return not plain or bool(with_other_forms(plain) & _stems_around(best))
