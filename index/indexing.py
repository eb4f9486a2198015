"""Articles go into an archive: split, encoded and written in batches, each whole or not at all."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from ..corpus.article import Article, Passage
from ..corpus.splitting import encoder_text, split
from .encoding.encoder import Encoder, Vectors
from .local.archive import ArchiveWriter
from .local.database import content_hash

# A batch is one transaction: what a kill can cost, and what one wait between two signs of
# progress is. Readers see what is added about every half minute.
_BATCH_PASSAGES = 256
_PUBLISH_SECONDS = 30.0
_REPORT_EVERY = 100


@dataclass(slots=True)
class Progress:
    """How far adding has come. `articles` counts all that were looked at."""

    articles: int = 0
    passages: int = 0
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


OnProgress = Callable[[Progress], None]
_Split = tuple[Article, list[Passage]]


def index_articles(
    writer: ArchiveWriter,
    encoder: Encoder,
    articles: Iterable[Article],
    on_progress: OnProgress,
) -> Progress:
    """Add `articles` to the archive; those it already holds unchanged are not encoded again."""
    progress = Progress()
    published = time.monotonic()
    changed = _changed(writer, articles, progress, on_progress)
    for batch in _one_ahead(_batches(_split_all(changed, encoder))):
        vectors = _encoded(batch, encoder, progress, on_progress)
        # Readers find nothing of a replaced article until its new self is published: at once.
        replaces = bool(writer.database.hashes([article.id for article, _ in batch]))
        writer.put(_with_vectors(batch, vectors))
        on_progress(progress)
        if replaces or time.monotonic() - published > _PUBLISH_SECONDS:
            writer.publish()
            published = time.monotonic()
    on_progress(progress)
    return progress


def encode_again(writer: ArchiveWriter, encoder: Encoder, on_progress: OnProgress) -> Progress:
    """Split and encode every article again, with another encoder, from the stored text.

    The new passages are laid beside the present ones, which stay in use until all are there.
    """
    progress = Progress()
    database = writer.database
    database.clear_staged()
    for batch in _batches(_split_all(database.articles(), encoder)):
        vectors = _encoded(batch, encoder, progress, on_progress)
        database.stage(_with_vectors(batch, vectors))
        progress.articles += len(batch)
        on_progress(progress)
    database.swap_staged(encoder.fingerprint, encoder.dimension)
    return progress


def _changed(
    writer: ArchiveWriter,
    articles: Iterable[Article],
    progress: Progress,
    on_progress: OnProgress,
) -> Iterator[Article]:
    """Give the articles that are new or have changed, and note of all which they are."""
    for article in articles:
        stored = writer.database.hashes([article.id]).get(article.id)
        progress.articles += 1
        if progress.articles % _REPORT_EVERY == 0:
            on_progress(progress)
        if stored == content_hash(article):
            progress.unchanged.append(article.id)
            continue
        (progress.added if stored is None else progress.replaced).append(article.id)
        yield article


def _split_all(articles: Iterable[Article], encoder: Encoder) -> Iterator[_Split]:
    for article in articles:
        yield article, split(article, encoder.count_tokens, encoder.max_tokens)


def _batches(articles: Iterable[_Split]) -> Iterator[list[_Split]]:
    batch: list[_Split] = []
    waiting = 0
    for article, passages in articles:
        batch.append((article, passages))
        waiting += len(passages)
        if waiting >= _BATCH_PASSAGES:
            yield batch
            batch, waiting = [], 0
    if batch:
        yield batch


def _one_ahead(batches: Iterator[list[_Split]]) -> Iterator[list[_Split]]:
    """Have the next batch read and split while the present one is encoded."""
    with ThreadPoolExecutor(1, "reader") as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _encoded(
    batch: list[_Split], encoder: Encoder, progress: Progress, on_progress: OnProgress
) -> Vectors:
    """Encode the passages of a batch, which a single long article may make very long."""
    texts = [encoder_text(article, p.text) for article, passages in batch for p in passages]
    parts = []
    for start in range(0, len(texts), _BATCH_PASSAGES * 2):
        part = texts[start : start + _BATCH_PASSAGES * 2]
        parts.append(encoder.encode_passages(part))
        progress.passages += len(part)
        on_progress(progress)
    return np.concatenate(parts)


def _with_vectors(
    batch: list[_Split], vectors: Vectors
) -> Iterator[tuple[Article, list[Passage], Vectors]]:
    start = 0
    for article, passages in batch:
        yield article, passages, vectors[start : start + len(passages)]
        start += len(passages)
