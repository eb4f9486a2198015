"""Words that several parts of the search read alike."""

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
