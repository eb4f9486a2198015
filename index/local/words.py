"""tantivy: BM25 over the passages. Derived from the database and rebuildable."""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from ...corpus.article import Article
from ...corpus.text.analysis import acronyms_apart, analyzer, stop_stems
from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..archive import Numbers
from ..vocabulary import Vocabulary
from .spellings import Synonyms, Terms

# Stems match "talks" and "talk"; the field `names` has unstemmed words, since stemming conflates
# names. A title is worth a field of its own (docs/experiments.md, Ranking).
_WEIGHTS = {"text": 1.0, "title": 1.0, "names": 0.3}
_HEAP_BYTES = 64_000_000
# The version of the index's content, raised when that changes.
WORDS_FORMAT = "4"

_LARGE = 300_000  # passages
_COMMON = 0.02  # the share of passages that have a common word
# A name that is written in no passage, or in one of so many, may be misspelt; by so many letters.
_RARE = 10_000
_MOST_MISSPELT = 5  # passages of a large archive that have a word misspelt in the same way
_LEAST_LETTERS = 5
_LETTERS_FOR_TWO_EDITS = 8
# The weight of a fuzzy match: less than that of any rare word matched exactly.
_LIKENESS = 1.0


class WordIndex:
    """BM25 over titles and texts of passages. Searching is safe from many threads.

    What articles write is indexed as it is, but for accents, case and endings; the names of a
    question are looked for in all their `spellings`.
    """

    def __init__(
        self, folder: Path | None = None, spellings: Spellings = DEFAULT_SPELLINGS
    ) -> None:
        """Open the index in `folder`, creating it if empty; None keeps it in memory."""
        self.spellings = spellings
        self._synonyms = {True: Synonyms(spellings, True), False: Synonyms(spellings, False)}
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
        """Remove the passages of `removed` articles, add the `added`, and commit.

        `added` are passage number, article number, article and the passage's text.
        """
        writer = self._index.writer(_HEAP_BYTES, num_threads=1)
        for number in removed:
            writer.delete_documents_by_term("article", int(number))
        for number, article_number, article, text in added:
            title, text = acronyms_apart(article.title), acronyms_apart(text)
            document = tantivy.Document(text=text, title=title, names=f"{title}\n{text}")
            document.add_integer("passage", number)
            document.add_integer("article", article_number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        self.__dict__.pop("_vocabulary", None)

    def matching(
        self, question: str, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        """Return up to `limit` passages with their BM25 scores, best first.

        With `articles`, only their passages are ranked. A question whose words are all unknown
        matches nothing.
        """
        query = self._query(self.spellings.canonical(question))
        if articles is not None:
            allowed = Query.term_set_query(self._index.schema, "article", articles.tolist())
            unscored = Query.const_score_query(allowed, 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, unscored)])
        hits = self._searcher.search(query, limit, count=False).hits
        passages = self._searcher.fast_field_values("passage", [address for _, address in hits])
        return {int(p or 0): score for p, (score, _) in zip(passages, hits, strict=True)}

    def idf(self, stem: str) -> float:
        """Return the inverse document frequency of a stem in texts, as BM25 counts it.

        A stem of a name counts in all spellings of the name.
        """
        return self._idf(self._frequency("text", stem))

    def knows(self, word: str) -> bool:
        """Return whether any passage or its title has a word, in whatever inflection.

        Of a word that is several terms, as "Lenz's" is, all must be there.
        """
        return all(
            self._having("names", (term,)) or self._has_stems(term)
            for term in _analyzer_of("names").analyze(acronyms_apart(word))
        )

    @property
    def vocabulary(self) -> Vocabulary:
        """Every word of passages and titles, in small plain letters, and how many have it."""
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._words_beginning)

    def _words_beginning(self, prefix: str) -> Iterator[tuple[str, int]]:
        counted = self._searcher.terms_with_prefix("names", prefix)
        return ((word, having) for word, having in counted if word.isalpha())

    def _has_stems(self, word: str) -> bool:
        stems = _analyzer_of("text").analyze(word)
        return any(self._having(field, stems) for field in ("text", "title")) if stems else False

    def _query(self, question: str) -> Query:
        # Built from terms, never parsed as query syntax: the question is untrusted text.
        names, rest = self._parted(question)
        common = self._common_words(rest)
        scored = [
            query
            for field in _WEIGHTS
            for query in [
                *self._for_words(field, rest, common, bool(names)),
                *self._for_names(field, names),
            ]
        ]
        queries = [*scored, *self._fuzzy_matches(question)]
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    def _common_words(self, question: str) -> list[str]:
        """Return the words of a question that in a large archive are not looked for unstemmed.

        To read the long lists of passages that have them takes longer than all else, and finds
        little more than their stems do, which count for them as well.
        """
        if self.passages <= _LARGE:
            return []
        most = _COMMON * self.passages
        words = _question_terms("names", question)
        return [word for word in words if self._searcher.doc_freq("names", word) > most]

    def _for_words(
        self, field: str, question: str, common: Sequence[str], has_names: bool
    ) -> Iterator[Query]:
        stems = {stem for word in common for stem in analyzer().analyze(word)}
        for term in _question_terms(field, question, has_names):
            if field != "names":
                yield self._weighed(field, self._term(field, term), unstemmed=term not in stems)
            elif term not in common:
                yield self._weighed(field, self._term(field, term))

    def _for_names(self, field: str, names: Sequence[str]) -> Iterator[Query]:
        """Yield a query for each name. Those of a large archive are not looked for unstemmed."""
        unstemmed = self.passages <= _LARGE
        if unstemmed or field != "names":
            for query in filter(None, (self._name(field, name) for name in names)):
                yield self._weighed(field, query, unstemmed)

    def _weighed(self, field: str, query: Query, unstemmed: bool = True) -> Query:
        """Return the query with its weight, the more if nothing is looked for `unstemmed`."""
        more = _WEIGHTS["names"] if field == "text" and not unstemmed else 0.0
        return Query.boost_query(query, _WEIGHTS[field] + more)

    def _parted(self, question: str) -> tuple[list[str], str]:
        """Split a question in canonical spelling into its names, each once, and the rest."""
        names: dict[str, None] = {}
        pieces, end = [], 0
        for (start, stop), name in self.spellings.names(question):
            names[name] = None
            pieces.append(question[end:start])
            end = stop
        return list(names), acronyms_apart(" ".join([*pieces, question[end:]]))

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self._index.schema, field, word, index_option="freq")

    def _name(self, field: str, name: str) -> Query | None:
        """Return a query for any spelling of a name; the best counts, however rare it is itself."""
        spellings = self._synonyms_of(field).spellings(name)
        written = [terms for terms in spellings if self._having(field, terms)]
        if not written:
            return None
        weight = sum(self._idf(self._frequency(field, term)) for term in spellings[0])
        return Query.disjunction_max_query([self._spelling(field, t, weight) for t in written])

    def _spelling(self, field: str, terms: Terms, weight: float) -> Query:
        own = sum(self._idf(self._searcher.doc_freq(field, term)) for term in terms)
        queries = [(Occur.Must, self._term(field, term)) for term in terms]
        query = queries[0][1] if len(terms) == 1 else Query.boolean_query(queries)
        return Query.boost_query(query, weight / own)

    def _idf(self, passages: int) -> float:
        """Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", section 3."""
        # Removed passages are counted until tantivy merges them away.
        having = min(passages, self.passages)
        return math.log(1 + (self.passages - having + 0.5) / (having + 0.5))

    def _frequency(self, field: str, term: str) -> int:
        """Return the number of passages with a term, or with another spelling of its name."""
        others = self._synonyms_of(field).others(term)
        return self._searcher.doc_freq(field, term) + sum(self._having(field, o) for o in others)

    def _having(self, field: str, terms: Sequence[str]) -> int:
        """Return at most how many passages have all these terms."""
        return min(self._searcher.doc_freq(field, term) for term in terms)

    def _synonyms_of(self, field: str) -> Synonyms:
        return self._synonyms[field != "names"]

    def _fuzzy_matches(self, question: str) -> Iterator[Query]:
        """Yield fuzzy queries for words that are rare as they are spelt."""
        for word in _question_terms("names", acronyms_apart(question)):
            if len(word) >= _LEAST_LETTERS and word.isalpha() and self._is_rare(word):
                nearly = Query.const_score_query(self._spelt_nearly(word), 1.0)
                yield Query.boost_query(nearly, _LIKENESS)

    def _is_rare(self, word: str) -> bool:
        having = self._frequency("names", word)
        by_stem = (self._frequency("text", stem) for stem in analyzer().analyze(word))
        return may_be_misspelt(max(having, *by_stem), self.passages)

    def _spelt_nearly(self, word: str) -> Query:
        edits = 2 if len(word) >= _LETTERS_FOR_TWO_EDITS else 1
        return Query.fuzzy_term_query(self._index.schema, "names", word, edits)


def may_be_misspelt(having: int, passages: int) -> bool:
    """Return whether a word is rare enough to be misspelt, by how many of all passages have it.

    A rare word of a large archive is in many passages, and likely to be a name that is spelt right.

    >>> may_be_misspelt(1, 10_000), may_be_misspelt(2, 10_000)
    (True, False)
    >>> may_be_misspelt(5, 1_000_000), may_be_misspelt(6, 1_000_000)
    (True, False)
    """
    return having * _RARE <= passages and (passages <= _LARGE or having <= _MOST_MISSPELT)


def _question_terms(field: str, question: str, has_names: bool = False) -> Sequence[str]:
    """Return the terms of a question to look for in a field, each once.

    Stop words are left out of stems, unless a question without names has nothing else.
    """
    terms = dict.fromkeys(_analyzer_of(field).analyze(question))
    if field == "names":
        return list(terms)
    content = [stem for stem in terms if stem not in stop_stems()]
    return content if content or has_names else list(terms)


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
