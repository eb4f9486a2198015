"""Answers in prose by a chat model, of which only sentences that the articles support are kept."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...index.encoding.encoder import Encoder
from ..answer import Answer, Citation, Figure
from ..errors import ChatModelError
from ..results import OnSentence
from .checking import Checker, Quotation, Supported
from .citations import CitedSentence, cited_sentences, complete_sentences
from .llm import ChatModel
from .prompt import Excerpt, messages

_logger = logging.getLogger("dragoman")

_MOST_EXCERPTS = 4
_BROKEN_OFF = "The language model did not write to the end."
_OFF_TOPIC = "The language model was of no use: it wrote of something else than was asked."


def generate_prose(
    answer: Answer,
    chat_model: ChatModel,
    encoder: Encoder,
    on_sentence: OnSentence | None = None,
) -> Answer:
    """Return the answer in prose that the chat model generates from its citations and passages.

    Sentences that the quotations they cite do not support are left out, and a long reply is cut
    short; warnings say so. If no sentence is left or the model fails, the answer stays as it is,
    with a warning that says why. Only the log says where the model is. An answer without citations
    is returned unchanged.

    With `on_sentence` the reply is streamed, and this is given each sentence that is kept, with its
    markers, while the model writes on. What it was given is the beginning of the answer, even if
    the model fails later.
    """
    excerpts = excerpts_of(answer)
    if not (answer.answer and answer.citations and excerpts):
        return answer
    checker = Checker(answer, excerpts, encoder)
    telling = _Telling(checker, on_sentence) if on_sentence else None
    told = telling.told if telling else {}
    try:
        reply = chat_model.complete(messages(answer.question_understood, excerpts), telling)
    except ChatModelError as error:
        why = error.facts.get("reason", error)
        _logger.warning("The language model at %s was of no use: %s", chat_model.where, why)
        if told:
            return _with_warnings(_with_prose(answer, told), f"{_BROKEN_OFF} {error}")
        return _with_warnings(answer, f"The language model was of no use. {error}")
    sentences = cited_sentences(reply)
    supported, checked = checker.supported(sentences)
    if not (told or supported):
        return _with_warnings(answer, _nothing_kept(sentences))
    if not (told or checker.is_on_topic(supported)):
        return _with_warnings(answer, _OFF_TOPIC)
    left_out = _left_out(len(supported), checked, len(sentences))
    return _with_warnings(_with_prose(answer, {**told, **supported}), *left_out)


class _Telling:
    """Tells of the sentences of a reply that are kept, as soon as that is sure.

    That is when one of them is about the question: then all that the articles support are kept.
    """

    def __init__(self, checker: Checker, tell: OnSentence) -> None:
        self.told: dict[str, tuple[Quotation, ...]] = {}
        self._checker = checker
        self._tell = tell

    def __call__(self, reply: str) -> None:
        """Take the reply so far."""
        supported, _ = self._checker.supported(complete_sentences(reply))
        new = {text: quoted for text, quoted in supported.items() if text not in self.told}
        if not new or not (self.told or self._checker.is_on_topic(new)):
            return
        before = _prose(self.told)
        self.told.update(new)
        self._tell(_prose(self.told).removeprefix(before))


def excerpts_of(answer: Answer) -> list[Excerpt]:
    """Return what a model may cite: the passages cited, in order, then the best of the others.

    A citation whose passage is not among those of the answer is an excerpt itself.
    """
    passages = {
        ranked.id: Excerpt(ranked.article, ranked.passage.span, ranked.id, ranked.also_in)
        for ranked in answer.passages
    }
    cited = [
        passages.get(one.passage) or Excerpt(one.article, one.span, one.passage, one.also_in)
        for one in answer.citations
    ]
    unique = {(one.article.id, one.span): one for one in [*cited, *passages.values()]}
    return [one for one in unique.values() if one.sentences][:_MOST_EXCERPTS]


def _with_prose(answer: Answer, supported: Supported) -> Answer:
    numbers = _numbers(supported)
    citations = tuple(_citation(one, number, answer) for one, number in numbers.items())
    figures = tuple(_still_cited(answer, citations))
    return replace(answer, answer=_prose(supported), citations=citations, figures=figures)


def _prose(supported: Supported) -> str:
    numbers = _numbers(supported)
    return " ".join(
        f"{text} {''.join(f'[{numbers[one]}]' for one in quoted)}"
        for text, quoted in supported.items()
    )


def _numbers(supported: Supported) -> dict[Quotation, int]:
    """Return the quotations, numbered in the order in which they are cited."""
    quotations = dict.fromkeys(one for quoted in supported.values() for one in quoted)
    return {one: number for number, one in enumerate(quotations, start=1)}


def _citation(quotation: Quotation, number: int, answer: Answer) -> Citation:
    excerpt = quotation.excerpt
    for known in answer.citations:
        if (known.article.id, known.span) == (excerpt.article.id, quotation.span):
            return replace(known, number=number)
    of_passage = (excerpt.passage, excerpt.article, None, excerpt.also_in)
    return Citation(number, quotation.text, quotation.span, *of_passage)


def _still_cited(answer: Answer, citations: Sequence[Citation]) -> Iterator[Figure]:
    """Return the figures whose quotation is in a new citation, with its number."""
    spans = {one.number: (one.article.id, one.span) for one in answer.citations}
    for figure in answer.figures:
        article, (begin, end) = spans[figure.citation]
        for one in citations:
            if one.article.id == article and one.span[0] <= begin and end <= one.span[1]:
                yield replace(figure, citation=one.number)
                break


def _with_warnings(answer: Answer, *warnings: str) -> Answer:
    return replace(answer, warnings=(*answer.warnings, *warnings))


def _nothing_kept(sentences: Sequence[CitedSentence]) -> str:
    why = (
        "the articles do not support what it wrote, by what it cites"
        if sentences
        else "it wrote nothing"
    )
    return f"The language model was of no use: {why}."


def _left_out(kept: int, checked: int, of: int) -> Iterator[str]:
    if checked > kept:
        first = "first " if of > checked else ""
        yield (
            f"{checked - kept} of the {first}{checked} sentences that the language model wrote "
            "were left out: the articles do not support them, by what they cite."
        )
    if of > checked:
        yield f"What the language model wrote is cut short, after {checked} of {of} sentences."
