"""The reader has a say in the order of the best: one that can be computed in the head."""

from collections.abc import Sequence

import pytest

from dragoman.index.opening import open_archive
from dragoman.search.dragoman import Dragoman
from dragoman.search.errors import RerankOutOfRange
from dragoman.search.query.query import Query
from dragoman.search.question import MODES, Mode, Question
from dragoman.search.reading.reader import FoundSpan, Reading
from dragoman.search.retrieval.ranking import Ranking
from dragoman.search.retrieval.reranking import READER_WEIGHT, read_candidates
from dragoman.search.retrieval.searching import rank_candidates, search_passages

NEWS = {
    "long": "Talks were held in Istanbul, and talks about talks, and more talks.",
    "answer": "Talks began at noon.",
    "other": "Somebody talks.",
}


class Noon:
    """Only what speaks of noon answers, and with that word."""

    asked: int = 0

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> Sequence[Reading]:
        self.asked += len(passages)
        places = [text.find("noon") for _, text in passages]
        return [
            Reading(1.0, 5.0, (FoundSpan((0, len(text)), (place, place + 4), 5.0),), 0.0)
            if place >= 0
            else Reading(0.0, -5.0, (), 5.0)
            for place, (_, text) in zip(places, passages, strict=True)
        ]


@pytest.fixture
def dragoman(tmp_path, encoder):
    (tmp_path / "news").mkdir()
    for name, text in NEWS.items():
        (tmp_path / "news" / f"{name}.txt").write_text(f"{name.title()}\n\n{text}\n")
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(tmp_path / "news")
        yield dragoman


def shown(dragoman: Dragoman, rerank: int, mode: Mode = "hybrid"):
    archive = open_archive(dragoman.folder)
    asked = Question("When were the talks held?", mode=mode, rerank=rerank)
    reader = Noon()
    found = search_passages(asked, archive, dragoman.encoder, reader=reader if rerank else None)
    return {passage.passage.text: passage for passage in found.passages}, reader.asked


@pytest.mark.parametrize("mode", MODES)
def test_what_answers_gains_by_the_weight_and_says_with_what(dragoman, mode):
    before, _ = shown(dragoman, 0, mode)
    after, read = shown(dragoman, 3, mode)
    assert read == 3
    scale = max(c.score for c in before.values()) if mode == "lexical" else 1
    for text, candidate in after.items():
        part = candidate.parts[-1]
        answers = "noon" in text
        assert part.name == "reader"
        assert part.contribution == pytest.approx(READER_WEIGHT * scale * answers)
        assert part.reason == ("“noon”" if answers else "")
        assert candidate.score == sum(part.contribution for part in candidate.parts)
        assert candidate.score == pytest.approx(before[text].score + part.contribution)


def test_only_so_many_are_read_and_the_others_stay(dragoman):
    before, _ = shown(dragoman, 0)
    after, read = shown(dragoman, 1)
    assert read == 1
    assert before.keys() == after.keys()
    first, *others = before
    assert after[first].parts[-1].name == "reader"
    assert all(after[text] == before[text] for text in others)


def test_nothing_found_is_nothing_read(dragoman):
    archive = open_archive(dragoman.folder)
    query = Query(Question("x", rerank=5), archive.snapshot())
    assert read_candidates(query, Ranking([]), archive, Noon()) == Ranking([])


@pytest.mark.parametrize("rerank", [-1, 101])
def test_more_than_can_be_read_is_refused(rerank):
    with pytest.raises(RerankOutOfRange, match=str(rerank)):
        Question("Who?", rerank=rerank)


def test_what_is_far_behind_is_read_only_among_the_first_few(dragoman, tmp_path):
    for number in range(4):
        (tmp_path / "news" / f"{number}.txt").write_text(f"No. {number}\n\nTalk number {number}.\n")
    dragoman.add(tmp_path / "news")
    archive = open_archive(dragoman.folder)
    query = Query(Question("When were the talks held?", rerank=6), archive.snapshot())
    found = rank_candidates(query, archive, dragoman.encoder).candidates
    behind = [0, 0.5, 0.5, 0.5, 0.1, 0.5, 0]
    scored = [one._replace(score=1 - less) for one, less in zip(found, behind, strict=True)]
    reader = Noon()
    read = read_candidates(query, Ranking(scored), archive, reader, within=0.2)
    assert reader.asked == 4  # the first three, and the fifth
    assert {one.number for one in read.candidates if one.reading} == {
        found[place].number for place in (0, 1, 2, 4)
    }
    assert len(read.candidates) == len(found)
