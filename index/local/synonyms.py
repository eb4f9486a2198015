"""The spellings of names, analysed as the index of words has them."""

from ...corpus.text.analysis import acronyms_apart, analyzer, stop_stems
from ...corpus.text.spelling import Spellings

Terms = tuple[str, ...]


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
