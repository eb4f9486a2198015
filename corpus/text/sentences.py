"""Sentence boundaries, as offsets into the text."""

import re

from sentencex import get_sentence_boundaries  # pyright: ignore[reportAttributeAccessIssue]

# "Dr. Ş. Yılmaz": the splitter only knows initials from A to Z.
_INITIAL = re.compile(r"(?<![\w.])[^\W\d_]\.$")
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
        if spans and _INITIAL.search(line, spans[-1][0] - offset, spans[-1][1] - offset):
            spans[-1] = (spans[-1][0], end + offset)
        else:
            spans.append((start + offset, end + offset))
    return spans


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
