"""The package stays easy to find one's way in: short modules in small folders."""

from collections import Counter
from importlib.util import find_spec
from pathlib import Path

MOST_LINES, MOST_MODULES = 350, 14
LAYERS = ("api", "search", "index", "corpus")


def modules() -> list[Path]:
    spec = find_spec("dragoman")
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent
    return [file for layer in LAYERS for file in (root / layer).rglob("*.py")]


def test_no_module_is_long():
    lines = {str(file): len(file.read_text().splitlines()) for file in modules()}
    assert lines
    assert {file: count for file, count in lines.items() if count > MOST_LINES} == {}


def test_no_folder_has_many_modules():
    counted = Counter(file.parent for file in modules() if not file.stem.startswith("__"))
    assert counted
    assert {folder: count for folder, count in counted.items() if count > MOST_MODULES} == {}


def test_every_module_and_folder_says_what_it_is_for():
    assert [file for file in modules() if not file.read_text().startswith('"""')] == []
