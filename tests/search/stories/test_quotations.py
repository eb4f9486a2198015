"""Who says what in an article: speaker, verb, words, whom to and when."""

import textwrap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.stories.speech.quotations import Quotation, quotations_in

WEDNESDAY = date(2022, 5, 4)
ARTICLE = """Harbour Minister Selma Oktay said late Tuesday that the port of Sinop would open.

"The port will open. We have waited for this," Oktay told Sea Radio.

"Not only ships will come," the minister added.

Pilot Deniz Ergin, head of the pilots' union, warned that the channel was too shallow.

"It has to be dredged first," he said. "Everybody knows that."

According to the coast guard, two boats ran aground in April.

The ministry denied that any boat was lost."""


def told(text: str, published: date | None = None) -> list[tuple[str, str]]:
    return [(one.speaker, words(text, one)) for one in quotations_in(text, published)]


def words(text: str, one: Quotation) -> str:
    return " ".join(text[slice(*one.span)].split())


def test_an_article_is_read_for_who_says_what():
    found = quotations_in(ARTICLE, WEDNESDAY)
    assert [(one.speaker, one.verb, one.form) for one in found] == [
        ("Selma Oktay", "say", "reported"),
        ("Selma Oktay", "tell", "direct"),
        ("Selma Oktay", "add", "direct"),
        ("Deniz Ergin", "warn", "reported"),
        ("Deniz Ergin", "say", "direct"),
        ("coast guard", "according to", "reported"),
        ("ministry", "deny", "reported"),
    ]
    first, second, third, fourth, fifth = found[:5]
    assert words(ARTICLE, first) == "the port of Sinop would open."
    assert (first.office, first.day) == ("Harbour Minister", date(2022, 5, 3))
    assert (second.addressee, second.day) == ("Sea Radio", None)
    assert third.written == "the minister"
    assert fourth.office == "head of the pilots' union"
    assert len(fifth.quoted) == 2


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("Ergin said the boats sank.", "Ergin", "the boats sank."),
        ("The boats sank, said Deniz Ergin, a pilot.", "Deniz Ergin", "The boats sank"),
        ("The boats, Ergin said, had sunk.", "Ergin", "The boats, Ergin said, had sunk."),
        ("The boats sank, according to Ergin.", "Ergin", "The boats sank"),
        ("Ergin’s claim that boats sank was false.", "Ergin", "boats sank was false."),
        ("Claims by Deniz Ergin that boats sank are false.", "Deniz Ergin",
         "boats sank are false."),
        ("Fog came early, said a Harbour Ministry statement.", "Harbour Ministry",
         "Fog came early"),
        ("“Fog came.” Ergin told Sea Radio.", "Ergin", "“Fog came.”"),
        ("Ergin called the fog “a curse”.", "Ergin", "“a curse”"),
        ("Ergin accused Oktay of sinking boats.", "Ergin", "Oktay of sinking boats."),
        ("Ergin went on to say that the fog came.", "Ergin", "the fog came."),
        ("Deniz Ergin, who has sailed, said the fog came.", "Deniz Ergin", "the fog came."),
        ("A pilot who has sailed for years said the fog came.", "pilot", "the fog came."),
        ("On Monday, the chairman of the union, Deniz Ergin, said the fog came.", "Deniz Ergin",
         "the fog came."),
        ("“Fog came,” Mayor Ulla von der Aue told Sea Radio.", "Ulla von der Aue", "“Fog came,”"),
        ("The fog came early, according to the Bank of Sinop.", "Bank of Sinop",
         "The fog came early"),
        ("The fog came early, Bo Ek, an analyst at Sinop University told Sea Radio.", "Bo Ek",
         "The fog came early"),
        ("Experts say the fog will stay.", "Experts", "the fog will stay."),
        ("Ergin denied sinking boats in the fog.", "Ergin", "sinking boats in the fog."),
        ("Ergin tweeted: “Fog!”", "Ergin", "“Fog!”"),
        ("Meanwhile, according to Ergin, fog came early.", "Ergin", "fog came early."),
    ],
)  # fmt: skip
def test_the_ways_of_telling_what_somebody_says(text, speaker, said):
    found = told(text)
    assert [one for one, _ in found] == [speaker]
    assert found[0][1].strip(" .") == said.strip(" .")


@pytest.mark.parametrize(
    "text",
    [
        "Ergin did not say that the fog came.",
        "Ergin refused to say whether the fog came.",
        "Ergin was told that the fog came.",
        "The fog is said to come early.",
        "Asked whether the fog came, Ergin left.",
        "None of them says whether the fog came.",
        "The harbour added 600 berths in May as trade returned.",
        "The film was called a success.",
        "His office said that the fog came.",
    ],
)
def test_what_nobody_is_told_to_say_is_no_quotation(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Selma Oktay met Deniz Ergin. Ergin left early. “It was late,” he said.",
         ["Deniz Ergin"]),
        ("Selma Oktay visited Sinop. She said the port would open.", ["Selma Oktay"]),
        ("Selma Oktay arrived. The ships of Deniz Ergin waited. She said it was late.", []),
        ("Mr Ergin arrived. She said it was late.", []),
        ("Selma Oktay arrived.\n\nIt rained.\n\nIt snowed.\n\nShe said it was late.", []),
        ("After meeting the pilot, Deniz Ergin, he said it was late.", []),
    ],
)  # fmt: skip
def test_a_pronoun_is_whom_the_text_is_about_or_nobody(text, speakers):
    assert [speaker for speaker, _ in told(text)] == speakers


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Selma Oktay told Turkish journalists earlier that it was late.", "Turkish journalists"),
        ("Selma Oktay told her counterpart Ergin again that it was late.", "her counterpart Ergin"),
        ("Selma Oktay told Ergin by telephone on Monday that it was late.", "Ergin"),
    ],
)
def test_whom_somebody_tells_is_named_without_when_and_how(text, addressee):
    (one,) = quotations_in(text, WEDNESDAY)
    assert one.addressee == addressee


@pytest.mark.parametrize("speaker", ["UN", "Ankara", "Delegations", "Both delegations", "Locals"])
def test_a_body_or_a_capital_may_speak(speaker):
    assert told(f"{speaker} said that it was late for ships.")[0][0] == speaker


def test_a_paragraph_in_quotation_marks_goes_on_with_the_speaker():
    text = "Ergin said the fog came early.\n\n“Nobody saw the rocks.”\n\nIt rained."
    assert told(text)[1] == ("Ergin", "“Nobody saw the rocks.”")


def test_what_is_announced_by_a_colon_stands_in_the_next_paragraph():
    text = "In a letter to Sea Radio, Ergin said:\n\n“Nobody saw the rocks.”"
    assert told(text) == [("Ergin", "“Nobody saw the rocks.”")]


def test_the_spellings_of_a_name_are_of_one_person():
    text = "Vladimir Medinskiy said the fog came. “It stayed,” Medinsky added."
    assert [speaker for speaker, _ in told(text)] == ["Vladimir Medinskiy"] * 2


@given(st.integers(60, 80))
def test_no_quotation_is_lost_where_lines_are_cut(width):
    paragraphs = ARTICLE.replace("too shallow.", "too shallow for the ships that come now.")
    whole = " ".join(paragraphs.split())
    cut = textwrap.fill(whole, width, break_on_hyphens=False)
    assert told(cut) == told(whole)


@given(st.sets(st.integers(0, 200)))
def test_no_quotation_is_lost_by_line_breaks_within_it(places):
    quotation = "“We have waited for this port, and now it will open to all ships.”"
    broken = "".join(
        "\n" if character == " " and place in places else character
        for place, character in enumerate(quotation)
    )
    assert told(f"{broken} Oktay told Sea Radio.") == [("Oktay", quotation)]


PIECES = ("“|”|\"|Ergin| said| told|.|, | that |\n|according to |Selma Oktay| he|the minister|"
          " fog came|‘|’|: | 3 |İ|🚢").split("|")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_every_quotation_is_verbatim_at_its_span_in_any_text(text):
    for one in quotations_in(text, WEDNESDAY):
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert one.sentence[0] <= start
        assert end <= one.sentence[1]
        for first, last in one.quoted:
            assert start <= first < last <= end
        assert one.speaker


def test_a_text_without_sentences_is_not_read_for_minutes():
    assert quotations_in("he said, " * 6000) == []
