"""Letters that Python's patterns take for ASCII ones where case does not matter."""

# The only four: Turkish İ and ı, the long s, and the sign of Kelvin. Python's `lower` gives another
# letter of two of them and two letters of one, so a word that a pattern finds is in no table.
_LIKE_ASCII = str.maketrans("İıſ\u212a", "IisK")


def with_ascii_letters(text: str) -> str:
    """Give `text` with such letters as the ASCII ones that they match, so that all offsets stay.

    >>> with_ascii_letters("ESTİMATED, Kalın")
    'ESTIMATED, Kalin'
    """
    return text.translate(_LIKE_ASCII)
