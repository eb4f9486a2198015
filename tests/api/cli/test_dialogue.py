"""`dragoman ask`: an answer on a terminal, to other programs, and in a dialogue."""

import json
from threading import Event

import pytest

from chat_server import chat_server, reply
from dragoman.api.cli import terminal
from dragoman.api.cli.dialogue import converse
from dragoman.search.answer import Answer
from dragoman.search.question import Turn

QUESTION = "Where were the talks of 29 March held?"
LED = "Who led Russia's delegation in Istanbul?"


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
    assert said.stdout.startswith("The articles here do not answer this.\nNo article is near")
    assert "\n\nNearest to it:\n" in said.stdout
    assert "note:" not in said.stderr


def test_no_question_is_wrong_usage_where_there_is_no_terminal(process, talks_archive):
    for arguments in (["ask"], ["ask", "--json"]):
        said = process(*arguments)
        assert said.returncode == 2
        assert "give a question" in said.stderr


def test_a_question_needs_no_quotes(command, talks_archive):
    said = command("ask", *QUESTION.split())
    assert said.stdout == command("ask", QUESTION).stdout


def test_a_quotation_is_one_line_for_other_programs(command, talks_archive, talks):
    cited = talks.ask(QUESTION).citations
    lines = [line.strip() for line in command("ask", QUESTION).stdout.splitlines()]
    assert cited
    assert all(f"“{citation.quote}”" in lines for citation in cited)


def test_the_words_that_answer_are_marked_on_a_terminal(talks, screen):
    file = screen(colours=True)
    terminal.show_answer(talks.ask(LED))
    assert "\x1b[1;33mVladimir Medinsky\x1b[0m" in file.getvalue()


def test_on_a_narrow_terminal_quotations_and_what_is_near_keep_their_indent(talks, screen):
    file = screen(columns=40)
    terminal.show_answer(talks.ask(QUESTION))
    answer, _, cited = file.getvalue().partition("\n\n")
    assert not any(line.startswith(" ") for line in answer.splitlines())
    assert all(line.startswith(("[", "    ")) for line in cited.splitlines() if line)
    file = screen(columns=40)
    terminal.show_answer(talks.ask("Which team won the ice hockey final in Oslo?"))
    _, near = file.getvalue().split("Nearest to it:\n")
    assert len(near.splitlines()) > 6
    assert all(line.startswith("  ") for line in near.splitlines() if line)


# A dialogue


def test_on_a_terminal_it_keeps_up_a_dialogue(in_terminal, talks_archive):
    running = in_terminal("ask", columns=100)
    running.wait_for("Ctrl-D or “quit” ends the dialogue.")
    for question, shown in (
        (LED, "Vladimir Medinsky led Russia's delegation"),
        (" ? ", "The question is empty: there is no word in it."),
        ("And Ukraine's?", "Searched for: Who led Ukraine's delegation in Istanbul?"),
    ):
        running.wait_for("? ")
        running.type(f"{question}\r")
        running.wait_for(shown)
    running.wait_for("Arakhamia")
    running.wait_for("? ")
    running.type("help\r")
    running.wait_for("Ctrl-D or “quit” ends the dialogue.")
    running.type("quit\r")
    assert running.end() == 0
    assert "Traceback" not in running.shown


def test_a_line_can_be_edited_and_had_again(in_terminal, talks_archive):
    left, up, start = "\x1b[D", "\x1b[A", "\x01"
    running = in_terminal("ask")
    running.wait_for("? ")
    running.type(f"eems?{left}{left}{left}{left}{start}dr\r")  # "dreems?"
    running.wait_for("Nearest to it:")
    running.wait_for("? ")
    running.type(up)
    running.wait_for("dreems?")
    running.type("\x03\x04")
    assert running.end() == 0


@pytest.mark.parametrize(
    ("typed", "keys", "status"),
    [
        ("", "\x03", 130),
        ("Who led", "\x03\x03", 130),
        ("Who led", "\x03\x04", 0),
        ("Who led", "\x03quit\r", 0),
        ("", "\x04", 0),
        ("", "exit\r", 0),
    ],
    ids=[
        "at the prompt",
        "twice in a line",
        "in a line",
        "to type another",
        "end of input",
        "exit",
    ],
)
def test_a_dialogue_ends_quietly(in_terminal, talks_archive, typed, keys, status):
    running = in_terminal("ask")
    running.wait_for("? ")
    running.type(typed)
    running.wait_for(typed[-1:])
    running.type(keys)
    assert running.end() == status
    assert "Traceback" not in running.shown
    assert "rror" not in running.shown


def test_ctrl_c_stops_an_answer_and_gives_the_prompt_back(in_terminal, talks_archive):
    asked, stopped = Event(), Event()

    def never_reply(handler):
        asked.set()
        stopped.wait(60)

    with chat_server(never_reply) as server:
        running = in_terminal("ask", DRAGOMAN_LLM_URL=server.url)
        running.wait_for("? ")
        running.type(f"{QUESTION}\r")
        assert asked.wait(60)
        running.type("\x03")
        running.wait_for("Stopped.")
        stopped.set()
    running.wait_for("? ")
    running.type("\x04")
    assert running.end() == 0
    assert "“" not in running.shown.split(QUESTION)[-1]  # no quotation, and so no answer
    assert "Traceback" not in running.shown


@pytest.fixture
def history_after(monkeypatch):
    """The turns that a question comes with, after others were answered so."""

    def converse_with(answers: dict[str, str | Exception | type[BaseException] | None]):
        asked = [*answers, "And then?"]
        lines = iter([*asked, "quit"])
        histories = []

        def ask(question, history):
            histories.append(tuple(history))
            answer = answers.get(question)
            if isinstance(answer, Exception | type):
                raise answer
            status = "answered" if answer else "not_in_corpus"
            return Answer(question, question, status, answer, 0.5, (), ())

        monkeypatch.setattr("builtins.input", lambda *_: next(lines))
        failures = []
        converse(ask, failures.append)
        assert len(histories) == len(asked)
        return histories[-1], failures

    return converse_with


def test_questions_and_answers_are_what_the_next_question_may_refer_to(history_after):
    history, _ = history_after({"Who led it?": "Medinsky led it. [1]"})
    assert history == (Turn("user", "Who led it?"), Turn("assistant", "Medinsky led it. [1]"))


def test_a_refusal_is_not_what_the_next_question_may_refer_to(history_after):
    history, _ = history_after({"Who led it?": "He.", "How many died in Lviv?": None})
    assert history[2:] == (Turn("user", "How many died in Lviv?"),)


def test_what_failed_or_was_stopped_is_forgotten(history_after):
    error = ValueError("no")
    assert history_after({"a": error, "b": KeyboardInterrupt}) == ((), [error])


def test_a_question_after_a_refused_one_is_understood_by_it(in_terminal, talks_archive):
    running = in_terminal("ask", columns=120)
    running.type("How many civilians were killed in Oslo?\r")
    running.wait_for("do not answer this")
    running.wait_for("? ")
    running.type("And in Bergen?\r")
    running.wait_for("Searched for: How many civilians were killed in Bergen?")
    running.wait_for("? ")
    running.type("\x04")
    assert running.end() == 0


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
