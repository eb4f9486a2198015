"""Indexing: articles are split, encoded and put into an archive, in batches."""

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from ..corpus.article import Article, Passage
from ..corpus.files import may_be_moved
from ..corpus.splitting import encoder_text, split
from .archive import ArchiveWriter, EncodedArticle
from .encoding.bulk import EncodeAll, Texts
from .encoding.encoder import Encoder, Vectors
from .errors import IndexesNotWritable

# A batch is stored as a whole, so at most one is lost if the process is killed. Readers see new
# articles about every half minute.
_BATCH_PASSAGES = 256
_PUBLISH_SECONDS = 30.0
_REPORT_EVERY = 100


@dataclass(slots=True)
class Progress:
    """How far indexing has come. `articles` counts all that were read."""

    articles: int = 0
    passages: int = 0
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


OnProgress = Callable[[Progress], None]
_Split = tuple[Article, list[Passage]]
_Batch = list[_Split]


def index_articles(
    writer: ArchiveWriter,
    encoder: Encoder,
    articles: Iterable[Article],
    on_progress: OnProgress,
    file_ids: Collection[str] = (),
    encode_all: EncodeAll | None = None,
) -> Progress:
    """Add `articles` to the archive; unchanged ones are not encoded again.

    `encode_all` encodes them as `encoder` would, of which the length of passages is.
    `file_ids` are the ids that are made of the paths of files. An article with one of these that
    the archive has, word for word, under the id of another path was moved: it only gets its new
    id. Without this, adding a folder that was moved would double its articles.
    """
    progress = Progress()
    moved: dict[str, str] = {}
    published = time.monotonic()
    as_stored = (article.with_captions_in_text() for article in articles)
    unmoved = _unmoved(writer, as_stored, file_ids, progress, moved)
    changed = _changed(writer, unmoved, progress, on_progress)
    batches = _one_ahead(_batches(_split_all(changed, encoder)))
    encode_all = encode_all or partial(map, encoder.encode_passages)
    for batch, vectors in _encoded(batches, encode_all, progress, on_progress):
        # Snapshots find nothing of a replaced article until the new one is published.
        replaces = bool(writer.hashes([article.id for article, _ in batch]))
        writer.put(_with_vectors(batch, vectors))
        on_progress(progress)
        if replaces or time.monotonic() - published > _PUBLISH_SECONDS:
            with suppress(IndexesNotWritable):  # the rest is stored, and it is told at the end
                writer.publish()
            published = time.monotonic()
    if moved:
        writer.rename(moved)
    on_progress(progress)
    return progress


def encode_again(
    writer: ArchiveWriter,
    encoder: Encoder,
    on_progress: OnProgress,
    encode_all: EncodeAll | None = None,
) -> Progress:
    """Split and encode every article again, with another encoder, from the stored text.

    The present passages stay in use until all new ones are there.
    """
    progress = Progress()
    how = encode_all or partial(map, encoder.encode_passages)

    def encoded() -> Iterator[Iterator[EncodedArticle]]:
        batches = _batches(_split_all(writer.articles(), encoder))
        for batch, vectors in _encoded(batches, how, progress, on_progress):
            yield _with_vectors(batch, vectors)
            progress.articles += len(batch)
            on_progress(progress)

    writer.reencode(encoder, encoded())
    return progress


def _unmoved(
    writer: ArchiveWriter,
    articles: Iterable[Article],
    file_ids: Collection[str],
    progress: Progress,
    moved: dict[str, str],
) -> Iterator[Article]:
    """Yield all but moved articles, whose former and new ids are added to `moved`."""
    others = set(file_ids)
    for article in articles:
        if article.id in file_ids and not writer.hashes([article.id]):
            former = _former_id(writer, article, others)
            if former:
                others.add(former)
                moved[former] = article.id
                progress.articles += 1
                progress.unchanged.append(article.id)
                continue
        yield article


def _former_id(writer: ArchiveWriter, article: Article, others: Collection[str]) -> str | None:
    """Return the id, none of `others`, of the same article in a file of that name elsewhere."""
    for id in writer.titled(article.title):
        if id not in others and may_be_moved(article.id, id):
            stored = writer.article(id)
            if stored and replace(stored, id=article.id) == article:
                return id
    return None


def _changed(
    writer: ArchiveWriter,
    articles: Iterable[Article],
    progress: Progress,
    on_progress: OnProgress,
) -> Iterator[Article]:
    """Return the articles that are new or have changed; count all of them in the progress."""
    for article in articles:
        stored = writer.hashes([article.id]).get(article.id)
        progress.articles += 1
        if progress.articles % _REPORT_EVERY == 0:
            on_progress(progress)
        if stored == article.content_hash:
            progress.unchanged.append(article.id)
            continue
        (progress.added if stored is None else progress.replaced).append(article.id)
        yield article


def _split_all(articles: Iterable[Article], encoder: Encoder) -> Iterator[_Split]:
    for article in articles:
        yield article, split(article, encoder.count_tokens, encoder.max_tokens)


def _batches(articles: Iterable[_Split]) -> Iterator[_Batch]:
    batch: _Batch = []
    waiting = 0
    for article, passages in articles:
        batch.append((article, passages))
        waiting += len(passages)
        if waiting >= _BATCH_PASSAGES:
            yield batch
            batch, waiting = [], 0
    if batch:
        yield batch


def _one_ahead(batches: Iterator[_Batch]) -> Iterator[_Batch]:
    """Read and split the next batch while the present one is encoded."""
    with ThreadPoolExecutor(1, "loading") as loading:
        coming = loading.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = loading.submit(next, batches, None)
            yield batch


def _encoded(
    batches: Iterable[_Batch],
    encode_all: EncodeAll,
    progress: Progress,
    on_progress: OnProgress,
) -> Iterator[tuple[_Batch, Vectors]]:
    """Encode the passages of each batch, of which several may be taken ahead."""
    waiting: deque[_Batch] = deque()

    def all_parts() -> Iterator[Texts]:
        for batch in batches:
            waiting.append(batch)
            yield from _parts(batch)

    done: list[Vectors] = []
    for vectors in encode_all(all_parts()):
        done.append(vectors)
        progress.passages += len(vectors)
        on_progress(progress)
        if sum(map(len, done)) == _passages_in(waiting[0]):
            yield waiting.popleft(), np.concatenate(done)
            done = []


def _parts(batch: _Batch) -> Iterator[Texts]:
    """Return the texts of a batch in parts, since one long article may make it very long."""
    texts = [encoder_text(article, p.text) for article, passages in batch for p in passages]
    for start in range(0, len(texts), _BATCH_PASSAGES * 2):
        yield texts[start : start + _BATCH_PASSAGES * 2]


def _passages_in(batch: _Batch) -> int:
    return sum(len(passages) for _, passages in batch)


def _with_vectors(batch: _Batch, vectors: Vectors) -> Iterator[EncodedArticle]:
    start = 0
    for article, passages in batch:
        yield article, passages, vectors[start : start + len(passages)]
        start += len(passages)
