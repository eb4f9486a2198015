"""README tells the truth about commands, options, addresses and make targets."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from dragoman.api import terminal
from dragoman.api.app import create_app
from dragoman.api.cli import app
from dragoman.search.dragoman import Dragoman

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
    assert {"search", "test", "check", "serve", "bench"} <= targets


@pytest.mark.parametrize(
    ("question", "limit", "explain", "before"),
    [
        ("Where were the talks of 29 March held?", 5, False, "```\n"),
        ("What did Akar tell Shoigu?", 1, False, "# your own archive again\n"),
        ("Who asked for a cease-fire on 29 March 2022?", 1, True, "-k 1 --explain\n"),
    ],
)
def test_the_examples_are_what_is_printed(
    talks, monkeypatch, capsys, question, limit, explain, before
):
    """Every line of an example stands in the answer, in that order."""
    monkeypatch.setattr(terminal.out, "width", 96)
    terminal.show_passages(talks.search(question, limit), explain)
    out = capsys.readouterr().out.replace("\u00a0", " ")
    printed = [line.rstrip() for line in out.splitlines()]
    example = README.split(before)[1].split("```")[0].strip("\n").splitlines()
    places = [printed.index(line) for line in example if line != "…"]
    assert places == sorted(places)
    assert len(places) >= 4
