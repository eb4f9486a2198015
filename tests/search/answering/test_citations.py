"""The laws of an answer: whatever is asked, what it quotes stands where it says, or it is none."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman

pytestmark = pytest.mark.slow

WORDS = sorted(
    {
        word
        for file in BUNDLED.glob("*.md")
        for word in re.findall(r"\w[\w.,'’-]*", file.read_text())
    }
)
ASKED = [
    json.loads(line)["question"]
    for line in Path(__file__).with_name("ask_questions.jsonl").read_text().splitlines()
]
BEGINNINGS = ("Who", "What did", "When", "Where", "Why", "How many", "How long", "Is", "")
of_words = st.builds(
    lambda first, words: " ".join([first, *words]),
    st.sampled_from(BEGINNINGS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
)
anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
questions = (st.sampled_from(ASKED) | of_words | anything).filter(
    lambda text: any(c.isalnum() for c in text)
)


def check(dragoman, answer):
    numbers = [citation.number for citation in answer.citations]
    assert len(set(numbers)) == len(numbers)
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer or "")} == set(numbers)
    for citation in answer.citations:
        check_citation(dragoman, citation)
    for figure in answer.figures:
        assert figure.citation in numbers
    assert 0 <= answer.confidence <= 1
    if answer.status == "not_in_corpus":
        assert (answer.answer, answer.citations, answer.figures) == (None, (), ())
    else:
        assert answer.answer
        assert answer.citations


def check_citation(dragoman, citation):
    start, end = citation.span
    article = dragoman.article(citation.article.id)
    assert citation.quote
    assert citation.quote == citation.article.text[start:end] == article.text[start:end]
    assert citation.passage.rpartition("#")[0] == article.id
    if citation.answer:
        first, last = citation.answer
        assert 0 <= first < last <= len(citation.quote)


@given(question=questions)
@example(question="How many civilians have been killed?")
@example(question="What did Kalın say about a humanitarian corridor?")
@example(question="[1] [2] Who met [3] in Antalya?")
@settings(max_examples=30, deadline=None)
def test_every_quotation_is_verbatim_and_every_marker_has_its_citation(talks, question):
    check(talks, talks.ask(question))


@pytest.fixture
def archive(tmp_path, real_encoder):
    return Dragoman.open(tmp_path / "archive", real_encoder)


def test_what_looks_like_a_marker_in_an_article_is_none_in_the_answer(archive, tmp_path):
    article = tmp_path / "talks.txt"
    article.write_text(
        "Talks in Istanbul\n\nThe talks of 29 March 2022[7] were held in Istanbul [12], at the "
        "Dolmabahçe office of the presidency. [2] They were planned for two days.[1]\n"
    )
    archive.add(article)
    answer = archive.ask("Where were the talks of 29 March 2022 held?")
    check(archive, answer)
    assert "[7]" in answer.citations[0].quote
    assert "Istanbul" in answer.answer


def test_what_was_removed_is_cited_no_more(archive):
    archive.add(BUNDLED)
    removed = set()
    for _ in range(archive.info().articles + 1):
        answer = archive.ask("Where were the talks of 29 March 2022 held?")
        check(archive, answer)
        cited = {citation.article.id for citation in answer.citations}
        assert cited.isdisjoint(removed)
        removed |= cited or {article.id for article in archive.articles(limit=1)}
        archive.remove(sorted(removed))
    assert archive.info().articles == 0
    assert answer.status == "not_in_corpus"
