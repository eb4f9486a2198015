"""Whether the excerpts support what a chat model writes, and whether it is about the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from ...corpus.article import Span
from ...index.encoding.encoder import Encoder, Vectors
from ..answer import Answer
from ..entailment.support import share_of, support
from ..entailment.terms import Terms
from ..stopping import checkpoint
from .citations import CitedSentence
from .prompt import Excerpt

_MOST_SENTENCES = 6
_MOST_CHECKED = 20  # sentences: each takes some milliseconds, and a reply may have thousands
_LONGEST_SENTENCE = 500  # characters
_MOST_CITED = 3  # excerpts for one sentence
_TRIED = 2  # quotations of each excerpt
_LEAST_SHARE = 0.3  # of a sentence's content words, to be quoted for it at all
_LEAST_NEARNESS = 0.75  # to the question, as a share of the nearness of the quotations


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


class Checker:
    """Checks sentences against the excerpts that they cite, each once."""

    def __init__(self, answer: Answer, excerpts: Sequence[Excerpt], encoder: Encoder) -> None:
        self._answer = answer
        self._excerpts = excerpts
        self._encoder = encoder
        self._known: dict[CitedSentence, tuple[Quotation, ...]] = {}

    def supported(self, sentences: Sequence[CitedSentence]) -> tuple[Supported, int]:
        """Return the first supported sentences, and how many were checked to find them."""
        supported: dict[str, tuple[Quotation, ...]] = {}
        checked = 0
        for sentence in sentences[:_MOST_CHECKED]:
            if len(supported) == _MOST_SENTENCES:
                break
            checked += 1
            if quotations := self._quotations(sentence):
                supported[sentence.text] = quotations
        return supported, checked

    def is_on_topic(self, supported: Supported) -> bool:
        """Return whether a sentence is about as near to the question as the nearest quotation."""
        vectors = self._encoder.encode_passages(list(supported))
        return bool((vectors @ self._question).max() >= self._least_nearness)

    @cached_property
    def _question(self) -> Vectors:
        return self._encoder.encode_question(self._answer.question_understood)

    @cached_property
    def _least_nearness(self) -> float:
        quotes = self._encoder.encode_passages([one.quote for one in self._answer.citations])
        return _LEAST_NEARNESS * (quotes @ self._question).max()

    def _quotations(self, sentence: CitedSentence) -> tuple[Quotation, ...]:
        if sentence not in self._known:
            checkpoint()
            found = _quotations_for(sentence, self._excerpts, self._encoder)
            self._known[sentence] = found
        return self._known[sentence]


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
