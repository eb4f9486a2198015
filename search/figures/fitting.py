"""How well a quantity of an article fits the one that a question asks for."""

import re
from typing import NamedTuple

from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..language.lexicon import is_outcome
from ..language.units import kinds_of
from .asked import EACH_TIME, QuantityMatcher, matcher_for
from .counting import Quantity, quantities_in
from .words import Stems, alike, group_stems, outcome_stems, paying_stems, stems_of

_PEOPLE = re.compile(r"\b(?:people|persons?)\b", re.IGNORECASE)
_REACH = 80  # characters around a number that may say what it counts, and where
# The probability from which on a reader's answer stands although the words differ.
SURE = 0.5
OF_READER = 2.0  # the weight of that probability in the score
# That from which on it stands although the number counts something else in so many words.
_SURE_OF_OTHER = 0.75
_PER_DAY = 1.5  # off the score of a number a day, where it is not asked how many a day
_BESIDE = 0.5  # off the score of a former value, where the new one stands beside it
_WHOLE = 3.0  # off the score of five, where "three of the five" tells how many did something
_LEAST_SHARED = 0.5  # of the question's words, if it names nothing that is counted

_AGE = re.compile(r"(?:\b[A-Z][\w’-]+,|\bwho\s+(?:is|was)|\baged)\s+\Z")
_AGE_OF = re.compile(r"\b(?:man|woman|boy|girl|pensioner|driver|student|[a-z]+er)\s+of\s+\Z")
_AFTER_AGE = re.compile(r"\s*(?:[,.)]|\Z|and\b)")
_MEASURE = re.compile(r"\s+(deep|far|high|long|tall|thick|wide|broad)\b")
_SAME_MEASURE = {"tall": "high", "broad": "wide", "far": "long"}
# Without one of these words, a length is no depth and no width.
_MUST_SAY = {
    "deep": re.compile(r"\b(?:deep\w*|depths?|draught|draft|down|below|beneath)\b", re.IGNORECASE),
    "wide": re.compile(r"\b(?:wide\w*|widths?|across|broad\w*|span\w*)\b", re.IGNORECASE),
}
# "Opened after two years", "runs every 20 minutes": no length of what is asked about.
_OF_WAITING = re.compile(
    r"\b(?:after|within|every|took\s+(?:him|her|it|them))\s+[^,;.]{0,25}\Z", re.IGNORECASE
)
_NUMBERED = re.compile(r"\b(?:number|numbers|no\.?|nos\.)\s+[“\"']?\Z", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|other|a\s+second|a\s+different)\s+([^\W\d]+)", re.IGNORECASE)
_AWAY = re.compile(r"\b(?:abroad|overseas)\b", re.IGNORECASE)
_TOLL = re.compile(r"\btoll\b", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]\s?\d|\b(?:dollars|euros|pounds)\b")
# What was offered or asked for was not paid.
# "8,000 children a day" are not how many there are.
_RATE = re.compile(rf"(?:\s+[\w’'-]+){{0,3}}?\s+{EACH_TIME}\b", re.IGNORECASE)
_OFFERED = re.compile(
    r"\b(?:offer\w*|bids?|wants?|wanted|ask(?:s|ed|ing)?\s+for|turned\s+down|rejected)\b",
    re.IGNORECASE,
)
_BOUGHT = re.compile(r"\b(?:bought|buys?|sold|sells?|acquired?|worth)\b", re.IGNORECASE)
_FOR_YEARS = re.compile(r"\b(?:for|in|within)\s+(?:[a-z]+\s+)?\Z", re.IGNORECASE)  # no age
_PAID = re.compile(r"\b(?:paid|pay|cost|spent?)\b", re.IGNORECASE)


class Setting(NamedTuple):
    """A sentence and its stems, those near it and those of its passage.

    Near are its own, those of the sentences that it refers back to, and of its article's title.
    The scene, which may set the place, is what its outlet and its article's beginning name.
    `text` is what is near; `before` is the passage up to the sentence's end, with the title.
    """

    sentence: str
    stems: Stems
    near: Stems
    passage: Stems
    scene: Stems = frozenset()
    text: str = ""
    before: str = ""

    @property
    def referred(self) -> str:
        """The sentences before that it refers back to."""
        return self.text.partition("\n")[2].removesuffix(self.sentence)


def fit(
    matcher: QuantityMatcher, quantity: Quantity, setting: Setting, sure: float = 0.0
) -> float | None:
    """Return how well a quantity fits, above 0; None if it is of another thing, place or kind.

    `sure` is a reader's probability that it is the answer. From SURE on it may count other things,
    in another unit, but not the injured for the dead, nor soldiers for civilians.
    """
    near = _near(quantity, setting.sentence)
    stems = matcher.stems(near)
    things = _fit_of_things(matcher, quantity, setting)
    is_rate = bool(_RATE.match(setting.sentence, quantity.number.whole[1]))
    if (
        (quantity.is_change and not matcher.of_change)
        or quantity.number.value in matcher.given
        or not _is_of_kind(matcher, quantity, sure)
        or not matcher.labels <= setting.near
        or (matcher.owner and not alike(matcher.owner, setting.passage))
        or _is_elsewhere(matcher, near, setting, sure)
        or _is_of_another(matcher, quantity, setting)
        or _is_of_other_outcome(matcher, quantity, stems, sure)
        or (things is None and sure < _sure_enough(matcher, quantity, setting))
        or _is_of_other_group(matcher, quantity, setting)
    ):
        return None
    counted = matcher.stems(quantity.counted or "") & outcome_stems()
    outcomes = matcher.outcomes & (counted or stems)
    has_unit = quantity.number.unit is not None and quantity.number.unit == matcher.asked.unit
    score = 1 + (things or 0) + bool(outcomes) + _shared(matcher.others, stems, setting)
    act = matcher.stems(quantity.act)
    if alike(matcher.acts, act | stems):
        score += 1
    elif matcher.acts and act:
        score -= 1
    if is_rate and matcher.asked.kinds == {None}:
        score += 1 if matcher.of_rate else -_PER_DAY
    score -= _WHOLE * (quantity.is_whole and bool(matcher.others or matcher.outcomes))
    return (
        score
        - _BESIDE * quantity.is_beside
        + OF_READER * sure
        + 0.5 * has_unit
        + quantity.is_change
    )


def counts_otherwise(
    question: str,
    sentence: str,
    passage: str,
    spellings: Spellings = DEFAULT_SPELLINGS,
    sure: float = SURE,
) -> bool:
    """Return whether all quantities in a sentence of a passage count another thing than is asked.

    From a reader's probability `sure` of SURE on it may name the thing in other words.

    >>> counts_otherwise("How many died?", "Among the injured were two soldiers.", "")
    True
    """
    matcher, found = matcher_for(question, spellings), quantities_in(sentence)
    if not matcher or not found or matcher.asked.is_label:
        return False
    own, around = matcher.stems(sentence), matcher.stems(f"{passage}\n{sentence}")
    setting = Setting(sentence, own, own, around)
    return not matcher.labels <= around or all(
        _is_of_other_outcome(matcher, one, matcher.stems(_near(one, sentence)), SURE)
        or _is_of_another(matcher, one, setting)
        or _is_elsewhere(matcher, _near(one, sentence), setting, SURE)
        or _is_of_other_group(matcher, one, setting)
        or not (one.number.unit or None in matcher.asked.kinds)
        or (matcher.asked.unit is not None and not matcher.measures(one))
        or _is_amount_for_count(matcher, one)
        or (sure < SURE and matcher.things and _fit_of_things(matcher, one, setting) is None)
        for one in found
    )


def _is_of_another(matcher: QuantityMatcher, quantity: Quantity, setting: Setting) -> bool:
    """Return whether it is of another act or measure, or no money: however sure the reader."""
    place = quantity.number.span[0]
    asked, before = matcher.asked, setting.sentence[max(0, place - _REACH) : place]
    unit = quantity.number.unit
    if unit and asked.kinds == {"money"} and not asked.is_measure and "money" not in kinds_of(unit):
        return True  # a debt may be a share
    other = _ANOTHER.search(before) if matcher.names else None  # "another fire"
    if other and stems_of(other[1]) & matcher.others and not alike(matcher.names, setting.stems):
        return True
    if asked.how == "old" and _FOR_YEARS.search(before):
        return True
    if asked.is_label:  # the number of a shirt
        return not _NUMBERED.search(before)
    things = matcher.stems(quantity.things)
    is_measured = asked.unit and matcher.things and things
    if is_measured and not alike(matcher.things, things | setting.stems):
        return True
    is_toll = _TOLL.search(quantity.counted or "") and not quantity.number.unit
    if is_toll and "toll" not in asked.counted and not matcher.outcomes:
        return True
    return bool(
        _is_age(quantity, before, setting.sentence)
        or (asked.how and _is_of_other_measure(matcher, quantity, before, setting.sentence))
        or _is_of_other_act(matcher, quantity, things, setting)
        or ("money" in asked.kinds and _is_not_paid(matcher, quantity, setting))
    )


def _is_of_other_group(matcher: QuantityMatcher, quantity: Quantity, setting: Setting) -> bool:
    """Return whether it counts other people than the group asked for: no soldiers."""
    asked = matcher.things & group_stems()
    named = alike(matcher.things, setting.near)
    is_of_people = _PEOPLE.search(quantity.things) and not named
    is_of_all = matcher.outcomes and matcher.things and not named
    return bool(is_of_all or (asked and (is_of_people or matcher.group_in(quantity))))


def _sure_enough(matcher: QuantityMatcher, quantity: Quantity, setting: Setting) -> float:
    """Return the least probability by which a number of other things may be the answer."""
    is_named = not quantity.things and alike(matcher.things, setting.passage)
    return _SURE_OF_OTHER if matcher.things and not is_named else SURE


def _is_amount_for_count(matcher: QuantityMatcher, quantity: Quantity) -> bool:
    """Return whether it is a sum of money or the like where things are counted."""
    unit, is_count = quantity.number.unit, matcher.asked.kinds == {None}
    return bool(is_count and matcher.things and unit and not kinds_of(unit) & {"share", "time"})


def _is_of_kind(matcher: QuantityMatcher, quantity: Quantity, sure: float) -> bool:
    unit = quantity.number.unit
    if not (unit or quantity.counted or sure) or _is_amount_for_count(matcher, quantity):
        return False  # nothing says what it counts
    if sure >= SURE and not matcher.asked.unit:
        return True
    return bool((kinds_of(unit) if unit else {None}) & matcher.asked.kinds)


def _is_elsewhere(matcher: QuantityMatcher, near: str, setting: Setting, sure: float) -> bool:
    """Return whether it is of another place or people, or not said to be of those asked."""
    asked, places = matcher.places, matcher.places_in(near)
    if asked and places and not alike(asked, places | matcher.stems(near)):
        return True
    if asked and _AWAY.search(near) and not alike(asked, setting.stems):
        return True
    of_place = not asked or alike(asked, setting.near)
    peoples = matcher.things & matcher.names
    return sure < SURE and not (of_place and (not peoples or alike(peoples, setting.stems)))


def _is_of_other_outcome(
    matcher: QuantityMatcher, quantity: Quantity, near: Stems, sure: float
) -> bool:
    """Return whether it counts the injured where the dead are asked for."""
    counted = matcher.stems(quantity.counted or "") & outcome_stems()
    found = counted or near & outcome_stems()
    if counted - matcher.outcomes:
        return True
    return bool(matcher.outcomes and not found & matcher.outcomes and (found or sure < SURE))


def _is_of_other_act(
    matcher: QuantityMatcher, quantity: Quantity, things: Stems, setting: Setting
) -> bool:
    """Return whether it counts soldiers sent or houses where those killed are asked for."""
    counted = quantity.counted or ""
    if matcher.outcomes and quantity.is_labelled:  # "Cases: 340; Deaths: 9"
        return not matcher.stems(counted) & matcher.outcomes
    if not matcher.outcomes or alike(matcher.outcomes, setting.near):
        return False
    things -= group_stems()
    return any(map(is_outcome, counted.split())) or bool(
        things and not alike(matcher.things, things)
    )


def _fit_of_things(matcher: QuantityMatcher, quantity: Quantity, setting: Setting) -> float | None:
    """Return up to 1 for the things asked for, less if only near, None for other things."""
    asked, counted = matcher.things, matcher.stems(quantity.things) - matcher.outcomes
    if not asked:
        fits = matcher.outcomes or _shares_others(matcher, quantity, counted, setting)
        return 0.0 if fits else None
    if found := alike(asked, counted):
        return len(found) / len(asked)
    told = setting.sentence[max(0, quantity.clause[0] - 2 * _REACH) : quantity.clause[1]]
    if matcher.asked.is_measure and asked <= matcher.stems(told):
        return 0.75
    if _PEOPLE.search(quantity.things) and not matcher.outcomes:
        return None  # people are no cars
    around = setting.near if matcher.outcomes else setting.passage
    return 0.5 if not counted and alike(asked, around) else None


def _shares_others(
    matcher: QuantityMatcher, quantity: Quantity, counted: Stems, setting: Setting
) -> bool:
    """Return whether a sentence has enough of the other words, and not names alone."""
    words, shared = matcher.others - matcher.names or matcher.others, matcher.others & setting.near
    if matcher.measures(quantity):
        if "length" in matcher.asked.kinds:  # much in its scene has a length
            shared &= matcher.stems(setting.text)
        if len(matcher.names) > 1 and matcher.names <= alike(matcher.names, setting.stems):
            return True  # "Holm signed Bo for 28 million"
    else:
        shared &= setting.stems | setting.scene  # only a unit tells what the number is of
    if counted and matcher.asked.counted and not quantity.number.unit:
        words &= matcher.stems(quantity.counted or "")  # 5 houses are no people
    return bool(words & shared) and len(shared) >= _LEAST_SHARED * len(matcher.others)


def _shared(asked: Stems, near: Stems, setting: Setting) -> float:
    """Return the share of the question's other words that are around, up to 1."""
    if not asked:
        return 1.0
    shared = len(asked & near) + len(asked & setting.near) + 0.5 * len(asked & setting.passage)
    return shared / (2.5 * len(asked))


def _is_age(quantity: Quantity, before: str, sentence: str) -> bool:
    """Return whether it is an age: "Ann Lee, 62,"."""
    is_after_name = not quantity.number.unit and (_AGE.search(before) or _AGE_OF.search(before))
    return bool(is_after_name and _AFTER_AGE.match(sentence, quantity.number.whole[1]))


def _is_of_other_measure(
    matcher: QuantityMatcher, quantity: Quantity, before: str, sentence: str
) -> bool:
    """Return whether it is "11 metres long" for how deep, or the length of something else."""
    unit, asked = quantity.number.unit, matcher.asked
    how = _SAME_MEASURE.get(asked.how or "", asked.how)
    if not unit or how not in {"deep", "wide", "high", "long", "thick"}:
        return False
    said = _MEASURE.match(sentence, quantity.number.whole[1])
    if said and _SAME_MEASURE.get(said[1], said[1]) != how:
        return True
    if asked.is_of_state and "time" in kinds_of(unit) and _OF_WAITING.search(before):
        return True
    leads = bool(quantity.leads and matcher.stems(quantity.counted or ""))
    if leads and matcher.others and asked.is_of_state:
        clause = stems_of(sentence[slice(*quantity.clause)])
        return not alike(matcher.others, clause)  # the crack is that long, not the bridge
    must = _MUST_SAY.get(how)
    return must is not None and not leads and not must.search(sentence)


def _is_not_paid(matcher: QuantityMatcher, quantity: Quantity, setting: Setting) -> bool:
    """Return whether it is no sum of money where somebody's pay or a price is asked for.

    A currency may be unknown: then the sentence must say that it is paid. What was only offered was
    not.
    """
    if not matcher.others & paying_stems():
        return False
    clause = _clause(quantity, setting)
    if matcher.of_past and _OFFERED.search(clause) and not _PAID.search(clause):
        return True
    if unit := quantity.number.unit:
        return not kinds_of(unit) & {"money", "share"}
    is_paid = paying_stems() & setting.stems or _BOUGHT.search(setting.sentence)
    return bool(not is_paid or _MONEY.search(setting.sentence))


def _clause(quantity: Quantity, setting: Setting) -> str:
    return setting.sentence[slice(*quantity.clause)]


def _near(quantity: Quantity, sentence: str) -> str:
    """Return the words around a number within its clause."""
    (start, end), (first, last) = quantity.clause, quantity.number.span
    return sentence[max(start, first - _REACH) : min(end, last + _REACH)]
