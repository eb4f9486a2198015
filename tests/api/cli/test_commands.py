"""The `dragoman` command: what it prints, where, and how it ends."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import pytest
from typer import Typer
from typer.main import get_command

from dragoman.api.cli.commands import app
from dragoman.corpus.errors import DragomanError
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder

QUESTION = "Where were the talks of 29 March held?"
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


@pytest.fixture
def found(command, shipping_archive):
    """The ids of the articles that the command finds; by words, so that no model is loaded."""

    def find(*arguments: str) -> set[str]:
        said = command("search", "the ships", "--mode", "lexical", "--json", *arguments)
        passages = json.loads(said.stdout)["passages"]
        assert said.returncode == (0 if passages else 3)
        return {passage["article"]["id"] for passage in passages}

    return find


# Help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example(command, name):
    helped = command(name, "--help")
    assert helped.returncode == 0
    assert f"Usage: dragoman {name}" in helped.stdout
    assert "Example: dragoman" in helped.stdout
    assert all(getattr(parameter, "help", "") for parameter in COMMANDS[name].params)
    assert command(name, "-h").stdout == helped.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_every_command_is_one_that_it_takes(name):
    example = COMMANDS[name].epilog.split("→")[0]
    _, called, *arguments = shlex.split(example.removeprefix("Example:"))
    assert called == name
    taken = COMMANDS[name]
    if name == "keys":
        taken = taken.commands[arguments.pop(0)]
    taken.make_context(name, arguments)


def test_the_command_says_what_it_can_do(command):
    helped = command("--help")
    assert helped.returncode == 0
    assert all(f"\n  {name} " in helped.stdout for name in COMMANDS)
    assert "..." not in helped.stdout.partition("Commands:")[2]  # nothing is cut short
    nothing = command()
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (2, "", helped.stdout)


def test_the_version_is_that_of_the_package(command):
    said = command("--version")
    assert (said.returncode, said.stdout, said.stderr) == (
        0,
        f"dragoman {version('dragoman')}\n",
        "",
    )


# Searching


def test_the_passage_is_printed_with_its_source_and_date(command, talks_archive):
    asked = ("search", QUESTION, "--since", "2022-03-01", "--until", "2022-04-01", "-k", "1")
    said = command(*asked)
    undated = "note: undated: 9 articles left out, which state no day.\n"
    assert (said.returncode, said.stderr) == (0, undated)
    shown = " ".join(said.stdout.split())
    assert "1 Negotiators sit down at Dolmabahçe for Turkish-brokered talks" in shown
    assert "source not stated · 2022-03-29 · istanbul-talks-open-at-dolmabahce" in shown
    assert "held in Istanbul, at the Turkish presidency's Dolmabahçe office" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], {}),
        (["-k", "3", "--mode", "dense"], {"limit": 3, "mode": "dense"}),
        (["--source", "PRESS TV", "--source", "x"], {"filters": {"sources": ["press tv", "x"]}}),
        (["--since", "2022-03-29", "--as-of", "2022-04-30"],
         {"filters": {"since": "2022-03-29", "as_of": "2022-04-30"}}),
        (["--all-of-article"], {"per_article": None}),
    ],
)  # fmt: skip
def test_as_json_it_is_exactly_what_http_answers(
    command, client, talks_archive, arguments, message
):
    printed = command("search", QUESTION, "--json", *arguments)
    answered = client.post("/v1/search", json={"question": QUESTION, **message})
    ours, theirs = json.loads(printed.stdout), answered.json()
    assert ours.keys() == theirs.keys()
    assert {**ours, "took_ms": None} == {**theirs, "took_ms": None}
    assert theirs["passages"]
    without_time = re.compile(r',"took_ms":[\d.]+}')
    assert without_time.sub("", printed.stdout.strip()) == without_time.sub("", answered.text)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"grain", "2022/03/gas", "gold ö#1?", "undated"}),
        (["--source", "gazete dogu"], {"grain"}),
        (["--source", "GAZETE DOĞU", "--source", "daily POST", "--source", "nobody"],
         {"grain", "2022/03/gas", "gold ö#1?"}),
        (["--source", "nobody"], set()),
        (["--tag", "turkiye"], {"2022/03/gas"}),
        (["--tag", "GRAIN", "--tag", "TÜRKİYE"], {"grain", "2022/03/gas"}),
        (["--since", "2022-03-29"], {"2022/03/gas", "gold ö#1?"}),
        (["--since", "2022-03-30"], {"gold ö#1?"}),
        (["--until", "2022-03-29"], {"grain", "2022/03/gas"}),
        (["--until", "2022-03-28"], {"grain"}),
        (["--since", "2022-03-29", "--until", "2022-03-29"], {"2022/03/gas"}),
        (["--as-of", "2022-03-10"], {"grain"}),
        (["--as-of", "2022-03-09"], set()),
        (["--since", "2022-05-02"], set()),
    ],
)  # fmt: skip
def test_filters_leave_what_passes_and_both_ends_of_a_period_pass(found, arguments, expected):
    assert found(*arguments) == expected


def test_a_question_needs_no_quotes(command, shipping_archive):
    options = ("--mode", "lexical", "--json", "-k", "1")
    said = command("search", "the", "ships", *options, "of", "the strait")
    assert json.loads(said.stdout)["question"] == "the ships of the strait"
    whole = command("search", "the ships of the strait", *options)
    assert json.loads(said.stdout)["passages"] == json.loads(whole.stdout)["passages"]


def test_the_limit_is_kept(command, shipping_archive):
    for limit in ("-k", "--limit"):
        said = command("search", "the ships", "--mode", "lexical", "--json", limit, "3")
        assert len(json.loads(said.stdout)["passages"]) == 3


def test_nothing_found_is_told_apart_from_an_error(command, shipping_archive):
    unknown = command("search", "xylophone", "--mode", "lexical")
    assert (unknown.returncode, unknown.stdout) == (3, "")
    assert unknown.stderr == "No passage was found.\n"
    filtered = command("search", "ships", "--mode", "lexical", "--source", "Nobody")
    assert (filtered.returncode, filtered.stdout) == (3, "")
    assert "The sources here are: Daily Post, Gazete Doğu." in filtered.stderr
    too_late = command("search", "ships", "--mode", "lexical", "--since", "2023-01-01")
    assert (too_late.returncode, too_late.stdout) == (3, "")
    assert "of the 4 in the archive, 1 state no date of publication" in too_late.stderr


def test_an_empty_archive_says_how_to_fill_it(command, shipping, shipping_archive):
    shipping.remove([article.id for article in shipping.articles()])
    said = command("search", "ships", "--mode", "lexical")
    assert (said.returncode, said.stdout) == (3, "")
    assert "Add articles to it" in said.stderr
    listed = command("articles")
    assert (listed.returncode, listed.stdout) == (0, "")


def test_a_missing_archive_is_an_error_that_says_how_to_make_one(command, tmp_path):
    for arguments in (["search", "ships"], ["articles"], ["info"], ["remove", "x"], ["rebuild"]):
        said = command(*arguments, "--archive", tmp_path / "missing")
        assert (said.returncode, said.stdout) == (1, "")
        assert f"dragoman add PATH --archive {tmp_path / 'missing'}" in said.stderr
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search"], "QUESTION"),
        (["search", ""], "question is empty"),
        (["search", "?!"], "question is empty"),
        (["search", "a" * 2001], "2,001 characters"),
        (["search", "a", "--mode", "[red]"], "'[red]'"),
        (["search", "a", "-k", "0"], "from 1 to 100"),
        (["search", "a", "-k", "abc"], "--limit"),
        (["search", "a", "--since", "monday"], "--since is 'monday'"),
        (["search", "a", "--as-of", "2022-02-30"], "--as-of is '2022-02-30'"),
        (["search", "a", "--since", "2022-02-02", "--until", "2022-02-01"], "ends before"),
        (["search", "a", "--colour"], "--colour"),
        (["sreach", "a"], "sreach"),
        (["add"], "PATH"),
        (["remove"], "ID"),
        (["article"], "ID"),
        (["add", "a", "--published", "monday"], "--published is 'monday'"),
        (["serve", "--port", "65536"], "65535"),
        (["serve", "--port", "x"], "--port"),
        (["serve", "--host", ""], "--host"),
        (["serve", "--allow-host", "a*b"], "'a*b'"),
    ],
)
def test_wrong_usage_ends_with_2_and_names_what_is_wrong(
    command, shipping_archive, arguments, said
):
    ran = command(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr


@pytest.mark.parametrize("host", ["nosuch.invalid", "a..b", "192.0.2.1"])
def test_an_address_that_cannot_be_had_is_named(command, shipping_archive, shipping, host):
    lexical = command("serve", "--host", host, "--open-access")
    assert (lexical.returncode, lexical.stdout) == (1, "")
    assert "Unknown error" not in lexical.stderr


# The archive


def facts_in(info: str) -> dict[str, str]:
    return dict(line.split("\t") for line in info.splitlines())


def test_adding_says_what_became_of_every_article(command, tmp_path):
    archive = ["--archive", tmp_path / "archive"]
    (tmp_path / "a.txt").write_text("Ships sail through the strait.")
    (tmp_path / "b.jsonl").write_text('{"id": "b", "title": "B", "text": "Trains stand still."}\n')
    paths = [tmp_path / "a.txt", tmp_path / "b.jsonl"]
    first = command("add", *paths, *archive)
    assert (first.returncode, first.stdout) == (0, "")
    assert "2 added (2 articles, 2 new passages)" in first.stderr
    again = command("add", *paths, *archive)
    assert (again.returncode, again.stdout) == (0, "")
    assert "2 unchanged (2 articles, 0 new passages)" in again.stderr
    (tmp_path / "b.jsonl").write_text(
        '{"id": "b", "title": "B", "text": "Trains run."}\nnonsense\n'
    )
    changed = command("add", *paths, *archive)
    assert (changed.returncode, changed.stdout) == (1, "")
    assert "1 replaced, 1 unchanged (2 articles, 1 new passage)" in changed.stderr
    assert "b.jsonl, line 2" in changed.stderr
    found = command("search", "Which vehicles move on rails?", "-k", "1", *archive)
    assert "Trains run." in found.stdout


def test_columns_are_named_and_what_is_skipped_counts_where_it_is_asked(command, tmp_path):
    archive = ["--archive", tmp_path / "archive"]
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.csv").write_text("Kopf,Rumpf\nSchiffe,Ships sail through the strait.\n")
    (folder / "b.jpg").write_bytes(b"\xff\xd8")
    refused = command("add", folder, *archive, "--columns", "titel=Kopf")
    assert refused.returncode == 2
    assert "articles have no field 'titel'" in refused.stderr
    columns = ["--columns", "title=Kopf,text=Rumpf"]
    added = command("add", folder, *archive, *columns)
    assert (added.returncode, added.stdout) == (0, "")
    assert "1 added" in added.stderr
    assert "skipped, since they are no articles: 1 .jpg" in added.stderr
    assert command("add", folder, *archive, *columns, "--strict").returncode == 1
    assert command("add", folder / "a.csv", *archive, *columns, "--strict").returncode == 0


def test_removed_articles_are_gone_and_unknown_ids_are_named(command, found):
    removed = command("remove", "2022/03/gas", "[red]", "gold ö#1?", "nobody")
    assert (removed.returncode, removed.stdout) == (1, "")
    assert "2 removed" in removed.stderr
    assert "'[red]'" in removed.stderr
    assert "'nobody'" in removed.stderr
    assert found() == {"grain", "undated"}
    assert command("remove", "grain").returncode == 0
    assert found() == {"undated"}


def test_the_articles_are_listed_for_other_programs(command, shipping_archive):
    said = command("articles")
    assert (said.returncode, said.stderr) == (0, "")
    rows = [line.split("\t") for line in said.stdout.splitlines()]
    assert rows[0] == ["grain", "2022-03-10", "Gazete Doğu", "Grain leaves port"]
    assert [row[0] for row in rows] == ["grain", "2022/03/gas", "gold ö#1?", "undated"]


def test_the_articles_as_json_are_what_http_answers(command, shipping_archive, shipping_client):
    said = command("articles", "--json")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.strip() == shipping_client.get("/v1/articles").text


def test_an_article_can_be_read(command, talks_archive, talks):
    id = "istanbul-talks-open-at-dolmabahce"
    said = command("article", id)
    assert (said.returncode, said.stderr) == (0, "")
    title, place, blank, *text = said.stdout.splitlines()
    assert title == "Negotiators sit down at Dolmabahçe for Turkish-brokered talks"
    assert place == f"digest · source not stated · 2022-03-29 · {id}"
    assert blank == ""
    assert "\n".join(text) == talks.article(id).text.rstrip()


def test_an_article_as_json_is_what_http_answers(command, shipping_archive, shipping_client):
    for id in ("grain", "gold ö#1?", "undated"):
        said = command("article", id, "--json")
        assert said.stdout.strip() == shipping_client.get(f"/v1/articles/{quote(id)}").text


def test_an_article_that_is_not_there_is_an_error(command, shipping_archive):
    for options in ([], ["--json"]):
        said = command("article", "nobody", *options)
        assert (said.returncode, said.stdout) == (1, "")
        assert "no article with the id 'nobody'" in said.stderr


def test_info_says_what_the_archive_holds_and_where_it_is(command, shipping_archive):
    said = command("info")
    assert (said.returncode, said.stderr) == (0, "")
    assert facts_in(said.stdout) == {
        "archive": str(shipping_archive),
        "articles": "4",
        "passages": "4",
        "published": "2022-03-10 to 2022-05-01",
        "sources": "Daily Post (2), Gazete Doğu (1)",
        "encoder": "initials 26",
    }


def test_an_archive_of_another_encoder_is_rebuilt_on_request(command, shipping_archive, found):
    refused = command("search", "ships")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "[initials 26]" in refused.stderr
    assert "all-MiniLM-L6-v2" in refused.stderr
    assert "dragoman rebuild" in refused.stderr
    rebuilt = command("rebuild")
    assert (rebuilt.returncode, rebuilt.stdout) == (0, "")
    assert "rebuilt: 4 articles, 4 passages encoded again" in rebuilt.stderr
    assert command("search", "ships").returncode == 0
    assert len(found()) == 4
    again = command("rebuild")
    assert again.stderr.strip() == "rebuilt: 4 articles"


def test_with_no_archive_named_the_bundled_articles_are_there(command, tmp_path):
    said = command("search", QUESTION, "-k", "1")
    assert said.returncode == 0
    assert "Dolmabahçe" in said.stdout
    assert len(command("articles").stdout.splitlines()) == 11
    facts = facts_in(command("info").stdout)
    assert facts["archive"] == str(tmp_path / "data" / "dragoman" / "archive")
    assert command("remove", "who-is-who-in-the-talks").returncode == 0
    assert len(command("articles").stdout.splitlines()) == 10


# As a process


def test_a_search_imports_nothing_that_it_does_not_need(talks_archive):
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "dragoman.api", "search", QUESTION],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    imported = {line.split("|")[-1].strip().split(".")[0] for line in ran.stderr.splitlines()}
    assert "onnxruntime" in imported
    assert not imported & {
        "torch", "transformers", "sentence_transformers", "fastapi", "uvicorn", "trafilatura",
    }  # fmt: skip


def test_the_script_answers_like_the_module(process, talks_archive):
    script = shutil.which("dragoman", path=Path(sys.executable).parent)
    assert script
    arguments = ["search", QUESTION, "-k", "1"]
    by_script = subprocess.run([script, *arguments], capture_output=True, check=True)
    assert by_script.stdout.decode() == process(*arguments).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "ships", "--mode", "lexical"],
        ["search", "ships", "--mode", "lexical", "--json"],
        ["articles"],
        ["articles", "--json"],
        ["article", "grain"],
        ["info"],
        ["--help"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_output_that_nobody_reads_any_more_ends_the_command_quietly(shipping_archive, arguments):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "dragoman.api", *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_only_the_first_lines_may_be_read(shipping_archive):
    """More is written than a pipe takes, so that the command is still writing when `head` ends."""
    many = shipping_archive.parent / "many.jsonl"
    title = "Ships " * 50
    many.write_text("\n".join(json.dumps({"title": title, "text": f"{n}"}) for n in range(500)))
    with Dragoman.open(shipping_archive, InitialsEncoder()) as dragoman:
        dragoman.add(many)
    listing = f"{shlex.quote(sys.executable)} -m dragoman.api articles"
    ran = subprocess.run(
        ["bash", "-c", f"{listing} | head -n 2; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = ran.stdout.splitlines()
    assert (len(lines), lines[0].split("\t")[0], lines[2], ran.stderr) == (3, "grain", "0", "")


def test_a_terminal_that_lacks_letters_gets_question_marks(process, shipping_archive):
    arguments = ["search", "ships", "--mode", "lexical", "--source", "gazete dogu"]
    shown = process(*arguments, PYTHONIOENCODING="ascii")
    assert shown.returncode == 0
    assert "Gazete Do?u" in shown.stdout
    as_json = process(*arguments, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(as_json.stdout)["passages"][0]["article"]["source"] == "Gazete Doğu"


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "what is \udcff", "--mode", "lexical"],  # so Python has what is no UTF-8
        ["search", "ships", "--mode", "lexical", "--source", "\udcff"],
        ["search", "ships", "--mode", "lexical", "--tag", "\udcff"],
        ["search", "ships", "--mode", "\udcff"],
        ["search", "ships", "--since", "\udcff"],
        ["remove", "\udcff"],
        ["add", "\udcff.txt"],
        ["articles", "--archive", "\udcff"],
    ],
)
def test_what_is_no_text_is_no_surprise(command, shipping_archive, arguments):
    ran = command(*arguments)
    assert ran.returncode in (1, 2, 3)
    assert "unexpected" not in ran.stderr


@pytest.mark.parametrize("arguments", [["search", "ships", "--mode", "lexical"], ["articles"]])
@pytest.mark.parametrize(
    ("place", "mode", "words"),
    [
        ("/dev/full", "w", "the output could not be written (No space left on device). Free"),
        ("/dev/null", "r", "DRAGOMAN_TRACEBACK=1"),  # nothing foresees what may only be read
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(
    shipping_archive, arguments, place, mode, words
):
    if not Path(place).exists():
        pytest.skip(f"there is no {place}")
    asking = [sys.executable, "-m", "dragoman.api", *arguments]
    with Path(place).open(mode) as output:
        ran = subprocess.run(
            asking, stdout=output, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert words in ran.stderr


def test_ctrl_c_keeps_what_was_added_and_says_so(tmp_path):
    number = 3_000
    many = tmp_path / "many.jsonl"
    lines = (f'{{"id": "{n}", "title": "T", "text": "Ship {n} sails."}}' for n in range(number))
    many.write_text("\n".join(lines))
    folder = tmp_path / "archive"
    arguments = ["add", str(many), "--archive", str(folder)]
    with subprocess.Popen(
        [sys.executable, "-m", "dragoman.api", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        while running.poll() is None and not _articles_in(folder):
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert "Stopped. What was added so far is kept; the same command goes on." in err
    assert "Traceback" not in err
    assert 0 < _articles_in(folder) < number


def _articles_in(folder) -> int:
    try:
        with Dragoman.open(folder) as dragoman:
            return dragoman.info().articles
    except DragomanError:
        return 0  # it is not there yet


def test_the_command_is_one_typer_application():
    assert isinstance(app, Typer)
    assert list(COMMANDS) == [
        "ask", "search", "timeline", "quotes", "figures", "conflicts", "add", "watch", "remove",
        "articles", "article", "info", "rebuild", "backup", "restore", "copy", "evaluate", "serve",
        "mcp", "keys",
    ]  # fmt: skip


# On a terminal, and elsewhere


PRINTING = (
    ["ask", "How many civilians were killed?"],
    ["search", "civilians", "--mode", "lexical", "--explain"],
    ["articles"],
    ["article", "un-figures-over-time"],
    ["info"],
    ["--help"],
    ["search", "--help"],
    ["sreach"],
    ["search", "?!"],
)


@pytest.mark.parametrize("arguments", [PRINTING[0], ["articles"], ["--help"], ["sreach"]])
def test_a_terminal_gets_styles_unless_it_wants_none(in_terminal, talks_archive, arguments):
    for environment, styled in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        running = in_terminal(*arguments, **environment)
        running.end()
        assert ("\x1b" in running.shown) is styled, environment
        assert running.shown.strip()


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}], ids=["xterm", "dumb"])
def test_lines_are_as_wide_as_the_terminal(in_terminal, talks_archive, environment):
    running = in_terminal("article", "un-figures-over-time", columns=50, **environment)
    assert running.end() == 0
    lines = re.sub(r"\x1b\[[\d;]*m", "", running.shown).splitlines()
    assert 40 < max(map(len, lines)) <= 50


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_other_programs_get_plain_lines_without_trailing_blanks(command, talks_archive, arguments):
    said = command(*arguments)
    printed = said.stdout + said.stderr
    assert printed.strip()
    assert "\x1b" not in printed
    assert "│" not in printed
    assert [line for line in printed.splitlines() if line != line.rstrip()] == []


# Copies


def test_of_copies_one_is_shown_unless_all_are_asked_for(command, reprinted, monkeypatch):
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", str(reprinted.folder))
    question = ("search", "ships in the harbour", "--mode", "lexical", "-k", "2")
    shown = command(*question).stdout
    assert "also in: Daily Sabah, 29 March 2022" in shown
    assert "Harbour Wire · 2022-03-01" in shown
    every = command(*question, "--all-copies").stdout
    assert "also in" not in every
    assert "Daily Sabah · 2022-03-29" in every


def test_info_counts_families_of_copies_where_there_are_any(command, reprinted, monkeypatch):
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", str(reprinted.folder))
    assert "families of copies\t1\n" in command("info").stdout
    command("remove", "reprint")
    assert "families of copies" not in command("info").stdout


def test_an_archive_of_an_unknown_scheme_is_wrong_usage(command):
    ran = command("info", "--archive", "postgres://me:secret@host/news")
    assert ran.returncode == 2
    assert "postgres://host/news is not the address of an archive" in ran.stderr
    assert "secret" not in ran.stderr
