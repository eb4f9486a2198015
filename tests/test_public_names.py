"""`import dragoman`: what it offers, and that it is quick."""

import inspect
import json
import subprocess
import sys
from importlib import metadata
from importlib.util import module_from_spec, spec_from_file_location

import pytest

import dragoman
from dragoman.api import errors as api_errors
from dragoman.corpus import errors as corpus_errors
from dragoman.corpus.fetching import errors as fetching_errors
from dragoman.index import errors as index_errors
from dragoman.search import errors as search_errors
from dragoman.search.dragoman import Dragoman
from dragoman.search.question import Filters, Turn

ERRORS = {
    name: kind
    for module in (corpus_errors, fetching_errors, index_errors, search_errors, api_errors)
    for name, kind in vars(module).items()
    if inspect.isclass(kind) and issubclass(kind, Exception)
}
HEAVY = {
    "torch", "transformers", "sentence_transformers", "scipy", "sklearn", "fastapi", "starlette",
    "uvicorn", "pydantic", "trafilatura", "lxml", "ir_measures", "onnx", "rich", "typer",
}  # fmt: skip


def test_the_names_are_those_that_are_documented():
    documented = {"Dragoman", "DragomanError", "Filters", "Turn", "__version__", "copy_archive"}
    assert set(dragoman.__all__) == documented
    public = {name for name in dir(dragoman) if not name.startswith("_")}
    helpers = {"Any", "TYPE_CHECKING", "import_module"}
    loaded = {"api", "corpus", "index", "search"}  # as Python binds what has been imported
    assert public - helpers - loaded == (documented - {"__version__"}) | ERRORS.keys()


def test_each_is_what_it_is_where_it_is_defined():
    assert (dragoman.Dragoman, dragoman.Filters, dragoman.Turn) == (Dragoman, Filters, Turn)
    assert dragoman.__version__ == metadata.version("dragoman")


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_is_exported(name):
    assert getattr(dragoman, name) is ERRORS[name]
    assert issubclass(ERRORS[name], dragoman.DragomanError)


def test_an_unknown_name_is_refused():
    with pytest.raises(ImportError, match="Dragon"):
        exec("from dragoman import Dragon")
    with pytest.raises(AttributeError, match="has no attribute 'Dragon'"):
        getattr(dragoman, "Dragon")  # noqa: B009


def imported_by(code: str, *arguments: str) -> set[str]:
    """The top-level packages that are loaded after running that in a new process."""
    ending = "import json, sys; print(json.dumps([name.split('.')[0] for name in sys.modules]))"
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\n{ending}", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(json.loads(ran.stdout.splitlines()[-1]))


def test_a_tool_that_loads_its_file_by_itself_may_look_for_names_of_its_own():
    """As pytest does in a checkout whose folder cannot be the name of a package."""
    spec = spec_from_file_location("alone", dragoman.__file__)
    alone = module_from_spec(spec)
    spec.loader.exec_module(alone)
    assert not hasattr(alone, "pytest_plugins")


def test_importing_loads_nothing_that_takes_time():
    light = imported_by("import dragoman; dragoman.__version__; dragoman.EmptyQuestion")
    assert not light & (HEAVY | {"numpy", "faiss", "onnxruntime", "tantivy"})
    assert not imported_by("from dragoman import Dragoman, Filters, Turn") & HEAVY


def test_searching_and_asking_load_neither_torch_nor_the_front_ends(talks):
    code = (
        "import sys; from dragoman import Dragoman\n"
        "with Dragoman.open(sys.argv[1]) as dragoman:\n"
        "    assert dragoman.search('Where were the talks held?').passages\n"
        "    assert dragoman.ask('Where were the talks of 29 March held?').citations"
    )
    loaded = imported_by(code, str(talks.folder))
    assert "onnxruntime" in loaded
    assert not loaded & HEAVY
