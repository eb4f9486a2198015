"""Words of English that several parts of the search look for, each list in one place."""

import re

from ...corpus.text.analysis import STOP_WORDS

# --- Negation ---

NEGATIONS = frozenset("cannot neither never no nobody none nor not nothing nowhere without".split())
_DENIES = re.compile(r"(?:denie[ds]|deny|denying)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def is_negation(word: str) -> bool:
    """Return whether a word negates what is said after it.

    >>> is_negation("never"), is_negation("didn’t"), is_negation("notes")
    (True, True, False)
    """
    plain = word.lower().replace("’", "'")
    return plain in NEGATIONS or plain.endswith("n't")


def negated(text: str) -> bool:
    """Return whether a text negates or denies anything.

    >>> negated("They agreed on no truce."), negated("He denied it."), negated("He noted it.")
    (True, True, False)
    """
    return any(is_negation(word) or _DENIES.fullmatch(word) for word in _WORD.findall(text))


# --- Names: what has a capital and is no name, or is no part of one ---

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Words that often begin a sentence, and so have a capital.
SENTENCE_OPENERS = STOP_WORDS | frozenset(
    """
    about above according after again all also although among another around asked because before
    below besides between beyond both cool describe despite during each earlier either even every
    explain few first following further give great hmm however instead its last later less let
    like list many meanwhile moreover more most near neither nevertheless nobody none nor nothing
    now oh ok okay once one only other others over people really several since still tell thank
    thanks that's then three though through thus today together tomorrow two under until upon
    what's while within without wow yes yesterday yet
    """.split()
)

# Titles and offices, which stand before a person's name.
TITLES = frozenset(
    """
    adviser advisor ambassador captain chancellor chief colonel defence defense deputy dr envoy
    foreign general governor head interior judge king lady lawmaker leader lord mayor minister
    ministers mr mrs ms negotiator of on pope president presidential presidents prime prince
    princess professor queen secretary senator sir spokesman spokesperson spokeswoman vice
    """.split()
)


# --- Outcomes: what became of people and things ---

# Participles that do not end in "ed", and what may stand in their place.
STATES = frozenset(
    """
    abroad alive beaten born built cut dead done drawn driven fallen fled found frozen given
    gone held hit homeless hurt kept laid left lost made missing overseas sent shot sold spent
    stolen sunk taken thrown torn won
    """.split()
)


_NO_STATES = ("eed", "bed", "hundred", "united", "sacred", "hatred")


def is_state(word: str) -> bool:
    """Say whether a word tells what was done to things: "killed", "fled", "missing"."""
    word = word.lower()
    return word in STATES or (word.endswith("ed") and not word.endswith(_NO_STATES))
