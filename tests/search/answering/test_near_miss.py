"""What a question names and a sentence contradicts."""

import pytest

from dragoman.search.answering.near_miss import differences, may_be_same
from dragoman.search.query.answer_type import kind_of


def differs(question, sentence, passage=""):
    return [str(one) for one in differences(question, kind_of(question), sentence, passage)]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is Norland's finance minister?", "Ada Holm is Norland's defence minister."),
        ("Who is the defence minister of Suria?", "Ada Holm is Norland's defence minister."),
        ("Who is the head of the harbour office?", "Bo Lund is deputy head of the harbour office."),
        ("Who was the former mayor of Holm?", "Bo Lund is mayor of Holm."),
        ("Who led the Norlandish delegation?", "Bo Lund led Suria's delegation in Holm."),
        ("What is the population of Holm?", "The population of Grenor has grown to 9,000."),
        ("When did Holm lift the ban?", "Holm imposed the ban in May."),
        ("What did Lund answer Holm?", "Holm told Lund that the ferry must sail."),
        (
            "When did Norland impose sanctions on Suria?",
            "In May the Northern League, the Eastern League and Grenor, among others, had imposed "
            "sanctions on Suria.",
        ),
        ("Why did the energy minister resign?", "The deputy energy minister has resigned."),
        ("When did Bo Lund beat Ada Holm?", "She beat Bo Lund in May."),
        ("Which club agreed to move the regatta?", "The club of Hask did not agree to move it."),
    ],
)
def test_another_office_owner_or_doer_and_the_contrary_differ(question, sentence):
    assert differs(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is Norland's defence minister?", "Ada Holm is the minister."),
        ("Who is the foreign minister of Poland?", "Ada Holm is the Polish foreign minister."),
        ("Who are the foreign ministers of Suria?", "The foreign ministers of Norland and Suria."),
        ("Who is the head of the harbour?", "Bo Lund heads the harbour."),
        ("What did Lund tell Holm?", "“The ferry must sail,” Lund told Holm."),
        ("What did Lund tell Holm?", "He told Holm that the ferry must sail."),
        ("When did Grenor impose the tax?", "The tax was imposed on Holm by Grenor in May."),
        ("Did the club agree to move the regatta?", "The club did not agree to move the regatta."),
        ("When did Lund agree to the tax?", "Lund did not agree to the tax until May."),
        ("When did Holm lift the ban?", "Holm imposed the ban in May and lifted it in June."),
        ("Who led the UN delegation?", "Bo Lund led the delegation of the United Nations."),
        ("What did minister Bo Lund say?", "The former minister Bo Lund said no."),
        ("Who is the mayor of Holm?", "Bo Lund has been elected mayor of Holm."),
        ("What did Ada Holm win?", "The novel Why Not Us by Ada Holm has won the prize."),
        ("What part of Holm is flooded?", "The northern part of the harbour of Holm is flooded."),
    ],
)
def test_what_is_said_otherwise_or_left_out_does_not_differ(question, sentence):
    assert not differs(question, sentence)


def test_first_and_last_name_are_one():
    asked, said = "What did Bo tell the crew?", "Lund told the crew that the ferry must sail."
    assert differs(asked, said)
    assert not differs(asked, said, "Bo Lund is captain of the ferry. " + said)


def test_what_is_said_names_both():
    said = differs("Who is Norland's finance minister?", "Ada Holm is Norland's defence minister.")
    assert said == ["It is about “Norland's defence minister”, not “Norland's finance minister”."]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("France", "French", True),
        ("Erdoğan", "Erdogan", True),
        ("Zelensky", "Zelenskyy", True),
        ("Iran", "Iraq", False),
        ("Norland", "Suria", False),
    ],
)
def test_names_may_be_spelt_otherwise(one, other, same):
    assert may_be_same(one, other) is same
