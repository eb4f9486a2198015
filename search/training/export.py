"""Export of the model from torch to ONNX, and its int8 form with its calibration, as shipped."""

import json
import re
import warnings
from dataclasses import asdict
from pathlib import Path

import onnx
import torch

from ...index.encoding.compiling import OPSET, quantise
from ..reading.model import Calibration
from .model import TorchReader


def export(reader: TorchReader, file: Path) -> None:
    """Write the reader as a 32-bit ONNX model: n pairs of t tokens in, logits out."""
    example = torch.ones((2, 8), dtype=torch.int64)
    reader.bert.config._attn_implementation = "eager"  # what the exporter can trace
    inputs, outputs = ("input_ids", "attention_mask", "token_type_ids"), ("rank", "start", "end")
    of_tokens = {0: "pairs", 1: "tokens"}
    with warnings.catch_warnings():
        # The tracer warns that shapes are fixed; the dynamic axes make them variable.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            reader.eval(),
            (example, example, example % 2),
            str(file),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={
                **dict.fromkeys((*inputs, "start", "end"), of_tokens),
                "rank": {0: "pairs"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
    add_calibration(file, Calibration())


def compress(exported: Path, file: Path, calibration: Calibration) -> None:
    """Write the int8 form of an exported reader."""
    quantise(exported, file)
    add_calibration(file, calibration)


def decompressed(file: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a compressed reader, but for its embeddings, by their names in torch.

    They are as near as seven bits come to those that it was made of.
    """
    graph = onnx.load(file).graph
    stored = {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
    found = {name: values for name, values in stored.items() if name.endswith((".weight", ".bias"))}
    for node in graph.node:
        weights = next((n for n in node.input[1:] if n in stored and n.endswith("_quantized")), "")
        if "MatMul" in node.op_type and weights:
            name = re.split(r"/(?:Gemm_)?MatMul", node.name)[0].strip("/").replace("/", ".")
            scale, zero = (
                stored[weights.replace("_quantized", end)] for end in ("_scale", "_zero_point")
            )
            found[f"{name}.weight"] = ((stored[weights] - zero.astype("float32")) * scale).T
    return {name: torch.tensor(values.astype("float32")) for name, values in found.items()}


def add_calibration(file: Path, calibration: Calibration) -> None:
    """Store a calibration in a model's file, replacing a former one."""
    model = onnx.load(file)
    onnx.helper.set_model_props(model, {"calibration": json.dumps(asdict(calibration))})
    onnx.save(model, file)
