"""The form in which the names of outlets and tags are compared."""

from unicodedata import combining, normalize


def folded(text: str) -> str:
    """Return `text` in the form in which names are compared: no accents or case, single spaces.

    >>> folded("Gazete  Doğu") == folded("gazete dogu")
    True
    """
    bare = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return " ".join(bare.replace("ı", "i").casefold().split())
