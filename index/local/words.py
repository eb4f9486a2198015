"""tantivy: the passages that share words with a question. Derived from the database too."""

import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from ...corpus.article import Article
from ...corpus.text.analysis import STOP_WORDS, analyzer
from ...corpus.text.spelling import canonical_spelling, spellings_hash
from ..archive import Numbers

# Stems find "talks" by "talk"; in `names`, words count as they are written, since stemming runs
# names together. A title is worth a field of its own (ARCHITECTURE.md, Ranking).
_WEIGHTS = {"text": 1.0, "title": 1.0, "names": 0.3}
_HEAP_BYTES = 64_000_000
_FORMAT = 3  # of the index: raised when what is written into it changes

# A name that is written in no passage, or in one of so many, may be misspelt; by so many letters.
_RARE = 10_000
_LEAST_LETTERS = 5
_LETTERS_FOR_TWO_EDITS = 8
# What a word found only by its likeness counts: less than any rare word found as it is.
_LIKENESS = 1.0


class WordIndex:
    """BM25 over titles and texts of passages. Searching is safe from many threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open the index in `folder`, which is made if it is empty; None keeps it in memory."""
        self._index = tantivy.Index(_schema(), path=str(folder) if folder else None)
        for field in _WEIGHTS:
            self._index.register_tokenizer(field, _analyzer_of(field))
        self._searcher = self._index.searcher()

    @property
    def passages(self) -> int:
        """The number of passages that can be found."""
        return self._searcher.num_docs

    def update(
        self, added: Iterable[tuple[int, int, Article, str]], removed: Iterable[int] = ()
    ) -> None:
        """Take out the passages of `removed` articles, put in the `added`, and commit.

        `added` are passage number, article number, article and the passage's text.
        """
        writer = self._index.writer(_HEAP_BYTES, num_threads=1)
        for number in removed:
            writer.delete_documents_by_term("article", int(number))
        for number, article_number, article, text in added:
            title, text = canonical_spelling(article.title), canonical_spelling(text)
            document = tantivy.Document(text=text, title=title, names=f"{title}\n{text}")
            document.add_integer("passage", number)
            document.add_integer("article", article_number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def matching(
        self, question: str, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        """Return up to `limit` passages with their BM25 scores, best first.

        With `articles`, only their passages are ranked. A question whose words are all unknown
        matches nothing.
        """
        query = self._query(canonical_spelling(question))
        if articles is not None:
            allowed = Query.term_set_query(self._index.schema, "article", articles.tolist())
            unscored = Query.const_score_query(allowed, 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, unscored)])
        hits = self._searcher.search(query, limit, count=False).hits
        passages = self._searcher.fast_field_values("passage", [address for _, address in hits])
        return {int(p or 0): score for p, (score, _) in zip(passages, hits, strict=True)}

    def idf(self, stem: str) -> float:
        """Give the inverse document frequency of a stem in texts, as BM25 counts it.

        Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", section 3.
        """
        # Passages that were taken out are still counted here, until tantivy merges them away.
        having = min(self._searcher.doc_freq("text", stem), self.passages)
        return math.log(1 + (self.passages - having + 0.5) / (having + 0.5))

    def _query(self, question: str) -> Query:
        # From terms, never from the question as a query language: it is anybody's text.
        terms = [
            (Occur.Should, Query.boost_query(self._term(field, word), weight))
            for field, weight in _WEIGHTS.items()
            for word in _question_terms(field, question)
        ]
        return Query.boolean_query(terms + [(Occur.Should, q) for q in self._likenesses(question)])

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self._index.schema, field, word, index_option="freq")

    def _likenesses(self, question: str) -> list[Query]:
        """Look also for what is spelt nearly as a word that is hardly ever written as it is."""
        return [
            Query.boost_query(Query.const_score_query(self._spelt_nearly(word), 1.0), _LIKENESS)
            for word in _question_terms("names", question)
            if len(word) >= _LEAST_LETTERS and word.isalpha() and self._is_rare(word)
        ]

    def _is_rare(self, word: str) -> bool:
        having = self._searcher.doc_freq("names", word)
        by_stem = (self._searcher.doc_freq("text", stem) for stem in analyzer().analyze(word))
        return max(having, *by_stem) * _RARE <= self.passages

    def _spelt_nearly(self, word: str) -> Query:
        edits = 2 if len(word) >= _LETTERS_FOR_TWO_EDITS else 1
        return Query.fuzzy_term_query(self._index.schema, "names", word, edits)


def _question_terms(field: str, question: str) -> Sequence[str]:
    """Give the terms of a question to be looked for in a field, each once."""
    terms = dict.fromkeys(_analyzer_of(field).analyze(question))
    if field == "names":
        return list(terms)
    telling = [stem for stem in terms if stem not in _stop_stems()]
    return telling or list(terms)


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(analyzer().analyze(" ".join(STOP_WORDS)))


def words_fingerprint() -> str:
    """Give what an index of words depends on besides the articles."""
    return f"{_FORMAT} {spellings_hash()}"


def _analyzer_of(field: str) -> tantivy.TextAnalyzer:
    return analyzer(stemmed=field != "names")


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage", fast=True)
    builder.add_integer_field("article", indexed=True)
    for field in _WEIGHTS:
        builder.add_text_field(field, tokenizer_name=field, index_option="freq")
    return builder.build()
