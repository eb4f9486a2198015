from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.article import Article
from dragoman.corpus.text.spelling import canonical_spelling
from dragoman.index.opening import index_words
from dragoman.search.query.terms import QueryTerms

TEXTS = ["peace talks were held", "talks ended", "peace came", "nothing of it"]


def terms_of(question: str, texts: Sequence[str] = TEXTS) -> QueryTerms:
    article = Article(id="a", title="", text="")
    words = index_words((n, n, article, text) for n, text in enumerate(texts, start=1))
    return QueryTerms(canonical_spelling(question), words.idf)


def test_neighbours_count_wherever_they_stand_but_only_as_neighbours():
    asked = terms_of("peace talks")
    assert asked.passage_shares("", "So it was: peace talks.")[0] == 1
    assert asked.passage_shares("Peace talks", "Nothing.")[0] == 1
    assert asked.passage_shares("Peace", "talks")[0] == 0
    assert asked.passage_shares("", "talks peace")[0] == 0


def test_the_best_sentence_counts_not_the_passage():
    asked = terms_of("peace talks")
    assert asked.passage_shares("", "There were peace and some talks.")[1] == 1
    assert asked.passage_shares("", "There was peace. There were talks.")[1] == 0.5


def test_rare_words_count_more():
    asked = terms_of("peace held")
    held, peace = (asked.passage_shares("", text)[1] for text in ("It was held.", "It was peace."))
    assert held > peace


def test_names_are_compared_in_one_spelling():
    asked = terms_of("Zelenskyy in Kiev", ["Zelensky came to Kyiv"])
    assert asked.passage_shares("", "Zelenskiy in Kyiv")[0] == 1


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=200))
def test_shares_lie_between_0_and_1(question, title, text):
    assert all(0 <= share <= 1 + 1e-9 for share in terms_of(question).passage_shares(title, text))
