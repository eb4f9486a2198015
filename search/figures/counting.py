"""The figures that a sentence gives: numbers, and what each of them counts.

No parser is asked: what is counted follows a number ("1,151 civilians killed") or leads up to it
("the death toll reached 1,151"), in few enough ways to be read off the words between. English only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...corpus.article import Span
from ..language.lexicon import is_outcome
from ..language.numbers import NamedNumber, named_numbers
from ..language.units import kind_of

# Words that are no part of what is counted, and end it.
_ENDS = frozenset(
    """
    a about above according across after against ago along already also although amid among an
    and are around as at away be became because been before began below beside between but by
    came can could deep did do does during each earlier every fewer for from further got had has
    have he her here high his how i if in including inside into is it its just later lay less
    lies long makes may met might more near nearly needs not now of off old on only onto or our
    out outside over per said saw say says she should since so some still such tall than that
    the their them then there these they this those though through throughout to told took
    toward towards under until up upon via was we went were what when where whether which while
    who whom whose wide will with within without would yet you your
    """.split()
)
# Verbs before a number that only say that there is one.
_REPORTING = frozenset(
    """
    added announced averaged cited claimed confirmed counted declared documented estimated
    exceeded feared found held hit included listed made needed numbered passed reached recorded
    registered reported said showed stated surpassed totaled totalled verified
    """.split()
)
# What leads from what is counted to its number.
_LINKS = _REPORTING | frozenset(
    """
    a amount amounted amounts are as at be been by came climbed cost costs declined decreased
    down dropped exceeds fallen fell from further grew grown had has have hit hits holds
    houses increased is jumped lasted lasts measured measures now number numbers of passes put
    reach reaches remained remains rise risen rises rising rose seats stands stood surged
    surpasses takes to took topped tops total totals up was weighed weighs went were
    """.split()
)
_WORD = re.compile(r"[\s-]+((?:[A-Z]\.){2,}|[^\W\d_][\w’'-]*)")
_OF = re.compile(
    r"(?:\s+(?:worth\s+)?of|\s+in(?=\s(?:aid|cash|loans|grants|debt)\b))?(?=\s)"
    r"(?:\s+(?:the|its|their|all|these|those|other|more|such|further|additional))*"
)
_PART_OF = re.compile(r"\s+of\s+(?:(?:the|all|those|its|their)\s+)?")
_AUXILIARIES = re.compile(
    r"(?:\s+(?:who|that|which|have|has|had|were|was|are|is|been|be|being|also|already|now|"
    r"so\s+far|may|will|would|could|reportedly))+(?=\s)"
)
_WHITHER = re.compile(
    r"\s+(?:abroad|overseas|at\s+home|(?:to|into|within|inside)(?:\s+(?:the|its|their|other|several)"
    r"\b)*\s+[^\W\d_][\w’'-]*(?:(?:\s+of)?\s+[A-Z][\w’'-]*){0,3}(?:\s+(?:countries|cities|states|parts))?)"
)
_MOST_WORDS = 5
_REACH = 100  # characters before a number that may say that it is a difference
_OF_PEOPLE = {"those", "who", "inside", "within"}
# What may stand before the words that lead to a number: "In May, officials said that the total".
_FRONT = re.compile(
    r"(?:.*\b(?:puts?|said|says?|that|ago|(?:has|had|have|with)(?=\s+an?\s))\s+)?"
    r"(?:(?:(?:in|on|by|at|as\s+of)\s+|(?=\d))(?:\S+\s+){1,4}?(?=(?:the|its|their)\s))?"
    r"(?:(?:the|an?|its|their|his|her|total|overall|latest|official|current|confirmed|"
    r"(?:numbers?|count|tally|figures?|estimates?|totals?|toll)\s+(?:of|for))\s+)*",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"[;:,.]\s+|\b(?:and|while|but|whereas)\s+")
_ASIDE = re.compile(r",\s[^,]{1,40}\b(?:said|says?|reports?|reported|estimates?|estimated)\s*,\s")
_FURTHER = re.compile(
    r"\b(?:another|(?:a\s+)?further|(?:an\s+)?additional|(?:an\s+)?extra)\s+\Z", re.IGNORECASE
)
_BY = re.compile(
    r"(?:\b(?:ris|rose|grew|grow|increas|fell|fall|drop|declin|climb|jump|surg|shrank|shrunk|"
    r"expand|went\s+up|went\s+down|up|down|cut|reduc|rais)\w*\s(?:[^;]{0,60}\bby\s)?|"
    r"\b(?:difference|(?:in|de)crease|rise|fall|drop|gain|jump|growth)\s+of\s|"
    r"\band\s+(?:\w+\s+){1,3}by\s)\s*(?:a\s+)?(?:further\s+)?\Z",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s+(?:(?:more|fewer|further|additional)\b(?!\s+than)|higher\b|lower\b)")


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure as a sentence gives it.

    `counted` is what the number counts, in the sentence's words, brought next to each other
    ("civilians killed"); None where it is not to be seen. `things` are the words of it that say
    whom or what, not what became of them ("civilians"). `leads` says that it stands before the
    number ("the death toll rose to 3,153"). `is_change` says that the number is a
    difference ("rose by 254"). `clause` is the part of the sentence that belongs to the figure.
    """

    number: NamedNumber
    counted: str | None
    things: str
    leads: bool
    is_change: bool
    clause: Span


def named_figures(sentence: str) -> list[NamedFigure]:
    """Give the figures of a sentence, in its order.

    >>> found = named_figures("At least 1,151 civilians were killed and 1,824 injured.")
    >>> [(figure.number.value, figure.counted) for figure in found]
    [(1151.0, 'civilians killed'), (1824.0, 'civilians injured')]
    >>> [figure.counted for figure in named_figures("The death toll has reached 3,153.")]
    ['death toll']
    """
    groups = _with_conversions(named_numbers(sentence), sentence)
    found: list[NamedFigure] = []
    counted = _Counted("", "")
    for group, clause in zip(groups, _clauses(groups, sentence), strict=True):
        start, end = group[0].whole[0], group[-1].whole[1]
        after = sentence[end : clause[1]].removeprefix(")")
        counted = _read(sentence[clause[0] : start], after, counted)
        named = None if group[0].unit and not counted.things else str(counted) or None
        is_change = _is_change(sentence[max(0, start - _REACH) : start], after)
        found += [
            NamedFigure(one, named, counted.things, counted.leads, is_change, clause)
            for one in group
        ]
    return [_part_of(found[place : place + 2], sentence) for place in range(len(found))]


def _with_conversions(numbers: Sequence[NamedNumber], sentence: str) -> list[list[NamedNumber]]:
    """Put numbers together that say the same: "300 km (190 miles)"."""
    groups: list[list[NamedNumber]] = []
    for number in numbers:
        if groups and _converts(groups[-1][-1], number, sentence):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _converts(one: NamedNumber, other: NamedNumber, sentence: str) -> bool:
    if not one.unit or not other.unit or kind_of(one.unit) != kind_of(other.unit):
        return False
    return sentence[one.whole[1] : other.whole[0]].strip() == "("


def _part_of(figures: Sequence[NamedFigure], sentence: str) -> NamedFigure:
    """Give the first of two figures; in "four of the five men" it counts what the second does."""
    part, *whole = figures
    if part.counted or not whole:
        return part
    between = part.number.whole[1], whole[0].number.whole[0]
    return (
        replace(part, counted=whole[0].counted, things=whole[0].things)
        if _PART_OF.fullmatch(sentence, *between)
        else part
    )


def _clauses(groups: Sequence[Sequence[NamedNumber]], sentence: str) -> list[Span]:
    """Give the clause of each number: from a break before it to that of the next one."""
    starts, end = [], 0
    for group in groups:
        start = group[0].whole[0]
        breaks = [match.end() for match in _BREAK.finditer(sentence, end, start)]
        if not end:  # "In Syria, 17 people": a comma after an opening phrase is no end
            breaks = [place for place in breaks if sentence[:place].rstrip()[-1:] != ","]
        starts.append(breaks[-1] if breaks else (start if end else 0))
        end = group[-1].whole[1]
    return [*pairwise([*starts, len(sentence)])]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Things, and what became of them, where that is said."""

    things: str
    state: str
    leads: bool = False

    def __str__(self) -> str:
        return " ".join(part for part in (self.things, self.state) if part)


def _read(before: str, after: str, previous: _Counted) -> _Counted:
    """Give what a number counts by the words around it, and by what the one before it counts."""
    found = _following(after)
    last = before.split()[-1:]
    done = last[0].lower() if last and is_outcome(last[0]) and last[0].lower() not in _LINKS else ""
    state = found.state or done
    if found.things:
        return _Counted(found.things, state)
    led = _leading(before)
    if state and not (led and last[0].lower() == "of"):  # but "the delegation of 14 arrived"
        return _Counted("" if previous.leads else previous.things, state)
    return _Counted(led, "", leads=True) if led else previous


def _following(after: str) -> _Counted:
    """Read "civilians killed", "of the displaced", "people who had fled to Poland"."""
    leading_of = _OF.match(after)
    place = leading_of.end() if leading_of else 0
    words, end = _words(after, place)
    states = [number for number, word in enumerate(words) if is_outcome(word)]
    things = words[: states[-1]] if states and states[-1] == len(words) - 1 else words
    state = words[len(things) :]
    if not state:
        auxiliaries = _AUXILIARIES.match(after, end)
        more, more_end = _words(after, auxiliaries.end(), 1) if auxiliaries else ([], end)
        if more and is_outcome(more[0]):
            state, end = more, more_end
    whither = _WHITHER.match(after, end) if state else None
    return _Counted(" ".join(things), " ".join(state) + (whither[0] if whither else ""))


def _words(text: str, place: int, most: int = _MOST_WORDS) -> tuple[list[str], int]:
    """Give the words from `place` on that may be of what is counted, and where they end."""
    words: list[str] = []
    while len(words) < most:
        match = _WORD.match(text, place)
        if not match or match[1].lower() in _ENDS:
            break
        words.append(match[1])
        place = match.end()
        if len(words) > 1 and is_outcome(match[1]):
            break
    return words, place


def _leading(before: str) -> str:
    """Give what leads up to a number: "the death toll" in "the death toll has reached"."""
    words = _ASIDE.sub(" ", before).rpartition(", ")[2].split()
    linked = len(words)
    while linked and words[linked - 1].lower() in _LINKS:
        linked -= 1
    if linked == len(words):
        return ""
    phrase = " ".join(words[:linked]) + " "
    front = _FRONT.match(phrase)
    phrase = phrase[front.end() if front else 0 :].split()
    ends = [place for place, word in enumerate(phrase) if word.lower() in _ENDS - _OF_PEOPLE]
    return " ".join((phrase[: ends[0]] if ends else phrase)[-_MOST_WORDS:])


def _is_change(before: str, after: str) -> bool:
    """Say whether a number is how much something rose, or how many came to it."""
    return bool(_FURTHER.search(before) or _BY.search(before) or _MORE.match(after))
