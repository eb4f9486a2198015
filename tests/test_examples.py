"""What README and docs/ show as printed is what is printed."""

import doctest
import json
import re
import shutil
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.api.cli.commands import main
from dragoman.api.http.app import create_app
from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman
from pages import PAGES, ROOT, Example, blocks, examples

# Of a segment between two "…", so much at least, so that a comparison says something.
_LEAST = 10
CONSOLE = [(page, block) for page in PAGES for block in blocks(page, "console")]
PYTHON = [page for page in PAGES if blocks(page, "pycon")]


def first_line(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value).partition("\n")[0][:60]


@pytest.fixture(autouse=True)
def _in_a_folder_with_the_articles(talks, tmp_path, monkeypatch):
    """A folder as a checkout is, where the bundled articles are the user's own."""
    folder = tmp_path / "checkout"
    shutil.copytree(BUNDLED, folder / "corpus" / "talks-2022")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", str(talks.folder))


@pytest.fixture
def run(talks, monkeypatch, capfd):  # noqa: C901
    def dragoman(arguments: list[str]) -> str:
        monkeypatch.setattr(sys, "argv", ["dragoman", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit):
            main()
        said = capfd.readouterr()
        return said.err + said.out

    def curl(arguments: list[str]) -> str:
        client = TestClient(create_app(talks), base_url="http://localhost:8000")
        address = next(part for part in arguments if part.startswith("localhost:"))
        given = [value for option, value in pairwise(arguments) if option == "-H"]
        client.headers.update(value.split(": ", 1) for value in given)
        if "-d" not in arguments:
            return client.get(f"http://{address}").text
        body = json.loads(arguments[arguments.index("-d") + 1])
        return client.post(f"http://{address}", json=body).text

    def printed(command: list[str]) -> str | None:
        match command:
            case ["make", "ask", question]:
                return dragoman(["ask", question.removeprefix("Q=")])
            case ["dragoman", "serve", *_]:
                return None  # it would not end
            case ["dragoman", "copy", *_]:
                return None  # it needs a server
            case ["dragoman", "keys", *_]:
                return None  # the service would then ask the other examples for a key
            case ["curl", *arguments] if changes(arguments):
                return None  # it would change the archive of the other examples
            case ["dragoman", *arguments]:
                return dragoman(arguments)
            case ["curl", *arguments]:
                return curl(arguments)
        raise AssertionError(f"not known how to run: {command}")

    return printed


@pytest.mark.parametrize(("page", "block"), CONSOLE, ids=first_line)
def test_the_examples_are_what_is_printed(run, page, block):
    shown = list(examples(block))
    assert shown
    for example in shown:
        printed = run(example.command)
        if printed is not None:
            check(example, printed)


def changes(arguments: list[str]) -> bool:
    """Whether a request changes the archive, or asks for the job that did."""
    writes = not {"-X", "-F", "--data-binary"}.isdisjoint(arguments)
    posts = "-d" in arguments and any(one.endswith("/v1/articles") for one in arguments)
    return writes or posts or any("/v1/jobs" in one for one in arguments)


def check(example: Example, printed: str) -> None:
    rest = comparable(printed)
    segments = list(filter(None, map(comparable, example.shown.split("…"))))
    assert max(map(len, segments)) >= _LEAST
    for segment in segments:
        before, found, rest = rest.partition(segment)
        assert found == segment, f"{segment!r} is not in {(before + rest)!r}"


def comparable(text: str) -> str:
    """Leave out where lines are broken, and the digits of scores, which differ by processor."""
    return re.sub(r"\d*\.\d+(?:e-\d+)?", "#", re.sub(r"\s", "", text))


@pytest.mark.parametrize("page", PYTHON, ids=first_line)
def test_the_python_shown_gives_what_is_shown(page, talks, monkeypatch):
    monkeypatch.delenv("DRAGOMAN_ARCHIVE")
    names = {"dragoman": talks} if page == ROOT / "README.md" else {}
    source = "\n".join(blocks(page, "pycon"))
    test = doctest.DocTestParser().get_doctest(source, names, page.name, str(page), 0)
    assert test.examples
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(
        test, out=said.append, clear_globs=False
    )
    opened = test.globs.get("dragoman")
    if isinstance(opened, Dragoman) and opened is not talks:
        opened.close()
    assert not said, "".join(said)
