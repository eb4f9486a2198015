"""Whether quotations support a sentence: by its words, numbers, names and meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...index.encoding.encoder import Encoder
from .contradiction import contradicts
from .terms import Terms

# Chosen on tests/search/entailment/claims.jsonl (docs/experiments.md, Prose).
LEAST_SHARE = 0.9
LEAST_COSINE = 0.6
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Support:
    """How far quotations support a sentence.

    `share` is the share of its content words that the quotations have, compared by stems. `cosine`
    is the similarity of their vectors. `missing` are the numbers and names that the quotations do
    not have. `contrary` is whether its words contradict them.
    """

    share: float
    cosine: float
    missing: tuple[str, ...]
    contrary: bool

    @property
    def holds(self) -> bool:
        """Whether the quotations support the sentence."""
        return (
            not self.missing
            and not self.contrary
            and self.share >= LEAST_SHARE
            and self.cosine >= LEAST_COSINE
        )


def support(sentence: str, quotes: Sequence[str], encoder: Encoder) -> Support:
    """Return how far `quotes` together support `sentence`."""
    text = "\n".join(quotes)
    claim, evidence = Terms(sentence), Terms(text)
    vectors = encoder.encode_passages([sentence, text])
    return Support(
        share=share_of(claim, evidence),
        cosine=float(vectors[0] @ vectors[1]),
        missing=missing_from(claim, evidence),
        contrary=contradicts(claim, evidence),
    )


def share_of(claim: Terms, evidence: Terms) -> float:
    """Return the share of the claim's content words, numbers and names that are in the evidence.

    It is 0 for a claim with fewer than two, which cannot be checked.
    """
    parts = len(claim.stems) + len(claim.numbers)
    if parts < _LEAST_WORDS:
        return 0.0
    found = sum(stem in evidence.stems or evidence.has_name(stem) for stem in claim.stems)
    return (found + len(claim.numbers & evidence.numbers)) / parts


def missing_from(claim: Terms, evidence: Terms) -> tuple[str, ...]:
    """Return the claim's numbers and names that are not in the evidence."""
    numbers = (f"{value:.15g}" for value in claim.numbers - evidence.numbers)
    names = (
        name for name in claim.names if not (evidence.has_name(name) or _by_stem(name, evidence))
    )
    return (*sorted(numbers), *names)


def _by_stem(name: str, evidence: Terms) -> bool:
    """Return whether a word with a capital is in the evidence in another form: "Ministers"."""
    return bool(Terms(name).stems & evidence.stems)
