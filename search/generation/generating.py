"""Answers in prose by a chat model, of which only sentences that the articles support are kept."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from ...corpus.article import Span
from ...index.encoding.encoder import Encoder
from ..answer import Answer, Citation, Figure
from ..entailment.support import share_of, support
from ..entailment.terms import Terms
from ..errors import ChatModelError
from ..stopping import checkpoint
from .citations import CitedSentence, cited_sentences
from .llm import ChatModel
from .prompt import Excerpt, messages

_logger = logging.getLogger("dragoman")

_MOST_EXCERPTS = 4
_MOST_SENTENCES = 6
_MOST_CHECKED = 20  # sentences: each takes some milliseconds, and a reply may have thousands
_LONGEST_SENTENCE = 500  # characters
_MOST_CITED = 3  # excerpts for one sentence
_TRIED = 2  # quotations of each excerpt
_LEAST_SHARE = 0.3  # of a sentence's content words, to be quoted for it at all
_LEAST_NEARNESS = 0.75  # to the question, as a share of the nearness of the quotations
_OFF_TOPIC = "The language model was of no use: it wrote of something else than was asked."


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span of an excerpt's article."""

    excerpt: Excerpt
    span: Span

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.excerpt.quote(self.span)


Supported = Mapping[str, tuple[Quotation, ...]]  # sentences, each with what supports it


def generate_prose(answer: Answer, chat_model: ChatModel, encoder: Encoder) -> Answer:
    """Return the answer in prose that the chat model generates from its citations and passages.

    Sentences that the quotations they cite do not support are left out, and a long reply is cut
    short; warnings say so. If no sentence is left or the model fails, the answer stays as it is,
    with a warning that says why. Only the log says where the model is. An answer without citations
    is returned unchanged.
    """
    excerpts = excerpts_of(answer)
    if not (answer.answer and answer.citations and excerpts):
        return answer
    try:
        reply = chat_model.complete(messages(answer.question_understood, excerpts))
    except ChatModelError as error:
        why = error.facts.get("reason", error)
        _logger.warning("The language model at %s was of no use: %s", chat_model.where, why)
        return _with_warnings(answer, f"The language model was of no use. {error}")
    sentences = cited_sentences(reply)
    supported, checked = _supported(sentences, excerpts, encoder)
    if not supported:
        return _with_warnings(answer, _nothing_kept(sentences))
    if not _is_on_topic(answer, supported, encoder):
        return _with_warnings(answer, _OFF_TOPIC)
    left_out = _left_out(len(supported), checked, len(sentences))
    return _with_warnings(_with_prose(answer, supported), *left_out)


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


def _is_on_topic(answer: Answer, supported: Supported, encoder: Encoder) -> bool:
    """Return whether a sentence is about as near to the question as the nearest quotation was."""
    question = encoder.encode_question(answer.question_understood)
    sentences = encoder.encode_passages(list(supported))
    quotes = encoder.encode_passages([one.quote for one in answer.citations])
    return bool((sentences @ question).max() >= _LEAST_NEARNESS * (quotes @ question).max())


def _supported(
    sentences: Sequence[CitedSentence], excerpts: Sequence[Excerpt], encoder: Encoder
) -> tuple[Supported, int]:
    """Return the first supported sentences, and how many were checked to find them."""
    supported: dict[str, tuple[Quotation, ...]] = {}
    checked = 0
    for sentence in sentences[:_MOST_CHECKED]:
        if len(supported) == _MOST_SENTENCES:
            break
        checkpoint()
        checked += 1
        if quotations := _quotations_for(sentence, excerpts, encoder):
            supported[sentence.text] = quotations
    return supported, checked


def _quotations_for(
    sentence: CitedSentence, excerpts: Sequence[Excerpt], encoder: Encoder
) -> tuple[Quotation, ...]:
    """Return quotations, from the excerpts that a sentence cites, that support it."""
    if not sentence.is_plain or len(sentence.text) > _LONGEST_SENTENCE:
        return ()
    cited = [excerpts[number - 1] for number in sentence.cites if 0 < number <= len(excerpts)]
    claim = Terms(sentence.text)
    likely = [best for one in cited if (best := _best_quotations(claim, one))][:_MOST_CITED]

    def holds(*quotations: Quotation) -> bool:
        return support(sentence.text, [one.text for one in quotations], encoder).holds

    # Quotations that support it alone are enough: others would add nothing.
    alone = [one for best in likely if (one := next(filter(holds, best), None))]
    together = (several for several in product(*likely) if len(several) > 1 and holds(*several))
    return tuple(alone) or next(together, ())


def _best_quotations(claim: Terms, excerpt: Excerpt) -> list[Quotation]:
    """Return the quotations that share most words with the claim: sentences, or two neighbours."""
    neighbours = [
        (first[0], second[1])
        for first, second in pairwise(excerpt.sentences)
        if "\n" not in (between := excerpt.quote((first[1], second[0]))) and not between.strip()
    ]
    quotations = [Quotation(excerpt, span) for span in [*excerpt.sentences, *neighbours]]
    shares = {one: share_of(claim, Terms(one.text)) for one in quotations}
    best = sorted(quotations, key=lambda one: (-shares[one], len(one.text)))[:_TRIED]
    return [one for one in best if shares[one] >= _LEAST_SHARE]


def _with_prose(answer: Answer, supported: Supported) -> Answer:
    quotations = dict.fromkeys(one for quoted in supported.values() for one in quoted)
    numbers = {one: number for number, one in enumerate(quotations, start=1)}
    citations = tuple(_citation(one, number, answer) for one, number in numbers.items())
    prose = " ".join(
        f"{text} {''.join(f'[{numbers[one]}]' for one in quoted)}"
        for text, quoted in supported.items()
    )
    figures = tuple(_still_cited(answer, citations))
    return replace(answer, answer=prose, citations=citations, figures=figures)


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
