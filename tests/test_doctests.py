"""The examples in docstrings are true: `--doctest-modules` cannot collect relative imports here."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

LAYERS = ("corpus", "index", "search", "api")
ROOTS = [Path(str(import_module(f"dragoman.{name}").__file__)).parents[1] for name in LAYERS]
FILES = {
    ".".join(("dragoman", *file.relative_to(root).with_suffix("").parts)): file
    for root, name in zip(ROOTS, LAYERS, strict=True)
    for file in (root / name).rglob("*.py")
}
WITH_EXAMPLES = sorted(name for name, file in FILES.items() if ">>> " in file.read_text())


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_in(name):
    tried = doctest.testmod(import_module(name))
    assert tried.attempted
    assert tried.failed == 0


def test_every_folder_is_walked():
    assert {name.split(".")[1] for name in FILES} == set(LAYERS)
