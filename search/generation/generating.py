"""An answer in prose, by a language model, of which only what the articles support is kept."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from ...corpus.article import Span
from ...index.encoding.encoder import Encoder
from ..answer import Answer, Citation, Figure
from ..entailment.support import share_of, support
from ..entailment.terms import Terms
from ..errors import ChatModelError
from .citations import CitedSentence, cited_sentences
from .llm import ChatModel
from .prompt import Evidence, messages

_logger = logging.getLogger("dragoman")

_MOST_EVIDENCE = 4
_MOST_SENTENCES = 6
_MOST_READ = 20  # sentences: each takes some milliseconds, and a reply may have thousands
_LONGEST_SENTENCE = 500  # characters
_MOST_CITED = 3  # for one sentence
_TRIED = 2  # quotations of each piece of evidence
_LEAST_NEARNESS = 0.75  # to the question, of that of the quotations
_BESIDE_THE_QUESTION = (
    "The language model was of no use: it wrote of something else than was asked."
)
_LEAST_PART = 0.3  # of a sentence's words in a quotation, for it to be cited at all


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of evidence and the span of its words that are quoted."""

    evidence: Evidence
    span: Span

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.evidence.quote(self.span)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence, and the quotations that support it."""

    text: str
    quoted: tuple[Quoted, ...]


def write(answer: Answer, endpoint: ChatModel, encoder: Encoder) -> Answer:
    """Give the answer in prose, written by the model at `endpoint` from its citations and passages.

    Each sentence that its citations do not support is left out, and what is too long is cut short;
    warnings say so. Where none is left, or the model gives nothing of use, the answer stays as it
    is, and a warning says why; where the model is, the log alone says. An answer without citations
    is given back as it is.
    """
    evidence = evidence_of(answer)
    if not (answer.answer and answer.citations and evidence):
        return answer
    try:
        reply = endpoint.complete(messages(answer.question_understood, evidence))
    except ChatModelError as error:
        why = error.facts.get("reason", error)
        _logger.warning("The language model at %s was of no use: %s", endpoint.where, why)
        return _with_warning(answer, f"The language model was of no use. {error}")
    sentences = cited_sentences(reply)
    kept, checked = _kept(sentences, evidence, encoder)
    if not kept:
        return _with_warning(answer, _nothing_kept(sentences))
    if not _answers(answer, kept, encoder):
        return _with_warning(answer, _BESIDE_THE_QUESTION)
    warnings = _what_is_left_out(len(kept), checked, len(sentences))
    return replace(_with_prose(answer, kept), warnings=(*answer.warnings, *warnings))


def _answers(answer: Answer, written: Sequence[Written], encoder: Encoder) -> bool:
    """Say whether a sentence is about as near to the question as the nearest quotation was."""
    question = encoder.encode_question(answer.question_understood)
    sentences = encoder.encode_passages([sentence.text for sentence in written])
    quotes = encoder.encode_passages([one.quote for one in answer.citations])
    return bool((sentences @ question).max() >= _LEAST_NEARNESS * (quotes @ question).max())


def evidence_of(answer: Answer) -> list[Evidence]:
    """Give what a model may cite: passages that hold the citations, in their order, and the next.

    A citation whose passage is not among those of the answer stands for itself.
    """
    passages = {
        ranked.id: Evidence(ranked.article, ranked.passage.span, ranked.id, ranked.also_in)
        for ranked in answer.passages
    }
    cited = [
        passages.get(one.passage) or Evidence(one.article, one.span, one.passage, one.also_in)
        for one in answer.citations
    ]
    each_once = {(one.article.id, one.span): one for one in [*cited, *passages.values()]}
    return [one for one in each_once.values() if one.sentences][:_MOST_EVIDENCE]


def _kept(
    sentences: Sequence[CitedSentence], evidence: Sequence[Evidence], encoder: Encoder
) -> tuple[list[Written], int]:
    """Give the first supported sentences, and how many were checked to find them."""
    kept: list[Written] = []
    checked = 0
    while checked < min(len(sentences), _MOST_READ) and len(kept) < _MOST_SENTENCES:
        sentence = sentences[checked]
        if quoted := _quoted_for(sentence, evidence, encoder):
            kept.append(Written(sentence.text, quoted))
        checked += 1
    return kept, checked


def _quoted_for(
    sentence: CitedSentence, evidence: Sequence[Evidence], encoder: Encoder
) -> tuple[Quoted, ...]:
    """Give quotations from what the sentence cites that support it; none where it has none."""
    if not sentence.is_plain or len(sentence.text) > _LONGEST_SENTENCE:
        return ()
    cited = [evidence[number - 1] for number in sentence.cites if 0 < number <= len(evidence)]
    claim = Terms(sentence.text)
    likely = [best for one in cited if (best := _best_quotations(claim, one))][:_MOST_CITED]

    def holds(*quoted: Quoted) -> bool:
        return support(sentence.text, [one.text for one in quoted], encoder).holds

    # What one quotation says by itself is cited to it, and not to others that add nothing.
    alone = [one for best in likely if (one := next(filter(holds, best), None))]
    together = (quoted for quoted in product(*likely) if len(quoted) > 1 and holds(*quoted))
    return tuple(alone) or next(together, ())


def _best_quotations(claim: Terms, evidence: Evidence) -> list[Quoted]:
    """Give the quotations that have most of the claim's words, as far as they have some."""
    shares = {span: share_of(claim, Terms(evidence.quote(span))) for span in _quotable(evidence)}
    best = sorted(shares, key=lambda span: (-shares[span], span[1] - span[0]))[:_TRIED]
    return [Quoted(evidence, span) for span in best if shares[span] >= _LEAST_PART]


def _quotable(evidence: Evidence) -> list[Span]:
    """Give the spans of its sentences, and of each two that follow each other in a paragraph."""
    together = [
        (first[0], second[1])
        for first, second in pairwise(evidence.sentences)
        if "\n" not in (between := evidence.quote((first[1], second[0]))) and not between.strip()
    ]
    return [*evidence.sentences, *together]


def _with_prose(answer: Answer, written: Sequence[Written]) -> Answer:
    quoted = dict.fromkeys(one for sentence in written for one in sentence.quoted)
    numbers = {one: number for number, one in enumerate(quoted, start=1)}
    citations = tuple(_citation(one, number, answer) for one, number in numbers.items())
    prose = " ".join(
        f"{sentence.text} {''.join(f'[{numbers[one]}]' for one in sentence.quoted)}"
        for sentence in written
    )
    figures = tuple(_still_cited(answer, citations))
    return replace(answer, answer=prose, citations=citations, figures=figures)


def _citation(quoted: Quoted, number: int, answer: Answer) -> Citation:
    for known in answer.citations:
        if (known.article.id, known.span) == (quoted.evidence.article.id, quoted.span):
            return replace(known, number=number)
    evidence = quoted.evidence
    return Citation(
        number, quoted.text, quoted.span, evidence.passage, evidence.article, None, evidence.also_in
    )


def _still_cited(answer: Answer, citations: Sequence[Citation]) -> Iterator[Figure]:
    """Give the figures whose quotation the new citations hold, under its new number."""
    spans = {one.number: (one.article.id, one.span) for one in answer.citations}
    for figure in answer.figures:
        article, (begin, end) = spans[figure.citation]
        for one in citations:
            if one.article.id == article and one.span[0] <= begin and end <= one.span[1]:
                yield replace(figure, citation=one.number)
                break


def _with_warning(answer: Answer, warning: str) -> Answer:
    return replace(answer, warnings=(*answer.warnings, warning))


def _nothing_kept(sentences: Sequence[CitedSentence]) -> str:
    if not sentences:
        return "The language model was of no use: it wrote nothing."
    return (
        "The language model was of no use: the articles do not support what it wrote, "
        "by what it cites."
    )


def _what_is_left_out(kept: int, checked: int, of: int) -> Iterator[str]:
    if checked > kept:
        first = "first " if of > checked else ""
        yield (
            f"{checked - kept} of the {first}{checked} sentences that the language model wrote "
            "were left out: the articles do not support them, by what they cite."
        )
    if of > checked:
        yield f"What the language model wrote is cut short, after {checked} of {of} sentences."
