"""Nouns and what is attached to them."""

import pytest

from dragoman.search.language.noun_phrases import phrases_asked, phrases_with


@pytest.mark.parametrize(
    ("text", "names", "modifiers"),
    [
        ("Turkey's Defence Minister Akar told Russia's generals.", {"Turkey"}, {"defenc"}),
        ("the foreign ministers of Russia and Ukraine met", {"Russia", "Ukraine"}, {"foreign"}),
        ("Russia's and Iran's ministers met", {"Russia", "Iran"}, set()),
        ("the Russian and Ukrainian ministers", {"Russian", "Ukrainian"}, set()),
        ("a minister of defence of Ukraine", {"Ukraine"}, {"defenc"}),
        ("Ada Holm's minister", {"Ada", "Holm"}, set()),
        ("Then the minister spoke of Ukraine.", set(), set()),
    ],
)
def test_a_noun_has_its_owners_and_modifiers(text, names, modifiers):
    (phrase,) = phrases_with("minister", text)
    assert (phrase.names, phrase.modifiers) == (names, modifiers)


@pytest.mark.parametrize(
    ("question", "heads"),
    [
        ("Where did the Russian delegation stay?", ["delegation"]),
        ("Who is Turkey's finance minister?", ["minister"]),
        ("What part of Armenia is it?", []),
        ("Who won?", []),
    ],
)
def test_the_nouns_of_a_question(question, heads):
    assert [phrase.head for phrase in phrases_asked(question)] == heads
