"""From torch to the small file that is shipped: ONNX, int8, with its calibration inside."""

import json
import warnings
from dataclasses import asdict
from pathlib import Path

import onnx
import torch

from ...index.encoding.compiling import OPSET, quantise
from ..reading.model import Calibration
from .model import TorchReader


def export(reader: TorchReader, file: Path) -> None:
    """Write the reader as an ONNX model with 32-bit floats: n pairs of t tokens in, logits out."""
    example = torch.ones((2, 8), dtype=torch.int64)
    inputs, outputs = ("input_ids", "attention_mask", "token_type_ids"), ("rank", "start", "end")
    of_tokens = {0: "pairs", 1: "tokens"}
    with warnings.catch_warnings():
        # Of the tracer: that shapes are fixed, which the dynamic axes undo.
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


def add_calibration(file: Path, calibration: Calibration) -> None:
    """Write a calibration into a model's file, in place of any there is."""
    model = onnx.load(file)
    onnx.helper.set_model_props(model, {"calibration": json.dumps(asdict(calibration))})
    onnx.save(model, file)
