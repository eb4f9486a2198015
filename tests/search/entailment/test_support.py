"""Sentences about the bundled articles, true to a quotation or altered: how many are told apart."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.search.entailment.support import Support, support

HERE = Path(__file__).parent


@pytest.fixture(scope="module", params=["claims.jsonl", "claims_held_out.jsonl"])
def judged(request, real_encoder) -> dict[str, list[Support]]:
    """How far each sentence of a file is supported, by what it is."""
    rows = [json.loads(line) for line in (HERE / request.param).read_text("utf-8").splitlines()]
    return {
        kind: [support(text, [row["quote"]], real_encoder) for row in rows for text in row[kind]]
        for kind in ("supported", "altered")
    }


def test_the_quotations_are_of_the_bundled_articles(talks):
    for file in HERE.glob("claims*.jsonl"):
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            assert row["quote"] in talks.article(row["article"]).text


def test_hardly_an_altered_sentence_passes(judged):
    passed = sum(one.holds for one in judged["altered"])
    assert passed <= 0.1 * len(judged["altered"])


def test_most_true_sentences_pass(judged):
    passed = sum(one.holds for one in judged["supported"])
    assert passed >= 0.8 * len(judged["supported"])


def test_what_is_missing_is_named(real_encoder):
    found = support("Macron met 5 envoys in Kiev.", ["He met 4 envoys in Kyiv."], real_encoder)
    assert found.missing == ("5", "macron")
    assert not found.holds


@pytest.mark.parametrize("sentence", ["", "...", "Kyiv.", "It was so."])
def test_a_sentence_that_tells_nothing_is_not_supported(sentence, real_encoder):
    assert not support(sentence, ["It was so in Kyiv."], real_encoder).holds


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({}, True),
        ({"share": 0.85}, False),
        ({"cosine": 0.5}, False),
        ({"missing": ("macron",)}, False),
        ({"contrary": True}, False),
    ],
)
def test_all_of_it_is_needed(changed, holds):
    full = Support(share=1.0, cosine=1.0, missing=(), contrary=False)
    assert replace(full, **changed).holds is holds
