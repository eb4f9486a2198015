import pytest

from dragoman.search.dragoman import Dragoman
from dragoman.search.reading.fallback import MOST_PASSAGES, FallbackReader

PASSAGES = [
    ("Grain", "Grain goes by ship. The harbour opens at nine. Bread is dear."),
    ("", ""),
    ("Gas", "Gas comes by pipe."),
    ("Gold", "The harbour opens at noon."),
]


@pytest.fixture
def reader(tmp_path, encoder):
    (tmp_path / "grain.txt").write_text("Grain\n\nGrain goes by ship. The harbour opens at nine.")
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(tmp_path / "grain.txt")
        yield FallbackReader(encoder, dragoman.query("When does the harbour open?").terms)


def test_the_sentence_most_like_the_question_is_found_first(reader):
    first, *_ = reader.read("harbour opens", PASSAGES)
    assert PASSAGES[0][1][slice(*first.spans[0].sentence)] == "The harbour opens at nine."
    assert len(first.spans) == 3
    assert first.spans[0].span == first.spans[0].sentence
    assert 0 < first.probability <= 1


def test_what_has_no_text_and_what_comes_late_is_not_read(reader):
    readings = reader.read("harbour opens", PASSAGES)
    assert len(readings) == len(PASSAGES)
    assert readings[1].spans == ()
    assert [reading.probability for reading in readings[MOST_PASSAGES:]] == [0.0]
