"""Imports run api → search → index → corpus, never back."""

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

LAYERS = ("api", "search", "index", "corpus")


def folder_of(layer: str) -> Path:
    spec = find_spec(f"dragoman.{layer}")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def imported_layers(file: Path, depth: int) -> set[str]:
    """The folders that a module imports from, which it must do relatively."""
    layers = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            assert not any(alias.name.startswith("dragoman") for alias in node.names), file
        if isinstance(node, ast.ImportFrom):
            assert node.level or not (node.module or "").startswith("dragoman"), file
            if node.level == depth + 1 and node.module:
                layers.add(node.module.split(".")[0])
    return layers


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_those_below(layer):
    folder = folder_of(layer)
    below = set(LAYERS[LAYERS.index(layer) + 1 :])
    files = list(folder.rglob("*.py"))
    assert files
    for file in files:
        depth = len(file.relative_to(folder).parts)
        assert imported_layers(file, depth) <= below, file
