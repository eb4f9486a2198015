"""Names and words spelt in several ways: every spelling of a question finds the same passage."""

from itertools import product
from pathlib import Path
from unicodedata import combining, normalize

import pytest

from dragoman.corpus.text.spelling import DEFAULT_SPELLINGS, canonical_spelling

pytestmark = pytest.mark.slow

QUESTIONS = (Path(__file__).with_name("name_questions.txt")).read_text().splitlines()


def without_accents(text: str) -> str:
    return "".join(c for c in normalize("NFD", text) if not combining(c)).replace("ı", "i")


def begun_large(spelling: str) -> str:
    """Write it as a sentence or a title begins: Cease-fire."""
    return spelling[0].upper() + spelling[1:]


def in_each_spelling(question: str) -> list[str]:
    """Write the question in every spelling of every name in it, large and small, with accents."""
    asked = canonical_spelling(question)
    named = [group for group in DEFAULT_SPELLINGS.groups if canonical_spelling(group[0]) in asked]
    ways = {asked}
    for group in named:
        written = {way for spelling in group for way in (spelling, begun_large(spelling))}
        ways = {way.replace(group[0], spelling) for way, spelling in product(ways, written)}
    return sorted({*ways, question, *map(without_accents, ways), without_accents(question)})


def test_the_questions_cover_the_names_of_the_talks():
    spelt = [way for question in QUESTIONS for way in in_each_spelling(question)]
    assert len(QUESTIONS) >= 50
    assert len(spelt) > 4 * len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_spelling_finds_the_same_passage_first(talks, question):
    first = {way: talks.search(way, limit=1).passages[0].id for way in in_each_spelling(question)}
    assert len(set(first.values())) == 1, first


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("What did Zelenskij want?", "Zelenskyy"),
        ("Who is Podoljak?", "Podolyak"),
        ("Where is Dolmabace?", "Dolmabahçe"),
        ("Who is Arakhamya?", "Arakhamia"),
        ("Where is Sanliurfa?", "Sanliurfa"),
    ],
)
def test_a_name_spelt_as_nobody_does_is_found_by_fuzzy_matching(talks, asked, written):
    found = talks.search(asked, limit=3, mode="lexical").passages
    assert any(written in passage.passage.text for passage in found)


def test_a_passage_is_found_by_a_spelling_it_does_not_use(talks):
    found = talks.search("Kiew", limit=5, mode="lexical").passages
    assert found
    assert all(
        "Kyiv" in passage.passage.text or "Kiev" in passage.passage.text for passage in found
    )
