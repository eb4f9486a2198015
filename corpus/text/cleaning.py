"""Cleaning: raw text is normalised, and page furniture removed.

Only whole lines are removed, and only those that match a known kind of furniture. When in doubt a
line stays, because a lost sentence is worse than a leftover caption.
"""

import re
import unicodedata
from itertools import pairwise

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[^\\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# Characters that belong to no word and could disguise the text or control a terminal:
# controls, unpaired surrogates, byte-order marks, soft hyphens, direction overrides, hidden tags.
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u00ad\u061c\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)

# "ﬁre prevention": letters that are set as one are several, and else found by no search.
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)

_CRUMB = r"\w[\w'-]*(?: (?:& )?[\w'-]+){0,2}"
_BREADCRUMBS = re.compile(rf"(?:{_CRUMB}(?: / | ?[›»>] ?)){{1,6}}{_CRUMB}")
_PICTURE = r"(?:photo(?:graph)?s?|images?|pictures?)"
# "(Photo by Reuters)", "(File photo: AFP)" or "(AA Photo)", "(Getty Images)", "(AP Photo/N. N.)":
# a bracket that only mentions a picture is part of a sentence.
_CREDIT = re.compile(
    r".{0,350}\((?:"
    rf"(?:(?:file|handout) )?{_PICTURE}(?: ?(?:by|credits?|courtesy|via|from|[:/©|])[^()]{{1,80}})?"
    r"|(?!(?:a|an|the|this|that|see|his|her|their|our|in|no)\b)[^\W\d_][^()]{0,60}"
    rf"[ /](?:file )?{_PICTURE}(?: ?(?:by|via|[:/|])[^()]{{1,80}})?"
    r"|(?:[^()]{1,60}[ /])?(?:getty|shutterstock))\)",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"(?:(?:file )?(?:photo|image|picture)(?: by)? ?[:|/©].{1,80}"
    rf"|{_PICTURE} credits? ?[:|/©].{{1,80}}|©.{{1,80}}|getty images)",
    re.IGNORECASE,
)
_NETWORK = r"(?:facebook|twitter|whatsapp|telegram|linkedin)"
_SHARE = rf"(?:share this(?: article| story| page| post)?|share (?:on|via) (?:{_NETWORK}|x|email))"
_SHARE_BUTTON = re.compile(rf"{_SHARE}[:…]?", re.IGNORECASE)
_BUTTON = re.compile(
    rf"(?:{_SHARE}|(?:click to )?(?:share|print|email)(?: this)?|tweet|copy link"
    r"|advertisement|read more|related articles)[:…]?",
    re.IGNORECASE,
)
_OFFERED = r"(?:newsletters?|inbox|e-?mail (?:alerts?|updates?)|breaking news alerts?|push alerts?)"
# "Sign up for our newsletter", "Subscribe to …", "Get the latest … in your inbox": short lines.
_SIGN_UP = re.compile(
    rf"(?:(?:please )?(?:sign up|subscribe|register)\b.{{0,80}}\b{_OFFERED}\b"
    rf"|(?:get|receive) .{{0,80}}(?:in|to) your {_OFFERED}|{_OFFERED} sign-?up"
    rf"|(?:follow|like) (?:us|@\w+|[\w ]{{1,30}}) on {_NETWORK}(?:,? (?:and|or) {_NETWORK})*"
    r"|(?:click|tap) here to (?:subscribe|sign up|join)\b.{0,80}|download (?:the|our) .{0,30}\bapp"
    r"|(?:to (?:continue|keep)|(?:subscribe|log in|sign in|register) to (?:continue|keep)) reading"
    r"\b.{0,80}|(?:this (?:article|content|story) is|available) (?:only )?(?:for|to)"
    r" (?:(?:our|paying|premium) )?subscribers\b.{0,40}"
    r"|(?:already|not) (?:a |an )?(?:subscriber|subscribed|member|registered)\?.{0,40}"
    r")\b[^.!?]{0,40}[.!:]?",
    re.IGNORECASE,
)
_MIRRORS = re.compile(r".{0,60}website can also be accessed at .{0,60}addresses?:?", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/?", re.IGNORECASE
)
_FINAL = tuple('.!?…:;"”’»)')
_WRAP_WIDTHS = range(45, 101)
_RAGGED = 12


def normalise(text: str) -> str:
    """Return `text` in Unicode NFC, with `\\n` line ends, single spaces and no control characters.

    >>> normalise("Kalın\\t said\\r\\n\\r\\n\\r\\n\\r\\nso\\x1b[31m")
    'Kalın said\\n\\nso[31m'
    """
    if text.isascii() and text.isprintable():  # as most lines are
        return _BLANKS.sub(" ", text).strip()
    text = unicodedata.normalize("NFC", without_controls(text).translate(_LIGATURES))
    lines = (line.strip() for line in _BLANKS.sub(" ", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def without_controls(text: str) -> str:
    """Return `text` with `\\n` line ends, without control and other invisible characters."""
    return _HARMFUL.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return `text` normalised, on one line: for titles, names and the like."""
    return " ".join(normalise(text).split())


def without_furniture(text: str) -> str:
    """Remove breadcrumbs, photo captions and credits, share buttons and mirror addresses.

    `text` must be normalised. Every line that is not furniture is kept as it is.
    """
    lines = _without_footer(_without_mirrors(text.split("\n")))
    kept = [line for line in lines if not is_furniture(line)]
    return normalise("\n".join(_without_breadcrumbs(kept)))


def is_furniture(line: str) -> bool:
    """Return whether a line is a photo credit, a button, or asks to sign up for something."""
    return any(pattern.fullmatch(line) for pattern in (_CREDIT, _CREDIT_LINE, _BUTTON, _SIGN_UP))


def _without_breadcrumbs(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if line and not (_BREADCRUMBS.fullmatch(line) and any(lines[number + 1 :])):
            return lines[number:]
    return []


def _without_mirrors(lines: list[str]) -> list[str]:
    """Remove a list of mirror addresses; elsewhere an address on its own line is text."""
    kept, among_mirrors = [], False
    for line in lines:
        is_address = among_mirrors and (not line or _DOMAIN.fullmatch(line))
        among_mirrors = bool(is_address or _MIRRORS.fullmatch(line))
        if not line or not among_mirrors:
            kept.append(line)
    return kept


def _without_footer(lines: list[str]) -> list[str]:
    """Remove what follows the last share button, if only a few short labels do."""
    buttons = [n for n, line in enumerate(lines) if _SHARE_BUTTON.fullmatch(line)]
    if not buttons or not any(lines[: buttons[-1]]):
        return lines
    footer = [line for line in lines[buttons[-1] + 1 :] if line]
    is_labels = len(footer) <= 6 and not any(
        line.endswith(_FINAL) or len(line.split()) > 6 for line in footer
    )
    return lines[: buttons[-1]] if is_labels else lines


def outlet_in_footer(text: str) -> str | None:
    """Return the outlet that a footer with mirror addresses names, or None.

    >>> outlet_in_footer("News One’s website can also be accessed at these addresses:")
    'News One'
    """
    for line in reversed(text.split("\n")):
        if _MIRRORS.fullmatch(line):
            named = re.match(r"(.{2,60}?)[’']s? website can", line)
            return named[1] if named else None
    return None


def unwrap(text: str) -> str:
    """Join the lines of paragraphs that were wrapped at a fixed width."""
    blocks = text.split("\n\n")
    return "\n\n".join(
        _joined(block) if is_wrapped(block.split("\n")) else block for block in blocks
    )


def _joined(block: str) -> str:
    """Join lines by spaces, except where a line was broken at a hyphen."""
    return re.sub(r"(?<=\w-)\n(?=\w)", "", block).replace("\n", " ")


def is_wrapped(lines: list[str]) -> bool:
    """Return whether adjacent lines are one paragraph that was wrapped at a fixed width.

    Such lines are about equally long, since each was filled with words, and many begin in the
    middle of a sentence.
    """
    width = max(map(len, lines), default=0)
    if len(lines) < 2 or width not in _WRAP_WIDTHS:
        return False
    if any(len(line) < _WRAP_WIDTHS[0] for line in lines[:-1]):
        return False
    had_room = any(
        len(line) + len(" ") + len(following.split(" ")[0]) <= width - _RAGGED
        for line, following in pairwise(lines)
    )
    begin_inside = sum(line[:1].islower() for line in lines[1:])
    return not had_room and 3 * begin_inside >= len(lines) - 1
