import pytest

from dragoman.search.dragoman import Dragoman
from dragoman.search.retrieval.ranking import WEIGHTS

ARTICLES = {
    "talks": "Talks\n\nPeace talks were held in Istanbul.\n",
    "straits": "Straits\n\nTurkey closed the straits.\n",
    "peace": "Peace\n\nThere is no peace. Someone talks.\n",
}


class TestScores:
    """What the parts of a score come to, on the articles of `tests/search/test_dragoman.py`."""

    @pytest.fixture
    def archive(self, tmp_path, encoder) -> Dragoman:
        (tmp_path / "news").mkdir()
        for name, text in ARTICLES.items():
            (tmp_path / "news" / f"{name}.txt").write_text(text)
        dragoman = Dragoman.open(tmp_path / "archive", encoder)
        dragoman.add(tmp_path / "news")
        return dragoman

    @pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
    def test_parts_sum_to_the_score_exactly(self, archive, mode):
        for found in archive.search("peace talks in Istanbul", mode=mode).passages:
            assert sum(part.contribution for part in found.parts) == found.score

    def test_hybrid_scores_lie_between_0_and_1(self, archive):
        for question in ("Peace talks", "peace talks held in istanbul", "x", "zzz qqq"):
            for found in archive.search(question).passages:
                assert 0 <= found.score <= 1
                assert all(0 <= part.value <= 1 for part in found.parts)

    def test_each_part_by_hand(self, archive, encoder):
        question = "peace talks"
        best = archive.search(question, per_article=None).passages[0]
        value = {part.name: part.value for part in best.parts}
        text = f"{best.article.title}\n{best.passage.text}"
        cosine = float(encoder.encode_question(question) @ encoder.encode_question(text))
        assert value["dense"] == pytest.approx(cosine, abs=1e-6)
        assert value["lexical"] == 1
        assert value["lead"] == 1 / (1 + best.passage.position)
        assert value["article"] == pytest.approx(cosine, abs=1e-6)  # it is the lead itself
        assert value["phrases"] == 1
        assert value["sentence"] == 1

    def test_how_many_are_asked_for_changes_no_score(self, archive):
        def scores(limit: int) -> list[tuple[str, float]]:
            found = archive.search("peace talks held", limit, per_article=None).passages
            return [(passage.id, passage.score) for passage in found]

        assert scores(2) == scores(100)[:2]

    def test_weights_come_to_1(self):
        assert sum(WEIGHTS.values()) == pytest.approx(1)
