"""Dragoman: the whole of the library in one object."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Self
from unicodedata import normalize

from platformdirs import user_data_path

from ..corpus.article import Article
from ..corpus.errors import ArticleMissing, ReadingError
from ..index.archive import Archive, writing
from ..index.compiling import is_compiled
from ..index.database import StoredPassage
from ..index.encoder import Encoder, open_encoder
from ..index.indexing import Progress, encode_again, index_articles
from ..index.schema import has_database
from ..index.weights import DEFAULT_SHA256
from .highlighting import highlights
from .question import Filters, Mode, Question
from .ranking import spread
from .results import RankedPassage, SearchResult
from .retriever import Candidate, retrieve

BUNDLED = Path(__file__).parent.parent / "corpus" / "talks-2022"

OnProgress = Callable[[Progress, int], None]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: the ids of articles by what became of them, and what could not be read."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    passages: int
    problems: tuple[ReadingError, ...]


@dataclass(frozen=True, slots=True)
class Info:
    """What an archive holds."""

    path: Path
    articles: int
    passages: int
    encoder: str
    first_published: date | None
    last_published: date | None
    sources: list[tuple[str | None, int]] = field(default_factory=list)


class Dragoman:
    """An archive of articles to put questions to.

    `Dragoman.open()` gives one over the bundled articles; name a folder to have your own. Threads
    may share it. The encoder is loaded when it is first needed, and only once.
    """

    def __init__(self, folder: Path, encoder: Encoder | str | Path | None, bundled: bool) -> None:
        self.folder = folder
        self._given_encoder = encoder
        self._bundled = bundled
        self._encoder: Encoder | None = None
        self._archive: Archive | None = None
        self._opening = threading.RLock()

    @classmethod
    def open(
        cls, path: str | Path | None = None, encoder: Encoder | str | Path | None = None
    ) -> Self:
        """Open the archive in the folder `path`, which the first `add` makes if it is new.

        Without `path` it is the user's own archive, with the bundled articles in it. `encoder` is
        an encoder, or the name or folder of a sentence-transformers model; by default the
        compiled all-MiniLM-L6-v2.
        """
        folder = Path(path).expanduser() if path else user_data_path("dragoman") / "archive"
        return cls(folder, encoder, bundled=path is None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive's files."""
        if self._archive:
            self._archive.close()
            self._archive = None

    @property
    def encoder(self) -> Encoder:
        """The encoder, loaded on first use. Raises an EncoderError."""
        with self._opening:
            if self._encoder is None:
                given = self._given_encoder
                if given is None or isinstance(given, str | Path):
                    given = open_encoder(given)
                self._encoder = given
            return self._encoder

    def needs_compiling(self) -> bool:
        """Say whether the encoder, when it is needed, must first be compiled, which takes time."""
        return self._given_encoder is None and not is_compiled(DEFAULT_SHA256)

    def warm_up(self) -> None:
        """Load the encoder and open the archive now, so that the first question need not wait."""
        self._opened(self.encoder).snapshot()

    # Asking

    def search(
        self,
        question: str,
        limit: int = 5,
        mode: Mode = "hybrid",
        filters: Filters | None = None,
        per_article: int | None = 2,
    ) -> SearchResult:
        """Give the best-ranked passages for a question.

        `mode` is "hybrid", "dense" (meaning alone) or "lexical" (words alone). Raises a
        QuestionError, or an ArchiveError where there is nothing to search.
        """
        composed = normalize("NFC", question)  # as articles are: accents typed apart, together
        asked = Question(composed, limit, mode, filters or Filters(), per_article)
        encoder = None if mode == "lexical" else self.encoder
        archive = self._opened(encoder)
        started = time.perf_counter()
        candidates = retrieve(asked, archive, encoder)
        if asked.may_name_time:
            # Its patterns take a fiftieth of a second to make, and few questions need them.
            from .preference import prefer_time

            candidates = prefer_time(candidates, asked, archive)
        shown = islice(_spread(_stored(archive, candidates, limit), asked), limit)
        passages = tuple(
            _ranked_passage(asked, rank, candidate, stored)
            for rank, (candidate, stored) in enumerate(shown, start=1)
        )
        return SearchResult(question, passages, (time.perf_counter() - started) * 1000)

    # The articles

    def articles(self, offset: int = 0, limit: int = -1) -> Iterator[Article]:
        """Give the articles in the order they were added, `limit` of them if it is not negative."""
        return self._opened().database.articles(offset, limit)

    def article(self, id: str) -> Article:
        """Give an article by its id, or raise ArticleMissing."""
        found = self._opened().database.article(id)
        if found is None:
            raise ArticleMissing(id=id)
        return found

    def info(self) -> Info:
        """Say what the archive holds."""
        database = self._opened().database
        articles, passages = database.counts()
        encoder = database.setting("encoder") or "none yet"
        return Info(
            self.folder, articles, passages, encoder, *database.period(), database.sources()
        )

    # Changing the archive

    def add(
        self, paths: str | Path | Iterable[str | Path], on_progress: OnProgress | None = None
    ) -> Added:
        """Read articles from files and folders and add them; changed ones replace their former.

        What cannot be read is among the `problems` of the result, and the rest is added. An
        article of which this returns is on disk. `on_progress` is called with the Progress so far
        and an estimate of the articles in all. Raises PathMissing, UnknownFormat, NothingToRead
        before anything is added, and an ArchiveError.
        """
        self.prepare(on_progress)
        paths = [paths] if isinstance(paths, str | Path) else list(paths)
        return self._add(paths, on_progress)

    def remove(self, ids: str | Sequence[str]) -> list[str]:
        """Remove articles with all their passages; give the ids of those that were there."""
        self.prepare()
        with writing(self.folder) as writer:
            return writer.remove([ids] if isinstance(ids, str) else ids)

    def rebuild(self, on_progress: OnProgress | None = None) -> Progress:
        """Build the indexes again from the stored articles, with the present encoder.

        Vectors made by another encoder are replaced; until they are, the archive stays as it is.
        """
        self.prepare(on_progress)
        report = on_progress or _no_report
        with writing(self.folder) as writer:
            total, _ = writer.database.counts()
            progress = Progress()
            if writer.database.setting("encoder") != self.encoder.fingerprint:
                progress = encode_again(writer, self.encoder, lambda p: report(p, total))
            writer.publish(afresh=True)
        return progress

    def prepare(self, on_progress: OnProgress | None = None) -> None:
        """Have the bundled articles in the user's own archive; done by itself at first use."""
        if not self._bundled:
            return
        with self._opening:
            if self._has_bundled():
                self._bundled = False
                return
            self._add([BUNDLED], on_progress)
            with writing(self.folder) as writer:
                writer.database.put_setting("bundled", "yes")
            self._bundled = False

    def _has_bundled(self) -> bool:
        if not has_database(self.folder):
            return False
        archive = Archive(self.folder)
        try:
            return archive.database.setting("bundled") is not None
        finally:
            archive.close()

    def _add(self, paths: Sequence[str | Path], on_progress: OnProgress | None) -> Added:
        # A tenth of a second to import, and a question needs none of it.
        from ..corpus.reading import estimated_articles, read_articles

        report = on_progress or _no_report
        total = sum(map(estimated_articles, paths))
        problems: list[ReadingError] = []
        with writing(self.folder, self.encoder) as writer:
            articles = _without_problems(read_articles(*paths), problems)
            done = index_articles(writer, self.encoder, articles, lambda p: report(p, total))
        return Added(
            tuple(done.added),
            tuple(done.replaced),
            tuple(done.unchanged),
            done.passages,
            tuple(problems),
        )

    def _opened(self, encoder: Encoder | None = None) -> Archive:
        """Open the archive once; with an encoder, be sure that it is the archive's."""
        self.prepare()
        with self._opening:
            if self._archive is None:
                self._archive = Archive(self.folder)
            if encoder:
                self._archive.use(encoder)
            return self._archive


def _without_problems(
    reads: Iterable[Article | ReadingError], problems: list[ReadingError]
) -> Iterator[Article]:
    for read in reads:
        if isinstance(read, ReadingError):
            problems.append(read)
        else:
            yield read


def _stored(
    archive: Archive, candidates: Sequence[Candidate], limit: int
) -> Iterator[tuple[Candidate, StoredPassage]]:
    """Fetch candidates from the archive as they are wanted; what was removed meanwhile is gone."""
    at_once = limit + 3  # a few are held back for the sake of other articles
    for start in range(0, len(candidates), at_once):
        part = candidates[start : start + at_once]
        found = archive.database.passages([candidate.number for candidate in part])
        for candidate in part:
            if candidate.number in found:
                yield candidate, found[candidate.number]


def _spread(
    ranked: Iterator[tuple[Candidate, StoredPassage]], question: Question
) -> Iterator[tuple[Candidate, StoredPassage]]:
    if question.per_article is None:
        return ranked
    return spread(ranked, lambda found: found[1].article.id, question.per_article)


def _ranked_passage(
    question: Question, rank: int, candidate: Candidate, stored: StoredPassage
) -> RankedPassage:
    return RankedPassage(
        rank=rank,
        passage=stored.passage,
        article=stored.article,
        score=candidate.score,
        scores=candidate.scores,
        highlights=highlights(question.text, stored.passage.text),
    )


def _no_report(_progress: Progress, _total: int) -> None:
    return
