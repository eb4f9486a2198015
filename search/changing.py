"""Changing an archive: articles are added, removed by filter, and indexed again."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date

from ..corpus.loading import Given, Loading
from ..index.addresses import Address
from ..index.archive import Archive
from ..index.encoding.bulk import bulk_encoding
from ..index.encoding.encoder import Encoder
from ..index.errors import IndexesNotWritable
from ..index.indexing import Progress, encode_again, index_articles
from ..index.opening import writing
from .errors import FilterMissing
from .question import Filters
from .results import Added
from .retrieval.retriever import passing_articles


def add_articles(
    address: Address,
    encoder: Encoder,
    articles: Given | Iterable[Given],
    report: Callable[[Progress, int], None],
    source: str | None = None,
    published: date | None = None,
    tags: str | Iterable[str] = (),
    columns: Mapping[str, str] | None = None,
    ray: str | None = None,
) -> Added:
    """Add articles to the archive at `address`, as `Dragoman.add` does."""
    loading = Loading(articles, source, published, tags, columns)
    total = loading.estimated
    with bulk_encoding(encoder, ray) as encode_all, writing(address, encoder) as writer:
        done = index_articles(
            writer,
            encoder,
            loading.articles(),
            lambda p: report(p, total),
            loading.file_ids,
            encode_all,
        )
    return Added(
        tuple(done.added),
        tuple(done.replaced),
        tuple(done.unchanged),
        done.passages,
        tuple(loading.problems),
        loading.skipped,
    )


def remove_passing(address: Address, archive: Archive, filters: Filters) -> list[str]:
    """Remove the articles that pass `filters` from the archive at `address`; return their ids.

    Raises FilterMissing where every article would pass.
    """
    if filters.all_pass:
        raise FilterMissing
    removed: list[str] = []
    with suppress(IndexesNotWritable), writing(address) as writer:  # they are removed all the same
        passing = passing_articles(filters, archive)
        removed = writer.remove([] if passing is None else archive.article_ids(passing.tolist()))
    return removed


def rebuild_indexes(
    address: Address,
    encoder: Encoder,
    report: Callable[[Progress, int], None],
    ray: str | None = None,
) -> Progress:
    """Build the indexes of the archive at `address` again, as `Dragoman.rebuild` does."""
    with writing(address) as writer:
        held = writer.summary()
        progress = Progress()
        if held.encoder != encoder.fingerprint:
            with bulk_encoding(encoder, ray) as encode_all:
                progress = encode_again(
                    writer, encoder, lambda p: report(p, held.articles), encode_all
                )
        writer.publish(afresh=True)
    return progress
