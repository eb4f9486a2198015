import pytest

from dragoman.search.entailment.contradiction import contradicts
from dragoman.search.entailment.terms import Terms

TRUCE = "The ministers did not agree on a cease-fire but did agree to go on negotiating."
TOLL = "The UN counts 1,151 civilians killed and 1,824 injured by 29 March 2022."


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The ministers agreed on a cease-fire.", TRUCE),
        ("The ministers did not agree to go on negotiating.", TRUCE),
        ("The talks brought a breakthrough.", "The talks brought no breakthrough."),
        ("It wasn't planned.", "It was planned."),
        ("Turkey opened the straits.", "Turkey closed the straits."),
        ("Exports rose.", "Exports fell."),
        ("At most 1,151 were killed.", "At least 1,151 were killed."),
        ("1,824 civilians were killed.", TOLL),
        ("The number of injured is 1,151.", TOLL),
        ("The talks last two weeks.", "The talks last two days."),
    ],
)
def test_the_contrary_is_noticed(claim, text):
    assert contradicts(Terms(claim), Terms(text))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The ministers agreed to go on negotiating.", TRUCE),
        ("No cease-fire was agreed by the ministers.", TRUCE),
        ("1,151 civilians had been killed by 29 March 2022.", TOLL),
        ("By 29 March 2022 1,824 people were injured.", TOLL),
        ("Turkey closed the straits.", "Turkey closed the straits, and may open them."),
        ("The first and the last came.", "The first came, and the last."),
        ("", TRUCE),
        ("Something else.", ""),
    ],
)
def test_what_is_not_contrary_passes(claim, text):
    assert not contradicts(Terms(claim), Terms(text))


LED = "David Arakhamia led Ukraine's delegation, and Turkish officials told Reuters so."


@pytest.mark.parametrize(
    "claim",
    [
        "Medinsky led the delegation.",
        "Arakhamia led Russia's delegation.",
        "Russian officials came.",
    ],
)
def test_names_that_change_places(claim):
    assert contradicts(Terms(claim), Terms(LED))


@pytest.mark.parametrize(
    "claim",
    [
        "Arakhamia led the delegation.",
        "The delegation was led by Arakhamia.",
        "The Ukrainian delegation came.",
        "Officials told Reuters so.",
        "Medinsky spoke.",
    ],
)
def test_names_that_do_not(claim):
    assert not contradicts(Terms(claim), Terms(LED))
