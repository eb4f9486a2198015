import numpy as np
import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.text.analysis import analyzer
from dragoman.corpus.text.spelling import Spellings
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


@pytest.mark.parametrize("asked", ["talks", "Turkey's pact", "Kiev straits", "negotiators"])
def test_a_large_archive_finds_common_words_by_their_stems(words, asked, monkeypatch):
    before = found(words, asked)
    monkeypatch.setattr("dragoman.index.local.words._LARGE", 0)
    assert set(found(words, asked)) == set(before)


def test_a_common_word_counts_by_its_stem_as_much_as_by_both(words, monkeypatch):
    monkeypatch.setattr("dragoman.index.local.words._LARGE", 0)
    stem = words.matching("negotiator", 5)[30]  # which no passage has as it is written
    assert words.matching("negotiators", 5)[30] == pytest.approx(1.3 * stem)


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


NAMED = {
    1: "Zelensky spoke.",
    2: "Zelenskyy spoke.",
    3: "Zelenskyy waited, and Zelensky waited.",
    4: "The UN counted.",
    5: "The United Nations counted.",
    6: "The U.N. counted.",
    7: "Nations counted them, united for us.",
    8: "The U.S. counted, said the USA.",
    9: "WHO tells us who counted.",
}


@pytest.fixture
def named() -> WordIndex:
    index = WordIndex()
    index.update((n, n, Article(id=str(n), title="", text=text), text) for n, text in NAMED.items())
    return index


@pytest.mark.parametrize("asked", ["Zelensky", "Zelenskyy", "ZELENSKIJ", "zelenskyi"])
def test_a_name_is_found_in_every_spelling_by_every_spelling(named, asked):
    assert set(found(named, asked)) == {1, 2, 3}
    assert named.matching(asked, 5) == named.matching("Zelensky", 5)


def test_spellings_of_a_name_are_alternatives_that_do_not_add_up(named):
    scores = named.matching("Zelensky", 5)
    # However rare a spelling is, it weighs what the name does.
    assert scores[1] == pytest.approx(scores[2], rel=1e-6)
    both = named.matching("Zelensky waited", 5)[3] - named.matching("waited", 5)[3]
    assert both == pytest.approx(scores[3], rel=1e-6)
    assert scores[3] < 1.5 * scores[1]


@pytest.mark.parametrize("asked", ["UN", "U.N.", "United Nations", "united nations"])
def test_a_name_of_several_words_is_found_by_its_initials_and_the_other_way(named, asked):
    # All words of a spelling are needed, but wherever they are.
    assert set(found(named, asked)) == {4, 5, 6, 7}
    assert named.matching(asked, 5) == named.matching("UN", 5)


def test_one_word_of_a_spelling_is_not_the_name(named):
    assert found(named, "US") == [8]


def test_an_acronym_is_no_stop_word(named):
    assert found(named, "What does WHO tell?")[0] == 9
    assert found(named, "WHO") == [9]
    assert 9 not in found(named, "U.S., USA")


def test_the_idf_of_a_name_counts_all_its_spellings(named):
    (stem,) = analyzer().analyze("Zelensky")
    other = WordIndex(spellings=Spellings([]))
    other.update((n, n, Article(id=str(n), title="", text=""), t) for n, t in NAMED.items())
    assert named.idf(stem) < other.idf(stem)
    assert named.idf("spoke") == other.idf("spoke")


def test_another_table_is_another_search_in_the_same_index(tmp_path):
    WordIndex(tmp_path).update(rows())
    renamed = WordIndex(tmp_path, Spellings([["Bosporus", "Karadeniz Bogazi"], ["!!!", "???"]]))
    assert found(renamed, "Karadeniz Boğazı") == [20]
    assert found(renamed, "???") == found(renamed, "!!!") == []
    assert found(WordIndex(tmp_path), "Karadeniz Boğazı") == []
