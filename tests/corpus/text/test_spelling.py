import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.text.spelling import (
    DEFAULT_SPELLINGS,
    Spellings,
    canonical_spelling,
    known_names,
    other_spellings,
    spelt_as_in,
)

GROUPS = DEFAULT_SPELLINGS.groups
EVERY = [(group[0], spelling) for group in GROUPS for spelling in group]


@pytest.mark.parametrize(("standard", "spelling"), EVERY)
def test_every_spelling_becomes_the_one_that_stands_for_all(standard, spelling):
    assert canonical_spelling(f"so {spelling}, then") == f"so {standard}, then"
    assert known_names(canonical_spelling(spelling)) == (standard,)
    assert canonical_spelling(spelling, (standard,)) == standard
    assert canonical_spelling(spelling, ()) == spelling


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("Cease-fire", "ceasefire"),
        ("CEASE FIRE", "ceasefire"),
        ("Defence", "defense"),
        ("Türkiye", "Turkey"),
        ("TÜRKİYE", "Turkey"),
        ("Zelenskýi", "Zelensky"),
        ("kiev", "Kyiv"),
    ],
)
def test_case_and_accents_do_not_matter(written, standard):
    assert canonical_spelling(f"({written})") == f"({standard})"


def test_what_is_no_other_spelling_keeps_its_accents():
    assert canonical_spelling("Çavuşoğlu, São Paulo, Kyïv") == "Çavuşoğlu, São Paulo, Kyïv"


def test_words_that_mean_something_else_stay():
    assert canonical_spelling("a poutine, an uno") == "a poutine, an uno"


def test_no_spelling_stands_in_two_groups():
    written = [spelling.lower() for group in GROUPS for spelling in group]
    assert len(written) == len(set(written))


def test_capitals_alone_are_not_taken_for_words():
    assert canonical_spelling("Give us the eu and un") == "Give us the eu and un"
    assert canonical_spelling("US, EU") == "United States, European Union"


def test_parts_of_words_stay():
    assert canonical_spelling("Kievan Rus, Burmanese, CEASE FIREARMS") == (
        "Kievan Rus, Burmanese, CEASE FIREARMS"
    )


@given(st.text())
def test_doing_it_twice_changes_nothing_more(text):
    assert canonical_spelling(canonical_spelling(text)) == canonical_spelling(text)


@given(st.lists(st.sampled_from([*(s for _, s in EVERY), "talks", "of", "İ", "😀"]), max_size=8))
def test_spans_are_of_the_text_as_it_is_written(words):
    text = " ".join(words)
    for (start, end), standard in other_spellings(text, tuple(group[0] for group in GROUPS)):
        assert canonical_spelling(text[start:end]) == standard


def test_a_table_is_read_without_comments_and_empty_lines(tmp_path):
    file = tmp_path / "spellings.txt"
    file.write_text("# Towns\n\nIzmir | Smyrna |\n Doğubayazıt|Bayazid \n|\n", "utf-8")
    table = Spellings.read(file)
    assert table.groups == [["Izmir", "Smyrna"], ["Dogubayazit", "Bayazid"]]
    assert table.canonical("SMYRNA, Bayazid and Kiev") == "Izmir, Dogubayazit and Kiev"
    assert table.known_names("Doğubayazıt") == ("Dogubayazit",)


def test_names_may_hold_any_characters():
    table = Spellings([["C++ (today)", r"C\1 with classes"]])
    assert table.canonical(r"Who made C\1 with classes?") == "Who made C++ (today)?"
    assert table.spelt_as_in([r"C\1 with classes"], "C++ (today)") == r"C\1 with classes"


def test_a_question_is_spelt_as_most_texts_do():
    texts = ["Kiew", "Kyiv, Kyiv", "Kiev Kiev Kiev"]
    assert spelt_as_in(texts, "What of Kiew?") == "What of Kiev?"
    assert spelt_as_in(["Odesa"], "What of Kiew?") == "What of Kyiv?"
    assert spelt_as_in(texts, "What of İzmir?") == "What of İzmir?"
