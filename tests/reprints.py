"""What outlets do to a wire story before they print it, and made-up reports to do it to."""

import random
import unicodedata
from collections.abc import Callable
from itertools import accumulate

_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u")]
_SMALL_CHANGES = {
    "the": "", "said": "stated", "told": "informed", "talks": "negotiations", "but": "however",
    "also": "too", "more": "further", "after": "following", "began": "started", "of": "from",
}  # fmt: skip


def made_up_report(seed: int, paragraphs: int = 8) -> str:
    """Give a report in words of no language, frequent and rare as in one; figures among them."""
    chance = random.Random(seed)
    vocabulary = ["".join(random.Random(n).choices(_SYLLABLES, k=3)) for n in range(3000)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(3000)))

    def sentence() -> str:
        words = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(9, 19))
        if chance.random() < 0.4:
            words.insert(chance.randrange(len(words)), f"{chance.randint(2, 9000):,}")
        return " ".join(words).capitalize() + "."

    return "\n\n".join(
        " ".join(sentence() for _ in range(chance.randint(2, 5))) for _ in range(paragraphs)
    )


def replaced(text: str, share: float, seed: int = 0) -> str:
    """Replace a share of the words by other words of the text; figures stay."""
    chance = random.Random(seed)
    words = text.split(" ")
    others = [word for word in words if word.isalpha()]
    return " ".join(
        chance.choice(others) if word.isalpha() and chance.random() < share else word
        for word in words
    )


def without_first_paragraph(text: str) -> str:
    return text.partition("\n\n")[2]


def without_last_third(text: str) -> str:
    return text[: len(text) * 2 // 3].rpartition(" ")[0]


def first_half(text: str) -> str:
    return text[: len(text) // 2].rpartition(" ")[0]


def with_outlet_line(text: str) -> str:
    return f"ANKARA (Harbour Wire) – {text}\n\nReporting by our own correspondent; edited in Izmir."


def translated_again(text: str) -> str:
    """Make the small changes of a second translation: function words, synonyms, no accents."""
    words = (_SMALL_CHANGES.get(word, word) for word in text.split(" "))
    decomposed = unicodedata.normalize("NFD", " ".join(word for word in words if word))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


EDITS: dict[str, Callable[[str], str]] = {
    "as it was": lambda text: text,
    "in capitals, other quotes": lambda text: text.upper().replace("’", "'"),
    "first paragraph dropped": without_first_paragraph,
    "last third cut": without_last_third,
    "half cut": first_half,
    "outlet lines added": with_outlet_line,
    "translated again": translated_again,
    "2 % of words replaced": lambda text: replaced(text, 0.02),
    "5 % of words replaced": lambda text: replaced(text, 0.05),
    "10 % of words replaced": lambda text: replaced(text, 0.10),
    "third cut, 5 % replaced, lines added": lambda text: with_outlet_line(
        replaced(without_last_third(text), 0.05)
    ),
    "15 % of words replaced": lambda text: replaced(text, 0.15),
}
"""Edits by name, from none to more than an editor of wire stories makes."""


def bulletin(day: int, killed: int, injured: int) -> str:
    """Give one of a series of daily reports that are equal but for their figures."""
    return (
        f"From 24 February to {day} May, the monitors recorded {killed + injured:,} civilian "
        f"casualties in the country: {killed:,} killed and {injured:,} injured.\n\n"
        "Most of the casualties recorded were caused by the use of explosive weapons with a wide "
        "impact area, including shelling from heavy artillery and multiple launch rocket systems, "
        "and missile and air strikes.\n\n"
        f"In the east of the country, the monitors counted {killed // 2:,} killed and "
        f"{injured // 2:,} injured; in the other regions, {killed - killed // 2:,} killed and "
        f"{injured - injured // 2:,} injured.\n\n"
        "The monitors believe that the actual figures are considerably higher, as the receipt of "
        "information from some places where intense fighting has been going on was delayed and "
        "many reports are still pending corroboration."
    )


def quoting(text: str, seed: int) -> str:
    """Give another report that quotes two paragraphs of this one."""
    own = made_up_report(seed)
    quoted = "\n\n".join(text.split("\n\n")[1:3])
    head, _, tail = own.partition("\n\n")
    return f"{head}\n\n{quoted}\n\n{tail}"


def digest(*texts: str) -> str:
    """Give all of several reports in one."""
    return "\n\n".join(texts)


def with_background(seed: int, background: str) -> str:
    """Give a report of a developing story: what is new, and what each of its reports repeats."""
    return f"{made_up_report(seed, paragraphs=4)}\n\n{background}"
