from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.article import Article
from dragoman.corpus.text.analysis import analyzer
from dragoman.corpus.text.spelling import canonical_spelling
from dragoman.corpus.text.stems import stems_of
from dragoman.index.opening import index_words
from dragoman.search.dragoman import Dragoman
from dragoman.search.query.terms import QueryTerms
from dragoman.search.retrieval.wording import Shares, shares_of_stems

TEXTS = ["peace talks were held", "talks ended", "peace came", "nothing of it"]
WORDS = st.lists(st.sampled_from("peace talks held. the end.\n in Ankara".split(" ")), max_size=12)


def terms_of(question: str, texts: Sequence[str] = TEXTS) -> QueryTerms:
    article = Article(id="a", title="", text="")
    words = index_words((n, n, article, text) for n, text in enumerate(texts, start=1))
    return QueryTerms(canonical_spelling(question), words.idf)


def shares(terms: QueryTerms, title: str, text: str) -> Shares:
    return shares_of_stems(terms, [stems_of(title, text)])[0]


def test_neighbours_count_wherever_they_stand_but_only_as_neighbours():
    asked = terms_of("peace talks")
    assert shares(asked, "", "So it was: peace talks.").phrases == 1
    assert shares(asked, "", "There was peace. Talks were held.").phrases == 1
    assert shares(asked, "Peace talks", "Nothing.").phrases == 1
    assert shares(asked, "Peace", "talks").phrases == 0
    assert shares(asked, "", "talks peace").phrases == 0


def test_the_best_sentence_counts_not_the_passage_nor_the_title():
    asked = terms_of("peace talks")
    assert shares(asked, "", "There were peace and some talks.").sentence == 1
    assert shares(asked, "Peace talks", "There was peace. There were talks.").sentence == 0.5


def test_the_title_counts_by_itself():
    asked = terms_of("peace talks")
    assert shares(asked, "Talks of peace", "Nothing.") == (0, 0, 1)
    assert shares(asked, "Peace", "There were talks.").title == 0.5


def test_rare_words_count_more():
    asked = terms_of("peace held")
    held, peace = (shares(asked, "", text).sentence for text in ("It was held.", "It was peace."))
    assert held > peace


@given(WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_many_passages_have_the_shares_that_each_has_word_by_word(question, passages):
    asked = terms_of(" ".join(question))
    texts = [(" ".join(title), " ".join(text)) for title, text in passages]
    found = shares_of_stems(asked, [stems_of(*both) for both in texts])
    assert found == [word_by_word(asked, *both) for both in texts]


def word_by_word(terms: QueryTerms, title: str, text: str) -> Shares:
    analyze = analyzer().analyze
    sentences = [analyze(sentence) for sentence in text.replace(".", ".|").split("|")]
    pairs = {*pairwise(analyze(text)), *pairwise(analyze(title))}
    phrases = sum(weight for pair, weight in terms.pairs.items() if pair in pairs)
    best = max(
        sum(weight for stem, weight in terms.weights.items() if stem in sentence)
        for sentence in sentences
    )
    titled = sum(weight for stem, weight in terms.weights.items() if stem in analyze(title))
    whole, of_pairs = sum(terms.weights.values()) or 1.0, sum(terms.pairs.values()) or 1.0
    return Shares(phrases / of_pairs, best / whole, titled / whole)


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=200))
def test_shares_lie_between_0_and_1(question, title, text):
    assert all(0 <= share <= 1 + 1e-9 for share in shares(terms_of(question), title, text))


@pytest.mark.parametrize("written", ["Zelenskiy in Kyiv", "ZELENSKYY in Kiev", "Zelensky in Kyiv"])
def test_names_are_compared_in_one_spelling(written, tmp_path, encoder):
    with Dragoman.open(tmp_path, encoder) as dragoman:
        dragoman.add({"id": "a", "title": written, "text": f"{written}: they met, it is said."})
        best = dragoman.search("Zelenskyi in Kiev").passages[0]
    assert {part.name: part.value for part in best.parts}["phrases"] == 1
