"""Dragoman: the whole of the library in one object."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from unicodedata import normalize

from platformdirs import user_data_path

from ..corpus.article import Article
from ..corpus.errors import ReadingError
from ..index.archive import Archive, ArticleRef, StoredPassage
from ..index.encoding.compiling import is_compiled
from ..index.encoding.encoder import Encoder, open_encoder
from ..index.encoding.weights import DEFAULT_SHA256
from ..index.errors import ArticleMissing
from ..index.indexing import Progress, encode_again, index_articles
from ..index.opening import has_archive, open_archive, writing
from .answer import Answer
from .errors import ReaderUnusable
from .generation.llm import ChatModel
from .query.terms import QueryTerms
from .question import Filters, Mode, Question, parse_day, turns_of
from .reading.model import FOLDER, open_reader_model
from .reading.reader import Reader
from .results import RankedPassage, SearchResult
from .retrieval.duplicates import also_in
from .retrieval.highlighting import Highlighter
from .retrieval.no_results import why_no_results
from .retrieval.ranking import Candidate
from .retrieval.reranking import CrossEncoderReranker, Reranker
from .retrieval.searching import search_passages

if TYPE_CHECKING:
    from ..corpus.loading import Given
    from .question import Turn

BUNDLED = Path(__file__).parent.parent / "corpus" / "talks-2022"

READ_TO_ANSWER = 10  # passages: more answer no better (measured: ARCHITECTURE.md, Answers)

OnProgress = Callable[[Progress, int], None]


@dataclass(frozen=True, slots=True)
class Added:
    """The result of `add()`: the ids of the articles, by whether they were new or changed.

    `problems` are what could not be read. `skipped` counts the files in folders whose format is
    not known, by suffix.
    """

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    passages: int
    problems: tuple[ReadingError, ...]
    skipped: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Info:
    """What an archive holds. `families` counts those of two articles or more."""

    path: Path
    articles: int
    passages: int
    encoder: str
    first_published: date | None
    last_published: date | None
    sources: list[tuple[str | None, int]] = field(default_factory=list)
    families: int = 0


class Dragoman:
    """An archive of articles to put questions to.

    `Dragoman.open()` gives one over the bundled articles; name a folder to have your own. Threads
    may share it. The encoder is loaded when it is first needed, and only once.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder | str | Path | None,
        reranker: Reranker | str | Path | None,
        reader: Reader | str | Path | None,
        chat_model: ChatModel | None,
        bundled: bool,
    ) -> None:
        self.folder = folder
        self._given_encoder = encoder
        self._given_reranker = reranker
        self._given_reader = reader
        self._chat_model = chat_model
        self._bundled = bundled
        self._encoder: Encoder | None = None
        self._archive: Archive | None = None
        self._opening = threading.RLock()

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        encoder: Encoder | str | Path | None = None,
        reranker: Reranker | str | Path | None = None,
        reader: Reader | str | Path | None = None,
        chat_model: ChatModel | None = None,
    ) -> Self:
        """Open the archive in the folder `path`, which the first `add` makes if it is new.

        Without `path` it is the user's own archive, with the bundled articles in it. `encoder` is
        an encoder, or the name or folder of a sentence-transformers model; by default the
        compiled all-MiniLM-L6-v2. `reranker`, if there is one, has the last word on the order: a
        reranker, or the name or folder of a sentence-transformers CrossEncoder. `reader` finds
        the answers: a reader, or the folder of the small one, by default where it comes with us.
        `chat_model` is a language model that may write answers in prose; without one, none is asked.
        """
        folder = Path(path).expanduser() if path else user_data_path("dragoman") / "archive"
        return cls(folder, encoder, reranker, reader, chat_model, bundled=path is None)

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

    @property
    def reranker(self) -> Reranker | None:
        """The reranker, loaded on first use, or None. Raises RerankerUnusable."""
        with self._opening:
            if isinstance(self._given_reranker, str | Path):
                self._given_reranker = CrossEncoderReranker(self._given_reranker)
            return self._given_reranker

    @property
    def reader(self) -> Reader:
        """The reader, loaded on first use. Raises ReaderUnusable."""
        with self._opening:
            given = self._given_reader
            if given is None or isinstance(given, str | Path):
                given = open_reader_model(Path(given) if given else FOLDER)
                self._given_reader = given
            return given

    def needs_compiling(self) -> bool:
        """Say whether the encoder, when it is needed, must first be compiled, which takes time."""
        return self._given_encoder is None and not is_compiled(DEFAULT_SHA256)

    def warm_up(self) -> None:
        """Load the encoder and open the archive now, so that the first question need not wait."""
        self._opened(self.encoder).snapshot()
        _ = self.reranker
        with suppress(ReaderUnusable):  # asking does without, and says so
            _ = self.reader

    # Asking

    def search(
        self,
        question: str,
        limit: int = 5,
        mode: Mode = "hybrid",
        filters: Filters | None = None,
        per_article: int | None = 2,
        all_copies: bool = False,
        rerank: int = 0,
    ) -> SearchResult:
        """Give the best-ranked passages for a question.

        `mode` is "hybrid", "dense" (meaning alone) or "lexical" (words alone). Of an article and
        its copies only one is shown, and the others are named, unless `all_copies`. So many of
        the best as `rerank` says are read with the question by a small model, or the reranker if
        there is one, for a better order. Raises a QuestionError, an EncoderError, or an
        ArchiveError where there is nothing to search.
        """
        composed = normalize("NFC", question)  # as articles are: accents typed apart, together
        asked = Question(
            composed, limit, mode, filters or Filters(), per_article, all_copies, rerank
        )
        encoder = None if mode == "lexical" else self.encoder
        archive = self._opened(encoder)
        reader = self.reader if rerank and not self.reranker else None
        started = time.perf_counter()
        passages = self._ranked(asked, archive, encoder, reader)
        took_ms = (time.perf_counter() - started) * 1000
        warnings = () if passages else (why_no_results(asked.filters, archive),)
        return SearchResult(question, passages, took_ms, warnings)

    def ask(
        self,
        question: str,
        history: "Iterable[Turn | Mapping[str, Any]] | None" = (),
        limit: int = 5,
        mode: Mode = "hybrid",
        filters: Filters | None = None,
        rerank: int = READ_TO_ANSWER,
    ) -> Answer:
        """Answer a question in the articles' own words, or say that they do not answer it.

        What it leaves unsaid is taken from `history`, the turns before, the oldest first: each a
        `Turn`, or a mapping as chat APIs send it.
        So many of the best passages as `rerank` says are read; with 0, sentences are chosen by
        their likeness to the question. `limit` passages come with the answer. Raises what
        `search` does.
        """
        # A search needs none of this, and is at once there without.
        from .answering.answering import answer_from, mark_partial
        from .query.rewriting import standalone_question
        from .reading.fallback import MOST_PASSAGES as LIKENED
        from .timing import Stages

        question, turns = normalize("NFC", question), turns_of(history)
        asked = Question(question, limit, mode, filters or Filters(), None, rerank=rerank)
        encoder = None if mode == "lexical" else self.encoder
        archive = self._opened(encoder)
        stages = Stages()
        asked = asked.to_read(standalone_question(question, turns), rerank or LIKENED)
        stages.end("understand")
        words = self.query_terms(asked.text)
        reader, warnings = self._answering_reader(rerank, words)
        passages = self._ranked(asked, archive, encoder, stages.timed(reader))
        stages.end("retrieve")
        answer = answer_from(question, asked.text, passages, words, asked.filters.as_of)
        if not passages:
            warnings = (*warnings, why_no_results(asked.filters, archive))
        stages.end("answer")
        if self._chat_model and answer.answer:
            answer = self._written(answer, self._chat_model)
            stages.end("write")
        answer = mark_partial(answer, words)
        stages.end("answer")
        return replace(
            answer,
            passages=answer.passages[:limit],
            warnings=(*warnings, *answer.warnings),
            took_ms=sum(stages.took.values()),
            stages=stages.took,
        )

    def query_terms(self, question: str) -> QueryTerms:
        """Give the words of a question, with how rare each is here, to compare texts with."""
        return QueryTerms(question, self._opened().snapshot())

    def _written(self, answer: Answer, chat_model: ChatModel) -> Answer:
        from .generation.generating import write  # only where there is one

        return write(answer, chat_model, self.encoder)

    def _answering_reader(self, rerank: int, words: QueryTerms) -> tuple[Reader, tuple[str, ...]]:
        """Give what reads to answer: the reader, or what stands in for it, and why."""
        from .reading.fallback import FallbackReader

        warnings: tuple[str, ...] = ()
        if rerank:
            try:
                return self.reader, ()
            except ReaderUnusable as error:
                warnings = (f"{error} Sentences are chosen by their likeness to the question.",)
        return FallbackReader(self.encoder, words), warnings

    def _ranked(
        self, asked: Question, archive: Archive, encoder: Encoder | None, reader: Reader | None
    ) -> tuple[RankedPassage, ...]:
        shown = search_passages(asked, archive, encoder, self.reranker, reader)
        copies: Mapping[int, tuple[ArticleRef, ...]] = {}
        if not asked.all_copies:
            numbers = [candidate.number for candidate, _ in shown]
            copies = also_in(numbers, asked.filters, archive)
        marker = Highlighter(asked.text)
        return tuple(
            _ranked_passage(marker, rank, candidate, stored, copies.get(candidate.number, ()))
            for rank, (candidate, stored) in enumerate(shown, start=1)
        )

    # The articles

    def articles(self, offset: int = 0, limit: int = -1) -> Iterator[Article]:
        """Give the articles in the order they were added, `limit` of them if it is not negative."""
        return self._opened().articles(offset, limit)

    def article(self, id: str) -> Article:
        """Give an article by its id, or raise ArticleMissing."""
        found = self._opened().article(id)
        if found is None:
            raise ArticleMissing(id=id)
        return found

    def info(self) -> Info:
        """Say what the archive holds."""
        held = self._opened().summary()
        return Info(
            self.folder,
            held.articles,
            held.passages,
            held.encoder or "none yet",
            held.first_published,
            held.last_published,
            held.sources,
            held.duplicate_groups,
        )

    # Changing the archive

    def add(
        self,
        articles: "Given | Iterable[Given]",
        on_progress: OnProgress | None = None,
        source: str | None = None,
        published: date | str | None = None,
    ) -> Added:
        """Add articles: paths of files and folders, `Article`s, and records as JSON has them.

        One that has changed replaces its former version, known by its id. A file that states no
        id has one made of its path; after its folder was moved it counts as unchanged. `source`
        and `published`, a date or "YYYY-MM-DD", are given to articles that state none.

        What cannot be read is among the `problems` of the result, and the rest is added. Once
        this returns, the articles are on disk. `on_progress` is called with the Progress so far
        and an estimate of the number of articles. Raises PathMissing, UnknownFormat,
        NothingToRead, NotAnArticle and DateNotUnderstood before anything is added, and an
        ArchiveError.
        """
        day = parse_day(published, "published")
        self.prepare(on_progress)
        return self._add(articles, on_progress, source, day)

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
            held = writer.summary()
            progress = Progress()
            if held.encoder != self.encoder.fingerprint:
                progress = encode_again(writer, self.encoder, lambda p: report(p, held.articles))
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
            self._add(BUNDLED, on_progress)
            with writing(self.folder) as writer:
                writer.put_setting("bundled", "yes")
            self._bundled = False

    def _has_bundled(self) -> bool:
        if not has_archive(self.folder):
            return False
        archive = open_archive(self.folder)
        try:
            return archive.setting("bundled") is not None
        finally:
            archive.close()

    def _add(
        self,
        articles: "Given | Iterable[Given]",
        on_progress: OnProgress | None,
        source: str | None = None,
        published: date | None = None,
    ) -> Added:
        # A tenth of a second to import, and a question needs none of it.
        from ..corpus.loading import Loading

        report = on_progress or _no_report
        loading = Loading(articles, source, published)
        total = loading.estimated
        with writing(self.folder, self.encoder) as writer:
            done = index_articles(
                writer,
                self.encoder,
                loading.articles(),
                lambda p: report(p, total),
                loading.file_ids,
            )
        return Added(
            tuple(done.added),
            tuple(done.replaced),
            tuple(done.unchanged),
            done.passages,
            tuple(loading.problems),
            loading.skipped,
        )

    def _opened(self, encoder: Encoder | None = None) -> Archive:
        """Open the archive once; with an encoder, be sure that it is the archive's."""
        self.prepare()
        with self._opening:
            if self._archive is None:
                self._archive = open_archive(self.folder)
            if encoder:
                self._archive.use(encoder)
            return self._archive


def _ranked_passage(
    marker: Highlighter,
    rank: int,
    candidate: Candidate,
    stored: StoredPassage,
    copies: tuple[ArticleRef, ...],
) -> RankedPassage:
    return RankedPassage(
        rank=rank,
        passage=stored.passage,
        article=stored.article,
        score=candidate.score,
        scores=candidate.scores,
        parts=candidate.parts,
        highlights=marker.spans(stored.passage.text),
        also_in=copies,
        reading=candidate.reading,
    )


def _no_report(_progress: Progress, _total: int) -> None:
    return
