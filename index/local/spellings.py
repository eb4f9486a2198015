"""The spellings of names in an archive: its own table or the default one, and as terms."""

from pathlib import Path

from ...corpus.text.analysis import acronyms_apart, analyzer, stop_stems
from ...corpus.text.spelling import DEFAULT_SPELLINGS, SPELLINGS_FILE, Spellings
from ..errors import SpellingsUnusable

Terms = tuple[str, ...]


def archive_spellings(folder: Path) -> Spellings:
    """Return the table of spellings in `folder`, or the default one where there is none.

    Raises SpellingsUnusable.
    """
    file = folder / SPELLINGS_FILE
    try:
        spellings = Spellings.read(file)
    except FileNotFoundError:
        return DEFAULT_SPELLINGS
    except UnicodeError as error:
        raise SpellingsUnusable(path=file, reason="it is not UTF-8") from error
    except OSError as error:
        raise SpellingsUnusable(path=file, reason=error.strerror) from error
    written: set[str] = set()
    for spelling in (spelling for group in spellings.groups for spelling in group):
        if spelling in written:
            raise SpellingsUnusable(path=file, reason=f"{spelling!r} is there twice")
        written.add(spelling)
    return spellings


def spellings_stamp(folder: Path) -> tuple[int, int] | None:
    """Return a value that changes with the table in `folder`; None where there is none."""
    try:
        found = (folder / SPELLINGS_FILE).stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


class Synonyms:
    """A table of spellings as terms, `stemmed` or as the words are written.

    A spelling is the terms that a passage must have: all of "United Nations".
    """

    def __init__(self, spellings: Spellings, stemmed: bool) -> None:
        self._analyzer = analyzer(stemmed)
        analysed = {group[0]: self._analysed(group) for group in spellings.groups}
        self._groups = {name: found for name, found in analysed.items() if found}
        self._others: dict[str, list[Terms]] = {}
        for canonical, *others in self._groups.values():
            for term in canonical:
                self._others.setdefault(term, []).extend(others)

    def spellings(self, name: str) -> list[Terms]:
        """Return the spellings of a name of the table, each once, the canonical one first."""
        return self._groups.get(name, [])

    def others(self, term: str) -> list[Terms]:
        """Return the other spellings of the names that have `term` in their canonical one."""
        return self._others.get(term, [])

    def _analysed(self, group: list[str]) -> list[Terms]:
        found: dict[Terms, None] = {}
        for spelling in group:
            terms = dict.fromkeys(self._analyzer.analyze(acronyms_apart(spelling)))
            found[tuple(term for term in terms if term not in stop_stems()) or tuple(terms)] = None
        return list(filter(None, found))
