import pytest

from dragoman.search.query.several import asks_for_several, joined_names, listing_as_question


@pytest.mark.parametrize(
    "question",
    [
        "Which bridges are closed?",
        "Which two old stone bridges are closed?",
        "In which places was the fair held?",
        "What sanctions did Turkey impose?",
        "Where did barns burn?",
        "Who are the members of the board?",
        "List all fires at Holt.",
        "Name the countries that are guarantors",
        "please list every person arrested",
    ],
)
def test_what_asks_for_several(question):
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which bridge is closed?",
        "Which office is in charge of the roads?",
        "What happens in Paris?",
        "What is the status of Kherson?",
        "Where did the talks end?",
        "Where do Russia's forces stand?",
        "Name the mayor of Holt.",
        "Who leads the talks?",
        "",
    ],
)
def test_what_asks_for_one(question):
    assert not asks_for_several(question)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("List all barn fires.", "Which barn fires are there?"),
        ("Name the clubs which lost", "Which clubs lost?"),
        ("Who lost?", "Who lost?"),
        ("List the mayor", "List the mayor"),
    ],
)
def test_a_request_for_a_list_as_a_question(text, question):
    assert listing_as_question(text) == question


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who built the piers at Aldwick and Brancombe?", ("Aldwick", "Brancombe")),
        ("How long are the piers of Aldwick and of Port Bran?", ("Aldwick", "Port Bran")),
        ("What cost the piers at Aldwick, Coll and Bran?", ("Aldwick", "Coll", "Bran")),
        ("Who built piers and roads?", ()),
    ],
)
def test_joined_names(question, names):
    assert joined_names(question) == names
