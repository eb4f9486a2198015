import math

import pytest

from dragoman.search.reading.pairs import Pair
from dragoman.search.training.examples import Example
from tiny_reader import tiny_reader


@pytest.fixture
def losses(torch):
    from dragoman.search.training import losses

    return losses


@pytest.fixture
def cpu(torch):
    return torch.device("cpu")


def pair(*text: int) -> Pair:
    """A question of one token, no title, and a text of these tokens."""
    ids = [101, 2040, 102, *text, 102]
    return Pair(ids, [0, 0, 0] + [1] * (len(text) + 1), 3, [(n, n + 1) for n in range(len(text))])


def test_ranking_compares_within_an_example_alone(losses, torch):
    rank = torch.tensor([0.0, 0.0, 5.0, 5.0, 5.0])
    expected = (math.log(2) + math.log(3)) / 2
    assert losses.ranking_loss(rank, [2, 3], [True, True]).item() == pytest.approx(expected)


def test_answering_counts_every_pair_by_itself(losses, torch):
    assert losses.answering_loss(torch.tensor([30.0, -30.0]), [2], [True]).item() == pytest.approx(
        0
    )
    even = losses.answering_loss(torch.tensor([0.0, 0.0]), [2], [True])
    assert even.item() == pytest.approx(math.log(2))


def test_where_nothing_is_answered_every_pair_is_a_negative(losses, cpu, torch):
    rank = torch.tensor([30.0, -30.0])
    assert losses.answering_loss(rank, [1, 1], [True, False]).item() == pytest.approx(0)
    assert losses.ranking_loss(rank, [1, 1], [True, False]).item() == 0
    reader = tiny_reader()
    torch.nn.init.zeros_(reader.span.weight)
    example = Example((pair(2001, 2002),), None, answered=False)
    assert losses.losses_of(reader, [example], cpu).reading.item() == pytest.approx(
        math.log(3), abs=1e-5
    )


def test_padding_changes_no_loss(losses, cpu):
    reader = tiny_reader()
    short = Example((pair(2001, 2002), pair(2003)), (4, 4))
    long = Example((pair(*range(2001, 2040)), pair(2003)), None)
    together = losses.losses_of(reader, [short, long], cpu)
    alone = [losses.losses_of(reader, [example], cpu) for example in (short, long)]
    assert together.reading.item() == pytest.approx(alone[0].reading.item(), abs=1e-5)
    mean = (alone[0].ranking + alone[1].ranking).item() / 2
    assert together.ranking.item() == pytest.approx(mean, abs=1e-5)


def test_where_no_span_is_known_nothing_is_learned_about_spans(losses, cpu):
    reader = tiny_reader()
    losses.losses_of(reader, [Example((pair(2001), pair(2002)), None)], cpu).total.backward()
    assert reader.span.weight.grad is not None
    assert not reader.span.weight.grad.any()
    assert reader.rank.weight.grad is not None
    assert reader.rank.weight.grad.any()


def test_no_answer_stands_in_the_question_or_the_padding(losses, cpu, torch):
    """The loss of finding one of two text tokens or none, all alike, is that of three choices."""
    reader = tiny_reader()
    torch.nn.init.zeros_(reader.span.weight)
    example = Example((pair(2001, 2002), pair(2003, 2004)), (3, 4))
    assert losses.losses_of(reader, [example], cpu).reading.item() == pytest.approx(
        math.log(3), abs=1e-5
    )
