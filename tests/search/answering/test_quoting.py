from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.article import Passage
from dragoman.search.answering.quoting import MOST_CHARACTERS, quote_of, quotes_of
from dragoman.search.reading.reader import FoundSpan
from made_candidates import made_candidate


def test_the_whole_sentence_is_quoted_and_the_answer_marked_in_it():
    text = "Talks began. They met in Brest on Monday. Snow fell."
    quote = quote_of(made_candidate(text, "Brest"))
    assert quote.text.endswith("They met in Brest on Monday.")
    assert quote.answer
    assert quote.text[slice(*quote.answer)] == "Brest"


def test_who_is_meant_by_he_says_the_sentence_before():
    text = "The war goes on. Kalın flew to Kyiv. He met Zelenskyy there."
    assert (
        quote_of(made_candidate(text, "Zelenskyy")).text
        == "Kalın flew to Kyiv. He met Zelenskyy there."
    )


def test_a_sentence_of_another_paragraph_is_not_added():
    text = "Kalın flew to Kyiv.\n\nHe met Zelenskyy there."
    assert quote_of(made_candidate(text, "Zelenskyy")).text == "He met Zelenskyy there."


def test_where_the_whole_sentence_answers_no_part_is_marked():
    quote = quote_of(made_candidate("Nothing was agreed.", "Nothing was agreed."))
    assert quote.answer is None


@given(
    st.lists(st.sampled_from(["peace", "a", "Dolmabahçe", "3,153", "x" * 50]), min_size=1),
    st.lists(st.sampled_from(["war", "the", "ministers", "y" * 90]), min_size=1, max_size=200),
    st.booleans(),
)
def test_a_quote_is_verbatim_not_too_long_and_holds_the_beginning_of_its_answer(
    answer, others, first
):
    found = " ".join(answer)
    rest = " ".join(others)
    finding = made_candidate(f"{found} {rest}" if first else f"{rest} {found}", found)
    quote = quote_of(finding)
    text = finding.ranked.article.text
    assert text[slice(*quote.span)] == quote.text
    assert 0 < len(quote.text) <= MOST_CHARACTERS
    start = text.index(found)
    assert quote.span[0] <= start < quote.span[1]
    if quote.answer:
        assert 0 <= quote.answer[0] < quote.answer[1] <= len(quote.text)
        assert found.startswith(quote.text[slice(*quote.answer)])


def test_a_long_run_without_a_blank_is_cut_all_the_same():
    run = "x" * 900
    quote = quote_of(made_candidate(f"The code is {run} today.", run))
    assert len(quote.text) == MOST_CHARACTERS


def test_a_quote_stays_in_its_passage():
    finding = made_candidate("Kalın flew to Kyiv. He met Zelenskyy there.", "Zelenskyy")
    start = finding.ranked.article.text.index("He met")
    text = finding.ranked.article.text[start:]
    passage = Passage("a", 1, (start, start + len(text)), text)
    there = text.index("Zelenskyy")
    found = FoundSpan((0, len(text)), (there, there + 9), 5.0)
    moved = finding._replace(ranked=replace(finding.ranked, passage=passage), found=found)
    assert quote_of(moved).text == "He met Zelenskyy there."


BRIDGES = """Four bridges close this summer:

- the Mill Bridge, from 15 July
- the Duke's Bridge, from 1 August
- The railway bridge closes on 12 August.

Cyclists may use the ford."""


def test_words_that_announce_a_list_are_quoted_with_it():
    (quote,) = quotes_of(made_candidate(BRIDGES, "Four"))
    assert quote.text == BRIDGES.split("\n\nCyclists")[0]


def test_an_item_comes_after_the_words_that_announce_it():
    lead, item = quotes_of(made_candidate(BRIDGES, "1 August"))
    assert lead.text == "Four bridges close this summer:"
    assert item.text == "- the Duke's Bridge, from 1 August"


def test_an_item_that_is_a_sentence_stands_alone():
    (quote,) = quotes_of(made_candidate(BRIDGES, "12 August"))
    assert quote.text == "- The railway bridge closes on 12 August."


def test_where_several_are_asked_for_an_item_brings_its_list():
    (quote,) = quotes_of(made_candidate(BRIDGES, "1 August"), several=True)
    assert quote.text == BRIDGES.split("\n\nCyclists")[0]


def test_a_pronoun_may_lead_back_over_more_than_one_sentence():
    text = "The pier has been rebuilt. It is 310 metres long. It was built by Marne."
    assert quote_of(made_candidate(text, "Marne")).text == text
