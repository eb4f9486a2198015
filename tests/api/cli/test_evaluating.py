"""`dragoman evaluate`: what it prints and writes, and what it says of what cannot be evaluated."""

import json
import re
import sys
from pathlib import Path

import pytest

from dragoman.api.cli import evaluation_report as report
from dragoman.api.errors import FileNotWritable
from dragoman.index.encoding.compiling import cache_folder
from dragoman.search.evaluation.answers import evaluate_answers
from dragoman.search.evaluation.collection import read_collection
from dragoman.search.evaluation.failures import worst
from dragoman.search.evaluation.indexed_collection import index_collection
from dragoman.search.evaluation.retrieval import System, evaluate
from tiny_collection import ARTICLES, JUDGEMENTS, write_collection


@pytest.fixture(autouse=True)
def _own_cache_folder(tmp_path, monkeypatch, real_encoder):
    """No test writes to the user's cache; the compiled encoder is shared, as it is."""
    (tmp_path / "cache" / "dragoman").mkdir(parents=True)
    (tmp_path / "cache" / "dragoman" / "encoders").symlink_to(cache_folder())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def collection(tmp_path) -> Path:
    return write_collection(tmp_path / "tiny")


@pytest.fixture
def indexed(collection, encoder, tmp_path):
    return index_collection(read_collection(collection), encoder, cache=tmp_path / "initials")


def test_the_figures_are_printed_for_each_mode(command, collection):
    said = command("evaluate", collection, "--modes", "lexical")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.splitlines() == [line.rstrip() for line in said.stdout.splitlines()]
    assert "tiny: 3 questions, 3 articles, 3 passages" in said.stdout
    assert "1 left out: no answer in the articles" in said.stdout
    assert "1 left out: no article judged relevant" in said.stdout
    # nDCG@10 is the mean of 1, 1/log2(3) and 0.
    assert re.search(r"lexical +\.544 +\.333 +\.667 +\.667 +\.667 +\.500 *\n", said.stdout)
    assert re.search(r"answer-hit@1 +answer-hit@4 *\n +lexical +\.500 +1\.00 *\n", said.stdout)
    assert re.search(r"Search, ms, p50 / p95: lexical [\d.]+ / [\d.]+\n", said.stdout)
    assert re.search(r"Indexing: [\d,.]+ passages/s \(finished \d{4}-\d\d-\d\dT", said.stdout)


def test_all_modes_are_compared_in_eighty_columns(indexed, screen):
    file = screen(columns=80)
    report.show_evaluation(evaluate(indexed), indexed)
    printed = file.getvalue()
    assert "…" not in printed
    assert max(map(len, printed.splitlines())) <= 80
    assert "Against dense, the best single mode" in printed
    assert re.search(r"lexical +nDCG@10 +-\.167 +-\.500 to \+\.000 +1\.00", printed)


def test_without_answers_there_is_no_table_of_them(command, tmp_path):
    question = {"_id": "first", "text": "apples"}
    folder = write_collection(tmp_path, questions=[question], judgements=[("first", "a", 1)])
    assert "answer-hit" not in command("evaluate", folder, "--modes", "lexical").stdout


def test_the_first_questions_alone(command, collection):
    said = command("evaluate", collection, "--modes", "lexical", "--limit", "1")
    assert "tiny: 1 questions" in said.stdout
    assert re.search(r"lexical +1\.00 +1\.00", said.stdout)


def test_failures_are_shown_with_what_was_on_top(indexed, screen):
    file = screen(columns=80)
    report.show_failures(worst(evaluate(indexed), indexed.dragoman, 5))
    printed = [line.strip() for line in file.getvalue().splitlines()]
    assert "1  zebras" in printed
    assert "ranked 3: Cats · source not stated · 2022-03-29 · c" in printed
    assert "on top: Apples · source not stated · undated · a" in printed
    assert "2  bees ripen" in printed


def test_failures_may_be_none_or_have_nothing_on_top(command, collection):
    asked = ("evaluate", collection, "--modes", "lexical", "--failures", "1")
    assert "not among the candidates: Cats" in command(*asked).stdout
    assert "on top" not in command(*asked).stdout
    assert "No question failed" in command(*asked, "--limit", "1").stdout


def test_rewrites_and_days_are_noted(command, tmp_path):
    known = {"rewrite": "cats " * 500, "date": "2022-03-29"}
    questions = [
        {"_id": "first", "text": "they?", "metadata": known},
        {"_id": "second", "text": "cats"},
    ]
    judged = [("first", "c", 1), ("second", "c", 1)]
    folder = write_collection(tmp_path, questions=questions, judgements=judged)
    said = command("evaluate", folder, "--modes", "lexical", "--rewrites", "--as-of-asked").stdout
    assert "1 asked as rewritten" in said
    assert "1 asked as of no day: they state none" in said
    assert "1 cut: longer than a question may be" in said
    assert re.search(r"lexical +1\.00 +1\.00", said)


def test_follow_ups_are_noted(command, tmp_path):
    history = [{"role": "user", "content": "Do cats purr?"}]
    why = {"_id": "first", "text": "Why?", "metadata": {"history": history}}
    folder = write_collection(tmp_path, questions=[why], judgements=[("first", "c", 1)])
    said = command("evaluate", folder, "--modes", "lexical", "--follow-ups").stdout
    assert "1 asked as understood from their history" in said
    assert re.search(r"lexical +1\.00 +1\.00", said)


def test_half_of_the_questions(command, collection):
    counts = []
    for half in ("first", "second"):
        said = command("evaluate", collection, "--modes", "lexical", "--half", half)
        counts.append(int(re.search(r"tiny: (\d) questions", said.stdout)[1]))
    assert sum(counts) == 3
    assert command("evaluate", collection, "--half", "third").returncode == 2


# Answers


def test_answers_are_measured(command, collection, tmp_path):
    said = command("evaluate", collection, "--ask", "--json", tmp_path / "all.json")
    assert (said.returncode, said.stderr) == (0, "")
    assert "tiny: 4 questions, 3 articles, 3 passages" in said.stdout
    assert "1 of them with no answer in the articles" in said.stdout
    assert re.search(r"question +asked +right +found in 4 +right of these", said.stdout)
    assert re.search(r"all +2 ", said.stdout)
    assert re.search(r"refused, of the unanswerable +1 ", said.stdout)
    assert re.search(r"AUROC of the confidence +4 ", said.stdout)
    assert re.search(r"Asking, ms, p50 / p95: all [\d.]+ / [\d.]+", said.stdout)
    written = json.loads((tmp_path / "all.json").read_text())
    assert written["questions"] == {"asked": 4, "unanswerable": 1, "unjudged": 1}
    assert set(written["right"]) == {"all", "other"}
    assert written["abstention"]["calibration error"]["count"] == 4
    assert set(written["latency_ms"]["all"]) == {"p50", "p95"}
    last = written["per_question"][3]
    assert (last["id"], last["answerable"], last["right"]) == ("unanswerable", False, False)


def test_answers_are_shown_in_eighty_columns(indexed, screen):
    file = screen(columns=80)
    report.show_answers(evaluate_answers(indexed), indexed)
    printed = file.getvalue()
    assert "…" not in printed
    assert "answered or refused as should be" in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_without_expected_answers_only_refusing_is_measured(command, tmp_path):
    question = {"_id": "first", "text": "apples"}
    folder = write_collection(tmp_path, questions=[question], judgements=[("first", "a", 1)])
    said = command("evaluate", folder, "--ask").stdout
    assert "right of these" not in said
    assert "answered, of the answerable" in said
    assert "AUROC" not in said


@pytest.mark.parametrize("option", [("--modes", "dense"), ("--failures", "3")])
def test_what_is_of_searches_is_not_asked_of_answers(command, collection, option):
    ran = command("evaluate", collection, "--ask", *option)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--modes and --failures are of searches" in ran.stderr


# What is written


def test_everything_is_written_question_by_question(indexed, tmp_path):
    evaluation = evaluate(indexed)
    report.write_message(tmp_path / "all.json", report.evaluation_message(evaluation, indexed))
    written = json.loads((tmp_path / "all.json").read_text())
    assert written["corpus"] == {"name": "tiny", "sha256": indexed.sha256}
    assert written["encoder"] == "initials 26"
    assert re.fullmatch(r"\d+\.\d+\.\d+", written["dragoman"])
    assert re.match(r"\d{4}-\d\d-\d\dT", written["date"])
    assert written["indexing"]["passages"] == 3
    assert written["questions"] == {"asked": 3, "unanswerable": 1, "unjudged": 1}
    assert list(written["modes"]) == ["lexical", "dense", "hybrid"]
    mean = written["modes"]["lexical"]["measures"]["MRR@10"]
    assert mean == {"mean": 0.5, "low": 0.0, "high": 1.0, "count": 3}
    assert set(written["modes"]["lexical"]["latency_ms"]) == {"p50", "p95"}
    compared = written["comparisons"][0]
    assert set(compared) == {"mode", "baseline", "measure", "difference"}
    assert set(compared["difference"]) == {"mean", "low", "high", "p"}
    last = written["per_question"][2]
    assert (last["id"], last["question"], last["as_of"]) == ("never", "zebras", None)
    assert last["modes"]["lexical"]["ranks"] == {"c": None}
    assert last["modes"]["dense"]["ranks"] == {"c": 3}
    assert last["modes"]["lexical"]["measures"]["answer-hit@1"] is None


def test_the_command_writes_the_file(command, collection, tmp_path):
    said = command("evaluate", collection, "--modes", "lexical", "--json", tmp_path / "all.json")
    assert said.returncode == 0
    assert len(json.loads((tmp_path / "all.json").read_text())["per_question"]) == 3


@pytest.mark.parametrize(
    ("place", "said"), [("nowhere/all.json", "No such file"), ("", "Is a directory")]
)
def test_a_file_that_cannot_be_written_is_told_of_before_anything_is_measured(
    command, collection, tmp_path, place, said
):
    ran = command("evaluate", collection, "--json", tmp_path / place)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert said in ran.stderr


def test_whether_a_file_can_be_written_is_found_out_without_changing_it(open_tmp, unprivileged):
    kept = open_tmp / "kept.json"
    kept.write_text("{}")
    for file in (kept, open_tmp / "new.json"):
        report.check_writable(file)
        with unprivileged(), pytest.raises(FileNotWritable, match=r"\.json: could not be written"):
            report.check_writable(file)
    assert kept.read_text() == "{}"
    assert not (open_tmp / "new.json").exists()


# What cannot be evaluated


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "lacks corpus.jsonl and queries.jsonl and qrels.tsv"),
        ({"corpus.jsonl": "", "qrels.tsv": ""}, "lacks queries.jsonl."),
        ({"corpus.jsonl": "", "queries.jsonl": "{", "qrels.tsv": ""}, "line 1: not a question"),
        ({"corpus.jsonl": "", "queries.jsonl": "", "qrels.tsv": ""}, "there is nothing to measure"),
        ({"corpus.jsonl": "", "queries.jsonl": b"\x00\x01" * 99, "qrels.tsv": ""}, "is binary"),
    ],
)
def test_a_folder_that_is_no_collection(command, tmp_path, files, said):
    folder = tmp_path / "bad"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = command("evaluate", folder)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert said in ran.stderr


def test_a_path_that_is_no_folder(command, collection):
    assert "there is no such file" in command("evaluate", collection / "nowhere").stderr
    assert "this is a file" in command("evaluate", collection / "qrels.tsv").stderr


def test_an_unknown_mode(command, collection):
    ran = command("evaluate", collection, "--modes", "lexical,fast")
    assert ran.returncode == 2
    assert "no mode 'fast'. Choose one of hybrid, dense, lexical" in ran.stderr


def test_a_judged_article_that_the_corpus_lacks(command, tmp_path):
    folder = write_collection(tmp_path, judgements=[*JUDGEMENTS, ("first", "z\x1b[31m", 1)])
    ran = command("evaluate", folder, "--modes", "lexical")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert re.search(
        r"qrels\.tsv, line 7: this judges the article 'z.*', which is not in the co", ran.stderr
    )
    assert "\x1b" not in ran.stderr


def test_a_missing_extra_is_named_before_anything_is_read(command, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    ran = command("evaluate", tmp_path / "nowhere")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert 'pip install "dragoman[evaluate]"' in " ".join(ran.stderr.split())


def test_articles_that_cannot_be_read_are_reported_by_every_run(command, tmp_path):
    folder = write_collection(tmp_path, articles=[*ARTICLES, {"_id": "d", "text": ""}, ARTICLES[0]])
    for _ in range(2):
        ran = command("evaluate", folder, "--modes", "lexical")
        assert ran.returncode == 0
        assert "corpus.jsonl, line 4: the article has no text" in ran.stderr
        assert "1 articles not read" in ran.stdout


def test_an_empty_corpus(command, tmp_path):
    folder = write_collection(tmp_path, articles=[])
    ran = command("evaluate", folder)
    assert ran.returncode == 1
    assert "corpus.jsonl: the file is empty" in ran.stderr
    assert "which is not in the corpus" in ran.stderr


def test_titles_and_questions_do_not_drive_the_terminal(indexed, capsys, tmp_path, encoder):
    bad = {"_id": "a", "title": "[red]Apples[/]", "text": "Apples ripen."}
    question = {"_id": "first", "text": "[bold]zebras[/] \x1b[31m"}
    folder = write_collection(
        tmp_path / "bad", articles=[bad], questions=[question], judgements=[("first", "a", 1)]
    )
    read = index_collection(read_collection(folder), encoder, cache=tmp_path / "initials")
    report.show_failures(worst(evaluate(read, [System("lexical")]), read.dragoman, 1))
    printed = capsys.readouterr().out
    assert "[bold]zebras[/]" in printed
    assert "[red]Apples[/]" in printed
    assert "\x1b[31m" not in printed
