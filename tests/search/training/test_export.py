import numpy as np
import pytest

from dragoman.corpus.text.sentences import sentence_spans
from dragoman.index.encoding.weights import sha256_of
from dragoman.search.errors import ReaderUnusable
from dragoman.search.reading.model import (
    MODEL_FILE,
    Calibration,
    CompiledPairModel,
    ReaderModel,
    open_reader_model,
)
from tiny_reader import tiny_reader

QUESTION = "Where were the talks held?"
PASSAGES = [
    ("Talks", "The talks were held in Istanbul on Tuesday."),
    ("", "No."),
    ("Venues", "Antalya. " * 200),
    ("Nothing to read", ""),
]
CALIBRATION = Calibration(rank=0.5, margin=0.25, bias=-0.1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from dragoman.search.training.export import compress, export

    folder = tmp_path_factory.mktemp("reader")
    export(tiny_reader().eval(), folder / "fp32.onnx")
    compress(folder / "fp32.onnx", folder / MODEL_FILE, CALIBRATION)
    return folder


@pytest.fixture
def reader(folder) -> ReaderModel:
    return open_reader_model(folder, sha256_of(folder / MODEL_FILE))


@pytest.fixture(scope="module")
def pairs(tokenizer):
    question = tokenizer.question(QUESTION)
    return [tokenizer.pair(question, tokens) for tokens in tokenizer.passages(PASSAGES)]


def test_the_exported_model_gives_what_torch_gives(torch, folder, pairs):
    from dragoman.search.training.model import TorchPairModel

    exported = CompiledPairModel(folder / "fp32.onnx")
    trained = TorchPairModel(tiny_reader().eval(), torch.device("cpu"))
    for ours, theirs in zip(exported(pairs), trained(pairs), strict=True):
        assert ours.rank == pytest.approx(theirs.rank, abs=1e-5)
        np.testing.assert_allclose(ours.start, theirs.start, atol=1e-5)
        np.testing.assert_allclose(ours.end, theirs.end, atol=1e-5)


def test_the_small_form_gives_back_weights_near_its_own(torch, folder):
    from dragoman.search.training.export import decompressed

    weights = tiny_reader().state_dict()
    found = decompressed(folder / MODEL_FILE)
    matrices = {name for name, values in weights.items() if values.ndim == 2}
    left = {name for name in matrices if "embeddings" in name}
    assert matrices - found.keys() == left
    for name in found.keys() & weights.keys():  # equal vectors of zeros are stored once
        torch.testing.assert_close(found[name], weights[name], atol=0.01, rtol=0.02)


def test_the_small_form_is_near_it(folder, pairs):
    small, whole = CompiledPairModel(folder / MODEL_FILE), CompiledPairModel(folder / "fp32.onnx")
    for ours, theirs in zip(small(pairs), whole(pairs), strict=True):
        np.testing.assert_allclose(ours.start, theirs.start, atol=0.1)
        assert ours.rank == pytest.approx(theirs.rank, abs=0.1)


def test_its_weights_have_seven_bits(folder):
    import onnx

    weights = [
        onnx.numpy_helper.to_array(w) for w in onnx.load(folder / MODEL_FILE).graph.initializer
    ]
    whole = [weight for weight in weights if weight.dtype == np.int8]
    assert whole
    assert max(np.abs(weight.astype(int)).max() for weight in whole) <= 64


def test_a_reading_does_not_depend_on_the_passages_beside_it(reader):
    together = reader.read(QUESTION, PASSAGES)
    assert together == [reader.read(QUESTION, [passage])[0] for passage in PASSAGES]


def test_a_span_lies_in_the_text(reader):
    for (_, text), reading in zip(PASSAGES, reader.read(QUESTION, PASSAGES), strict=True):
        if text:
            assert reading.span is not None
            start, end = reading.span
            assert 0 <= start < end <= len(text)
        else:
            assert reading.span is None
            assert reading.probability == 0


def test_the_calibration_comes_with_the_model(reader):
    for reading in reader.read(QUESTION, PASSAGES[:3]):
        margin = reading.span_score - reading.no_answer_score
        expected = CALIBRATION.probability(reading.rank_score, margin)
        assert reading.probability == pytest.approx(expected)


def test_no_passages_give_no_readings(reader):
    assert reader.read(QUESTION, []) == []


def test_a_damaged_model_is_refused(folder, tmp_path):
    damaged = bytearray((folder / MODEL_FILE).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / MODEL_FILE).write_bytes(damaged)
    with pytest.raises(ReaderUnusable, match=r"SHA-256.*Install Dragoman again"):
        open_reader_model(tmp_path, sha256_of(folder / MODEL_FILE))


def test_what_is_no_model_is_refused(tmp_path):
    (tmp_path / MODEL_FILE).write_bytes(b"no model")
    with pytest.raises(ReaderUnusable, match=MODEL_FILE):
        open_reader_model(tmp_path, sha256_of(tmp_path / MODEL_FILE))


def test_a_missing_model_is_refused(tmp_path):
    with pytest.raises(ReaderUnusable, match="No such file"):
        open_reader_model(tmp_path)


def test_each_sentence_has_its_best_span_and_none_crosses_into_the_next(reader):
    text = "Talks were held in Brest.\n\nThe next round was in Istanbul. A third was called off."
    (reading,) = reader.read(QUESTION, [("Rounds", text)])
    assert sorted(one.sentence for one in reading.spans) == sentence_spans(text)
    for one in reading.spans:
        assert one.sentence[0] <= one.span[0] < one.span[1] <= one.sentence[1]
    scores = [one.score for one in reading.spans]
    assert scores == sorted(scores, reverse=True)
    assert (reading.span, reading.span_score) == (reading.spans[0].span, scores[0])
