"""Whether quotations support a sentence: by its words, its figures and names, and its meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...index.encoding.encoder import Encoder
from .contradiction import contradicts
from .terms import Terms

# Chosen on tests/search/writing/claims.jsonl (ARCHITECTURE.md, Prose).
LEAST_SHARE = 0.9
LEAST_COSINE = 0.6
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Support:
    """How far quotations support a sentence.

    `share` is of the sentence's telling words, those that stand in the quotations, compared by
    stems. `cosine` is that of both their vectors. `missing` are its figures and names that are
    not there, and `contrary` says that it says the contrary of them by its words.
    """

    share: float
    cosine: float
    missing: tuple[str, ...]
    contrary: bool

    @property
    def holds(self) -> bool:
        """Whether it is enough."""
        return (
            not self.missing
            and not self.contrary
            and self.share >= LEAST_SHARE
            and self.cosine >= LEAST_COSINE
        )


def support(sentence: str, quotes: Sequence[str], encoder: Encoder) -> Support:
    """Say how far `quotes` together support `sentence`."""
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
    """Give the share of the claim's telling words, figures and names that are in the evidence.

    A claim of fewer than two has none: there is nothing to tell it by.
    """
    parts = len(claim.stems) + len(claim.numbers)
    if parts < _LEAST_WORDS:
        return 0.0
    found = sum(stem in evidence.stems or evidence.has_name(stem) for stem in claim.stems)
    return (found + len(claim.numbers & evidence.numbers)) / parts


def missing_from(claim: Terms, evidence: Terms) -> tuple[str, ...]:
    """Give the claim's figures and names that are not in the evidence."""
    figures = (f"{value:.15g}" for value in claim.numbers - evidence.numbers)
    names = (
        name for name in claim.names if not (evidence.has_name(name) or _by_stem(name, evidence))
    )
    return (*sorted(figures), *names)


def _by_stem(name: str, evidence: Terms) -> bool:
    """Say whether what has a capital here is a word there, in another form: "Ministers"."""
    return bool(Terms(name).stems & evidence.stems)
