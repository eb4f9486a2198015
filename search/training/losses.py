"""The loss functions: ranking, answerability, and the answer's span."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from torch.nn.utils.rnn import pad_sequence

from .examples import NO_ANSWER, Batch
from .model import TorchReader, tensors_of


class Losses(NamedTuple):
    """The mean losses of a batch: of ranking, of answerability, and of spans."""

    ranking: Tensor
    answering: Tensor
    reading: Tensor

    @property
    def total(self) -> Tensor:
        """The sum, which is minimised."""
        return self.ranking + self.answering + self.reading


def losses_of(reader: TorchReader, batch: Batch, device: torch.device) -> Losses:
    """Return the losses of a batch."""
    pairs = [pair for example in batch for pair in example.pairs]
    tensors = tensors_of(pairs, device)
    rank, start, end = (
        output.float() for output in reader(tensors.ids, tensors.mask, tensors.types)
    )
    sizes = [len(example.pairs) for example in batch]
    answered = [example.answered for example in batch]
    firsts, lasts = _targets(batch, device)
    unreadable = ~tensors.readable
    reading = (_place_loss(start, unreadable, firsts) + _place_loss(end, unreadable, lasts)) / 2
    return Losses(
        ranking_loss(rank, sizes, answered), answering_loss(rank, sizes, answered), reading
    )


def ranking_loss(rank: Tensor, sizes: Sequence[int], answered: Sequence[bool]) -> Tensor:
    """Return the cross-entropy of the first pair of each example among all its pairs.

    `rank`, (n,), has the logits of all pairs, example by example; `sizes` are their numbers of
    pairs. Examples of which nothing is answered, or with a single pair, are left out.
    """
    groups = rank.split(list(sizes))
    compared = [of for of, first in zip(groups, answered, strict=True) if first and len(of) > 1]
    if not compared:
        return rank.sum() * 0
    grouped = pad_sequence(compared, batch_first=True, padding_value=-torch.inf)
    first = torch.zeros(len(compared), dtype=torch.int64, device=rank.device)
    return cross_entropy(grouped, first)


def answering_loss(rank: Tensor, sizes: Sequence[int], answered: Sequence[bool]) -> Tensor:
    """Return the cross-entropy of each pair answering or not, independently of the others."""
    answers = [
        float(first and place == 0)
        for size, first in zip(sizes, answered, strict=True)
        for place in range(size)
    ]
    return binary_cross_entropy_with_logits(rank, torch.tensor(answers, device=rank.device))


def _targets(batch: Batch, device: torch.device) -> tuple[Tensor, Tensor]:
    spans: list[tuple[int, int]] = []
    for example in batch:
        others = len(example.pairs) - 1
        if not example.answered:
            spans += [NO_ANSWER] * (1 + others)
        elif example.answer is None:
            spans += [(-1, -1)] * (1 + others)
        else:
            spans += [example.answer, *[NO_ANSWER] * others]
    firsts, lasts = torch.tensor(spans, device=device).unbind(1)
    return firsts, lasts


def _place_loss(scores: Tensor, unreadable: Tensor, targets: Tensor) -> Tensor:
    """Return the cross-entropy of token positions; targets of -1, not known, are left out."""
    losses = cross_entropy(
        scores.masked_fill(unreadable, -torch.inf), targets, ignore_index=-1, reduction="sum"
    )
    return losses / (targets >= 0).sum().clamp(min=1)
