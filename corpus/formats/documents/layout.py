"""The layout of printed pages: which lines are paragraphs, which the title, and which repeat."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

_MARGIN = 0.1  # of the page's height, above and below
_REPEATED = 0.5  # of the pages have a line at their margin that belongs to none of them
_UNKNOWN = re.compile(r"\(cid:\d+\)")  # a letter of a font that does not say which
_FINAL = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_BROKEN = re.compile(r"(\w*[^\W\d_])-$")
_TITLE_SIZE = 1.3  # of the size of the text
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its left and right end, its height and its place, from 0 at the bottom."""

    text: str
    left: float
    right: float
    size: float
    place: float


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, in boxes of lines that belong together, in the order of reading."""

    boxes: tuple[tuple[Line, ...], ...]

    @classmethod
    def of(cls, boxes: Iterable[Iterable[tuple[str, Sequence[float]]]], height: float) -> "Page":
        """Return a page of lines and where they stand: left, bottom, right and top."""
        found = (
            tuple(_line(text, at, height or 1) for text, at in box if text.strip()) for box in boxes
        )
        return cls(tuple(box for box in found if box))

    def __bool__(self) -> bool:
        return bool(self.boxes)


def _line(text: str, at: Sequence[float], height: float) -> Line:
    left, bottom, right, top = at
    words = " ".join(_UNKNOWN.sub("", text).split())
    return Line(words, left, right, top - bottom, bottom / height)


def title_of(page: Page) -> str:
    """Return the text that is set largest on the first page, or "" where none stands out."""
    lines = [line for box in page.boxes for line in box]
    usual = median(line.size for line in lines for _ in line.text.split() or [""])
    best = max(page.boxes, key=lambda box: box[0].size)
    words = " ".join(line.text for line in best)
    stands_out = best[0].size > _TITLE_SIZE * usual and best[0].place > 0.4
    return words if stands_out and len(words) <= _LONGEST_TITLE else ""


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """Return pages without the lines at their margins that repeat, and without page numbers."""
    seen = Counter(
        key for page in pages for key in {_key(line) for line in _lines(page) if _at_margin(line)}
    )
    repeated = {key for key, count in seen.items() if count > max(1, _REPEATED * len(pages))}

    def stays(line: Line) -> bool:
        return not (_at_margin(line) and (_key(line) in repeated or _key(line) in ("#", "- # -")))

    kept = (tuple(tuple(filter(stays, box)) for box in page.boxes) for page in pages)
    return [Page(tuple(box for box in boxes if box)) for boxes in kept]


def paragraphs_of(pages: Sequence[Page], title: str = "") -> list[str]:
    """Return the paragraphs of pages, joined where a page or a column breaks one.

    A word that was divided at the end of a line is one word again, unless it has its hyphen
    elsewhere, too. The title is left out.
    """
    hyphenated = {word.lower() for page in pages for line in _lines(page)
                  for word in re.findall(r"\w+-\w+", line.text)}  # fmt: skip
    found: list[str] = []
    for page in pages:
        for box in page.boxes:
            if title and " ".join(line.text for line in box) == title:
                title = ""
                continue
            for lines in _divided(box):
                text = _joined([line.text for line in lines], hyphenated)
                if found and _goes_on(found[-1], text):
                    found[-1] = _joined([found[-1], text], hyphenated)
                else:
                    found.append(text)
    return found


def _goes_on(text: str, following: str) -> bool:
    return text.endswith(",") or (following[:1].islower() and not _FINAL.search(text))


def _divided(box: Sequence[Line]) -> Iterator[list[Line]]:
    """Divide a box where a line is indented, or begins after a sentence that left room."""
    left, right = min(line.left for line in box), max(line.right for line in box)
    part: list[Line] = []
    for line in box:
        if part:
            is_indented = line.left - left > line.size and part[-1].left - left <= line.size
            had_room = right - part[-1].right > 0.25 * (right - left)
            if _FINAL.search(part[-1].text) and (is_indented or had_room):
                yield part
                part = []
        part.append(line)
    yield part


def _joined(lines: Iterable[str], hyphenated: set[str]) -> str:
    text = ""
    for line in lines:
        broken = _BROKEN.search(text)
        if not broken or not line[:1].islower():
            text = f"{text}{'' if not text or broken else ' '}{line}"
            continue
        word = f"{broken[1]}-{_first_word(line)}".lower()
        text = text + line if word in hyphenated else text[:-1] + line
    return text


def _first_word(line: str) -> str:
    return re.split(r"\W", line, maxsplit=1)[0]


def _lines(page: Page) -> Iterator[Line]:
    return (line for box in page.boxes for line in box)


def _at_margin(line: Line) -> bool:
    return line.place < _MARGIN or line.place > 1 - _MARGIN


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)
