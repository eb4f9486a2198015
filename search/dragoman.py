"""The library's main class: an archive of articles to search and to ask."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ..corpus.article import Article
from ..index.addresses import Address, EngineAddress, address_from, folder_of
from ..index.archive import Archive
from ..index.encoding.encoder import Encoder
from ..index.errors import ArticleMissing
from ..index.indexing import Progress
from ..index.opening import open_archive, writing
from .answer import Answer
from .bundled import add_bundled, own_archive
from .errors import DragomanClosed
from .listing import Listing
from .models import Models
from .query.query import Query
from .question import READ_TO_ANSWER, Filters, Mode, Question, Turn, parse_day, turns_of
from .reading.reader import Reader
from .results import Added, Info, OnPassages, OnSentence, SearchResult
from .retrieval.reranking import Reranker
from .retrieval.searching import search
from .stopping import run_in

if TYPE_CHECKING:
    from ..corpus.loading import Given
    from .generation.llm import ChatModel
    from .stories.stories import Stories

_AT_ONCE = 4  # questions of event loops answered at the same time

OnProgress = Callable[[Progress, int], None]
History = Iterable[Turn | Mapping[str, Any]]
T = TypeVar("T")


class Dragoman:
    """An archive of articles to search and to ask.

    `Dragoman.open()` opens the user's own archive, with the bundled articles; name a folder to
    have another. Threads may share it. Models are loaded when they are first needed.
    """

    def __init__(
        self, address: Address, models: Models, chat_model: "ChatModel | None", bundled: bool
    ) -> None:
        self.address = address
        self._models = models
        self._chat_model = chat_model
        self._bundled = bundled
        self._archive: Archive | None = None
        self._opening = threading.RLock()
        self._pooling = threading.Lock()  # apart, since an event loop waits for it
        self._closed = False
        self._pool: ThreadPoolExecutor | None = None

    @classmethod
    def open(
        cls,
        path: str | Path | EngineAddress | None = None,
        encoder: Encoder | str | Path | None = None,
        reranker: Reranker | str | Path | None = None,
        reader: Reader | str | Path | None = None,
        chat_model: "ChatModel | None" = None,
    ) -> Self:
        """Open the archive in the folder `path`, which the first `add` makes if it is new.

        `path` may be an address, too, as text: milvus://HOST:PORT/NAME or milvus+lite:PATH.
        Without `path` it is the user's own archive, with the bundled articles in it. `encoder` is
        an encoder, or the name or folder of a sentence-transformers model; by default the
        compiled all-MiniLM-L6-v2. `reranker` decides the order of the top passages: a reranker,
        or the name or folder of a sentence-transformers CrossEncoder; by default none. `reader`
        finds the answers: a reader, or the folder of one; by default the one that comes with
        Dragoman. `chat_model` may put answers into prose; by default none is asked. Raises
        AddressNotUnderstood.
        """
        address = address_from(path) if path else own_archive()
        return cls(address, Models(encoder, reranker, reader), chat_model, bundled=path is None)

    def __enter__(self) -> Self:
        self._check_open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive. Later calls raise DragomanClosed."""
        with self._pooling:
            self._closed = True
            if self._pool:
                self._pool.shutdown(wait=False)  # what still waits in it raises DragomanClosed
        with self._opening:
            if self._archive:
                self._archive.close()
                self._archive = None

    @property
    def folder(self) -> Path:
        """The archive's folder; where it is not a folder, that of what is kept beside it."""
        return folder_of(self.address)

    @property
    def encoder(self) -> Encoder:
        """The encoder, loaded on first use. Raises an EncoderError."""
        return self._models.encoder

    def needs_compiling(self) -> bool:
        """Whether the encoder, when it is needed, is first compiled, which takes a while."""
        return self._models.needs_compiling()

    def warm_up(self) -> None:
        """Load the models and open the archive now, so that the first question need not wait."""
        self._models.load()
        self._opened(self.encoder).snapshot()

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
        offset: int = 0,
        facets: bool = False,
    ) -> SearchResult:
        """Return the best-ranked passages for a question.

        `mode` is "hybrid", "dense" (vectors alone) or "lexical" (terms alone). Of near-duplicates
        only one article is shown, and the others are named, unless `all_copies`. The top `rerank`
        passages are reranked by the reader, or by the reranker if there is one. The first `offset`
        are passed over. With `facets`, the articles of all candidates are counted by outlet,
        month and tag. Raises a QuestionError, an EncoderError, or an ArchiveError where there is
        nothing to search.
        """
        asked = Question(
            question,
            limit,
            mode,
            filters or Filters(),
            per_article,
            all_copies,
            rerank,
            offset=offset,
        )
        models = self._models
        encoder = None if mode == "lexical" else models.encoder
        archive = self._opened(encoder)
        reranker = models.reranker
        reader = models.reader if rerank and not reranker else None
        found = search(asked, archive, encoder, reranker, reader, facets)
        return replace(found, question=question)

    def ask(
        self,
        question: str,
        history: History | None = (),
        limit: int = 5,
        mode: Mode = "hybrid",
        filters: Filters | None = None,
        rerank: int = READ_TO_ANSWER,
        min_confidence: float | None = None,
        on_passages: OnPassages | None = None,
        on_sentence: OnSentence | None = None,
    ) -> Answer:
        """Answer a question in the articles' own words, or say that they do not answer it.

        What it leaves unsaid is taken from `history`, the earlier turns, oldest first: `Turn`s or
        the messages of chat APIs. The top `rerank` passages are read; with 0, sentences are chosen
        by their similarity to the question. `limit` passages come with the answer. One whose
        confidence is less than `min_confidence` is refused; by default the answerability model
        has its own threshold. `on_passages` is given the passages as soon as they are found, before
        they are read; `on_sentence` each sentence that a chat model writes, if it is kept. Raises
        what `search` does.
        """
        from .answering.answering import answer_question  # a search does not need it

        asked = Question(question, limit, mode, filters or Filters(), per_article=None)
        asked = replace(asked, rerank=rerank, min_confidence=min_confidence)
        turns = turns_of(history)
        archive = self._opened(None if mode == "lexical" else self.encoder)
        return answer_question(
            asked, turns, archive, self._models, self._chat_model, on_passages, on_sentence
        )

    async def asearch(self, question: str, *options: Any, **named: Any) -> SearchResult:
        """Return what `search` does, from a bounded thread pool: the event loop is not blocked.

        Cancelling it stops the search.
        """
        return await self._in_pool(partial(self.search, question, *options, **named))

    async def aask(self, question: str, *options: Any, **named: Any) -> Answer:
        """Return what `ask` does, from a bounded thread pool: the event loop is not blocked.

        Cancelling it stops the work, the chat model's too.
        """
        return await self._in_pool(partial(self.ask, question, *options, **named))

    def query(self, question: str) -> Query:
        """Return a question analysed with this archive's term statistics."""
        return Query(Question(question), self._opened().snapshot())

    async def _in_pool(self, work: Callable[[], T]) -> T:
        with self._pooling:
            self._check_open()
            if self._pool is None:
                self._pool = ThreadPoolExecutor(_AT_ONCE, "dragoman")
        return await run_in(self._pool, work)

    # The articles

    def articles(self, offset: int = 0, limit: int = -1) -> Iterator[Article]:
        """Return the articles in the order they were added; a negative limit means all."""
        return self._opened().articles(offset, limit)

    def article(self, id: str) -> Article:
        """Return an article by its id. Raises ArticleMissing."""
        found = self._opened().article(id) if isinstance(id, str) else None
        if found is None:
            raise ArticleMissing(id=id)
        return found

    def info(self) -> Info:
        """Return what the archive holds."""
        held = self._opened().summary()
        return Info.of(self.address, held)

    @property
    def listing(self) -> Listing:
        """The articles page by page, what is similar to one, the outlets and the tags."""
        return Listing(self._opened())

    @property
    def stories(self) -> "Stories":
        """What the articles tell of a matter over time: its timeline."""
        from .stories.stories import Stories  # a search does not need it

        return Stories(self._opened(self.encoder), self._models)

    # Changing the archive

    def add(
        self,
        articles: "Given | Iterable[Given]",
        on_progress: OnProgress | None = None,
        source: str | None = None,
        published: date | str | None = None,
        tags: str | Iterable[str] = (),
        columns: Mapping[str, str] | None = None,
        ray: str | None = None,
    ) -> Added:
        """Add articles: paths of files and folders, `Article`s, and records as JSON has them.

        One that has changed replaces its former version, known by its id. A file that states no
        id has one made of its path; after its folder was moved it counts as unchanged. `source`,
        `published`, a date or "YYYY-MM-DD", and `tags` are given to articles that state none.
        `columns` says which columns of tables hold what: {"title": "headline", "text": "body"}.
        `ray` is the address of a Ray cluster that encodes, or "auto" for this machine's own.

        What cannot be read is among the `problems` of the result, and the rest is added. Once
        this returns, the articles are on disk. `on_progress` is called with the Progress so far
        and an estimate of the number of articles. Raises PathMissing, UnknownFormat, NothingToRead,
        NotAnArticle, ColumnsUnusable and DateNotUnderstood before anything is added, an
        ArchiveError, and with `ray` a ClusterError.
        """
        day = parse_day(published, "published")
        self.prepare(on_progress)
        return self._add(articles, on_progress, source, day, tags, columns, ray)

    def remove(self, ids: str | Iterable[str]) -> list[str]:
        """Remove articles with all their passages; return the ids of those that were there.

        Raises ArticleMissing for what is not an id.
        """
        given = [ids] if isinstance(ids, str) or not isinstance(ids, Iterable) else list(ids)
        for id in given:
            if not isinstance(id, str):
                raise ArticleMissing(id=id)
        self.prepare()
        with writing(self.address) as writer:
            return writer.remove(given)

    def remove_matching(self, filters: Filters) -> list[str]:
        """Remove the articles that pass `filters`, all at once; return their ids.

        Raises FilterMissing where every article would pass.
        """
        from .changing import remove_passing

        return remove_passing(self.address, self._opened(), filters)

    def rebuild(self, on_progress: OnProgress | None = None, ray: str | None = None) -> Progress:
        """Build the indexes again from the stored articles, with the present encoder.

        Vectors made by another encoder are replaced, all at once; `ray` is that of `add`.
        """
        from .changing import rebuild_indexes

        self.prepare(on_progress)
        return rebuild_indexes(self.address, self.encoder, on_progress or _no_report, ray)

    def prepare(self, on_progress: OnProgress | None = None) -> None:
        """Add the bundled articles to the user's own archive; done by itself at first use."""
        with self._opening:
            self._check_open()
            if self._bundled:
                add_bundled(self.address, lambda path: self._add(path, on_progress))
                self._bundled = False

    def _add(
        self,
        articles: "Given | Iterable[Given]",
        on_progress: OnProgress | None,
        *stated: Any,
    ) -> Added:
        # The loading takes a tenth of a second to import, and a question does not need it.
        from .changing import add_articles

        report = on_progress or _no_report
        return add_articles(self.address, self.encoder, articles, report, *stated)

    def _opened(self, encoder: Encoder | None = None) -> Archive:
        """Return the archive, opened once; with an encoder, its vectors must be that encoder's."""
        self.prepare()
        with self._opening:
            if self._archive is None:
                self._archive = open_archive(self.address)
            if encoder:
                self._archive.use(encoder)
            return self._archive

    def _check_open(self) -> None:
        if self._closed:
            raise DragomanClosed


def _no_report(_progress: Progress, _total: int) -> None:
    return
