"""What is no answer to a question for a number, however sure the reader: ages, other measures."""

import re
from functools import lru_cache

from ..language.units import kinds_of
from ..query.quantity import QuantityAsked
from .counting import Quantity
from .words import Stems, alike, paying_stems, stems_of

_OLDEST = 120
_BEFORE_AGE = re.compile(r"(?:\b[A-Z][\w’-]+,|\bwho\s+(?:is|was)|\baged)\s+\Z")
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
_TOLL = re.compile(r"\btoll\b", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]\s?\d|\b(?:dollars|euros|pounds)\b")
# What was offered or asked for was not paid.
_OFFERED = re.compile(r"\b(?:offer\w*|bids?|wants?|wanted|turned\s+down|rejected)\b", re.IGNORECASE)
_PAID = re.compile(r"\b(?:paid|pay|cost|spent?)\b", re.IGNORECASE)
_OTHER_PLACES = re.compile(
    r"\b(?:other|several|neighbou?ring|all)\s+(?:\w+\s+)?(?:countries|states|regions|cities|towns)\b",
    re.IGNORECASE,
)
_REACH = 60  # characters before a number


def is_barred(
    quantity: Quantity, sentence: str, asked: QuantityAsked, words: Stems, is_of_dead: bool
) -> bool:
    """Return whether a quantity cannot be what is asked, by the words beside it.

    `words` are the question's other words, as stems. Ages count nothing, tolls only the dead.
    """
    before = sentence[max(0, quantity.number.span[0] - _REACH) : quantity.number.span[0]]
    if asked.is_label:  # the number of a shirt
        return not _NUMBERED.search(before)
    if _is_age(quantity, before, sentence):
        return True
    if not is_of_dead and _TOLL.search(quantity.counted or "") and "toll" not in asked.counted:
        return True
    return asked.how is not None and _is_of_other_measure(quantity, sentence, before, asked, words)


def is_not_paid(quantity: Quantity, sentence: str, stems: Stems, of_past: bool | None) -> bool:
    """Return whether it is no sum of money where somebody's pay or a price is asked for.

    A currency may be unknown: then the sentence, of these stems, must say that it is paid. What was
    only offered was not.
    """
    clause = sentence[slice(*quantity.clause)]
    if of_past and _OFFERED.search(clause) and not _PAID.search(clause):
        return True
    if unit := quantity.number.unit:
        return not kinds_of(unit) & {"money", "share"}
    return bool(not paying_stems() & stems or _MONEY.search(sentence))


@lru_cache(maxsize=64)  # a sentence may hold thousands of numbers
def names_other_places(sentence: str) -> bool:
    """Return whether a sentence speaks of other places than one: "other countries"."""
    return bool(_OTHER_PLACES.search(sentence))


def _is_age(quantity: Quantity, before: str, sentence: str) -> bool:
    number = quantity.number
    if number.unit or number.value > _OLDEST or not _BEFORE_AGE.search(before):
        return False
    return bool(_AFTER_AGE.match(sentence, number.whole[1]))


def _is_of_other_measure(
    quantity: Quantity, sentence: str, before: str, asked: QuantityAsked, words: Stems
) -> bool:
    """Return whether it is "11 metres long" for how deep, or the length of something else."""
    unit, how = quantity.number.unit, _SAME_MEASURE.get(asked.how or "", asked.how)
    if not unit or how not in {"deep", "wide", "high", "long", "thick"}:
        return False
    said = _MEASURE.match(sentence, quantity.number.whole[1])
    if said and _SAME_MEASURE.get(said[1], said[1]) != how:
        return True
    if asked.is_of_state and "time" in kinds_of(unit) and _OF_WAITING.search(before):
        return True
    counted = stems_of(quantity.counted or "") if quantity.leads else frozenset[str]()
    if counted and words and asked.is_of_state:
        clause = stems_of(sentence[slice(*quantity.clause)])
        return not alike(words, clause)  # the crack is that long, not the bridge
    must = _MUST_SAY.get(how)
    return must is not None and not counted and not must.search(sentence)
