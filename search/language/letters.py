"""Letters that patterns match as ASCII letters when case is ignored."""

# The only four: Turkish İ and ı, the long s and the Kelvin sign. `str.lower` does not make them
# ASCII, so a word that a pattern matched would be missing from a table.
_LIKE_ASCII = str.maketrans("İıſ\u212a", "IisK")


def with_ascii_letters(text: str) -> str:
    """Return `text` with these letters replaced by ASCII ones; all offsets stay the same.

    >>> with_ascii_letters("ESTİMATED, Kalın")
    'ESTIMATED, Kalin'
    """
    return text.translate(_LIKE_ASCII)
