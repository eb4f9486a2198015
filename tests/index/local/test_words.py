import numpy as np
import pytest

from dragoman.corpus.article import Article
from dragoman.index.local.words import WordIndex

TEXTS = {
    1: ("Kalın in Kyiv", "İbrahim Kalın spoke of the Istanbul process and of talks."),
    2: ("Straits", "Turkey closed the Bosporus under a pact of 1936."),
    3: ("Figures", "At least 1,151 civilians were killed; the negotiators talked."),
}


def rows(numbers=(1, 2, 3)):
    for n in numbers:
        title, text = TEXTS[n]
        yield n * 10, n, Article(id=str(n), title=title, text=text), text


@pytest.fixture(params=["disk", "memory"])
def words(request, tmp_path) -> WordIndex:
    index = WordIndex(tmp_path if request.param == "disk" else None)
    index.update(rows())
    return index


def found(words: WordIndex, question: str, **options) -> list[int]:
    return list(words.matching(question, 10, **options))


@pytest.mark.parametrize("asked", ["Kalın", "Kalin", "KALIN", "İBRAHİM", "ibrahim"])
def test_accents_and_case_do_not_matter(words, asked):
    assert found(words, asked) == [10]


def test_words_are_found_by_their_stem_and_titles_count(words):
    assert set(found(words, "talk")) == {10, 30}
    assert found(words, "strait") == [20]


def test_a_name_counts_more_as_it_is_written(words):
    by_stem, as_written = words.matching("negotiator", 5), words.matching("negotiators", 5)
    assert as_written[30] > by_stem[30] > 0


@pytest.mark.parametrize(
    "hostile",
    ['text:(a AND "b', "*", '+-&&||!(){}[]^"~*?:\\', "\x00", "NOT", "a:b^2 [1 TO 3}", "' OR 1=1"],
)
def test_a_question_is_never_query_syntax(words, hostile):
    words.matching(hostile, 5)


def test_unknown_words_find_nothing(words):
    assert found(words, "zeppelin") == []
    assert found(words, "???") == []


def test_only_the_allowed_articles_are_ranked(words):
    assert found(words, "talk", articles=np.array([3])) == [30]
    assert found(words, "talk", articles=np.array([2])) == []


def test_allowing_all_changes_no_score(words):
    everything = np.array([1, 2, 3])
    filtered = words.matching("the talks of Turkey", 5, everything)
    assert filtered == pytest.approx(words.matching("the talks of Turkey", 5))


def test_updating_takes_out_and_puts_in(words):
    words.update([], removed=[1])
    assert found(words, "Kalin") == []
    assert words.passages == 2
    words.update(rows([1]))
    assert found(words, "Kalin") == [10]


def test_what_was_written_is_there_when_opened_again(tmp_path):
    WordIndex(tmp_path).update(rows())
    assert list(WordIndex(tmp_path).matching("Bosporus", 5)) == [20]


def test_a_word_of_any_length_does_no_harm(words):
    words.update([(40, 4, Article(id="4", title="", text=""), "x" * 100_000 + " end")])
    assert found(words, "end") == [40]
    assert found(words, "x" * 2000) == []
