from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.article import Article
from dragoman.index.local.words import WordIndex
from dragoman.search.query.terms import QueryTerms

TEXTS = ["peace talks were held", "talks ended", "peace came", "nothing of it"]


def index_of(texts: list[str]) -> WordIndex:
    words = WordIndex()
    article = Article(id="a", title="", text="")
    words.update((n, n, article, text) for n, text in enumerate(texts, start=1))
    return words


def wording(question: str) -> QueryTerms:
    return QueryTerms(question, index_of(TEXTS))


def test_neighbours_count_wherever_they_stand_but_only_as_neighbours():
    asked = wording("peace talks")
    assert asked.evidence("", "So it was: peace talks.")[0] == 1
    assert asked.evidence("Peace talks", "Nothing.")[0] == 1
    assert asked.evidence("Peace", "talks")[0] == 0
    assert asked.evidence("", "talks peace")[0] == 0


def test_the_best_sentence_counts_not_the_passage():
    asked = wording("peace talks")
    assert asked.evidence("", "There were peace and some talks.")[1] == 1
    assert asked.evidence("", "There was peace. There were talks.")[1] == 0.5


def test_rare_words_count_more():
    asked = wording("peace held")
    assert asked.evidence("", "It was held.")[1] > asked.evidence("", "It was peace.")[1]


def test_what_was_removed_makes_no_word_worthless():
    words = WordIndex()
    article = Article(id="a", title="", text="")
    words.update((n, n, article, f"peace talks number {n}") for n in range(1, 6))
    words.update([], removed=[1, 2, 3])
    assert words.idf("peac") > 0
    asked = QueryTerms("peace talks", words)
    assert asked.evidence("", "peace") < asked.evidence("", "peace talks") == (1, 1)


def test_names_are_compared_in_one_spelling():
    asked = QueryTerms("Zelenskyy in Kiev", index_of(["Zelensky came to Kyiv"]))
    assert asked.evidence("", "Zelenskiy in Kyiv")[0] == 1


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=200))
def test_shares_lie_between_0_and_1(question, title, text):
    assert all(0 <= share <= 1 + 1e-9 for share in wording(question).evidence(title, text))
