"""The quantities in a sentence: numbers, and what each of them counts.

English only, without a parser: what is counted follows the number ("1,151 civilians killed") or
leads up to it ("the death toll reached 1,151"), in few enough ways to read off the words between.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...corpus.article import Span
from ...corpus.text.lists import is_row
from ..language.lexicon import CHANGES, is_outcome
from ..language.numbers import Number, numbers_in
from ..language.units import kind_of

# Words that end what is counted.
_ENDS = frozenset(
    """
    a about above according across after against ago along already also although amid among an
    and are around as at away be became because been before began below beside between but by
    came can could deep did do does during each earlier every fell fewer for from further got had
    has have he her here high his how i if in including inside into is it its just later lay less
    lies long makes may met might more near nearly needs not now of off old on only onto or our
    out outside over per said saw say says she should since so some still such tall than that
    the their them then there these they this those though through throughout to told took
    toward towards under until up upon via was we went were what when where whether which while
    who whom whose wide will with within without would yet you your
    """.split()
)
# Words that link what is counted to its number.
_LINKS = frozenset(
    """
    a added amount amounted amounts announced are as at averaged be been by came cited claimed
    climbed confirmed cost costs counted decreased declared declined documented down dropped
    estimated exceeded exceeds fallen feared fell found from further grew grown had has have held
    hit hits holds houses included increased is jumped lasted lasts listed made measured measures
    needed now number numbered numbers of passed passes passing put reach reached reaches recorded
    registered remained remains reported rise risen rises rising rose said seats showed stands
    stated stayed stays stood surged surpassed surpasses takes to took topped tops total totaled
    totalled totals up verified was weighed weighs went were
    """.split()
)
_PASSED = re.compile(r"(?:exceed|(?:sur)?pass|top)\w*(?=\s)", re.IGNORECASE)  # bounds and links
_COUNTING = frozenset("claimed counted estimated recorded registered reported".split())
_WORD = re.compile(r"[\s-]+((?:[A-Z]\.){2,}|[^\W\d_][\w’'-]*)")
_OF = re.compile(
    r"(?:\s+(?:worth\s+)?of|\s+in(?=\s(?:aid|cash|loans|grants|debt)\b))?(?=\s)"
    r"(?:\s+(?:the|its|their|all|these|those|other|more|such|further|additional)\b)*"
)
_PART_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|all|those|its|their)\s+)?")
_AUXILIARIES = re.compile(
    r"(?:\s+(?:who|that|which|have|has|had|were|was|are|is|been|be|being|also|already|now|still|all|"
    r"so\s+far|may|will|would|could|reportedly))+(?=\s)"
)
# Where people went or are: "fled to other countries", "displaced within Ukraine".
_WHITHER = re.compile(
    r"\s+(?:abroad|overseas|at\s+home|(?:to|into|within|inside)(?:\s+(?:the|its|their|other|several)"
    r"\b)*\s+[^\W\d_][\w’'-]*(?:(?:\s+of)?\s+[A-Z][\w’'-]*){0,3}(?:\s+(?:countries|cities|states|parts))?)"
)
_LABEL = re.compile(r"(?:\A|;\s+)([^;:]+):\s*\Z")
_NOBODY = re.compile(
    r"\b(?P<nobody>no\s+one|nobody)\s+(?:was|were|has\s+been|had\s+been|is)\s+(?P<outcome>\w+)",
    re.IGNORECASE,
)
# "A third barn has burned": there are three.
_ORDINALS: Sequence[str] = "second third fourth fifth sixth seventh eighth ninth tenth".split()
_NTH = re.compile(
    rf"\ban?\s+(?P<nth>{'|'.join(_ORDINALS)})(?=\s+(?:[a-z-]+\s+){{1,3}}?"
    r"(?:(?:has|have|had|was|were|is)\s+)?(?:been\s+|also\s+)?(?P<outcome>[a-z]+)\b)",
    re.IGNORECASE,
)
_MOST_WORDS = 5
_LABEL_WORDS = 4  # of "Injured: 66", in a line of its own
_REACH = 100  # characters before a number that may say that it is a change
_OF_PEOPLE = {"those", "who", "inside", "within"}
# What may precede the words that lead up to a number: "In May, officials said that the total".
_FRONT = re.compile(
    r"(?:.*\b(?:puts?|gives?|gave|corrected|revised|said|says?|that|ago|(?:has|had|have|with)(?=\s+an?\s))\s+)?"
    r"(?:(?:(?:in|on|by|at|as\s+of)\s+|(?=\d))(?:\S+\s+){1,4}?(?=(?:the|its|their)\s))?"
    r"(?:(?:the|an?|its|their|his|her|total|overall|latest|official|current|confirmed|"
    r"(?:right|correct|true)(?:\s+(?:figure|sum))?|"
    r"(?:numbers?|count|tally|figures?|estimates?|totals?|toll)\s+(?:of|for))\s+)*",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"[;:,.]\s+|\b(?:and|while|but|whereas)\s+")
_BY = re.compile(
    rf"\b(?!(?:rais|cut)\w*\s+\Z)(?<!shot )(?<!brought )(?<!put )(?<!broke ){CHANGES}\s"
    r"(?:[^;]{0,60}\bby\s)?\s*(?:a\s+)?(?:further\s+)?\Z",
    re.IGNORECASE,
)
# "From 31 to 36", "another 15": a former value, or an addition to one.
_BESIDE = re.compile(r"\b(?:from|another|an\s+additional|a\s+further)\s+\Z", re.IGNORECASE)
_LONGEST_BESIDE = 20
# ", 19 of them children,": what stands inside of what is counted.
_INSIDE = re.compile(
    r",\s+(?:(?:including|among\s+them)\s+[^,;.]{1,40}|[^,;.\s]{1,20}\s+of\s+(?:them|whom)\s+[^,;.]{1,30}),"
)
_PART = re.compile(r"\b(?:including|among\s+them)\s+(?:[a-z]+\s+){0,2}\Z", re.IGNORECASE)
_OF_THEM = re.compile(
    r"\s+of\s+(?:(?:them|whom)\b(?:\s+(?:were|are))?|the\s+(?P<of>\w+)\s+(?:were|are)\b)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s+(?:(?:more|fewer|further|additional)\b(?!\s+than\s+(?!in\b|on\b|at\b|last\b|a\b|the\b|\w+day))|higher\b|lower\b)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence, and what it counts.

    `counted` is what the number counts, in the sentence's words, brought next to each other
    ("civilians killed"); None if unknown. `things` are those words of it that name whom or what,
    without the outcome ("civilians"). `leads` says that they precede the number ("the death toll
    rose to 3,153"), `is_change` that the number is a change ("rose by 254"). `clause` is the part
    of the sentence that belongs to the number. `is_whole` says that another number is a part of
    it, as three of five are, `is_labelled` that it is a row's: "Deaths: 9"; `is_beside` that it
    stands beside the one that is told: "from 31 to 36", "another 15".
    """

    number: Number
    counted: str | None
    things: str
    leads: bool
    is_change: bool
    clause: Span
    is_whole: bool = False
    is_labelled: bool = False
    is_beside: bool = False

    @property
    def act(self) -> str:
        """What is said to have become of what it counts: "killed", or ""."""
        return (self.counted or "").removeprefix(self.things)


def quantities_in(sentence: str, before: str = "") -> list[Quantity]:
    """Return the quantities in a sentence, in its order.

    A number that is said to count nothing counts what the sentences `before`, to which its sentence
    refers back, count.

    >>> found = quantities_in("At least 1,151 civilians were killed and 1,824 injured.")
    >>> [(quantity.number.value, quantity.counted) for quantity in found]
    [(1151.0, 'civilians killed'), (1824.0, 'civilians injured')]
    >>> [quantity.counted for quantity in quantities_in("The death toll has reached 3,153.")]
    ['death toll']
    """
    numbers = [*numbers_in(sentence), *_nobody_in(sentence), *_nth_in(sentence)]
    groups = _groups(sorted(numbers, key=_place), sentence)
    found: list[Quantity] = []
    first = sentence[: groups[0][0].whole[0]].split() if before and groups else []
    told = quantities_in(before)[:1] if first and first[-1].lower() in _LINKS else []
    counted = _Counted(told[0].things if told else "", "")
    row = is_row(sentence)
    for group, clause in zip(groups, _clauses(groups, sentence), strict=True):
        start, end = group[0].whole[0], group[-1].whole[1]
        after = sentence[end : clause[1]].removeprefix(")")
        if inside := _INSIDE.search(sentence, end, end + _REACH):
            after = _without_inside(sentence, end, inside)
        is_label = ":" in sentence[max(0, start - 2) : start]
        label = _LABEL.search(sentence[:start]) if is_label else None
        if label and not row and (after.strip(" .") or len(label[1].split()) > _LABEL_WORDS):
            label = None
        passed = _PASSED.match(sentence, start)
        counted = (
            _Counted(label[1], "", leads=True)
            if label
            else _read(sentence[clause[0] : passed.end() if passed else start], after, counted)
        )
        named = None if group[0].unit and not counted.things else str(counted) or None
        beside = bool(_BESIDE.search(sentence, max(0, start - _LONGEST_BESIDE), start))
        is_change = bool(_BY.search(sentence[max(0, start - _REACH) : start]) or _MORE.match(after))
        for earlier, one in zip([None, *group], group, strict=False):
            is_whole = earlier is not None and _is_part(earlier, one, sentence)
            found.append(
                Quantity(
                    one,
                    named,
                    counted.things,
                    counted.leads,
                    is_change,
                    clause,
                    is_whole,
                    label is not None,
                    beside and one is group[0],
                )
            )
    return found


def _place(number: Number) -> Span:
    return number.span


def _nobody_in(sentence: str) -> Iterator[Number]:
    """Yield a zero for each "no one was killed"."""
    for found in _NOBODY.finditer(sentence):
        if is_outcome(found["outcome"]):
            span = found.span("nobody")
            yield Number(0.0, None, found["nobody"], None, None, span, span)


def _nth_in(sentence: str) -> Iterator[Number]:
    """Yield a three for "a third barn has burned"."""
    for found in _NTH.finditer(sentence):
        if is_outcome(found["outcome"]):
            span = found.span("nth")
            value = _ORDINALS.index(found["nth"].lower()) + 2.0
            yield Number(value, None, found["nth"], None, None, span, span)


def _without_inside(sentence: str, end: int, inside: re.Match[str]) -> str:
    """Return what follows a number without what stands inside of it, up to the next break."""
    following = sentence[inside.end() :]
    stop = _BREAK.search(following)
    return sentence[end : inside.start()] + following[: stop.start() if stop else None]


def _groups(numbers: Sequence[Number], sentence: str) -> list[list[Number]]:
    """Group numbers that count one thing: "300 km (190 miles)", "four of the five men"."""
    groups: list[list[Number]] = []
    for number in numbers:
        between = sentence[groups[-1][-1].whole[1] : number.whole[0]] if groups else ""
        if groups and (
            _is_part(groups[-1][-1], number, sentence) or _converts(groups, number, between)
        ):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _is_part(part: Number, whole: Number, sentence: str) -> bool:
    return bool(_PART_OF.fullmatch(sentence[part.whole[1] : whole.whole[0]]))


def _converts(groups: Sequence[Sequence[Number]], number: Number, between: str) -> bool:
    if between.strip() != "(" or not number.unit or not (unit := groups[-1][-1].unit):
        return False
    return kind_of(unit) == kind_of(number.unit)


def _clauses(groups: Sequence[Sequence[Number]], sentence: str) -> list[Span]:
    """Return the clause of each group: from the break before it to that of the next."""
    starts, end = [], 0
    for group in groups:
        start = group[0].whole[0]
        found = _BREAK.finditer(sentence, end, start)
        # "Killed: 18 people": a label is of its number's clause.
        breaks = [one.end() for one in found if one[0][0] != ":" or one.end() < start]
        if not end:  # "In Syria, 17 people": a comma after an opening phrase ends nothing
            breaks = [place for place in breaks if sentence[:place].rstrip()[-1:] != ","]
        starts.append(breaks[-1] if breaks else (start if end else 0))
        end = group[-1].whole[1]
    return [*pairwise([*starts, len(sentence)])]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Things and their outcome, if any."""

    things: str
    outcome: str
    leads: bool = False

    def __str__(self) -> str:
        return " ".join(part for part in (self.things, self.outcome) if part)


def _read(before: str, after: str, previous: _Counted) -> _Counted:
    """Return what a number counts, by the words around it and what the number before counts."""
    of_them = _OF_THEM.match(after)
    if of_them and of_them["of"]:
        of_them = of_them if is_outcome(of_them["of"]) or of_them["of"] == "dead" else None
        previous = _Counted("", of_them["of"]) if of_them else previous
    found = _following(after[of_them.end() :] if of_them else after)
    if (of_them or _PART.search(before)) and found.things and not found.outcome:
        return _Counted(found.things, previous.outcome)
    last = before.split()[-1:]
    done = last[0] if last and is_outcome(last[0]) and last[0].lower() not in _LINKS else ""
    outcome = found.outcome or done.lower()
    if found.things:
        return _Counted(found.things, outcome)
    led = _leading(before)
    if outcome and not (led and last[0].lower() == "of"):  # but "the delegation of 14 arrived"
        return _Counted("" if previous.leads else previous.things, outcome)
    return _Counted(led, "", leads=True) if led else previous


def _following(after: str) -> _Counted:
    """Read "civilians killed", "of the displaced", "people who had fled to Poland"."""
    leading_of = _OF.match(after)
    words, end = _words(after, leading_of.end() if leading_of else 0)
    outcome = ""
    if words and is_outcome(words[-1]):
        outcome = words.pop()
    elif auxiliaries := _AUXILIARIES.match(after, end):
        more, more_end = _words(after, auxiliaries.end(), 1)
        if more and is_outcome(more[0]):
            outcome, end = more[0], more_end
    whither = _WHITHER.match(after, end) if outcome else None
    return _Counted(" ".join(words), outcome + (whither[0] if whither else ""))


def _words(text: str, place: int, most: int = _MOST_WORDS) -> tuple[list[str], int]:
    """Return the words from `place` on that may be of what is counted, and where they end."""
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
    """Return what leads up to a number: "death toll" in "the death toll has reached"."""
    words = before.rpartition(", ")[2].split()
    linked = len(words)
    while linked and words[linked - 1].lower() in _LINKS:
        linked -= 1
    if linked == len(words) or words[-1].lower() in _COUNTING:
        return ""  # "employers counted": whoever counts is not counted
    phrase = " ".join(words[:linked]) + " "
    front = _FRONT.match(phrase)
    phrase = phrase[front.end() if front else 0 :].split()
    ends = [place for place, word in enumerate(phrase) if word.lower() in _ENDS - _OF_PEOPLE]
    return " ".join((phrase[: ends[0]] if ends else phrase)[-_MOST_WORDS:])
