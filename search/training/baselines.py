"""The baselines of the reader: retrieval scores of the same passages."""

from collections.abc import Mapping, Sequence

import numpy as np

from ...corpus.article import Article, Span
from ...corpus.splitting import encoder_text
from ...corpus.text.analysis import analyzer
from ...index.encoding.encoder import Encoder
from ...index.opening import index_words
from ..reading.pairs import TitledText

FUSED_DENSE = 0.6  # as before the ranking had more than these two features


class Retrieval:
    """Cosine similarity, BM25 over the given passages, and their fusion."""

    def __init__(self, passages: Mapping[int, TitledText], encoder: Encoder) -> None:
        self._passages = passages
        self._encoder = encoder
        self._vectors: dict[int, np.ndarray] = {}
        self._words = index_words(
            (number, number, _article(passage), passage[1]) for number, passage in passages.items()
        )

    def scores(self, question: str, numbers: Sequence[int]) -> dict[str, list[float]]:
        """Return the scores of passages by the name of the baseline."""
        cosines = self._cosines(question, numbers)
        hits = self._words.matching(question, len(numbers), np.unique(numbers))
        words = [hits.get(number, 0.0) for number in numbers]
        best = max(words) or 1.0
        fused = [
            FUSED_DENSE * cosine + (1 - FUSED_DENSE) * bm25 / best
            for cosine, bm25 in zip(cosines, words, strict=True)
        ]
        return {"BM25": words, "dense": cosines, "fused": fused}

    def sentence_scores(self, question: str, text: str, sentences: Sequence[Span]) -> list[float]:
        """Return scores of sentences: the cosine plus the share of the question's stems, by idf."""
        texts = [text[slice(*span)] for span in sentences]
        vectors = self._encoder.encode_passages(texts)
        cosines = vectors @ self._encoder.encode_question(question)
        stems = {stem: self._words.idf(stem) for stem in analyzer().analyze(question)}
        whole = sum(stems.values()) or 1.0
        having = [stems.keys() & set(analyzer().analyze(sentence)) for sentence in texts]
        shares = [sum(stems[stem] for stem in found) / whole for found in having]
        return [float(c) + share for c, share in zip(cosines, shares, strict=True)]

    def _cosines(self, question: str, numbers: Sequence[int]) -> list[float]:
        missing = [number for number in dict.fromkeys(numbers) if number not in self._vectors]
        passages = [self._passages[number] for number in missing]
        texts = [encoder_text(_article(passage), passage[1]) for passage in passages]
        self._vectors.update(zip(missing, self._encoder.encode_passages(texts), strict=True))
        vector = self._encoder.encode_question(question)
        return [float(self._vectors[number] @ vector) for number in numbers]


def _article(passage: TitledText) -> Article:
    return Article(id="", title=passage[0], text=passage[1])
