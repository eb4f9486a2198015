"""What stands in for the reader: sentences chosen by their likeness to the question."""

from collections.abc import Sequence

import numpy as np

from ...corpus.text.sentences import sentence_spans
from ...index.encoding.encoder import Encoder
from ..query.terms import QueryTerms
from .pairs import TitledText
from .reader import FoundSpan, Reading

MOST_PASSAGES = 3  # to encode a sentence costs almost as much as to read a passage


class FallbackReader:
    """Reads by the cosine of each sentence with the question and the words they share.

    A whole sentence is the span that it finds. Of the passages given to it only the first
    MOST_PASSAGES are read.
    """

    def __init__(self, encoder: Encoder, words: QueryTerms) -> None:
        self._encoder = encoder
        self._words = words

    def read(self, question: str, passages: Sequence[TitledText]) -> list[Reading]:
        """Give what is read in each passage."""
        vector = self._encoder.encode_question(question)
        read = [self._read(vector, text) for _, text in passages[:MOST_PASSAGES]]
        return [*read, *[Reading(0.0, 0.0, (), 0.0)] * (len(passages) - len(read))]

    def _read(self, vector: np.ndarray, text: str) -> Reading:
        spans = sentence_spans(text)
        if not spans:
            return Reading(0.0, 0.0, (), 0.0)
        texts = [text[slice(*span)] for span in spans]
        cosines = self._encoder.encode_passages(texts) @ vector
        shares = [self._words.share(sentence) for sentence in texts]
        scores = [float(cosine) + share for cosine, share in zip(cosines, shares, strict=True)]
        found = [FoundSpan(span, span, score) for span, score in zip(spans, scores, strict=True)]
        best = max(scores)
        answers = float(np.clip(best / 2, 0.0, 1.0))  # of two shares, the mean
        return Reading(answers, best, tuple(sorted(found, key=lambda f: -f.score)), 0.0)
