"""What Dragoman is compared with, each over the same passages and, where it has any, vectors."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import tantivy
from tantivy import Occur

from dragoman.corpus.text.analysis import analyzer
from dragoman.index.encoding.encoder import Encoder, Vectors
from dragoman.index.local.archive import LocalArchive
from dragoman.search.dragoman import Dragoman
from dragoman.search.query.query import Query
from dragoman.search.question import Mode, Question
from dragoman.search.retrieval.retriever import retrieve

DEEP = 100  # passages, from which a ranking of articles is made
_RRF_K = 60  # Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion …", SIGIR


class Found(NamedTuple):
    """A passage that a system gives: its article's id, its title and its text."""

    article: str
    title: str
    text: str


Search = Callable[[str, int], list[Found]]  # a question and how many passages, best first


def read_passages(archive: LocalArchive) -> tuple[dict[int, Found], dict[int, Vectors]]:
    """Give all passages of an archive, and their vectors, by their numbers."""
    numbers = archive.article_numbers().tolist()
    passages = {
        number: Found(article.id, article.title, text)
        for number, _, article, text in archive.passage_texts(numbers)
    }
    stored = archive.vectors_of_articles()
    return passages, dict(zip(stored.passages.tolist(), stored.vectors, strict=True))


def ours(dragoman: Dragoman, mode: Mode) -> Search:
    """Dragoman as it is used; where a ranking is wanted, with nothing held back."""

    def search(question: str, limit: int) -> list[Found]:
        deep = limit == DEEP
        per_article = None if deep else 2
        found = dragoman.search(question, limit, mode, per_article=per_article, all_copies=deep)
        return [Found(p.article.id, p.article.title, p.passage.text) for p in found.passages]

    return search


def reciprocal_rank_fusion(
    archive: LocalArchive, encoder: Encoder, passages: Mapping[int, Found]
) -> Search:
    """Our lexical and our dense candidates, joined by their ranks alone."""

    def search(question: str, limit: int) -> list[Found]:
        scores: dict[int, float] = defaultdict(float)
        snapshot = archive.snapshot()
        of_words = Query(Question(question, mode="lexical"), snapshot)
        of_vectors = Query(Question(question, mode="dense"), snapshot)
        lexical = retrieve(of_words, archive, None).lexical or {}
        dense = retrieve(of_vectors, archive, encoder).dense or {}
        for found in (lexical, dense):
            ranked = sorted(found, key=lambda number: -found[number])[:DEEP]
            for rank, number in enumerate(ranked, start=1):
                scores[number] += 1 / (_RRF_K + rank)
        best = sorted(scores, key=lambda number: -scores[number])
        return [passages[number] for number in best[:limit]]

    return search


def plain_bm25(passages: Mapping[int, Found]) -> Search:
    """BM25 over one field with title and text, with our stems, of passages as we cut them."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage", fast=True)
    builder.add_text_field("text", tokenizer_name="stemmed", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("stemmed", analyzer())
    writer = index.writer()
    for number, passage in passages.items():
        document = tantivy.Document(text=_titled(passage))
        document.add_integer("passage", number)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str, limit: int) -> list[Found]:
        words = dict.fromkeys(analyzer().analyze(question))
        terms = [(Occur.Should, tantivy.Query.term_query(schema, "text", word)) for word in words]
        hits = searcher.search(tantivy.Query.boolean_query(terms), limit, count=False).hits
        numbers = searcher.fast_field_values("passage", [address for _, address in hits])
        return [passages[int(number)] for number in numbers]

    return search


def txtai_hybrid(
    passages: Mapping[int, Found], vectors: Mapping[int, Vectors], encoder: Encoder
) -> Search:
    """txtai's hybrid search, with its defaults, on the vectors that are there already."""
    from txtai import Embeddings  # of the extra `compare`: the others need nothing more

    known = {_titled(passage): vectors[number] for number, passage in passages.items()}

    def transform(texts: list[str]) -> Vectors:
        return np.stack([known[t] if t in known else encoder.encode_question(t) for t in texts])

    embeddings = Embeddings(hybrid=True, method="external", transform=transform, content=False)
    embeddings.index((number, _titled(passage), None) for number, passage in passages.items())

    def search(question: str, limit: int) -> list[Found]:
        return [passages[number] for number, _ in embeddings.search(question, limit)]

    return search


def _titled(passage: Found) -> str:
    return f"{passage.title}\n{passage.text}"
