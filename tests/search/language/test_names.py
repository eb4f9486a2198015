"""Which names, groups and places texts are read to mention."""

import pytest

from dragoman.search.language.names import group_in, names_in, place_in


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Turkey's Defence Minister Hulusi Akar met Shoigu.", ["Hulusi Akar", "Shoigu"]),
        ("Russian Foreign Minister Sergey Lavrov", ["Sergey Lavrov"]),
        ("İbrahim Kalın's visit to Kyiv", ["İbrahim Kalın"]),
        ("Kalın said so.", ["Kalın"]),
        (
            "On Sunday Zelenskyy spoke with Vladimir Putin on Monday.",
            ["Zelenskyy", "Vladimir Putin"],
        ),
        ("Moreover, a pact was signed. However he left.", []),
        ("The United Nations and NATO, the Red Cross, Anadolu Agency and the Black Sea", []),
        ("Turkish and Ukrainian negotiators in Antalya", []),
        ("Negotiators arrived. Delegations left.", []),
        ("who led russia's delegation?", []),
    ],
)
def test_people_are_told_from_what_else_has_a_capital(text, people):
    assert [name.text for name in names_in(text) if name.kind == "person"] == people


def test_a_name_stands_at_its_span_with_its_ending():
    text = "Did President Zelenskyy's office say so?"
    (name,) = names_in(text)
    assert (name.text, name.possessive) == ("Zelenskyy", True)
    assert text[slice(*name.span)] == "Zelenskyy's"


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("How many civilians were killed?", "the civilians"),
        ("When did the two foreign ministers meet?", "the two foreign ministers"),
        ("What do Russia and Ukraine want?", "Russia and Ukraine"),
        ("Why is this so?", None),
        ("Who is the president?", None),
    ],
)
def test_groups(text, group):
    assert group_in(text) == group


def test_where_something_was_comes_before_what_else_is_named():
    assert place_in("Russia's and Ukraine's ministers met in Antalya.") == "Antalya"
    assert place_in("Who visited Kyiv?") == "Kyiv"
    assert place_in("Russia's delegation left.") is None
