"""What a language model wrote, as plain sentences and what each of them cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...corpus.text.cleaning import normalise
from ...corpus.text.sentences import sentence_spans

_LONGEST = 8_000  # characters read of a reply: an answer is a paragraph
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_NUMBERS = r"\d{1,9}(?:\s*[,;–-]\s*\d{1,9})*"
# [1], [1, 2], [1-3], [^1], [Evidence 1], 【1】, 【1†source】
_MARKER = re.compile(
    rf"\[\s*(?:evidence|source|\^)?\s*({_NUMBERS})\s*\]|【\s*({_NUMBERS})[^】\n]{{0,40}}】",
    re.IGNORECASE,
)
_ONE = re.compile(r"\[(\d{1,9})\]")
_AFTER_THE_END = re.compile(r"([.!?…][\"”’»)]*)((?: ?\[\d+\])+)")
_MOST_IN_A_RANGE = 9
# What begins a line of a list, a heading or a quotation; stars, lines and ticks about words.
_LINE_START = re.compile(r"^\s*(?:[-•>]|#+|[*+](?=\s)|\d{1,2}[.)](?=\s))\s*", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`)(?=\S)([^*_`\n]+)(?<=\S)\1(?!\w)")
# What no plain sentence of news has: brackets and other marks of a markup, links, addresses.
_NOT_PLAIN = re.compile(
    r"[\[\]<>{}|\\^~`*_#=]|&#?\w+;|://|\b(?:www\.|javascript:|data:|mailto:)|\S@\S"
    r"|[a-z0-9-]\.[a-z]{2,}\b",
    re.IGNORECASE,
)
_FINAL = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence without its markers, and the numbers that they name, each once."""

    text: str
    cites: tuple[int, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it holds no markup, link or address."""
        return not _NOT_PLAIN.search(self.text)


def cited_sentences(reply: str) -> list[CitedSentence]:
    """Give the sentences of a reply, each once, with what they cite.

    A marker is of the sentence that it stands in, or right behind. Bullets, headings and emphasis
    are taken off, and what the model thought aloud.

    >>> cited_sentences("**Istanbul** was chosen.[1] It began at 10.30 a.m. 【2】")
    [CitedSentence(text='Istanbul was chosen.', cites=(1,)), \
CitedSentence(text='It began at 10.30 a.m.', cites=(2,))]
    """
    text = normalise(_THINKING.sub(" ", reply)[:_LONGEST])
    text = _EMPHASIS.sub(r"\2", _LINE_START.sub("", text))
    text = _AFTER_THE_END.sub(r"\2\1", _MARKER.sub(_one_by_one, text))
    found = (_cited(text[start:end]) for start, end in sentence_spans(text))
    telling = (sentence for sentence in found if re.search(r"\w", sentence.text))
    return list({sentence.text.casefold(): sentence for sentence in telling}.values())


def _one_by_one(marker: re.Match[str]) -> str:
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
