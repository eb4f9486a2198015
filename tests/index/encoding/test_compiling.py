import json
import shutil

import numpy as np
import onnx
import pytest

from dragoman.index.encoding import compiling
from dragoman.index.encoding.weights import DEFAULT_SHA256, default_model_folder
from dragoman.index.errors import ModelUnusable, WeightsAltered

pytestmark = pytest.mark.slow


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(compiling, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def source(tmp_path):
    """A copy of the default model, to be spoiled."""
    return shutil.copytree(default_model_folder(), tmp_path / "model")


def test_a_model_is_compiled_once_and_found_again(cache):
    assert not compiling.is_compiled(DEFAULT_SHA256)
    folder = compiling.compiled_folder(default_model_folder(), DEFAULT_SHA256)
    made = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert set(made) == {"model.onnx", "tokenizer.json", "encoder.json"}
    assert (folder / "model.onnx").stat().st_size < 25_000_000
    assert json.loads((folder / "encoder.json").read_text()) == {
        "max_tokens": 256,
        "pooling": "mean",
    }
    assert compiling.compiled_folder(default_model_folder(), DEFAULT_SHA256) == folder
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == made
    assert not list(cache.glob(".compiling-*"))


def test_weights_have_seven_bits_so_that_every_processor_gives_the_same_vectors():
    folder = compiling.compiled_folder(default_model_folder(), DEFAULT_SHA256)
    weights = [
        onnx.numpy_helper.to_array(w) for w in onnx.load(folder / "model.onnx").graph.initializer
    ]
    whole = [weight for weight in weights if weight.dtype == np.int8]
    assert whole
    assert max(np.abs(weight.astype(int)).max() for weight in whole) <= 64


def test_weights_with_another_hash_are_refused(cache):
    with pytest.raises(WeightsAltered):
        compiling.compiled_folder(default_model_folder(), "0" * 64)
    assert not compiling.is_compiled("0" * 64)


def test_a_model_of_another_build_is_refused_and_leaves_nothing(cache, source):
    modules = json.loads((source / "modules.json").read_text())
    modules.insert(2, {"idx": 2, "name": "2", "path": "2_Dense", "type": "x.models.Dense"})
    (source / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelUnusable, match="Dense"):
        compiling.compiled_folder(source)
    assert not compiling.is_compiled(DEFAULT_SHA256)
