"""Which figures count one thing: "the pier at Aldwick" is another subject than "Brancombe pier"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from ..entailment.doers import other_doers
from ..language.dates import Period, without_dates
from ..language.lexicon import is_time_word
from ..language.names import name_words
from ..query.occasions import occasion_asked, occasion_told
from .asked import QuantityMatcher
from .finding import Evidence, Found
from .fitting import SURE
from .words import Stems, alike, place_names, stems_of

# The share of the best figure's score that another must have to be one of the same quantity.
_AS_GOOD = 0.6
_SEVERAL = 2  # names
_CORRECTED_TO = re.compile(r"\bcorrect(?:s|ed)\s[^.;]*\bto\s+\Z", re.IGNORECASE)
_GAP = timedelta(365)  # from an event that an article recalls to its day
_AS_MUCH = 0.5  # of the question's common words near the best figure, near another of its subject
_NAMES = r"[A-Z][\w’-]+(?:[ ][A-Z][\w’-]+)*"
_COORDINATED = re.compile(
    rf"({_NAMES})(?:,\s+({_NAMES}))*,?\s+(?:and|or)\s+(?:(?:in|at|of|for)\s+)?({_NAMES})"
)
_AFTER = re.compile(rf"[ ](?:(?:at|in|of|for|near|on|from|named|called)[ ](?:the[ ])?)?({_NAMES})")
_BEFORE = re.compile(rf"\b({_NAMES})[ ]\Z")
_LONGEST = 60  # characters of a name before a word
_WORD = re.compile(r"[^\W\d_][\w’-]*")


def uncorrected(found: Sequence[Found], evidence: Sequence[Evidence]) -> list[Found]:
    """Return the figures without those that are given as wrong, or that another one corrects.

    Those are the ones that the same outlet had before, and those of the day before that others had.
    """
    wrong = {_value(one) for one in found if one.is_recalled}
    right = [one for one in found if _value(one) not in wrong]
    mended = [one for one in right if _CORRECTED_TO.search(one.before)]
    corrected = {id(one) for other in mended for one in _corrected_by(other, right, evidence)}
    return [one for one in right if id(one) not in corrected]


def _corrected_by(
    mended: Found, found: Sequence[Found], evidence: Sequence[Evidence]
) -> Iterator[Found]:
    outlet = evidence[mended.mention.evidence].article.source
    before = [one for one in found if one.kind == mended.kind and _is_before(one, mended)]
    newest = max((one.days[1] for one in before if one.days), default=None)
    for one in before:
        same = outlet is not None and evidence[one.mention.evidence].article.source == outlet
        if same or (one.days and one.days[1] == newest):
            yield one


def _is_before(one: Found, other: Found) -> bool:
    return bool(one.days and other.days and one.days[1] < other.days[0])


def _value(one: Found) -> tuple[float, str | None]:
    return one.quantity.number.value, one.quantity.number.unit


def best_fit(found: Sequence[Found]) -> Found:
    """Return the figure that fits best, the first of equals."""
    return max(found, key=lambda one: one.score)


def of_one_thing(found: Sequence[Found], names: Stems = frozenset()) -> list[Found]:
    """Return those that count the same as the best one does.

    Where an article has a sentence with all of several `names`, its others are of another:
    beside "Great Tarn has 31", the number of all the Tarn islands.
    """
    named = [names <= alike(names, one.setting.stems) for one in found]
    told = {one.mention.evidence for one, all_named in zip(found, named, strict=True) if all_named}
    found = [
        one
        for one, all_named in zip(found, named, strict=True)
        if all_named or len(names) < _SEVERAL or one.mention.evidence not in told
    ]
    best = best_fit(found)
    least = _AS_GOOD * max(one.words for one in found)
    return [
        one for one in found if (one.words >= least or one.sure >= SURE) and one.kind == best.kind
    ]


def of_last_event(
    matcher: QuantityMatcher, found: Sequence[Found], evidence: Sequence[Evidence]
) -> list[Found]:
    """Return the dead and injured without those of an event that articles recall, if any are."""

    def is_recalled(one: Found) -> bool:
        told = evidence[one.mention.evidence].article.published
        return bool(told and one.days and told - one.days[1] > _GAP)

    recent = [one for one in found if not (matcher.outcomes and is_recalled(one))]
    return recent or [*found]


def of_doer(question: str, found: Sequence[Found]) -> list[Found]:
    """Return the figures without those of which a sentence tells that another has done it."""
    return [
        one
        for one in found
        if not any(True for _ in other_doers(question, one.setting.sentence, one.setting.before))
    ]


def of_occasion(question: str, found: Sequence[Found]) -> list[Found]:
    """Return the figures of the round or half that a question names, if any are said to be."""
    asked = occasion_asked(question)
    if not asked:
        return [*found]
    told = [occasion_told(one.setting.before) for one in found]
    fitting = {asked} if asked in told else {None}
    return [one for one, occasion in zip(found, told, strict=True) if occasion in fitting]


def best_of_each_day(
    found: Sequence[Found], evidence: Sequence[Evidence], by_counter: bool = False
) -> list[Found]:
    """Return the best figure of each article for each day, the first of equals.

    With `by_counter`, also those of others who are said to have counted.
    """
    best: dict[tuple[str, Period | None, str | None], Found] = {}
    for one in sorted(found, key=lambda one: -one.score):
        day = evidence[one.mention.evidence].article.id, one.days
        best.setdefault((*day, None), one)
        if by_counter and one.counter:
            best.setdefault((*day, one.counter), one)
    return [one for one in found if any(one is kept for kept in best.values())]


def by_subject(
    question: str, matcher: QuantityMatcher, found: Sequence[Found]
) -> dict[str, list[Found]]:
    """Return figures of several subjects, by their names: those asked about, or else all."""
    if names := named_together(question):
        return _by_name(found, names)
    return {} if matcher.names else _by_own_name(matcher, about_the_same(matcher, found))


def about_the_same(matcher: QuantityMatcher, found: Sequence[Found]) -> list[Found]:
    """Return the figures that are about the same as the best one, by the question's words.

    Each of the question's names that is near the best one must stand in their passage up to them,
    and half of its other words, near them where it has no name. A word counts as a name if an
    article writes it as one.
    """
    about = best_fit(found).setting
    here = alike(matcher.others, about.near)
    written = " ".join(word[0] for word in name_words(about.text.partition("\n")[2]))
    named = here & (matcher.names | stems_of(written))

    def is_of(one: Found) -> bool:
        there = alike(here, one.setting.near)
        if named:
            there |= alike(here, matcher.stems(one.setting.before))
        others = len(there - named) >= _AS_MUCH * len(here - named)
        return named <= there and (others or bool(matcher.outcomes and one.sure >= SURE))

    return [one for one in found if is_of(one)]


def by_place(found: Sequence[Found]) -> dict[str, list[Found]]:
    """Return the figures by the place that their clauses name; {} unless each names one."""
    groups: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        places = place_names(one.clause)
        groups[places[0] if len(places) == 1 else ""].append(one)
    return {} if "" in groups else groups


def named_together(question: str) -> list[str]:
    """Return the names that a question joins by "and" or "or".

    >>> named_together("How much did the piers at Aldwick and Brancombe cost?")
    ['Aldwick', 'Brancombe']
    """
    found = _COORDINATED.search(without_dates(question))
    return [name for name in found.groups() if name] if found else []


def _by_name(found: Sequence[Found], names: Sequence[str]) -> dict[str, list[Found]]:
    """Return the figures whose clause, or else what is near them, has one of the names alone."""
    groups: dict[str, list[Found]] = {name: [] for name in names}
    for one in found:
        of = [name for name in names if name in one.clause]
        of = of or [name for name in names if _has(stems_of(name), one.setting.near)]
        if len(of) == 1:
            groups[of[0]].append(one)
    return {name: group for name, group in groups.items() if group}


def _by_own_name(matcher: QuantityMatcher, found: Sequence[Found]) -> dict[str, list[Found]]:
    """Return the figures by the name that their article gives to what the question asks about.

    {} where the best has none, or where all have the same.
    """
    groups: dict[str, list[Found]] = {}
    best = best_fit(found)
    for one in sorted(found, key=lambda one: one is not best):
        given = _name_of(matcher.others, one.setting.before)
        if not given and one is best:
            return {}
        groups.setdefault(given, []).append(one)
    groups.pop("", None)
    return groups if len(groups) > 1 else {}


def _name_of(words: Stems, text: str) -> str:
    """Return the name beside the last mention of one of the words that has any, or ""."""
    found = ""
    starts = {word.start() for word in name_words(text)}
    for word in _WORD.finditer(text):
        if not words & stems_of(word[0]):
            continue
        after = _AFTER.match(text, word.end())
        before = _BEFORE.search(text, max(0, word.start() - _LONGEST), word.start())
        for match in (before, after):
            if match and match.start(1) in starts and not is_time_word(match[1]):
                found = match[1]
    return found


def _has(asked: Stems, stems: Stems) -> bool:
    return asked <= alike(asked, stems)
