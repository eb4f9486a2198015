"""Dragoman: ask a question of a collection of news articles.

    from dragoman import Dragoman, Filters, Turn

    with Dragoman.open("news") as dragoman:
        dragoman.add("my-articles")
        print(dragoman.ask("Who led the delegation?").answer)

Every error that a user can cause is a `DragomanError`, and can be imported from here too:
`from dragoman import EmptyQuestion`. Names are imported when they are first used, so that
`import dragoman` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what type checkers see; `__getattr__` imports the same when it is used
    from .api.errors import *  # noqa: F403
    from .corpus.errors import *  # noqa: F403
    from .corpus.errors import DragomanError
    from .index.copying import copy_archive
    from .index.errors import *  # noqa: F403
    from .search.dragoman import Dragoman
    from .search.errors import *  # noqa: F403
    from .search.question import Filters, Turn

    __version__: str

__all__ = ["Dragoman", "DragomanError", "Filters", "Turn", "__version__", "copy_archive"]

_HOMES = {
    "Dragoman": "search.dragoman",
    "Filters": "search.question",
    "Turn": "search.question",
    "copy_archive": "index.copying",
}
_ERRORS = (
    "corpus.errors",
    "corpus.fetching.errors",
    "index.errors",
    "search.errors",
    "api.errors",
)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name == "__version__":
            from importlib.metadata import version

            return version("dragoman")
        if name in _HOMES:
            return getattr(import_module(f".{_HOMES[name]}", __name__), name)
        # Whoever asks for another name may have imported this file by itself, as pytest does where
        # the checkout's folder has a hyphen in its name: then nothing beside it can be imported.
        errors = _errors() if name[:1].isupper() else {}
        if name in errors:
            return errors[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_errors()})


def _errors() -> dict[str, type[Exception]]:
    """Return every error class of the package by its name."""
    found: dict[str, type[Exception]] = {}
    for home in _ERRORS:
        module = import_module(f".{home}", __name__)
        found |= {
            name: kind
            for name, kind in vars(module).items()
            if isinstance(kind, type) and issubclass(kind, Exception)
        }
    return found
