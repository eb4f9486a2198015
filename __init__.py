"""Dragoman: ask a question of a collection of news articles.

    from dragoman import Dragoman, Filters, Turn

Names are imported when they are first used, so that `import dragoman` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .corpus.errors import DragomanError
    from .search.dragoman import Dragoman
    from .search.question import Filters, Turn

    __version__: str

__all__ = ["Dragoman", "DragomanError", "Filters", "Turn", "__version__"]

_HOMES = {
    "Dragoman": "search.dragoman",
    "DragomanError": "corpus.errors",
    "Filters": "search.question",
    "Turn": "search.question",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("dragoman")
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
