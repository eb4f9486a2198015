"""Unanswerable examples, made by changing a question or a passage so that they no longer match.

The changes are those that people made for SQuAD 2.0 (Rajpurkar et al. 2018, table 1): another name,
number or date, an antonym, a negation. They are made by rules, so a few questions can still be
answered. As in SQuAD 2.0, most replacements occur in the passage too.
"""

import random
import re
from collections.abc import Callable, Sequence

from ...corpus.article import Span
from ...corpus.text.sentences import sentence_spans

# The words of a group mostly exclude each other.
_EXCLUSIVE = [
    group.split()
    for group in (
        "first second third fourth fifth last",
        "first last final",
        "before after",
        "most least",
        "more less fewer",
        "many few",
        "highest lowest",
        "higher lower",
        "high low",
        "largest smallest",
        "biggest smallest",
        "larger smaller",
        "large small",
        "big small",
        "longest shortest",
        "long short",
        "oldest youngest newest",
        "older younger newer",
        "old new young",
        "early late",
        "earliest latest",
        "earlier later",
        "best worst",
        "better worse",
        "good bad",
        "strongest weakest",
        "strong weak",
        "fast slow",
        "easy hard difficult",
        "rich poor",
        "hot cold",
        "always never",
        "common rare",
        "minimum maximum",
        "major minor",
        "inside outside",
        "above below",
        "increase decrease",
        "increased decreased",
        "increases decreases",
        "increasing decreasing",
        "rise fall",
        "rose fell",
        "win lose",
        "won lost",
        "winner loser",
        "victory defeat",
        "begin end",
        "began ended",
        "begins ends",
        "beginning end",
        "start finish stop",
        "started finished stopped",
        "join leave",
        "joined left",
        "buy sell",
        "bought sold",
        "accept reject",
        "accepted rejected",
        "allow forbid prevent",
        "allowed forbidden prevented",
        "support oppose",
        "supported opposed",
        "agree disagree",
        "agreed refused",
        "open close",
        "opened closed",
        "attack defend",
        "attacked defended",
        "build destroy",
        "built destroyed",
        "founded dissolved",
        "created destroyed",
        "include exclude",
        "included excluded",
        "love hate",
        "like dislike",
        "gain lose",
        "gained lost",
        "born died",
        "arrive depart",
        "arrived departed",
        "succeed fail",
        "succeeded failed",
        "known unknown",
        "able unable",
        "possible impossible",
        "public private",
        "legal illegal",
        "male female",
        "man woman child",
        "men women children",
        "boy girl",
        "king queen",
        "father mother brother sister son daughter uncle aunt",
        "husband wife",
        "north south east west",
        "northern southern eastern western",
        "northeast northwest southeast southwest",
        "left right",
        "top bottom",
        "upper lower",
        "front back",
        "day night",
        "morning evening",
        "spring summer autumn winter",
        "red green blue yellow black white brown",
        "gold silver bronze copper iron",
        "oxygen hydrogen nitrogen carbon",
        "protestant catholic orthodox muslim jewish",
        "january february march april june july august september october november december",
        "monday tuesday wednesday thursday friday saturday sunday",
        "president minister governor mayor senator",
        "city country state province river",
        "century decade",
        "hundred thousand million billion",
        "one two three four five six seven eight nine ten",
    )
]
_OTHERS_OF = {
    word: [other for group in _EXCLUSIVE if word in group for other in group if other != word]
    for word in {word for group in _EXCLUSIVE for word in group}
}
_NOT_EXCHANGED = {"one", "like", "left", "second"}  # mostly used in other senses

_WORD = re.compile(r"[^\W\d_]+")
_EXCHANGED = re.compile(r"(?<!how )\b[^\W\d_]+", re.IGNORECASE)  # "how long" asks for any length
# Not at the beginning of a sentence, where a capital does not mark a name.
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-ÖØ-Þ][\w-]+(?: [A-ZÀ-ÖØ-Þ][\w-]+)*(?!['’\w])")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_NEGATION = re.compile(r"(?:n't|n’t| not| never)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|did|does|do|has|have|had|could|would|should)\b", re.IGNORECASE
)
_NEGATED = 0.15  # of the questions: nearly all can be negated, but that is easily learned
_FROM_PASSAGE = 0.7  # of the replacements

_Way = Callable[[str, str, random.Random], str | None]


def changed_question(
    question: str, text: str, others: Sequence[str], chance: random.Random
) -> str | None:
    """Return a similar question that `text`, which answers this one, does not answer.

    Replacements for names and numbers come from `text` or from `others`, texts on the same subject.
    None where nothing in the question can be changed.

    >>> chance = random.Random(2)
    >>> changed_question("Who won in 1954?", "Ann won in 1954, Bob in 1962.", [], chance)
    'Who won in 1962?'
    """
    if chance.random() < _NEGATED:
        return _negated(question, chance)
    source = text if not others or chance.random() < _FROM_PASSAGE else chance.choice(others)
    ways: list[_Way] = [_another_name, _another_number, _opposite]
    chance.shuffle(ways)
    return next(filter(None, (way(question, source, chance) for way in ways)), None)


def sentences_without(text: str, answers: Sequence[Span]) -> list[Span]:
    """Return the spans of the sentences that contain no answer, nor the same words elsewhere.

    >>> text = "Rome lost. Ann won in Rome. Bob left."
    >>> [text[slice(*span)] for span in sentences_without(text, [(22, 26)])]
    ['Bob left.']
    """
    words = [text[slice(*span)].lower() for span in answers]
    return [
        (start, end)
        for start, end in sentence_spans(text)
        if not any(start < span[1] and end > span[0] for span in answers)
        and not any(word in text[start:end].lower() for word in words)
    ]


def _another_name(question: str, source: str, chance: random.Random) -> str | None:
    """Replace a name; in questions without capitals, names are those of the source."""
    names = _names(source)
    found = [match.span() for match in _NAME.finditer(question)]
    if not found:
        found = [span for name in sorted(names) for span in _places(name, question)]
    if not found:
        return None
    start, end = chance.choice(found)
    asked = {word.lower() for word in _WORD.findall(question)}
    fitting = sorted(n for n in names if not asked & {w.lower() for w in _WORD.findall(n)})
    if not fitting:
        return None
    as_long = [n for n in fitting if n.count(" ") == question[start:end].count(" ")]
    name = chance.choice(as_long or fitting)
    return question[:start] + (name if question[start].isupper() else name.lower()) + question[end:]


def _names(text: str) -> set[str]:
    """Return the names in a text, without words that it also has in lower case."""
    words = set(_WORD.findall(text)) | _OTHERS_OF.keys()
    return {name for name in _NAME.findall(text) if name.lower() not in words}


def _places(name: str, question: str) -> list[Span]:
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    return [match.span() for match in re.finditer(pattern, question, re.IGNORECASE)]


def _another_number(question: str, source: str, chance: random.Random) -> str | None:
    found = list(_NUMBER.finditer(question))
    if not found:
        return None
    number = chance.choice(found)
    year = bool(_YEAR.fullmatch(number[0]))
    alike = {n for n in _NUMBER.findall(source) if bool(_YEAR.fullmatch(n)) == year}
    near = _near(number[0], chance)
    other = chance.choice(sorted(alike - set(_NUMBER.findall(question))) or [near])
    return question[: number.start()] + other + question[number.end() :]


def _near(number: str, chance: random.Random) -> str:
    """Return the number with another last digit."""
    return number[:-1] + chance.choice([digit for digit in "0123456789" if digit != number[-1]])


def _opposite(question: str, source: str, chance: random.Random) -> str | None:
    """Replace a word by one that excludes it, preferably one that the source has."""
    found = [
        match
        for match in _EXCHANGED.finditer(question)
        if match[0].lower() in _OTHERS_OF and match[0].lower() not in _NOT_EXCHANGED
    ]
    if not found:
        return None
    word = chance.choice(found)
    others = _OTHERS_OF[word[0].lower()]
    present = {w.lower() for w in _WORD.findall(source)}
    other = chance.choice([o for o in others if o in present] or others)
    other = other.capitalize() if word[0][0].isupper() else other
    return question[: word.start()] + other + question[word.end() :]


def _negated(question: str, chance: random.Random) -> str | None:
    """Remove the negation, or insert one."""
    if _NEGATION.search(question):
        return _NEGATION.sub("", question)
    auxiliary = _AUXILIARY.search(question)
    if not auxiliary:
        return None
    return (
        question[: auxiliary.end()] + chance.choice(("n't", " not")) + question[auxiliary.end() :]
    )
