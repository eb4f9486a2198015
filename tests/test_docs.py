"""README and docs/ name every command, option, address and field, and none that is not there."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from typer.main import get_command

from dragoman.api.cli.commands import app
from dragoman.api.http import problems
from dragoman.api.http.app import create_app
from dragoman.api.http.protection import access, rates
from dragoman.api.settings import ServiceSettings, variable_of
from dragoman.corpus.errors import DragomanError
from dragoman.search.dragoman import Dragoman
from pages import ALL, IN_CHECKOUT, PAGES, ROOT, TEXTS, blocks, prose
from settings_table import settings_table

pytestmark = pytest.mark.skipif(not IN_CHECKOUT, reason="not in a checkout")


def parameters(command):
    """What a command takes, the settings that `serve` looks up when it runs included."""
    return command.get_params(command.context_class(command))


def commands(group, prefix=""):
    """All commands by their names, those of groups included: "keys create"."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


COMMANDS = dict(commands(get_command(app)))
OPTIONS = {
    name: {o for parameter in parameters(command) for o in parameter.opts if o.startswith("-")}
    for name, command in COMMANDS.items()
}
SETTINGS = ServiceSettings.model_fields
OF_THE_COMMAND = {option for parameter in get_command(app).params for option in parameter.opts}
OTHER_PAGES = [ROOT / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
MODEL_CARD = ROOT / "search" / "reading" / "small-reader" / "MODEL.md"
LINKING = [*PAGES, *OTHER_PAGES, MODEL_CARD]


def titled(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize(("name", "most"), [("README.md", 9_000), ("ARCHITECTURE.md", 14_000)])
def test_what_is_read_first_is_short(name, most):
    assert (ROOT / name).stat().st_size < most


# The command


def test_every_command_is_listed_and_no_other():
    listed = re.findall(r"^\| \[?`dragoman (\w+(?: [a-z]+)?)", ALL, re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example(name):
    command = COMMANDS[name]
    assert command.help
    assert f"dragoman {name}" in command.epilog
    for parameter in parameters(command):
        assert getattr(parameter, "help", None), (name, parameter.name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_with_its_command(name):
    page = "evaluating.md" if name == "evaluate" else "command.md"
    text = TEXTS[ROOT / "docs" / page]
    if name != "evaluate":
        text = text.split(f"\n## dragoman {name}\n")[1].split("\n## ")[0]
    if name == "serve":
        text += settings_table()
    assert OPTIONS[name] - set(re.findall(r"--?[a-z][a-z-]*", text)) == {
        option for option in OPTIONS[name] if option in ("--help", "-h")
    }


def test_the_options_that_are_named_exist():
    known = set().union(*OPTIONS.values()) | OF_THE_COMMAND
    known |= {f"--no-{option[2:]}" for option in OPTIONS["serve"]}
    assert set(re.findall(r"`(--[a-z][a-z-]*)", "\n".join(map(prose, PAGES)))) <= known


def test_the_variables_that_are_read_are_documented_and_no_other():
    sources = "\n".join(module.read_text() for module in (ROOT / "api").rglob("*.py"))
    read = set(re.findall(r'"(DRAGOMAN_[A-Z_]+)"', sources))
    assert len(read) > 5
    read |= {variable_of(name) for name in SETTINGS}
    assert set(re.findall(r"DRAGOMAN_[A-Z_]+", ALL)) == read


def test_the_table_of_settings_is_that_of_the_service():
    assert settings_table() in TEXTS[ROOT / "docs" / "operating.md"], (
        "python tests/settings_table.py"
    )


# HTTP


@pytest.fixture(scope="module")
def http(tmp_path_factory):
    return create_app(Dragoman.open(tmp_path_factory.mktemp("none"))).openapi()


def test_every_address_is_documented_and_no_other(http):
    named = set(re.findall(r"`(?:GET|POST|PUT|DELETE) (/[^`?]*)", ALL))
    assert named == set(http["paths"])


def test_every_method_is_documented(http):
    for address, methods in http["paths"].items():
        for method in methods:
            if method != "head":
                assert f"`{method.upper()} {address}`" in ALL


def test_every_field_and_parameter_is_documented(http):
    named = set(re.findall(r"\w+", TEXTS[ROOT / "docs" / "http.md"]))
    shapes = http["components"]["schemas"]
    fields = {field for shape in shapes.values() for field in shape.get("properties", ())}
    for methods in http["paths"].values():
        for operation in methods.values():
            fields |= {parameter["name"] for parameter in operation.get("parameters", ())}
    validation = {"loc", "msg", "type", "ctx", "input"}  # FastAPI's own shape, which is not sent
    assert fields - validation <= named


def test_the_error_codes_that_are_named_exist():
    written = re.findall(
        r'"([a-z]+(?:-[a-z]+)+)"',
        inspect.getsource(problems) + inspect.getsource(access) + inspect.getsource(rates),
    )
    known = {code_of(error) for error in errors()} | set(written)
    table = TEXTS[ROOT / "docs" / "http.md"].split("\n## Errors\n")[1]
    rows = re.findall(r"^\| \d+ \| ([^|]*) \|", table, re.MULTILINE)
    assert len(rows) > 5
    assert {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)} <= known


# Python


@pytest.mark.parametrize("method", ["open", "add", "ask", "search"])
def test_every_argument_is_documented(method):
    page = TEXTS[ROOT / "docs" / "python.md"]
    for name in inspect.signature(getattr(Dragoman, method)).parameters:
        if name not in ("self", "paths", "articles", "on_progress"):
            assert f"`{name}`" in page


@pytest.mark.parametrize(
    "block", [block for page in PAGES for block in blocks(page, "python")], ids=lambda b: b[:40]
)
def test_the_library_has_what_the_code_shown_uses(block):
    tree = compile(block, "block", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = import_module(node.module or "")
            assert all(hasattr(module, alias.name) for alias in node.names)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("dragoman."):
            name = ast.unparse(node.func).split(".")[1]
            assert hasattr(Dragoman, name)
            # aask and asearch hand on what ask and search take.
            method = getattr(Dragoman, {"aask": "ask", "asearch": "search"}.get(name, name))
            named = {keyword.arg for keyword in node.keywords}
            assert named <= set(inspect.signature(method).parameters)


def test_the_errors_that_are_named_exist():
    named = set(re.findall(r"^\| `([A-Z]\w+(?:Error|Model\w+))`", ALL, re.MULTILINE))
    assert len(named) > 5
    assert named <= {error.__name__ for error in errors()}


# Files, links and make


def test_the_make_targets_that_are_named_exist():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    texts = [*TEXTS.values(), *(page.read_text() for page in OTHER_PAGES)]
    named = set(re.findall(r"(?:`|^    |^\$ )make ([\w-]+)", "\n".join(texts), re.MULTILINE))
    assert {"ask", "test", "check", "bench", "compare", "train", "calibrate"} <= named <= targets


@pytest.mark.parametrize("page", LINKING, ids=titled)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


@pytest.mark.parametrize("page", LINKING, ids=titled)
def test_the_files_that_are_named_exist(page):
    folders = "api|corpus|index|search|tests|docs"
    for named in re.findall(rf"`((?:{folders})/[a-z0-9_./-]*)`", prose(page)):
        assert (ROOT / named).exists(), named


def test_the_modules_on_the_map_exist():
    page = (ROOT / "ARCHITECTURE.md").read_text()
    rows = re.findall(r"^\| `([a-z/]+)/` \| (.*) \|$", page, re.MULTILINE)
    assert len(rows) > 10
    for folder, modules in rows:
        for name in re.findall(r"`([a-z_]+)`", modules):
            assert (ROOT / folder / f"{name}.py").exists(), f"{folder}/{name}"


def test_every_page_is_linked_from_the_readme():
    linked = set(re.findall(r"\]\((docs/[\w-]+\.md)\)", TEXTS[ROOT / "README.md"]))
    assert linked == {f"docs/{page.name}" for page in PAGES if page.parent != ROOT}


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def code_of(error: type[DragomanError]) -> str:
    return error.__new__(error).code


def errors(base: type[DragomanError] = DragomanError) -> Iterator[type[DragomanError]]:
    for layer in ("corpus", "index", "search", "api"):
        import_module(f"dragoman.{layer}.errors")
    yield base
    for error in base.__subclasses__():
        yield from errors(error)
