"""English words that several parts of the search look for, each listed once."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from ...corpus.text.analysis import STOP_WORDS, analyzer

# --- Negation -----------------------------------------------------------------------------------

NEGATIONS = frozenset("cannot neither never no nobody none nor not nothing nowhere without".split())
_WORD_START, _WORD_END = r"(?<![^\W\d_])(?<![^\W\d_]['’])", r"(?!['’]?[^\W\d_])"
_DENIES = re.compile(rf"{_WORD_START}(?:denie[ds]|deny|denying){_WORD_END}", re.IGNORECASE)
_NEGATES = re.compile(
    rf"{_WORD_START}(?:{'|'.join(sorted(NEGATIONS))}){_WORD_END}|n['’]t{_WORD_END}", re.IGNORECASE
)


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
    return bool(_NEGATES.search(text)) or denies(text)


def denies(text: str) -> bool:
    """Return whether a text says that something is denied.

    >>> denies("He denied it."), denies("He noted it.")
    (True, False)
    """
    return bool(_DENIES.search(text))


# --- Beside names -------------------------------------------------------------------------------

# Words that often begin a sentence, and so have a capital.
SENTENCE_OPENERS = STOP_WORDS | frozenset(
    """
    about above according after again all also although among another around asked because before
    below besides between beyond both cool describe despite during each earlier either even every
    explain few first following further give great hmm however instead its last later less let
    like list many meanwhile moreover more most near neither nevertheless nobody none nor nothing
    never now oh ok okay once one only other others over people really several since still tell
    thank thanks that's then three though through thus today together tomorrow two under until upon
    what's while within without wow yes yesterday yet
    """.split()
)

# Titles and offices, which stand before a person's name.
TITLES = frozenset(
    """
    ambassador chancellor chief defence defense deputy dr envoy foreign general governor king
    leader mayor minister ministers mr mrs ms negotiator president prime prince professor queen
    secretary senator sir spokesman spokeswoman vice
    """.split()
)

# Words by which an office is another one.
QUALIFIERS = frozenset(
    """
    acting assistant associate deputy designate ex former honorary incoming interim late
    outgoing shadow then vice
    """.split()
)

# Countries and their peoples whose names do not begin alike, folded.
IRREGULAR_PEOPLES = [
    set(pair.split())
    for pair in (
        "france french", "netherlands dutch", "holland dutch", "us american", "usa american",
        "states american", "uk british", "kingdom british", "britain uk", "states us",
        "kingdom uk", "nations un", "union eu", "switzerland swiss", "wales welsh",
        "greece greek", "denmark danish", "germany german", "philippines filipino",
    )
]  # fmt: skip

# --- Speech -------------------------------------------------------------------------------------

# Verbs for what somebody says or writes.
SPEECH = frozenset(
    """
    add announce answer argue ask call claim comment confirm declare deny demand describe explain
    insist note promise repeat reply respond say said says speak spoke stress suggest tell told urge
    warn write wrote
    """.split()
)

# --- Numbers written as words -------------------------------------------------------------------

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS: dict[str, int] = dict(
    zip(_SMALL + _TENS, [*range(1, 20), *range(20, 100, 10)], strict=True)
)
"""One to nineteen and the tens, with their values, in that order."""

SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
"""Words that multiply the number before them, with their values."""

SCALE_ABBREVIATIONS = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
"""How scales are abbreviated after digits: "$30bn"."""

# --- Months and weekdays ------------------------------------------------------------------------

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def is_time_word(word: str) -> bool:
    """Return whether a word names a weekday, one of many, or a month.

    >>> is_time_word("Mondays"), is_time_word("May"), is_time_word("Mary")
    (True, True, False)
    """
    return word.lower() in MONTHS or word.lower().removesuffix("s") in WEEKDAYS


# --- Outcomes: what became of people and things ---------------------------------------------------

OUTCOMES = {
    "killed": "killed kill dead death deaths die died dying fatalities fatality fatal perished",
    "injured": "injured injuries injury wounded hurt",
    "fled": "fled flee fleeing abroad refugee refugees",
    "displaced": "displaced displacement uprooted",
    "rescued": "rescued saved",
}
"""Outcomes that are never counted together, each with the words that name it."""

GROUPS = frozenset(
    """
    adults boys children civilians doctors employees fighters firefighters girls guards hostages
    journalists kids medics men migrants militants officers passengers patients pensioners police
    policemen prisoners protesters pupils rebels sailors soldiers students teachers tourists troops
    women workers
    """.split()
)
"""Groups of people: the figure of one is not that of another, nor of all people."""

# Participles that do not end in "ed", and adverbs and adjectives that stand in their place.
_PARTICIPLES = frozenset(
    """
    abroad alive beaten born built cut dead done drawn driven fallen fled found frozen given
    gone held hit homeless hurt kept laid left lost made missing overseas sent shot sold spent
    stolen sunk taken thrown torn won
    """.split()
)
_NO_PARTICIPLES = ("eed", "bed", "hundred", "united", "sacred", "hatred")


def is_outcome(word: str) -> bool:
    """Return whether a word tells what became of people or things: "killed", "fled", "missing"."""
    word = word.lower()
    return word in _PARTICIPLES or (word.endswith("ed") and not word.endswith(_NO_PARTICIPLES))


# --- Change: verbs and adverbs of rising and falling ----------------------------------------------

CHANGES = (
    r"(?:ris|rose|grow|grew|gain|increas|expand|climb|jump|surg|rais|fell|fall|drop|declin|decreas|"
    r"reduc|shr[aiu]nk|cut|went|up|down)\w*"
)
"""Pattern of words that say that a number rose or fell, to be matched without case."""

# --- Irregular verbs, whose forms no stemmer brings together: met is meet -------------------------

# Without those whose forms are also words of their own, as "found", "saw" and "felt".
_FORMS = """
    arise arose arisen | beat beaten | become became | begin began begun | bend bent | bind bound
    bite bit bitten | blow blew blown | break broke broken | bring brought | build built
    buy bought | catch caught | choose chose chosen | come came | deal dealt | draw drew drawn
    drink drank drunk | drive drove driven | eat ate eaten | fall fell fallen | fight fought
    flee fled | fly flew flown | forbid forbade forbidden | forget forgot forgotten
    freeze froze frozen | give gave given | go went gone | grow grew grown | hide hid hidden
    hold held | keep kept | kneel knelt | know knew known | lead led | lend lent | lose lost
    make made | mean meant | meet met | mistake mistook mistaken | overthrow overthrew overthrown
    overtake overtook overtaken | pay paid | ride rode ridden | ring rang rung | rise rose risen
    run ran | say said | seek sought | sell sold | send sent | shake shook shaken | shoot shot
    sing sang sung | sink sank sunk | sit sat | speak spoke spoken | spend spent
    steal stole stolen | stick stuck | strike struck | swear swore sworn | swim swam swum
    take took taken | teach taught | tear tore torn | tell told | think thought
    throw threw thrown | undertake undertook undertaken | wear wore worn | win won
    withdraw withdrew withdrawn | withstand withstood | write wrote written
"""


@lru_cache(maxsize=10_000)  # asked for each word of the sentences read
def stem_of(word: str) -> str:
    """Return the stem of a word, or the word in small letters where it is none.

    >>> stem_of("Opened")
    'open'
    """
    return next(iter(analyzer().analyze(word)), word.lower())


def with_other_forms(stems: Iterable[str]) -> set[str]:
    """Return stems with those of the other forms of the irregular verbs among them.

    >>> sorted(with_other_forms(["met", "talk"]))
    ['meet', 'met', 'talk']
    """
    found = set(stems)
    return found.union(*(_forms()[stem] for stem in found & _forms().keys()))


def is_past(word: str) -> bool:
    """Return whether a word is a past form or a participle.

    >>> is_past("opened"), is_past("met"), is_past("succeed")
    (True, True, False)
    """
    word = word.lower()
    ends = word.endswith("ed") and not word.endswith(_NO_PARTICIPLES)
    return ends or word in _past_forms()


@cache
def _past_forms() -> frozenset[str]:
    return frozenset(word for group in _verb_groups() for word in group.split()[1:])


def _verb_groups() -> list[str]:
    return [verb for line in _FORMS.split("\n") for verb in line.split("|") if verb.strip()]


@cache
def _forms() -> Mapping[str, frozenset[str]]:
    stems = [frozenset(analyzer().analyze(group)) for group in _verb_groups()]
    return {stem: group for group in stems for stem in group}
