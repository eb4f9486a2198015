"""The model in torch: a small BERT with two heads, over batches of pairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from ...index.encoding.weights import WEIGHTS_FILE, default_model_folder, verify_weights
from ..reading.model import Logits
from ..reading.pairs import Pair
from . import attention
from .examples import padded_length

_AT_ONCE = 32  # pairs in a batch of inference


class TorchReader(nn.Module):
    """BERT with two heads: on [CLS], whether the passage answers; on all tokens, where."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        size = bert.config.hidden_size
        self.rank = nn.Linear(size, 1)
        self.span = nn.Linear(size, 2)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of n pairs of t tokens: rank (n,), start (n, t) and end (n, t)."""
        states = self.bert(input_ids, attention_mask, token_type_ids)[0]
        start, end = self.span(states).unbind(-1)
        return self.rank(states[:, 0]).squeeze(-1), start, end


def new_reader(layers: int, seed: int) -> TorchReader:
    """Return the encoder's first `layers` layers with new heads; its embeddings are frozen.

    Raises WeightsMissing or WeightsAltered.
    """
    folder = default_model_folder()
    verify_weights(folder / WEIGHTS_FILE)
    config = BertConfig.from_pretrained(folder, num_hidden_layers=layers)
    return reader_of(config, seed, folder)


def reader_of(config: BertConfig, seed: int, folder: Path | None = None) -> TorchReader:
    """Return a reader of that shape, with the weights in `folder`, or with random ones.

    There is no dropout, since one short epoch does not overfit.
    """
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    attention.register()
    config._attn_implementation = attention.NAME
    torch.manual_seed(seed)
    bert = (
        BertModel.from_pretrained(
            folder, config=config, add_pooling_layer=False, local_files_only=True
        )
        if folder
        else BertModel(config, add_pooling_layer=False)
    )
    bert.embeddings.requires_grad_(False)
    torch.manual_seed(seed)
    return TorchReader(bert)


@dataclass(frozen=True, slots=True)
class PairTensors:
    """Pairs padded to the longest: ids, mask and types, (n, t) int64.

    `readable`, (n, t), marks where an answer may start or end: in the text, or at [CLS] for no
    answer.
    """

    ids: Tensor
    mask: Tensor
    types: Tensor
    readable: Tensor


def tensors_of(pairs: Sequence[Pair], device: torch.device) -> PairTensors:
    """Return pairs as tensors, padded to the same length."""
    shape = len(pairs), padded_length(max(len(pair.ids) for pair in pairs))
    ids, mask, types = (torch.zeros(shape, dtype=torch.int64) for _ in range(3))
    readable = torch.zeros(shape, dtype=torch.bool)
    readable[:, 0] = True
    for row, pair in enumerate(pairs):
        length = len(pair.ids)
        ids[row, :length] = torch.tensor(pair.ids)
        types[row, :length] = torch.tensor(pair.types)
        mask[row, :length] = 1
        readable[row, pair.first : pair.first + len(pair.offsets)] = True
    return PairTensors(*(tensor.to(device) for tensor in (ids, mask, types, readable)))


class TorchPairModel:
    """A `PairModel` over the model in training, so that it is measured like the finished one."""

    def __init__(self, reader: TorchReader, device: torch.device) -> None:
        self._reader = reader
        self._device = device

    @torch.inference_mode()
    def __call__(self, pairs: Sequence[Pair]) -> Iterable[Logits]:
        """Return the logits of each pair."""
        order = sorted(range(len(pairs)), key=lambda place: len(pairs[place].ids))
        found: dict[int, Logits] = {}
        for first in range(0, len(order), _AT_ONCE):
            places = order[first : first + _AT_ONCE]
            tensors = tensors_of([pairs[place] for place in places], self._device)
            outputs = self._reader(tensors.ids, tensors.mask, tensors.types)
            rank, start, end = (output.float().cpu().numpy() for output in outputs)
            for row, place in enumerate(places):
                length = len(pairs[place].ids)
                found[place] = Logits(float(rank[row]), start[row, :length], end[row, :length])
        return [found[place] for place in range(len(pairs))]
