"""Encoders: texts in, vectors of unit length out, so that the inner product is the similarity."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ..errors import CompiledDamaged, ModelUnusable
from .compiling import MODEL_FILE, compiled_folder
from .sessions import open_session, workers
from .weights import (
    DEFAULT_MODEL,
    DEFAULT_SHA256,
    WEIGHTS_FILE,
    default_model_folder,
    verify_weights,
)

Vectors = NDArray[np.float32]

HALF = ":fp16"  # after a model's name


class Encoder(Protocol):
    """A model that encodes questions and passages as comparable vectors.

    `fingerprint` tells encoders apart whose vectors must not be mixed.
    """

    @property
    def fingerprint(self) -> str: ...  # noqa: D102
    @property
    def dimension(self) -> int: ...  # noqa: D102
    @property
    def max_tokens(self) -> int: ...  # noqa: D102

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit-length vector for each text, as (n, dimension) float32."""
        ...

    def encode_question(self, text: str) -> Vectors:
        """Return the unit-length vector of a question, as (dimension,) float32."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, special tokens left out."""
        ...


def open_encoder(model: str | Path | None = None, compiled: bool = True) -> Encoder:
    """Open the default encoder, or the sentence-transformers model of that name or folder.

    The default is all-MiniLM-L6-v2 in its compiled form; `compiled=False` gives the reference
    form. A named model is used in its reference form, with ":fp16" after its name in half
    precision, on a GPU if there is one; so is the default model by its name. Raises an
    EncoderError.
    """
    half = str(model).endswith(HALF)
    named = str(model).removesuffix(HALF)
    if model is not None and not (half and named == DEFAULT_MODEL):
        return SentenceTransformerEncoder(named, half=half)
    folder = default_model_folder()
    if compiled and not half:
        return CompiledEncoder(
            compiled_folder(folder, DEFAULT_SHA256), DEFAULT_MODEL, DEFAULT_SHA256
        )
    verify_weights(folder / WEIGHTS_FILE)
    return SentenceTransformerEncoder(folder, DEFAULT_MODEL, DEFAULT_SHA256, half)


class CompiledEncoder:
    """The int8 ONNX form of an encoder: starts in a fraction of a second, needs no torch."""

    def __init__(self, folder: Path, name: str, sha256_: str) -> None:
        try:
            facts = json.loads((folder / "encoder.json").read_text())
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = open_session(folder / MODEL_FILE)
        except Exception as error:  # both libraries raise their own exceptions
            reason = str(error).split("\n")[0].rstrip(".")
            raise CompiledDamaged(path=folder, reason=reason) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.max_tokens: int = facts["max_tokens"]
        self._workers = workers("encoder")
        self.dimension: int = self._session.get_outputs()[0].shape[1]
        self.fingerprint = _fingerprint(name, sha256_, "int8", self.dimension, facts["pooling"])

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the name of the model: another process opens its own, and may compile it first."""
        return open_encoder, ()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, special tokens left out."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def encode_question(self, text: str) -> Vectors:
        """Return the unit-length vector of a question, as (dimension,) float32."""
        return self._encode(self._tokenizer.encode(text).ids)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit-length vector for each text, as (n, dimension) float32.

        A text's vector does not depend on the texts beside it.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        for row, vector in enumerate(self._workers.map(self._encode, ids)):
            vectors[row] = vector
        return vectors

    def _encode(self, ids: list[int]) -> Vectors:
        if len(ids) > self.max_tokens:  # the last token ends every text, so it stays
            ids = [*ids[: self.max_tokens - 1], ids[-1]]
        tokens = np.array([ids], np.int64)
        feed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        return np.asarray(self._session.run(None, feed)[0], np.float32)[0]


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name or folder: the reference form.

    In `half` precision it runs on a GPU if there is one.
    """

    def __init__(
        self,
        model: str | Path,
        name: str | None = None,
        sha256_: str | None = None,
        half: bool = False,
    ) -> None:
        import torch
        from sentence_transformers import SentenceTransformer  # seconds: only where it is used

        try:
            device = "cuda" if half and torch.cuda.is_available() else "cpu"
            self._model = SentenceTransformer(str(model), device=device)
        except Exception as error:  # model folders and hubs raise many exceptions
            reason = str(error).split("\n")[0].rstrip(".")
            raise ModelUnusable(model=str(model), reason=reason) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.max_tokens = int(self._model.max_seq_length or 512)
        self.fingerprint = _fingerprint(
            name or Path(model).name,
            sha256_ or _hash_of(self._model),
            "fp16" if half else "fp32",
            self.dimension,
            _pooling(self._model),
            str(self._model.prompts.get("document") or ""),
        )
        # A folder is found from elsewhere, too.
        place = str(Path(model).absolute()) if Path(model).exists() else str(model)
        self._opened_as = (None, False) if name == DEFAULT_MODEL else (place,)
        self.half = half
        if half:
            self._model.half()
            self._opened_as = (f"{name or place}{HALF}",)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the name or folder of the model."""
        return open_encoder, self._opened_as

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, special tokens left out."""
        if not texts:
            return []
        tokenize: Any = self._model.tokenizer
        ids = tokenize(list(texts), add_special_tokens=False, truncation=False)["input_ids"]
        return [len(row) for row in ids]

    def encode_question(self, text: str) -> Vectors:
        """Return the unit-length vector of a question, as (dimension,) float32."""
        vectors = self._model.encode_query(
            [text], normalize_embeddings=True, show_progress_bar=False
        )
        return self._of_unit_length(vectors)[0]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit-length vector for each text, as (n, dimension) float32."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors = self._model.encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return self._of_unit_length(vectors)

    def _of_unit_length(self, encoded: Any) -> Vectors:
        vectors = np.asarray(encoded, np.float32)
        if self.half:  # the length was made one in half precision only
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


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
