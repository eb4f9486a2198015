"""`dragoman ask`: an answer on a terminal, to other programs, and in a dialogue."""

import json
import os
import pty
import select
import subprocess
import sys
import time

import pytest

from chat_server import chat_server, reply
from dragoman.api.cli import dialogue as answers
from dragoman.api.cli import terminal

QUESTION = "Where were the talks of 29 March held?"


@pytest.fixture
def talks_archive(talks, monkeypatch):
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", str(talks.folder))
    return talks.folder


def test_the_answer_comes_with_its_sources(command, talks_archive):
    said = command("ask", QUESTION)
    assert said.returncode == 0
    first = said.stdout.splitlines()[0]
    assert first.startswith("The talks of 29 March 2022")
    assert "[1]" in said.stdout.split("\n\n")[0]
    assert "Negotiators sit down at Dolmabahçe" in said.stdout
    assert "2022-03-29" in said.stdout
    assert "“The talks of 29 March 2022 between Russia and Ukraine were held in" in said.stdout
    assert "\x1b" not in said.stdout


def test_what_is_printed_as_json_is_what_http_answers(command, talks_archive, client):
    printed = json.loads(command("ask", QUESTION, "--json").stdout)
    answered = client.get("/v1/ask", params={"q": QUESTION}).json()
    for message in (printed, answered):
        del message["took_ms"], message["stages"]
    assert printed == answered


def test_where_there_is_no_answer_it_ends_with_three_and_names_what_is_near(command, talks_archive):
    said = command("ask", "Which team won the ice hockey final in Oslo?")
    assert said.returncode == 3
    assert said.stdout.startswith("The articles here do not answer this.\n\nNearest to it:\n")


def test_no_question_is_wrong_usage_where_there_is_no_terminal(process, talks_archive):
    for arguments in (["ask"], ["ask", "--json"]):
        said = process(*arguments)
        assert said.returncode == 2
        assert "give a question" in said.stderr


def test_the_words_that_answer_are_marked_on_a_terminal(talks, monkeypatch, capsys):
    monkeypatch.setattr(terminal.out, "_force_terminal", True)
    monkeypatch.setattr(terminal.out, "_color_system", terminal.out._color_system or 1)
    answers.show_answer(talks.ask("Who led Russia's delegation in Istanbul?"))
    assert "\x1b[1;33mVladimir Medinsky\x1b[0m" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
def test_on_a_terminal_it_keeps_up_a_dialogue(talks_archive):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "dragoman.api", "ask"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": "100"},
    ) as running:
        for line in ("Who led Russia's delegation in Istanbul?", " ? ", "And Ukraine's?"):
            os.write(ours, f"{line}\n".encode())
            time.sleep(0.1)
        os.write(ours, b"\x04")
        out, err = (text.decode() for text in running.communicate(timeout=60))
    assert running.returncode == 0
    assert "Vladimir Medinsky led Russia's delegation" in out
    assert "Arakhamia" in out
    assert "understood as: Who led Ukraine's delegation in Istanbul?" in err
    assert "error: The question is empty: there is no word in it." in err
    assert err.count("? ") == 4
    assert "? " not in out
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
@pytest.mark.parametrize(
    ("typed", "key", "status"),
    [
        ("", b"\x03", 130),
        ("Who led", b"\x03", 130),
        ("Who led Russia's delegation in Istanbul?\n", b"\x03", 130),
        ("", b"\x04", 0),
    ],
    ids=["at the prompt", "in a line", "while it answers", "end of input"],
)
def test_a_dialogue_ends_quietly(talks_archive, typed, key, status):
    running, screen = pty.fork()
    if not running:
        os.execv(sys.executable, [sys.executable, "-m", "dragoman.api", "ask"])
    shown = until_shown(screen, b"?")
    os.write(screen, typed.encode())
    shown += until_shown(screen, typed.strip().encode())
    os.write(screen, key)
    shown += until_shown(screen, None)
    os.close(screen)
    assert os.waitstatus_to_exitcode(os.waitpid(running, 0)[1]) == status
    assert b"Traceback" not in shown
    assert b"rror" not in shown


def until_shown(screen: int, awaited: bytes | None) -> bytes:
    """Read a terminal's screen until that stands there, or with None to the end."""
    shown = b""
    while awaited is None or awaited not in shown:
        assert select.select([screen], [], [], 60)[0], shown
        try:
            shown += os.read(screen, 1024)
        except OSError:  # so a terminal says on Linux that nobody writes there any more
            break
    return shown


def test_the_environment_names_a_language_model(command, talks_archive, monkeypatch):
    with chat_server(reply("The talks of 29 March 2022 were held in Istanbul [1].")) as server:
        monkeypatch.setenv("DRAGOMAN_LLM_URL", server.url)
        monkeypatch.setenv("DRAGOMAN_LLM_KEY", "secret")
        said = command("ask", QUESTION)
    assert said.stdout.startswith("The talks of 29 March 2022 were held in Istanbul. [1]\n")
    assert server.asked[0].headers["Authorization"] == "Bearer secret"
    monkeypatch.setenv("DRAGOMAN_LLM_URL", "ftp://models")
    refused = command("ask", QUESTION)
    assert refused.returncode == 1
    assert "address of the language model" in refused.stderr
    assert "secret" not in refused.stderr
