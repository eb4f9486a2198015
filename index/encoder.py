"""Encoders: texts in, vectors of unit length out, so that the inner product is the similarity."""

import json
import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ..corpus.errors import ModelUnusable
from .compiling import MODEL_FILE, compiled_folder
from .weights import (
    DEFAULT_MODEL,
    DEFAULT_SHA256,
    WEIGHTS_FILE,
    default_model_folder,
    verify_weights,
)

Vectors = NDArray[np.float32]

# Enough texts at once to keep two cores busy; more only costs memory.
_TOKENS_PER_BATCH = 2048


class Encoder(Protocol):
    """What turns questions and passages into comparable vectors.

    `fingerprint` tells encoders apart whose vectors must not be mixed.
    """

    @property
    def fingerprint(self) -> str: ...  # noqa: D102
    @property
    def dimension(self) -> int: ...  # noqa: D102
    @property
    def max_tokens(self) -> int: ...  # noqa: D102

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Give one unit-length vector for each text, as (n, dimension) float32."""
        ...

    def encode_question(self, text: str) -> Vectors:
        """Give the unit-length vector of a question, as (dimension,) float32."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, special tokens left out."""
        ...


def open_encoder(model: str | Path | None = None, compiled: bool = True) -> Encoder:
    """Open the default encoder, or the sentence-transformers model of that name or folder.

    The default is all-MiniLM-L6-v2 in its compiled form; `compiled=False` gives the reference
    form. A named model is used in its reference form. Raises an EncoderError.
    """
    if model is not None:
        return SentenceTransformerEncoder(model)
    folder = default_model_folder()
    if compiled:
        return CompiledEncoder(
            compiled_folder(folder, DEFAULT_SHA256), DEFAULT_MODEL, DEFAULT_SHA256
        )
    verify_weights(folder / WEIGHTS_FILE)
    return SentenceTransformerEncoder(folder, name=DEFAULT_MODEL, sha256_=DEFAULT_SHA256)


class CompiledEncoder:
    """The int8 ONNX form of an encoder: starts in a fraction of a second, needs no torch."""

    def __init__(self, folder: Path, name: str, sha256_: str) -> None:
        facts = json.loads((folder / "encoder.json").read_text())
        self.max_tokens: int = facts["max_tokens"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), _session_options(), providers=["CPUExecutionProvider"]
        )
        self.dimension: int = self._session.get_outputs()[0].shape[1]
        self.fingerprint = _fingerprint(name, sha256_, "int8", self.dimension, facts["pooling"])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, special tokens left out."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def encode_question(self, text: str) -> Vectors:
        """Give the unit-length vector of a question, as (dimension,) float32."""
        return self.encode_passages([text])[0]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Give one unit-length vector for each text, as (n, dimension) float32."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        ids = [
            self._ids(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(list(texts))
        ]
        for rows in _batches([len(row) for row in ids]):
            vectors[rows] = self._run([ids[row] for row in rows])
        return vectors

    def _ids(self, ids: list[int]) -> list[int]:
        """Cut to the token limit; the last token, which ends every text, stays the last."""
        return ids if len(ids) <= self.max_tokens else [*ids[: self.max_tokens - 1], ids[-1]]

    def _run(self, ids: list[list[int]]) -> Vectors:
        width = max(len(row) for row in ids)
        tokens = np.zeros((len(ids), width), np.int64)
        mask = np.zeros_like(tokens)
        for row, values in enumerate(ids):
            tokens[row, : len(values)] = values
            mask[row, : len(values)] = 1
        feed = {"input_ids": tokens, "attention_mask": mask}
        return np.asarray(self._session.run(None, feed)[0], np.float32)


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name or folder: the reference form."""

    def __init__(
        self, model: str | Path, name: str | None = None, sha256_: str | None = None
    ) -> None:
        from sentence_transformers import SentenceTransformer  # seconds: only where it is used

        try:
            self._model = SentenceTransformer(str(model), device="cpu")
        except Exception as error:  # whatever a model folder or a hub can come up with
            reason = str(error).split("\n")[0]
            raise ModelUnusable(model=str(model), reason=reason) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.max_tokens = int(self._model.max_seq_length or 512)
        self.fingerprint = _fingerprint(
            name or Path(model).name,
            sha256_ or _hash_of(self._model),
            "fp32",
            self.dimension,
            _pooling(self._model),
            str(self._model.prompts.get("document") or ""),
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, special tokens left out."""
        if not texts:
            return []
        tokenize: Any = self._model.tokenizer
        ids = tokenize(list(texts), add_special_tokens=False, truncation=False)["input_ids"]
        return [len(row) for row in ids]

    def encode_question(self, text: str) -> Vectors:
        """Give the unit-length vector of a question, as (dimension,) float32."""
        vectors = self._model.encode_query(
            [text], normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)[0]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Give one unit-length vector for each text, as (n, dimension) float32."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors = self._model.encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)


def _session_options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    )
    # A pool that spins between calls takes the cores from FAISS, tantivy and SQLite.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Group texts of like length, so that little is padded: lists of row numbers."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[row] > _TOKENS_PER_BATCH:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _fingerprint(
    name: str, sha256_: str, form: str, dimension: int, pooling: str, prefix: str = ""
) -> str:
    return f"{name} {sha256_[:12]} {form} {dimension} {pooling} prefix={prefix!r}"


def _hash_of(model: Any) -> str:
    digest = sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(tensor.cpu().float().numpy()).tobytes())
    return digest.hexdigest()


def _pooling(model: Any) -> str:
    modes = [getattr(module, "pooling_mode", None) for module in model]
    return next((str(mode) for mode in modes if mode), "none")
