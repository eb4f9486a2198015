"""The models that a search and an ask need, each loaded when first needed, and only once."""

import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

from ..index.encoding.compiling import is_compiled
from ..index.encoding.encoder import Encoder, open_encoder
from ..index.encoding.weights import DEFAULT_SHA256
from .errors import ReaderUnusable
from .reading.model import open_reader_model
from .reading.reader import Reader
from .retrieval.reranking import CrossEncoderReranker, Reranker


class Models:
    """An encoder, a reader and, where one is named, a reranker. Threads may share them.

    Each may be given as it is, or as the name or folder of a model to be loaded; for the encoder
    and the reader None stands for the default one.
    """

    def __init__(
        self,
        encoder: Encoder | str | Path | None = None,
        reranker: Reranker | str | Path | None = None,
        reader: Reader | str | Path | None = None,
    ) -> None:
        self._encoder = encoder
        self._reranker = reranker
        self._reader = reader
        self._loading = threading.RLock()

    @property
    def encoder(self) -> Encoder:
        """The encoder. Raises an EncoderError."""
        with self._loading:
            if self._encoder is None or isinstance(self._encoder, str | Path):
                self._encoder = open_encoder(self._encoder)
            return self._encoder

    @property
    def reranker(self) -> Reranker | None:
        """The reranker, or None. Raises RerankerUnusable."""
        with self._loading:
            if isinstance(self._reranker, str | Path):
                self._reranker = CrossEncoderReranker(self._reranker)
            return self._reranker

    @property
    def reader(self) -> Reader:
        """The reader. Raises ReaderUnusable."""
        with self._loading:
            if self._reader is None or isinstance(self._reader, str | Path):
                named = self._reader
                self._reader = open_reader_model(Path(named)) if named else _default_reader()
            return self._reader

    def needs_compiling(self) -> bool:
        """Whether loading the encoder will first compile it, which takes a while."""
        return self._encoder is None and not is_compiled(DEFAULT_SHA256)

    def load(self) -> None:
        """Load all of them now. A reader that cannot be used is left out: the fallback is used."""
        _ = self.encoder, self.reranker
        with suppress(ReaderUnusable):
            _ = self.reader


@cache
def _default_reader() -> Reader:
    """Return the default reader, which all archives of a process share."""
    return open_reader_model()
