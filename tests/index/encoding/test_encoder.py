import pickle
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.index.encoding.compiling import compiled_folder
from dragoman.index.encoding.encoder import CompiledEncoder, open_encoder
from dragoman.index.encoding.weights import DEFAULT_SHA256, default_model_folder
from dragoman.index.errors import CompiledDamaged, EncoderMismatch, ModelUnusable
from dragoman.search.dragoman import Dragoman

TEXTS = [
    "The talks were held in Istanbul.",
    "A meeting of the delegations took place in Turkey's largest city.",
    "Bananas ripen faster in a paper bag.",
    "",
    "word " * 1000,
    "Зеленський 😀 \u0130stanbul",
]


@pytest.fixture(scope="module")
def reference():
    return open_encoder(compiled=False)


def test_vectors_have_unit_length_and_the_stated_shape(real_encoder):
    vectors = real_encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), real_encoder.dimension) == (6, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert real_encoder.encode_passages([]).shape == (0, 384)


def test_like_meanings_lie_closer(real_encoder):
    talks, meeting, bananas, *_ = real_encoder.encode_passages(TEXTS)
    assert talks @ meeting > 0.4 > 0.1 > talks @ bananas


def test_a_vector_does_not_depend_on_its_neighbours(real_encoder):
    together = real_encoder.encode_passages(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert np.array_equal(real_encoder.encode_question(text), vector)
        assert np.array_equal(real_encoder.encode_passages([text, "other"])[0], vector)


def test_the_compiled_form_is_near_the_reference(real_encoder, reference):
    compiled, exact = real_encoder.encode_passages(TEXTS), reference.encode_passages(TEXTS)
    assert (compiled * exact).sum(axis=1).min() > 0.97
    assert reference.encode_question(TEXTS[0]) @ exact[0] == pytest.approx(1, abs=1e-4)


def test_both_forms_count_tokens_alike_and_say_who_they_are(real_encoder, reference):
    assert real_encoder.count_tokens(TEXTS) == reference.count_tokens(TEXTS)
    assert real_encoder.count_tokens(["Istanbul talks"]) == [2]
    assert real_encoder.count_tokens([]) == reference.count_tokens([]) == []
    assert real_encoder.max_tokens == reference.max_tokens == 256
    assert "int8" in real_encoder.fingerprint
    assert real_encoder.fingerprint.replace("int8", "fp32") == reference.fingerprint


def test_half_precision_is_another_encoder_of_nearly_the_same_vectors(reference):
    half = open_encoder("all-MiniLM-L6-v2:fp16")
    assert half.fingerprint == reference.fingerprint.replace("fp32", "fp16")
    vectors = half.encode_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    assert (vectors * reference.encode_passages(TEXTS)).sum(axis=1).min() > 0.999
    assert half.encode_question(TEXTS[0]) @ vectors[0] == pytest.approx(1, abs=1e-3)


def test_an_archive_in_half_precision_is_opened_with_no_other_precision(tmp_path, reference):
    half = open_encoder("all-MiniLM-L6-v2:fp16")
    with Dragoman.open(tmp_path / "archive", half) as dragoman:
        dragoman.add({"id": "a", "text": TEXTS[0]})
    with (
        Dragoman.open(tmp_path / "archive", reference) as dragoman,
        pytest.raises(EncoderMismatch, match=r"fp16 .* but this is .*fp32"),
    ):
        dragoman.search("Where were the talks?")


def test_encoders_are_sent_elsewhere_by_the_names_of_their_models(real_encoder, reference):
    half = open_encoder("all-MiniLM-L6-v2:fp16")
    for encoder in (real_encoder, reference, half):
        pickled = pickle.dumps(encoder)
        assert len(pickled) < 200
        opened = pickle.loads(pickled)
        assert opened.fingerprint == encoder.fingerprint
        assert np.array_equal(opened.encode_passages(TEXTS), encoder.encode_passages(TEXTS))


def test_a_folder_is_named_so_that_it_is_found_from_elsewhere(tmp_path, monkeypatch, reference):
    shutil.copytree(default_model_folder(), tmp_path / "model")
    monkeypatch.chdir(tmp_path)
    named = pickle.dumps(open_encoder("model"))
    monkeypatch.chdir("/")
    assert (
        pickle.loads(named).fingerprint.replace("model", "all-MiniLM-L6-v2", 1).split()[2:]
        == (reference.fingerprint.split()[2:])
    )


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_tokens_add_up_over_white_space(real_encoder, one, other):
    # What lets the splitter count sentences once and add.
    apart = sum(real_encoder.count_tokens([one, other]))
    assert real_encoder.count_tokens([f"{one}\n{other}"]) == [apart]


def test_what_is_beyond_the_limit_changes_nothing(real_encoder):
    long = "talks " * 300
    vectors = real_encoder.encode_passages([long, long + "bananas " * 50])
    assert np.array_equal(vectors[0], vectors[1])


def test_a_model_that_is_none_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelUnusable, match="sentence-transformers model"):
        open_encoder(tmp_path)


def test_a_damaged_compiled_model_is_named(tmp_path):
    folder = shutil.copytree(
        compiled_folder(default_model_folder(), DEFAULT_SHA256), tmp_path / "m"
    )
    (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes()[:1000])
    with pytest.raises(CompiledDamaged, match=r"m is damaged .*Remove that folder"):
        CompiledEncoder(folder, "name", DEFAULT_SHA256)
