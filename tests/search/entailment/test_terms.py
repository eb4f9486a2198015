import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.entailment.terms import Terms, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,153 dead", "3153 dead"),
        ("at 10.30", "at 10:30"),
        ("5.4 million", "5,400,000"),
        ("2.5 billion", "2,500 million"),
        ("the 29th", "29 March"),
        ("three days", "3 days"),
        ("in 2022.", "in 2022"),
    ],
)
def test_figures_are_the_same_however_they_are_written(one, other):
    assert Terms(one).numbers == Terms(other).numbers != frozenset()


@pytest.mark.parametrize(
    ("one", "other"), [("1,151", "1,511"), ("5.4 million", "5.4 billion"), ("3", "30"), ("2", "3")]
)
def test_figures_that_differ(one, other):
    assert not Terms(one).numbers & Terms(other).numbers


@given(st.integers(0, 10**12))
def test_thousands_may_be_marked(number):
    assert Terms(f"{number:,}").numbers == {number} == Terms(str(number)).numbers


def test_versions_and_names_with_digits_are_no_figures():
    assert Terms("version 1.2.3 of the Covid19 app").numbers == frozenset()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Macron called.", ("macron",)),
        ("Negotiators met Lavrov.", ("lavrov",)),
        ("However, talks in Kiev failed. They met İbrahim Kalın.", ("kyiv", "ibrahim", "kalin")),
        ("UN officials came.", ("united", "nations")),
        ("He said “Russia” was named. Many came.", ("russia",)),
    ],
)
def test_names_are_told_by_their_capitals(text, names):
    assert Terms(text).names == names


@pytest.mark.parametrize(
    ("one", "other"),
    [("ukraine", "ukrainian"), ("turkey", "turkish"), ("russia", "russians"), ("china", "chinese")],
)
def test_a_country_and_its_people_share_a_name(one, other):
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("austria", "australia"), ("iran", "iraq"), ("kalin", "kalinin"), ("", "a")]
)
def test_other_names_are_others(one, other):
    assert not same_name(one, other)


@given(st.text())
def test_any_text_has_terms(text):
    terms = Terms(text)
    assert terms.stems <= {word.stem for word in terms.words}
    assert all(terms.has_name(name) for name in terms.names)
