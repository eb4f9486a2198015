"""README tells the truth about commands, options, addresses and make targets."""

import re
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from typer.main import get_command

from dragoman.api.cli import terminal
from dragoman.api.cli.commands import app
from dragoman.api.http.app import create_app
from dragoman.search.dragoman import Dragoman
from dragoman.search.question import Filters
from screens import Screen

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
COMMANDS = get_command(app).commands  # pyright: ignore[reportAttributeAccessIssue]


def test_every_command_is_documented_and_no_other():
    assert set(re.findall(r"^\| `dragoman (\w+)", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example(name):
    command = COMMANDS[name]
    assert command.help
    assert f"dragoman {name}" in command.epilog
    for parameter in command.params:
        assert getattr(parameter, "help", None), (name, parameter.name)


def test_the_options_that_are_named_exist():
    known = {option for command in COMMANDS.values() for p in command.params for option in p.opts}
    named = set(re.findall(r"`(--[a-z-]+)", README)) | set(re.findall(r"/(--[a-z-]+)", README))
    assert named <= known


def test_every_address_is_documented(tmp_path):
    addresses = create_app(Dragoman.open(tmp_path)).openapi()["paths"]
    for address in addresses:
        assert address in README


@pytest.mark.skipif(not (ROOT / "Makefile").exists(), reason="not in a checkout")
def test_the_make_targets_that_are_named_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`?make (\w+)", README)) <= targets
    assert {"ask", "test", "check", "serve", "bench"} <= targets


@pytest.fixture
def printed(monkeypatch):
    """What is printed to a terminal of 96 columns."""
    screen = Screen()
    made = Console(file=screen, color_system=None, width=96, highlight=False)
    monkeypatch.setattr(terminal, "out", made)
    return screen


@pytest.mark.parametrize(
    ("question", "limit", "explain", "before"),
    [
        ("What did Akar tell Shoigu?", 1, False, "# your own archive again\n"),
        ("Who asked for a cease-fire on 29 March 2022?", 1, True, "-k 1 --explain\n"),
    ],
)
def test_the_examples_are_what_is_printed(talks, printed, question, limit, explain, before):
    terminal.show_passages(talks.search(question, limit), explain)
    example = README.split(before)[1].split("```")[0]
    assert stands_in(example, printed.getvalue()) >= 4


def stands_in(example: str, printed: str) -> int:
    """Say how many lines an example has: each of them must be printed, in that order."""
    lines = printed.splitlines()
    places = [lines.index(line) for line in example.strip("\n").splitlines() if line != "…"]
    assert places == sorted(places)
    return len(places)


@pytest.mark.parametrize(
    ("question", "as_of", "before", "until"),
    [
        ("How many civilians were killed?", None, "answers:\n\n```\n", "```"),
        (
            "Who led the Ukrainian delegation in Istanbul?",
            None,
            'dragoman ask "Who led the Ukrainian delegation in Istanbul?"\n',
            "$ ",
        ),
        ("How many civilians were killed?", date(2022, 4, 1), "--as-of 2022-04-01\n", "$ "),
        ("Which team won the ice hockey final in Oslo?", None, 'in Oslo?"\n', "```"),
    ],
)
def test_the_answers_shown_are_what_is_printed(talks, printed, question, as_of, before, until):
    terminal.show_answer(talks.ask(question, filters=Filters(as_of=as_of)))
    assert stands_in(README.split(before)[1].split(until)[0], printed.getvalue()) >= 1
