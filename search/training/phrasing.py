"""Questions as people ask them: typed in haste, or about a day that only the heading tells."""

import datetime as dt
import random
import re

from ...corpus.text.analysis import STOP_WORDS
from ..language.lexicon import MONTHS, WEEKDAYS

_WITHOUT_MARK = 0.3
_KEYWORDS = 0.06
_MISTYPED = 0.15
_SECOND_ERROR = 0.25
_SHORTEST = 4  # letters of a word that is mistyped

_WORD = re.compile(r"[^\W\d_]+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# Common names, so that the outlet is learned as a kind of word rather than as these words.
OUTLETS = (
    *("ABC News", "Al Jazeera", "Associated Press", "BBC", "BBC News", "CBS News", "CNN"),
    *("Daily Mail", "Daily News", "Daily Sabah", "Deutsche Welle", "Euronews", "Evening Post"),
    *("Financial Times", "Fox News", "France 24", "Hürriyet", "Interfax", "Kyiv Independent"),
    *("Los Angeles Times", "Morning Herald", "NBC News", "NPR", "New York Times", "Politico"),
    *("RIA Novosti", "Reuters", "Sky News", "TASS", "The Courier", "The Guardian", "The Hindu"),
    *("The Times", "The Week", "Time", "USA Today", "Ukrinform", "Wall Street Journal"),
    *("Washington Post", "Wikinews"),
)
_FIRST, _LAST = dt.date(2004, 1, 1), dt.date(2025, 12, 31)
_APART = (25, 700)  # days between an article's day and a wrong one
_IN_FRONT = 0.2  # of the phrases; the others end the question

_TIME = re.compile(
    rf"\b(?:{'|'.join((*MONTHS, *WEEKDAYS))}|yesterday|today|tomorrow|\d{{4}})\b", re.IGNORECASE
)
FORMS = (
    "on {number} {day:%B} {day:%Y}",
    "on {number} {day:%B}",
    "on {day:%B} {number}",
    "on {day:%B} {number}, {day:%Y}",
    "in {day:%B} {day:%Y}",
    "in {day:%B}",
    "on {day:%A}, {day:%B} {number}",
    "as of {number} {day:%B}",
)


def as_typed(question: str, chance: random.Random) -> str:
    """Return the question, in some cases as it is typed in haste.

    >>> as_typed("Where were the talks held?", random.Random(1))
    'Where were the talks held'
    """
    drawn = chance.random()
    if drawn < _KEYWORDS:
        return _keywords(question)
    if drawn < _WITHOUT_MARK:
        question = question.rstrip(" ?.")
    if chance.random() < _MISTYPED:
        question = mistyped(question, chance)
        if chance.random() < _SECOND_ERROR:
            question = mistyped(question, chance)
    return question


def _keywords(question: str) -> str:
    words = [word.strip("?.,!\"'") for word in question.split()]
    kept = [word for word in words if word.lower() not in STOP_WORDS]
    return " ".join(kept) if len(kept) > 1 else question


def mistyped(question: str, chance: random.Random) -> str:
    """Return the question with one letter of a long word doubled, dropped, exchanged or missed.

    >>> mistyped("Istanbul", random.Random(3))
    'Istanvul'
    """
    words = [word for word in _WORD.finditer(question) if len(word[0]) >= _SHORTEST]
    if not words:
        return question
    word = chance.choice(words)
    place = chance.randrange(word.start() + 1, word.end() - 1)
    letter, after = question[place], question[place + 1]
    there = chance.choice((letter * 2, "", _neighbour(letter, chance), after + letter))
    rest = place + 2 if there == after + letter else place + 1
    return question[:place] + there + question[rest:]


def _neighbour(letter: str, chance: random.Random) -> str:
    """Return a key beside this one, on a keyboard of English letters."""
    for row in _ROWS:
        place = row.find(letter.lower())
        if place >= 0:
            return chance.choice([row[n] for n in (place - 1, place + 1) if 0 <= n < len(row)])
    return letter


def tells_time(text: str) -> bool:
    """Return whether a text names a year, a month or a day.

    >>> tells_time("Who won in 1954?"), tells_time("Who won?")
    (True, False)
    """
    return bool(_TIME.search(text))


def any_day(chance: random.Random) -> dt.date:
    """Return a day of the last decades."""
    return _FIRST + dt.timedelta(chance.randrange((_LAST - _FIRST).days))


def other_day(day: dt.date, chance: random.Random) -> dt.date:
    """Return a day in another month than `day`, some weeks to years from it."""
    while True:
        days = chance.randint(*_APART) * chance.choice((1, -1))
        other = day + dt.timedelta(days)
        if other.month != day.month:
            return other


def dated(question: str, day: dt.date, form: int, chance: random.Random) -> str:
    """Return the question about that day, or its month, named in one of the FORMS.

    >>> dated("Who won?", dt.date(2022, 3, 29), 0, random.Random(0))
    'Who won on 29 March 2022?'
    """
    phrase = FORMS[form].format(day=day, number=day.day)
    if chance.random() < _IN_FRONT:
        return f"{phrase[0].upper()}{phrase[1:]}, {question[:1].lower()}{question[1:]}"
    asked = question.rstrip(" ?.")
    return f"{asked} {phrase}{question[len(asked) :].strip()}"
