"""The training loop: resumable, with regular measurements."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from ...corpus.errors import PathMissing
from .examples import Batch, Examples
from .export import decompressed
from .losses import Losses, losses_of
from .model import TorchReader

CHECKPOINT, LOG = "checkpoint.pt", "log.jsonl"
COMPRESSED = ".onnx"
_LONGEST_GRADIENT = 1.0
_AVERAGED = 50  # steps; each line of the log has their mean losses

Measure = Callable[[TorchReader], Mapping[str, float]]


@dataclass(frozen=True)
class Plan:
    """The number of steps, the learning rates and other settings of the training.

    The learning rate rises from 0 during the `warm_up` share of the `steps`, then falls to 0
    (Devlin et al. 2019); the heads, which start at random, have a rate of their own. `tokens` is
    the padded size of a batch.
    """

    steps: int
    tokens: int = 4096
    rate: float = 3e-4
    heads_rate: float = 1e-3
    warm_up: float = 0.06
    decay: float = 0.01
    seed: int = 2022
    bf16: bool = True
    kept_every: int = 100
    measured_every: int = 1600

    def share_of_rate(self, step: int) -> float:
        """Return the share of the highest rate that is used at a step, counted from 0.

        >>> plan = Plan(steps=100, warm_up=0.1)
        >>> plan.share_of_rate(4), plan.share_of_rate(9), plan.share_of_rate(99)
        (0.5, 1.0, 0.0)
        """
        rising = max(round(self.steps * self.warm_up), 1)
        falling = max(self.steps - rising, 1)
        return min((step + 1) / rising, (self.steps - 1 - step) / falling)


def train(
    reader: TorchReader, examples: Examples, plan: Plan, folder: Path, measure: Measure
) -> None:
    """Train `reader` to the end of the plan, from the checkpoint in `folder` if there is one.

    The plan and the examples determine every step, so on the same machine an interrupted training
    ends with the same weights. The log in `folder` gets the losses and the results of `measure`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    device = next(reader.parameters()).device
    optimizer = _optimizer(reader, plan)
    done = _restore(folder / CHECKPOINT, reader, optimizer)
    log = _Log(folder / LOG, plan.steps)
    for step, batch in _steps(examples, plan, done):
        for group in optimizer.param_groups:
            group["lr"] = group["highest"] * plan.share_of_rate(step)
        with _precision(plan, device):
            losses = losses_of(reader, batch, device)
        losses.total.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), _LONGEST_GRADIENT)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        log.note(step + 1, batch, losses)
        ends = step + 1 == plan.steps
        if (step + 1) % plan.kept_every == 0 or ends:
            _keep(folder / CHECKPOINT, reader, optimizer, step + 1)
        if (step + 1) % plan.measured_every == 0 or ends:
            log.write(step=step + 1, **measure(reader))


def begin_from(file: Path, reader: TorchReader) -> None:
    """Load the weights of a checkpoint, or of a compressed reader, to start another stage.

    Raises PathMissing.
    """
    if not file.is_file():
        raise PathMissing(where=file)
    if file.suffix == COMPRESSED:
        reader.load_state_dict(decompressed(file), strict=False)  # without its frozen embeddings
    else:
        reader.load_state_dict(torch.load(file, weights_only=True)["reader"])


def average_with(files: Sequence[Path], reader: TorchReader) -> None:
    """Replace the weights by the mean of them and those of checkpoints, of other stages.

    Weights that one training led to may be averaged, and then generalise better than each
    (Wortsman et al. 2022, "Model soups"). Raises PathMissing.
    """
    if missing := next((file for file in files if not file.is_file()), None):
        raise PathMissing(where=missing)
    stages = [torch.load(file, weights_only=True)["reader"] for file in files]
    stages.append(reader.state_dict())
    reader.load_state_dict(
        {name: sum(stage[name] for stage in stages) / len(stages) for name in stages[0]}
    )


def _steps(examples: Examples, plan: Plan, done: int) -> Iterator[tuple[int, Batch]]:
    step = epoch = 0
    while step < plan.steps:
        for batch in examples.batches(epoch, plan.tokens):
            if step >= plan.steps:
                return
            if step >= done:
                yield step, batch
            step += 1
        epoch += 1


def _optimizer(reader: TorchReader, plan: Plan) -> torch.optim.Optimizer:
    learned = [(name, p) for name, p in reader.named_parameters() if p.requires_grad]
    heads = [p for name, p in learned if not name.startswith("bert.")]
    weights = [p for name, p in learned if name.startswith("bert.") and p.ndim > 1]
    others = [p for name, p in learned if name.startswith("bert.") and p.ndim == 1]
    return torch.optim.AdamW(
        [
            {"params": weights, "highest": plan.rate, "weight_decay": plan.decay},
            {"params": others, "highest": plan.rate, "weight_decay": 0.0},
            {"params": heads, "highest": plan.heads_rate, "weight_decay": 0.0},
        ],
        lr=plan.rate,
        fused=True,
    )


def _precision(plan: Plan, device: torch.device) -> AbstractContextManager[Any]:
    return torch.autocast(device.type, torch.bfloat16, enabled=plan.bf16)


def _keep(file: Path, reader: TorchReader, optimizer: torch.optim.Optimizer, done: int) -> None:
    """Write the checkpoint atomically, so that an interruption leaves the previous one."""
    state = {"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "done": done}
    aside = file.with_suffix(".new")
    torch.save(state, aside)
    aside.replace(file)


def _restore(file: Path, reader: TorchReader, optimizer: torch.optim.Optimizer) -> int:
    """Load the checkpoint, if there is one; return the number of steps done."""
    if not file.is_file():
        return 0
    state = torch.load(file, weights_only=True)
    reader.load_state_dict(state["reader"])
    optimizer.load_state_dict(state["optimizer"])
    return state["done"]


class _Log:
    """A log of JSON lines, which are also printed."""

    def __init__(self, file: Path, steps: int) -> None:
        self._file = file
        self._steps = steps
        self._started = time.monotonic()
        self._tokens = 0
        self._losses: list[tuple[float, ...]] = []

    def note(self, step: int, batch: Batch, losses: Losses) -> None:
        self._losses.append(tuple(loss.item() for loss in losses))
        self._tokens += sum(len(pair.ids) for example in batch for pair in example.pairs)
        if step % _AVERAGED == 0 or step == self._steps:
            means = [sum(values) / len(values) for values in zip(*self._losses, strict=True)]
            named = dict(zip(Losses._fields, means, strict=True))
            seconds = time.monotonic() - self._started
            self.write(
                step=step, seconds=seconds, tokens_per_second=self._tokens / seconds, **named
            )
            self._losses.clear()

    def write(self, step: int, **figures: float) -> None:
        line = json.dumps({"step": step, **{k: round(v, 4) for k, v in figures.items()}})
        with self._file.open("a") as log:
            log.write(f"{line}\n")
        print(f'{line[:-1]}, "of": {self._steps}}}', flush=True)
