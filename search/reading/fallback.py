"""The fallback reader: sentences chosen by their similarity to the question."""

from collections.abc import Sequence

import numpy as np

from ...corpus.text.sentences import sentence_spans
from ...index.encoding.encoder import Encoder
from ..query.terms import QueryTerms
from .pairs import TitledText
from .reader import FoundSpan, Reading

MOST_PASSAGES = 3  # encoding a sentence takes almost as long as reading a passage


class FallbackReader:
    """Scores sentences by their cosine with the question and the share of its terms.

    The span that it finds is the whole sentence. Only the first MOST_PASSAGES passages are read.
    """

    def __init__(self, encoder: Encoder, terms: QueryTerms) -> None:
        self._encoder = encoder
        self._terms = terms

    def read(self, question: str, passages: Sequence[TitledText]) -> list[Reading]:
        """Return what is read in each passage."""
        vector = self._encoder.encode_question(question)
        read = [self._read(vector, text) for _, text in passages[:MOST_PASSAGES]]
        return [*read, *[Reading(0.0, 0.0, (), 0.0)] * (len(passages) - len(read))]

    def _read(self, vector: np.ndarray, text: str) -> Reading:
        spans = sentence_spans(text)
        if not spans:
            return Reading(0.0, 0.0, (), 0.0)
        texts = [text[slice(*span)] for span in spans]
        cosines = self._encoder.encode_passages(texts) @ vector
        shares = [self._terms.share(sentence) for sentence in texts]
        scores = [float(cosine) + share for cosine, share in zip(cosines, shares, strict=True)]
        found = [FoundSpan(span, span, score) for span, score in zip(spans, scores, strict=True)]
        best = max(scores)
        probability = float(np.clip(best / 2, 0.0, 1.0))  # the mean of cosine and share
        return Reading(probability, best, tuple(sorted(found, key=lambda f: -f.score)), 0.0)
