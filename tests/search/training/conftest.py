from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.index.encoding.weights import default_model_folder
from dragoman.search.reading.pairs import PairTokenizer

if find_spec("dragoman.search.training") is None:  # as it is where Dragoman is installed
    collect_ignore_glob = ["*"]


@pytest.fixture(scope="session")
def tokenizer() -> PairTokenizer:
    return PairTokenizer(default_model_folder() / "tokenizer.json")


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory) -> Path:
    from tiny_reader import write_training_data

    folder = tmp_path_factory.mktemp("training-data")
    write_training_data(folder)
    return folder


@pytest.fixture(scope="session")
def data(data_folder):
    from dragoman.search.training.data import read_training_data

    return read_training_data(data_folder)


@pytest.fixture
def torch() -> Iterator[ModuleType]:
    """torch on one thread, as sums of floats depend on how they are shared out.

    It and what uses it are imported where a test runs, not where tests are collected: that takes
    seconds.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield torch
    torch.set_num_threads(threads)
