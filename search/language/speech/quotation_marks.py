"""The parts of a text that stand in quotation marks, of whatever kind.

Marks are told apart by what stands beside them, not by their form: machine translation and typing
mix them. A quotation may go on over line ends and paragraphs, each begun with a mark of its own.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from ....corpus.article import Span

_MARK = re.compile("[\"“”„‟«»〝〞＂]|''|``")
_SINGLE = re.compile("[‘’‚‛‹›']")
_BEFORE_OPENING = re.compile(r"(?:\A|[\s(\[{—–:…/-])\Z")
_LONGEST = 5000  # characters; what is not closed by then was never a quotation
_MOST_LINES = 12  # over which a quotation goes on
_LINE = re.compile(r"[^\n]*\n?")
# In single marks, a quotation of at least so many characters ends where they close, not at "’s".
_ENDS = ".,?!…;:"
_POSSESSIVE_NEXT = re.compile(r"\s+[a-z]")


def quoted_spans(text: str) -> list[Span]:
    """Return the spans in quotation marks, with the marks, in order; not those inside of others.

    One that is not closed in its paragraph goes on in the next if that begins with a mark, or
    closes it; else it ends with its paragraph.

    >>> text = 'He called it “a ‘great’ day”, she "no day".'
    >>> [text[slice(*span)] for span in quoted_spans(text)]
    ['“a ‘great’ day”', '"no day"']
    """
    found = [*_double(text)]
    if "‘" in text or "'" in text or "‹" in text or "‚" in text:
        found = sorted([*found, *_single(text, found)])
    ends = accumulate((0, *(end for _, end in found)), max)
    return [span for span, end in zip(found, ends, strict=False) if span[0] >= end]


def _double(text: str) -> Iterator[Span]:
    opened: int | None = None
    depth = 0
    for mark in _MARK.finditer(text):
        if opened is not None and _is_over(text, opened, mark.start()):
            end = _paragraph_end(text, opened)
            yield opened, end
            opened = None
        if opened is None:
            if _may_open(text, mark):
                opened, depth = mark.start(), 1
        elif _goes_on(text, opened, mark):
            continue
        elif _opens(text, mark):
            depth += 1
        else:
            depth -= 1
            if depth <= 0 or not _closes_later(text, mark.end()):
                yield opened, mark.end()
                opened = None
    if opened is not None:
        yield opened, _paragraph_end(text, opened)


def _may_open(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark with none open opens a quotation: not one of inches, nor a stray one."""
    start, end = mark.span()
    if start and text[start - 1].isdigit() and mark[0] in ('"', "''"):
        return False
    line_end = _line_end(text, end)
    after = text[end:line_end].lstrip()
    if not after:
        return False
    # A mark that would close, with none open, closes nothing.
    return _opens(text, mark) or text[end : end + 1].isalnum() or mark[0] == '"'


def _opens(text: str, mark: re.Match[str]) -> bool:
    start, end = mark.span()
    after = text[end : end + 1]
    if mark[0] == "“" and after and not after.isspace() and not _closing_after(after):
        return "„" not in text[max(0, start - _LONGEST) : start].rsplit("\n", 1)[-1] or bool(
            _BEFORE_OPENING.search(text[max(0, start - 1) : start])
        )
    before = text[max(0, start - 1) : start]
    return (
        bool(after.strip()) and not _closing_after(after) and bool(_BEFORE_OPENING.search(before))
    )


def _closing_after(character: str) -> bool:
    return character in ".,;:!?)]"


def _goes_on(text: str, opened: int, mark: re.Match[str]) -> bool:
    """Whether a mark begins another paragraph of the quotation that is open."""
    start = mark.start()
    line = text.rfind("\n", opened, start) + 1
    return line > 0 and not text[line:start].strip() and _opens(text, mark)


def _is_over(text: str, opened: int, mark: int) -> bool:
    """Whether a quotation ended before this mark, without being closed."""
    if "\n" not in text[opened:mark]:
        return False
    if mark - opened > _LONGEST or text.count("\n", opened, mark) > _MOST_LINES:
        return True
    line = text.rfind("\n", opened, mark) + 1
    paragraph = _paragraph_end(text, opened)
    begins_line = not text[line:mark].strip()
    if begins_line:
        return not (text[mark + 1 : mark + 2].strip() and _begun_alike(text, opened, mark))
    # In a later paragraph that has not been begun with a mark: only if it closes what is open.
    after, before = text[mark + 1 : mark + 2], text[mark - 1 : mark]
    closes = bool(before.strip()) and (not after or not after.isalnum())
    return not closes or text[mark] in "“„«" or _has_break(text[paragraph:mark])


def _has_break(between: str) -> bool:
    """Whether there is an empty line, after which nothing that was left open goes on."""
    return bool(re.search(r"\n\s*\n\s*(?![\s\"“«„])", between))


def _begun_alike(text: str, opened: int, mark: int) -> bool:
    return text[mark] == text[opened]


def _closes_later(text: str, end: int) -> bool:
    """Whether the paragraph has another mark, which closes what is still open."""
    return bool(_MARK.search(text, end, _line_end(text, end)))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _paragraph_end(text: str, start: int) -> int:
    end = _line_end(text, start)
    return start + len(text[start:end].rstrip())


def _single(text: str, found: list[Span]) -> Iterator[Span]:
    """Yield what stands in single marks outside of double ones."""
    end = 0
    for mark in _SINGLE.finditer(text):
        start = mark.start()
        if start < end or any(first <= start < last for first, last in found):
            continue
        before, after = text[max(0, start - 1) : start], text[start + 1 : start + 2]
        if mark[0] == "’" or not after.isalnum() or not _BEFORE_OPENING.search(before):
            continue
        closing = _closing(text, start)
        if closing is not None:
            end = closing + 1
            yield start, end


def _closing(text: str, opened: int) -> int | None:
    """Return where a quotation in single marks is closed: not at an apostrophe."""
    marks = "’'" if text[opened] in "‘'‚‛" else "›‹"
    last = None
    for place in range(opened + 1, min(_line_end(text, opened), opened + _LONGEST)):
        if text[place] not in marks:
            continue
        after, before = text[place + 1 : place + 2], text[place - 1]
        if after.isalnum() or before.isspace():
            continue
        if before in _ENDS or not (before == "s" and _POSSESSIVE_NEXT.match(text, place + 1)):
            return place
        last = place
    return last
