"""The sentences of a chat model's reply, and what each of them cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...corpus.text.cleaning import normalise
from ...corpus.text.sentences import sentence_spans

_LONGEST = 8_000  # characters of a reply that are read: an answer is a paragraph
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_NUMBERS = r"\d{1,9}(?:\s*[,;–-]\s*\d{1,9})*"
# [1], [1, 2], [1-3], [^1], [Evidence 1], 【1】, 【1†source】
_MARKER = re.compile(
    rf"\[\s*(?:evidence|source|\^)?\s*({_NUMBERS})\s*\]|【\s*({_NUMBERS})[^】\n]{{0,40}}】",
    re.IGNORECASE,
)
_ONE = re.compile(r"\[(\d{1,9})\]")
_AFTER_THE_END = re.compile(r"([.!?…][\"”’»)]*)((?: ?\[\d+\])+)")
_UNFINISHED_MARKER = re.compile(r"[\[【][^\]】]*\Z")
_MOST_IN_A_RANGE = 9
# Marks of lists, headings and quotations at the start of a line; marks of emphasis.
_LINE_START = re.compile(r"^\s*(?:[-•>]|#+|[*+](?=\s)|\d{1,2}[.)](?=\s))\s*", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`)(?=\S)([^*_`\n]+)(?<=\S)\1(?!\w)")
# Markup, links and addresses, which no plain sentence of news has.
_NOT_PLAIN = re.compile(
    r"[\[\]<>{}|\\^~`*_#=]|&#?\w+;|://|\b(?:www\.|javascript:|data:|mailto:)|\S@\S"
    r"|[a-z0-9-]\.[a-z]{2,}\b",
    re.IGNORECASE,
)
_FINAL = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence without its citation markers, and the numbers cited, each once."""

    text: str
    cites: tuple[int, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it has no markup, link or address."""
        return not _NOT_PLAIN.search(self.text)


def cited_sentences(reply: str) -> list[CitedSentence]:
    """Return the sentences of a reply, each once, with what they cite.

    A marker belongs to the sentence that it is in, or right after. Bullets, headings, emphasis and
    the model's reasoning are removed.

    >>> cited_sentences("**Istanbul** was chosen.[1] It began at 10.30 a.m. 【2】")
    [CitedSentence(text='Istanbul was chosen.', cites=(1,)), \
CitedSentence(text='It began at 10.30 a.m.', cites=(2,))]
    """
    text = normalise(_THINKING.sub(" ", reply)[:_LONGEST])
    text = _EMPHASIS.sub(r"\2", _LINE_START.sub("", text))
    text = _AFTER_THE_END.sub(r"\2\1", _MARKER.sub(_separate_markers, text))
    found = (_cited(text[start:end]) for start, end in sentence_spans(text))
    with_words = (sentence for sentence in found if re.search(r"\w", sentence.text))
    return list({sentence.text.casefold(): sentence for sentence in with_words}.values())


def complete_sentences(reply: str) -> list[CitedSentence]:
    """Return the sentences of a reply that is still being written, but for one that may go on.

    >>> complete_sentences("It rained. [1] Then it snow")
    [CitedSentence(text='It rained.', cites=(1,))]
    >>> complete_sentences("It rained. [1] [2")
    []
    """
    *whole_words, _ = re.split(r"(\s)", reply)
    return cited_sentences(_UNFINISHED_MARKER.sub("", "".join(whole_words)))[:-1]


def _separate_markers(marker: re.Match[str]) -> str:
    return "".join(f"[{number}]" for number in _numbers(marker[1] or marker[2]))


def _numbers(listed: str) -> Iterator[int]:
    for part in re.split(r"\s*[,;]\s*", listed):
        first, *rest = map(int, re.split(r"\s*[–-]\s*", part))
        last = rest[-1] if rest else first
        yield from range(first, min(last, first + _MOST_IN_A_RANGE) + 1)


def _cited(sentence: str) -> CitedSentence:
    cites = dict.fromkeys(int(number) for number in _ONE.findall(sentence))
    text = re.sub(r"\s+(?=[.,;:!?…])", "", _ONE.sub("", sentence))
    text = " ".join(text.split())
    if text and text.rstrip('"”’»)')[-1:] not in _FINAL:
        text = f"{text.rstrip(',;:')}."
    return CitedSentence(text, tuple(cites))
