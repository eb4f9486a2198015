"""The examples in docstrings are true: `--doctest-modules` cannot collect relative imports here."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    ".".join(("dragoman", *file.relative_to(ROOT).with_suffix("").parts))
    for folder in ("corpus", "index", "search", "api")
    for file in (ROOT / folder).rglob("*.py")
    if file.stem != "__main__"  # to import it is to run the command
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in(name):
    assert doctest.testmod(import_module(name)).failed == 0


def test_every_folder_is_walked():
    assert {name.split(".")[1] for name in MODULES} == {"corpus", "index", "search", "api"}
