"""Raw text in, the article's own words out: characters made regular, page furniture removed.

Only whole lines are ever removed, and only those that match a known kind of furniture: when in
doubt a line stays, because a lost sentence is worse than a left-over caption.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[^\\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# Characters that are no part of any word, and could disguise the text or drive a terminal:
# controls, lone surrogates, byte-order marks, soft hyphens, and direction overrides.
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u00ad\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u2069]"
)

_BREADCRUMBS = re.compile(r"(?:\w[\w &'-]{0,30}\s*(?:/|›|»|>)\s*){1,6}\w[\w &'-]{0,30}")
_CREDIT = re.compile(
    r".{0,600}\((?:[^()]{0,80}\b(?:photos?|image|picture|getty|shutterstock)\b[^()]{0,80}|AP|AFP)\)",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"(?:(?:file )?(?:photo|image|picture)s?(?: credit| by)?\s*[:|/©]\s*.{1,80}"
    r"|©.{1,80}|getty images)",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"(?:share this(?: article| story| page| post)?|share on [\w ]{1,20}"
    r"|(?:click to )?(?:share|print|email)(?: this)?|advertisement|read more|related articles"
    r"|(?:tweet|facebook|twitter|whatsapp|telegram|linkedin|copy link))[.:…]?",
    re.IGNORECASE,
)
_MIRRORS = re.compile(r".{0,60}website can also be accessed at .{0,60}addresses?:?", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/?", re.IGNORECASE
)
_FINAL = tuple('.!?…:;"”’»)')
_WRAP_WIDTHS = range(45, 101)


def normalise(text: str) -> str:
    """Give `text` in Unicode NFC, with `\\n` line ends, single spaces and no control characters.

    >>> normalise("Kalın\\t said\\r\\n\\r\\n\\r\\n\\r\\nso\\x1b[31m")
    'Kalın said\\n\\nso[31m'
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _HARMFUL.sub("", text)
    text = unicodedata.normalize("NFC", text)
    lines = (line.strip() for line in _BLANKS.sub(" ", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def one_line(text: str) -> str:
    """Give `text` normalised, on one line: for titles, names and the like."""
    return " ".join(normalise(text).split())


def without_furniture(text: str) -> str:
    """Remove breadcrumbs, photo captions and credits, share buttons and mirror addresses.

    `text` must be normalised. Every line that is not furniture is kept as it is.
    """
    lines = _without_footer(text.split("\n"))
    kept = [line for number, line in enumerate(lines) if not _is_furniture(line, number)]
    return normalise("\n".join(kept))


def _is_furniture(line: str, number: int) -> bool:
    if number == 0 and _BREADCRUMBS.fullmatch(line):
        return True
    patterns = (_CREDIT, _CREDIT_LINE, _SHARING, _MIRRORS, _DOMAIN)
    return any(pattern.fullmatch(line) for pattern in patterns)


def _without_footer(lines: list[str]) -> list[str]:
    """Drop what follows a last share button, where only a few short labels follow it."""
    buttons = [n for n, line in enumerate(lines) if _SHARING.fullmatch(line)]
    if not buttons:
        return lines
    footer = [line for line in lines[buttons[-1] + 1 :] if line]
    is_labels = len(footer) <= 6 and not any(
        line.endswith(_FINAL) or len(line.split()) > 6 for line in footer
    )
    return lines[: buttons[-1]] if is_labels else lines


def outlet_in_footer(text: str) -> str | None:
    """Give the outlet that a mirror-address footer names, if there is one.

    >>> outlet_in_footer("News One’s website can also be accessed at these addresses:")
    'News One'
    """
    for line in reversed(text.split("\n")):
        if _MIRRORS.fullmatch(line):
            named = re.match(r"(.{2,60}?)[’']s? website can", line)
            return named[1] if named else None
    return None


def unwrap(text: str) -> str:
    """Join the lines of paragraphs that were wrapped at a fixed width; leave all others."""
    blocks = text.split("\n\n")
    return "\n\n".join(
        block.replace("\n", " ") if is_wrapped(block.split("\n")) else block for block in blocks
    )


def is_wrapped(lines: list[str]) -> bool:
    """Say whether these adjoining lines are one paragraph, wrapped at some fixed width."""
    if len(lines) < 2 or any(len(line) > _WRAP_WIDTHS[-1] for line in lines):
        return False
    if any(len(line) not in _WRAP_WIDTHS for line in lines[:-1]):
        return False
    if all(line[:1].islower() for line in lines[1:]):
        return True
    return len(lines) > 2 and any(not line.endswith(_FINAL) for line in lines[:-1])
