import json
from dataclasses import replace

import pytest

from dragoman.corpus.errors import PathMissing
from dragoman.search.training.examples import Examples
from tiny_reader import tiny_reader


class Interrupted(Exception):
    pass


@pytest.fixture
def loop(torch):
    from dragoman.search.training import loop

    return loop


@pytest.fixture
def plan(loop):
    return loop.Plan(steps=12, tokens=600, bf16=False, kept_every=5, measured_every=6)


@pytest.fixture
def weights_after(loop, plan):
    """Train a new reader, and return its weights."""

    def trained(folder, examples, plan=plan, measure=lambda _: {}):
        reader = tiny_reader()
        loop.train(reader, examples, plan, folder, measure)
        return {name: tensor.clone() for name, tensor in reader.state_dict().items()}

    return trained


@pytest.fixture
def examples(data, tokenizer, plan):
    return Examples(data, tokenizer, plan.seed)


def test_an_interrupted_training_ends_with_the_same_weights(
    torch, weights_after, tmp_path, examples
):
    def interrupt(_):
        raise Interrupted

    whole = weights_after(tmp_path / "whole", examples)
    with pytest.raises(Interrupted):  # after six steps, the last checkpoint being after five
        weights_after(tmp_path / "cut", examples, measure=interrupt)
    resumed = weights_after(tmp_path / "cut", examples)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)
    again = weights_after(tmp_path / "cut", examples)
    assert all(torch.equal(whole[name], again[name]) for name in whole)


def test_a_second_stage_begins_with_the_weights_of_the_first(
    torch, loop, weights_after, tmp_path, examples
):
    learned = weights_after(tmp_path, examples)
    reader = tiny_reader(seed=8)
    loop.begin_from(tmp_path / loop.CHECKPOINT, reader)
    assert all(torch.equal(tensor, learned[name]) for name, tensor in reader.state_dict().items())


def test_a_second_stage_needs_a_first(loop, tmp_path):
    with pytest.raises(PathMissing, match=loop.CHECKPOINT):
        loop.begin_from(tmp_path / loop.CHECKPOINT, tiny_reader())


def test_what_was_learned_lowers_the_losses(loop, plan, weights_after, tmp_path, examples):
    shorter = replace(plan, steps=60, rate=3e-3, heads_rate=1e-2)
    weights_after(tmp_path, examples, shorter, lambda _: {"figure": 1.0})
    lines = [json.loads(line) for line in (tmp_path / loop.LOG).read_text().splitlines()]
    losses = [line for line in lines if "reading" in line]
    assert [line["step"] for line in losses] == [50, 60]
    assert losses[-1]["reading"] < losses[0]["reading"]
    assert [line["step"] for line in lines if "figure" in line] == list(range(6, 61, 6))


def test_embeddings_stay_as_they_are_and_layers_do_not(torch, weights_after, tmp_path, examples):
    before, after = tiny_reader().state_dict(), weights_after(tmp_path, examples)
    for name, tensor in before.items():
        assert torch.equal(tensor, after[name]) == (".embeddings." in name), name


def test_the_rate_rises_and_falls(loop):
    shares = [loop.Plan(steps=50).share_of_rate(step) for step in range(50)]
    highest = shares.index(1.0)
    assert shares[: highest + 1] == sorted(shares[: highest + 1])
    assert shares[highest:] == sorted(shares[highest:], reverse=True)
    assert shares[-1] == 0


def test_the_weights_of_stages_are_averaged(torch, loop, weights_after, tmp_path, examples):
    former = weights_after(tmp_path, examples)
    reader = tiny_reader()
    with torch.no_grad():
        for weights in reader.parameters():
            weights.fill_(2.0)
    stage = tmp_path / loop.CHECKPOINT
    loop.average_with([stage, stage], reader)
    for name, weights in reader.named_parameters():
        torch.testing.assert_close(weights, (2 * former[name] + 2) / 3)
    with pytest.raises(PathMissing):
        loop.average_with([stage, tmp_path / "none"], reader)


def test_without_other_stages_the_weights_stay(torch, loop):
    reader = tiny_reader()
    former = {name: weights.clone() for name, weights in reader.named_parameters()}
    loop.average_with([], reader)
    for name, weights in reader.named_parameters():
        torch.testing.assert_close(weights, former[name])
