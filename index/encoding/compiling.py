"""Compiling the encoder: sentence-transformers weights become one small int8 ONNX file.

That is done once for each set of weights and kept in the user's cache folder. It runs in a
process of its own, so that the process that asks never loads torch, nor keeps its memory.
"""

import json
import logging
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from filelock import FileLock
from platformdirs import user_cache_path

from ..errors import CacheNotWritable, ModelUnusable
from .weights import WEIGHTS_FILE, sha256_of, verify_weights

MODEL_FILE = "model.onnx"
_FORMAT = 3  # a change in how models are compiled makes a new cache entry
OPSET = 17


def compiled_folder(source: Path, sha256: str | None = None) -> Path:
    """Return the folder with the compiled model of `source`, compiling it if needed.

    It holds `model.onnx` (token ids in, unit-length vectors out), `tokenizer.json` and
    `encoder.json`. With `sha256`, the weights must have that hash: it is checked when compiling.
    Raises WeightsAltered, ModelUnusable or CacheNotWritable.
    """
    digest = sha256 or sha256_of(source / WEIGHTS_FILE)
    folder = _folder_of(digest)
    if not is_compiled(digest):
        verify_weights(source / WEIGHTS_FILE, digest)
        try:
            _compile_once(source, folder)
        except OSError as error:
            reason = error.strerror or error
            raise CacheNotWritable(path=folder.parent, reason=reason) from error
    return folder


def is_compiled(sha256: str) -> bool:
    """Return whether the weights with this hash have been compiled already."""
    return (_folder_of(sha256) / MODEL_FILE).is_file()


def _folder_of(sha256: str) -> Path:
    return cache_folder() / f"{sha256[:16]}-int8-{_FORMAT}"


def cache_folder() -> Path:
    """Return the folder of compiled models, in the user's cache."""
    return user_cache_path("dragoman") / "encoders"


def _compile_once(source: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not (folder / MODEL_FILE).is_file():
            _compile_beside(source, folder)


def _compile_beside(source: Path, folder: Path) -> None:
    """Compile into a temporary folder and move it in place, so no model is ever incomplete."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".compiling-") as temporary:
        made = Path(temporary) / "made"
        command = [sys.executable, "-m", __name__, str(source), str(made)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            raise ModelUnusable(model=str(source), reason=f"compiling it failed ({lines[-1]})")
        made.rename(folder)


def compile_model(source: Path, folder: Path) -> None:
    """Export the model in `source` to ONNX, quantise it to int8, and write it to `folder`."""
    folder.mkdir(parents=True)
    exported = folder / "fp32.onnx"
    pooling = _pooling_of(source)
    _export(source, exported, pooling)
    quantise(exported, folder / MODEL_FILE)
    exported.unlink()
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
    limits = json.loads((source / "sentence_bert_config.json").read_text())
    facts = {"max_tokens": limits["max_seq_length"], "pooling": pooling}
    (folder / "encoder.json").write_text(json.dumps(facts))


def quantise(exported: Path, target: Path) -> None:
    """Write the int8 form of an exported model, its weights scaled by channel, to `target`.

    Weights have seven bits. With eight, sums of products overflow on processors that add them in
    sixteen bits, so that results would depend on the processor.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        exported,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )
    _optimise(target)


def _optimise(model: Path) -> None:
    """Optimise the graph once, so that the runtime need not at every start."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # The level above would be bound to this processor; this one gives the same vectors.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    optimised = model.with_suffix(".optimised")
    options.optimized_model_filepath = str(optimised)
    onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    optimised.replace(model)


def _pooling_of(source: Path) -> str:
    kinds = [
        module["type"].rsplit(".")[-1]
        for module in json.loads((source / "modules.json").read_text())
    ]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        raise ValueError(f"only transformers with pooling can be compiled, not {' → '.join(kinds)}")
    modes = json.loads((source / "1_Pooling" / "config.json").read_text())
    chosen = [mode for mode in ("mean_tokens", "cls_token") if modes.get(f"pooling_mode_{mode}")]
    if len(chosen) != 1:
        raise ValueError("only models that pool by mean or by first token can be compiled")
    return chosen[0].split("_")[0]


def _export(source: Path, target: Path, pooling: str) -> None:
    import torch
    from transformers import AutoModel

    class Encoder(torch.nn.Module):
        """Transformer, pooling and normalising in one graph."""

        def __init__(self, model: Any) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            tokens = self.model(input_ids=input_ids, attention_mask=attention_mask)[0]
            if pooling == "cls":
                pooled = tokens[:, 0]
            else:
                mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
                pooled = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=1)

    model = AutoModel.from_pretrained(source, attn_implementation="eager", local_files_only=True)
    example = torch.ones((2, 8), dtype=torch.int64)
    torch.onnx.export(
        Encoder(model.eval()),
        (example, example),
        str(target),
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_axes={
            "input_ids": {0: "texts", 1: "tokens"},
            "attention_mask": {0: "texts", 1: "tokens"},
            "vectors": {0: "texts"},
        },
        opset_version=OPSET,
        dynamo=False,
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    compile_model(Path(sys.argv[1]), Path(sys.argv[2]))
