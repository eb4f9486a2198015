import pytest

from dragoman.corpus.errors import BrokenRecord, PathMissing
from dragoman.search.training.data import part_of_passage, read_training_data
from tiny_reader import write_records

PARTS = ("training", "calibration", "held-out")


def test_no_passage_is_in_two_parts(data):
    seen = {
        part: {n for row in data.part(part) for n in (row.passage, *row.negatives)}
        for part in ("training",)
    }
    answering = {part: {row.passage for row in data.part(part)} for part in PARTS}
    assert all(answering.values())
    assert not answering["held-out"] & answering["calibration"]
    assert not seen["training"] & (answering["held-out"] | answering["calibration"])
    for part in PARTS:
        assert all(part_of_passage(data.passages[n][1]) == part for n in answering[part])


def test_about_a_tenth_is_held_out():
    parts = [part_of_passage(f"Passage {number}.") for number in range(2000)]
    assert 0.08 < parts.count("held-out") / 2000 < 0.12
    assert 0.03 < parts.count("calibration") / 2000 < 0.07


def test_the_span_most_people_gave_comes_first_and_of_several_the_shortest(tmp_path):
    text = "Talks were held in Istanbul, Turkey."
    given = ["Istanbul, Turkey", "in Istanbul", "Istanbul, Turkey", "Istanbul"]
    answers = [{"text": one, "start": text.index(one)} for one in given]
    row = {"set": "a", "question": "Where?", "pid": 1, "neg": [], "kind": "span"}
    write_records(tmp_path / "passages.jsonl.gz", [{"pid": 1, "title": "", "text": text}])
    write_records(tmp_path / "rows.jsonl.gz", [{**row, "answers": answers}])
    (read,) = read_training_data(tmp_path).rows
    found = [text[slice(*span)] for span in read.answers]
    assert found == ["Istanbul, Turkey", "Istanbul", "in Istanbul"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PathMissing, match=r"passages\.jsonl\.gz"):
        read_training_data(tmp_path)


def test_a_broken_line_is_named(tmp_path):
    write_records(tmp_path / "passages.jsonl.gz", [{"pid": 1, "title": ""}])
    with pytest.raises(BrokenRecord, match=r"line 1: .*no 'text'"):
        read_training_data(tmp_path)
