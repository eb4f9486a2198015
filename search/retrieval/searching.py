"""Which of the ranked candidates are shown: no article too often, of copies only one."""

from collections.abc import Iterator, Sequence
from itertools import islice

from ...index.archive import Archive, StoredPassage
from ...index.encoding.encoder import Encoder
from ..question import Question
from ..reading.reader import Reader
from .diversity import limit_per_article
from .duplicates import one_of_each_family
from .ranking import Candidate, rank
from .reading import weigh_reading
from .reranking import Reranker, rerank
from .retriever import retrieve


def search_passages(
    question: Question,
    archive: Archive,
    encoder: Encoder | None,
    reranker: Reranker | None = None,
    reader: Reader | None = None,
) -> list[tuple[Candidate, StoredPassage]]:
    """Give what is shown, asking again without the copies where they took the others' places.

    A `reranker` decides the order by itself; a `reader` then has a say in it.
    """
    left_out: set[int] = set()
    while True:
        ranked = rank(question, retrieve(question, archive, encoder, left_out), archive)
        copies: set[int] = set()
        if not question.all_copies:
            ranked, copies = one_of_each_family(ranked, archive)
        shown = _shown(question, ranked, archive)
        if len(shown) == question.limit or copies <= left_out:
            break
        left_out |= copies
    if not reranker and not reader:
        return shown
    if reranker:
        ranked = rerank(question, ranked, archive, reranker)
    if reader:
        ranked = weigh_reading(question, ranked, archive, reader)
    return _shown(question, ranked, archive)


def _shown(
    question: Question, ranked: Sequence[Candidate], archive: Archive
) -> list[tuple[Candidate, StoredPassage]]:
    """Fetch the first that may be shown together."""
    stored = _stored(archive, ranked, question.limit)
    if question.per_article is not None:
        stored = limit_per_article(stored, lambda found: found[1].article.id, question.per_article)
    return list(islice(stored, question.limit))


def _stored(
    archive: Archive, candidates: Sequence[Candidate], limit: int
) -> Iterator[tuple[Candidate, StoredPassage]]:
    """Fetch candidates from the archive as they are wanted; what was removed meanwhile is gone."""
    at_once = limit + 3  # a few are held back for the sake of other articles
    for start in range(0, len(candidates), at_once):
        part = candidates[start : start + at_once]
        found = archive.passages([candidate.number for candidate in part])
        for candidate in part:
            if candidate.number in found:
                yield candidate, found[candidate.number]
