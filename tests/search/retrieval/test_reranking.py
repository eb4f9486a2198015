"""A reranker has the last word: one that can be computed in the head, and a real, tiny model."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from dragoman.index.encoding.weights import default_model_folder
from dragoman.search.dragoman import Dragoman
from dragoman.search.errors import RerankerUnusable
from dragoman.search.retrieval.reranking import CrossEncoderReranker


class ShortestFirst:
    """The shorter a passage, the better."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        return [1 / len(passage) for passage in passages]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> Path:
    """A cross-encoder of one thin layer, untrained but real."""
    torch = pytest.importorskip("torch")
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(default_model_folder())
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def archive(tmp_path, encoder):
    def opened(reranker=None) -> Dragoman:
        return Dragoman.open(tmp_path / "archive", encoder, reranker)

    news = tmp_path / "news"
    news.mkdir()
    for number in range(60):
        text = "Talks were held." + " They went on." * number
        (news / f"{number:02}.txt").write_text(f"Talks\n\n{text}\n")
    with opened() as dragoman:
        dragoman.add(news)
    return opened


def test_the_reranker_decides_the_order_and_the_score(archive):
    with archive(ShortestFirst()) as dragoman:
        found = dragoman.search("talks held", limit=10, all_copies=True).passages
    lengths = [len(f"{one.article.title}\n{one.passage.text}") for one in found]
    assert lengths == sorted(lengths)
    for one, length in zip(found, lengths, strict=True):
        assert one.score == 1 / length == sum(part.contribution for part in one.parts)
        assert [part.name for part in one.parts] == ["reranker"]


def test_every_passage_asked_for_is_given(archive):
    with archive(ShortestFirst()) as dragoman:
        assert (
            len(dragoman.search("talks held", limit=60, per_article=None, all_copies=True).passages)
            == 60
        )


def test_a_cross_encoder_by_its_folder(archive, tiny):
    with archive(tiny) as dragoman:
        found = dragoman.search("talks held", limit=5).passages
    texts = [f"{one.article.title}\n{one.passage.text}" for one in found]
    alone = CrossEncoderReranker(tiny).scores("talks held", texts)
    assert [one.score for one in found] == pytest.approx(list(alone), abs=1e-5)
    assert sorted(alone, reverse=True) == list(alone)


@pytest.mark.parametrize("given", [[], [float("nan")] * 60, [float("inf")] * 60, [1.0] * 61])
def test_a_reranker_without_a_number_for_each_passage_is_refused(archive, given):
    class Odd:
        def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
            return given

    with archive(Odd()) as dragoman, pytest.raises(RerankerUnusable, match="Odd"):
        dragoman.search("talks held", limit=60, all_copies=True)


def test_nothing_to_rerank_is_no_error(archive):
    with archive(ShortestFirst()) as dragoman:
        assert dragoman.search("zeppelin", mode="lexical").passages == ()


def test_what_is_no_cross_encoder_is_refused_by_name(tmp_path, archive):
    (tmp_path / "config.json").write_text("{}")
    with archive(tmp_path) as dragoman, pytest.raises(RerankerUnusable, match=tmp_path.name):
        dragoman.search("talks")
