"""Test collections: what is read from a folder, and what is said of a folder that cannot be."""

from datetime import date

import pytest

from dragoman.corpus.errors import PathMissing, PathUnreadable
from dragoman.search.errors import (
    BrokenJudgement,
    BrokenQuestion,
    CollectionIncomplete,
    NotAFolder,
    NothingJudged,
    QuestionMissing,
)
from dragoman.search.evaluation.collection import HALVES, Judgement, read_collection
from dragoman.search.question import Turn
from tiny_collection import QUESTIONS, write_collection


def test_what_can_be_measured_by_is_told_from_what_cannot(tmp_path):
    collection = read_collection(write_collection(tmp_path))
    assert [question.id for question in collection.questions] == ["first", "second", "never"]
    assert [question.id for question in collection.unanswerable] == ["unanswerable"]
    assert [question.id for question in collection.unjudged] == ["unjudged"]
    second = collection.questions[1]
    assert (second.text, second.answers) == ("bees ripen", ("never", "ripen"))
    where = f"{tmp_path / 'qrels.tsv'}, line 3"
    assert second.relevant == (Judgement("a", 1, where),)  # the 0 for b is no relevance


def test_what_is_known_of_a_question_is_read(tmp_path):
    known = {"rewrite": "apples, when?", "date": "2022-03-29T10:00:00Z", "answers": ["The?", "A 5"]}
    question = {"_id": 7, "text": "when?", "metadata": known}
    written = write_collection(tmp_path, questions=[question], judgements=[(7, "a", 2)])
    (read,) = read_collection(written).questions
    assert (read.id, read.rewrite, read.asked) == ("7", "apples, when?", date(2022, 3, 29))
    assert read.relevant[0].score == 2
    assert read.answers == ("A 5",)


def test_each_question_falls_to_one_half_and_stays_with_its_article(tmp_path):
    numbers = range(60)
    questions = [
        {
            "_id": n,
            "text": "apples",
            "metadata": {"answerable": n % 3 > 0, "source_doc": f"p{n % 20}"},
        }
        for n in numbers
    ]
    judged = [(n, "a", 1) for n in numbers if n % 3 == 1]
    collection = read_collection(write_collection(tmp_path, questions=questions, judgements=judged))
    first, second = (collection.half(half) for half in HALVES)
    for of in ("questions", "unanswerable", "unjudged"):
        halves = [set(getattr(first, of)), set(getattr(second, of))]
        assert all(len(half) >= 4 for half in halves)
        assert halves[0] | halves[1] == set(getattr(collection, of))
    about = [{q.about for q in (*h.questions, *h.unanswerable)} for h in (first, second)]
    assert about[0].isdisjoint(about[1])
    assert first.corpus == collection.corpus


def test_a_half_without_a_judged_question(tmp_path):
    written = write_collection(tmp_path, questions=QUESTIONS[:1], judgements=[("first", "a", 1)])
    collection = read_collection(written)
    (question,) = collection.questions
    other = next(half for half in HALVES if half != question.half)
    assert collection.half(question.half) == collection
    with pytest.raises(NothingJudged, match=f", {other} half: there is nothing to measure"):
        collection.half(other)


def test_a_history_is_read_with_its_texts_or_contents(tmp_path):
    turns = [{"role": "user", "text": "Cats?"}, {"role": "assistant", "content": "Purr."}]
    question = {"_id": "q", "text": "why?", "metadata": {"history": turns}}
    (read,) = read_collection(
        write_collection(tmp_path, questions=[question], judgements=[("q", "c", 1)])
    ).questions
    assert read.history == (Turn("user", "Cats?"), Turn("assistant", "Purr."))


def test_ids_are_compared_as_articles_are_read(tmp_path):
    written = write_collection(tmp_path, judgements=[(" first", "two  spaces ", 1)])
    (read,) = read_collection(written).questions
    assert read.relevant[0].article == "two spaces"


def test_judgements_may_lie_where_beir_has_them(tmp_path):
    write_collection(tmp_path)
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels.tsv").rename(tmp_path / "qrels" / "test.tsv")
    assert len(read_collection(tmp_path).questions) == 3


def test_windows_line_ends_and_a_mark_of_order_are_read_over(tmp_path):
    for name in ("queries.jsonl", "qrels.tsv"):
        file = write_collection(tmp_path) / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_collection(tmp_path).questions) == 3


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (["corpus.jsonl"], r"lacks corpus\.jsonl\. Put corpus\.jsonl, queries\.jsonl"),
        (["qrels.tsv", "queries.jsonl"], "lacks queries.jsonl and qrels.tsv"),
        (["corpus.jsonl", "queries.jsonl", "qrels.tsv"], "lacks corpus.jsonl and queries.jsonl an"),
    ],
)
def test_missing_files_are_named(tmp_path, missing, said):
    write_collection(tmp_path)
    for name in missing:
        (tmp_path / name).unlink()
    with pytest.raises(CollectionIncomplete, match=said):
        read_collection(tmp_path)


def test_a_path_that_is_no_folder(tmp_path):
    with pytest.raises(PathMissing, match="nowhere: there is no such"):
        read_collection(tmp_path / "nowhere")
    corpus = write_collection(tmp_path) / "corpus.jsonl"
    with pytest.raises(NotAFolder, match=r"corpus\.jsonl: this is a file"):
        read_collection(corpus)


def test_a_file_that_may_not_be_read(open_tmp, unprivileged):
    (write_collection(open_tmp) / "queries.jsonl").chmod(0)
    with unprivileged(), pytest.raises(PathUnreadable, match=r"queries\.jsonl: could not be opene"):
        read_collection(open_tmp)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"_id": "x", "text": "broken', "not JSON: Invalid control character"),
        ('["x"]', "it is not an object"),
        ('{"_id": "x"}', "it needs an '_id' and a 'text'"),
        ('{"_id": ["x"], "text": "ships"}', "it needs an '_id' and a 'text'"),
        ('{"_id": "x", "text": "ships", "metadata": [1]}', "its metadata is not an object"),
        ('{"_id": "x", "text": "t", "metadata": {"answers": "a"}}', "answers are not a list of"),
        ('{"_id": "x", "text": "t", "metadata": {"answers": [1]}}', "answers are not a list of"),
        ('{"_id": "x", "text": "t", "metadata": {"rewrite": 1}}', "its rewrite is not a string"),
        ('{"_id": "x", "text": "t", "metadata": {"history": "Who?"}}', "is not a list of turns"),
        ('{"_id": "x", "text": "t", "metadata": {"history": ["Who?"]}}', "not a list of turns"),
        ('{"_id": "x", "text": "t", "metadata": {"history": [{"role": "user"}]}}', "has no text"),
        (
            '{"_id": "x", "text": "t", "metadata": {"history": [{"role": "bot", "text": "a"}]}}',
            "the role 'bot'. Choose one of user, assistant",
        ),
        ('{"_id": "second", "text": "again"}', "line 2 has the same id"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_question_is_named_by_its_line(tmp_path, line, said):
    file = write_collection(tmp_path) / "queries.jsonl"
    file.write_text(f"{file.read_text()}\n\n{line}\n")
    with pytest.raises(
        BrokenQuestion, match=rf"queries\.jsonl, line {len(QUESTIONS) + 2}: .*{said}"
    ):
        read_collection(tmp_path)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("first", "a"), "it has 2 columns, not 3"),
        (("first", "0", "a", 1), "it has 4 columns, not 3"),
        (("first", "a", "high"), "its score is 'high', not a whole number"),
        (("first", "a", 10**12), "its score is over 100"),
    ],
)
def test_a_broken_judgement_is_named_by_its_line(tmp_path, row, said):
    written = write_collection(tmp_path, judgements=[("first", "a", 1), row])
    with pytest.raises(BrokenJudgement, match=rf"qrels\.tsv, line 3: .*{said}"):
        read_collection(written)


def test_a_judgement_of_an_unknown_question(tmp_path):
    written = write_collection(tmp_path, judgements=[("first", "a", 1), ("elsewhere", "a", 1)])
    with pytest.raises(QuestionMissing, match=r"line 3: .*'elsewhere', which is not among"):
        read_collection(written)


@pytest.mark.parametrize("judgements", [[], [("first", "a", 0)], [("unanswerable", "a", 1)]])
def test_nothing_to_measure_by(tmp_path, judgements):
    with pytest.raises(NothingJudged, match="there is nothing to measure"):
        read_collection(write_collection(tmp_path, judgements=judgements))


def test_files_that_are_empty_judge_nothing(tmp_path):
    for name in ("queries.jsonl", "qrels.tsv"):
        (write_collection(tmp_path) / name).write_text("")
        if name == "qrels.tsv":
            with pytest.raises(NothingJudged):
                read_collection(tmp_path)
        else:
            with pytest.raises(QuestionMissing):
                read_collection(tmp_path)
