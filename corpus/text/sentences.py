"""Sentence boundaries, as offsets into the text."""

import re

from sentencex import get_sentence_boundaries  # pyright: ignore[reportAttributeAccessIssue]

# Where the splitter ends a sentence and none ends: pairs of what stands before and after.
_GERMAN = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_TURKISH = "Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık"
_NO_BORDERS = [
    (re.compile(before), re.compile(after))
    for before, after in (
        # "Dr. Ş. Yılmaz": the splitter only knows initials from A to Z.
        (r"(?<![\w.])[^\W\d_]\.$", ""),
        # "approx. 400": what the splitter's own list of abbreviations lacks.
        (r"(?i:\b(?:approx|ca|est|max|min|incl|excl|vol|ch|chap|par|nos?|nr|ver))\.$", r"\d"),
        (r"\b(?:Ms|Ft|Supt|Mt)\.$", r"[^\W\d_a-z]"),
        (r"^\d{1,3}\.$", ""),  # the number of a list's item
        # "ab dem 1. Juli", "29. Mart", "der 2. Weltkrieg": ordinals of other languages.
        (r"(?<![\d.,])\d{1,2}\.$", rf"(?:{_GERMAN}|{_TURKISH})\b"),
        (r"\b(?i:de[rmns]|die|das|am|[iv]om|im|zu[mr]|beim)\s\d{1,2}\.$", r"\w"),
    )
]
_TAIL = 40  # more characters than any of these looks at before the border
# A sentence begins with a small letter only where all do, as people type, or in a name: "al-Assad".
_GOES_ON = re.compile(r"[a-zß-öø-ÿı]+(?![\w'’-])")
_BEGINS_LARGE = re.compile(r"\W*(?:\d|[^\W\d_a-zß-öø-ÿı])")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
_SAMPLE_CHARACTERS = 1000
_HEADING_WORDS = 14
_FINAL = tuple(".!?…,;:")
_CLOSING = "\"'”’»)]"


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`, in order, without surrounding white space.

    A sentence never crosses a line end, every character that is not white space lies in exactly
    one sentence, and quoted speech stays in the sentence that quotes it.

    >>> text = "It began on Feb. 24. “We go on,” he said."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['It began on Feb. 24.', '“We go on,” he said.']
    """
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        spans += _line_spans(line[0], line.start())
    return spans


def _line_spans(line: str, offset: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries(_language(line), line):
        start, end = _trimmed(line, boundary["start_index"], boundary["end_index"])
        if start == end:
            continue
        if spans and _goes_on(line, (spans[-1][0] - offset, spans[-1][1] - offset), start):
            spans[-1] = (spans[-1][0], end + offset)
        else:
            spans.append((start + offset, end + offset))
    return spans


def _goes_on(line: str, before: tuple[int, int], after: int) -> bool:
    """Return whether the sentence with the span `before` goes on at `after`, although it ended.

    Nothing is copied but the sentence's last characters: a line may have a hundred thousand.
    """
    start, end = before
    if line[end - 1] != ".":
        return False
    if _GOES_ON.match(line, after) and _BEGINS_LARGE.match(line, start, end):
        return True
    last = line[max(start, end - _TAIL) : end]
    return any(ends.search(last) and begins.match(line, after) for ends, begins in _NO_BORDERS)


def _language(line: str) -> str:
    """Return the language whose abbreviations apply, by the script; English covers Turkish too."""
    sample = line[:_SAMPLE_CHARACTERS]
    return "uk" if len(_CYRILLIC.findall(sample)) > len(_LATIN.findall(sample)) else "en"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def is_heading(line: str) -> bool:
    """Return whether a line on its own reads as a heading: short, without a full stop.

    >>> is_heading("CONTACTS WITH RUSSIA"), is_heading("He left."), is_heading("“He left.”")
    (True, False, False)
    """
    ends_open = not line.rstrip(_CLOSING).endswith(_FINAL)
    return ends_open and 0 < len(line.split()) <= _HEADING_WORDS
