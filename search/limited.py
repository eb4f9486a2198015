"""A Dragoman that sees some articles only, for a reader who may not see others."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ..index.archive import Archive
from ..index.encoding.encoder import Encoder
from ..index.restricted import RestrictedArchive
from .dragoman import Dragoman, OnProgress

T = TypeVar("T")


class LimitedDragoman(Dragoman):
    """Searches, asks and lists as if the archive had only articles of some sources or tags."""

    def __init__(
        self, whole: Dragoman, sources: Sequence[str] = (), tags: Sequence[str] = ()
    ) -> None:
        super().__init__(whole.address, whole._models, whole._chat_model, bundled=False)
        self._whole = whole
        self._limits = (sources, tags)

    def prepare(self, on_progress: OnProgress | None = None) -> None:
        """Add the bundled articles to the user's own archive; done by itself at first use."""
        self._whole.prepare(on_progress)

    def close(self) -> None:
        """Leave the archive open, which others use."""

    def _opened(self, encoder: Encoder | None = None) -> Archive:
        return RestrictedArchive(self._whole._opened(encoder), *self._limits)

    async def _in_pool(self, work: Callable[[], T]) -> T:
        return await self._whole._in_pool(work)
