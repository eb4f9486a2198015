"""Generations: the two indexes of an archive as published together, never changed afterwards.

A generation is a folder: the vector index's base, the word index, and the numbers of the articles
they cover. The next generation shares unchanged files by hard links. The manifest names the
current one; whatever does not match it is rebuilt from the database.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from ..archive import Numbers
from ..errors import IndexesNotWritable
from .database import Database
from .manifest import (
    GENERATIONS,
    Manifest,
    checksum_of,
    is_checksum_of,
    note_checksums,
    read_manifest,
    recall_checksums,
    sync_all,
)
from .memory.standing import Standing
from .snapshot import LocalSnapshot
from .spellings import archive_spellings
from .vectors.building import add_to_vector_index, build_vector_index, to_be_added
from .vectors.files import BASE_FILES, EXACT_FILE
from .vectors.index import open_vector_index, vector_index_in_memory
from .vectors.numbers import among
from .words import WORDS_FORMAT, WordIndex

_ARTICLES_FILE = "articles.npy"
_READ_AHEAD = 8 << 20  # bytes at once
ENCODED_AGAIN = "encoded_again"  # the setting that has the change of the latest encoding again
# What files that cannot be read or written make NumPy, FAISS and tantivy raise.
_FAULTS = (OSError, ValueError, RuntimeError, EOFError, BadZipFile)


def open_published(folder: Path, database: Database) -> LocalSnapshot | None:
    """Open the generation that the manifest names, or return None where it is damaged."""
    manifest = read_manifest(folder)
    if manifest is None or not _is_whole(folder, manifest, database):
        return None
    generation = _generation_folder(folder, manifest.generation)
    try:
        articles = np.load(generation / _ARTICLES_FILE)
        vectors = open_vector_index(generation, articles, database.vectors_of_articles)
        words = WordIndex(generation / "words", archive_spellings(folder))
    except _FAULTS:
        return None
    return LocalSnapshot(vectors, words, manifest.seq, database, Standing(vectors.held(), database))


def read_ahead(folder: Path) -> None:
    """Have the system read the published indexes into its memory, if they take half of it at most.

    Searches read them anyway, but bit by bit, each of which they wait for.
    """
    manifest = read_manifest(folder)
    if manifest is None or not hasattr(os, "posix_fadvise"):  # not on macOS, nor on Windows
        return
    with suppress(OSError):  # where it was removed meanwhile, too
        found = _generation_folder(folder, manifest.generation).rglob("*")
        # The smallest first, since a search needs these most.
        files = sorted((file.stat().st_size, file) for file in found if file.is_file())
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        if sum(size for size, _ in files) > memory / 2:
            return
        for size, file in files:
            with file.open("rb") as opened:
                for start in range(0, size, _READ_AHEAD):
                    os.posix_fadvise(opened.fileno(), start, _READ_AHEAD, os.POSIX_FADV_WILLNEED)


def snapshot_in_memory(database: Database) -> LocalSnapshot:
    """Index the database in memory, for folders that may not be written."""
    seq = database.seq
    words = WordIndex(spellings=archive_spellings(database.folder))
    words.update(database.passage_texts(database.article_numbers().tolist()))
    vectors = vector_index_in_memory(database.vectors_of_articles())
    return LocalSnapshot(vectors, words, seq, database, Standing(vectors.held(), database))


def publish_generation(folder: Path, database: Database, afresh: bool = False) -> None:
    """Bring both indexes up to the database and publish them. Needs the write lock.

    `afresh` builds them from the database alone. Raises IndexesNotWritable where the folder
    cannot be written; the previous generation then stays in use.
    """
    try:
        _publish_next(folder, database, afresh)
    except _FAULTS as error:
        reason = getattr(error, "strerror", None) or error
        raise IndexesNotWritable(path=folder, reason=reason) from error


def _publish_next(folder: Path, database: Database, afresh: bool) -> None:
    manifest = read_manifest(folder)
    usable = manifest is not None and not afresh and _is_whole(folder, manifest, database)
    published = _generation_folder(folder, manifest.generation) if manifest else None
    previous = published if usable else None
    number = manifest.generation + 1 if manifest else 1
    target = _generation_folder(folder, number)
    _remove_others(target, keep=published)
    (target / "words").mkdir(parents=True)
    articles = database.article_numbers()
    _make_vectors(target, previous, database, articles)
    words = _make_words(target, previous, database, articles)
    np.save(target / _ARTICLES_FILE, articles)
    sync_all(target)
    Manifest(
        generation=number,
        seq=database.seq,
        encoder=database.setting("encoder") or "",
        dim=int(database.setting("dimension") or 0),
        count=words.passages,
        checksum=checksum_of(target),
        words=WORDS_FORMAT,
    ).publish(folder)
    note_checksums(folder, target)
    _remove_others(target, keep=target)


def remove_leftovers(folder: Path) -> None:
    """Remove the generations that a killed writer left beside the current one.

    Needs the write lock. A reader that still has one open keeps what it has mapped.
    """
    if manifest := read_manifest(folder):
        current = _generation_folder(folder, manifest.generation)
        _remove_others(current, keep=current)


def _is_whole(folder: Path, manifest: Manifest, database: Database) -> bool:
    generation = _generation_folder(folder, manifest.generation)
    recall_checksums(folder, generation)
    try:
        whole = is_checksum_of(manifest.checksum, generation)
    except OSError:
        return False
    made_alike = manifest.words == WORDS_FORMAT
    # Encoding again renumbers the passages, and leaves articles as they are.
    numbered_alike = manifest.seq >= int(database.setting(ENCODED_AGAIN) or 0)
    of_encoder = manifest.encoder == database.setting("encoder")
    return whole and made_alike and numbered_alike and of_encoder


def _make_vectors(
    target: Path, previous: Path | None, database: Database, articles: Numbers
) -> None:
    dimension, added = int(database.setting("dimension") or 0), None
    if previous:
        added = to_be_added(previous, articles, dimension, database.passage_numbers)
    if previous is None or added is None:
        build_vector_index(database.stored_vectors(), target)
    elif len(added):
        add_to_vector_index(previous, database.stored_vectors(), added, target)
        _link_files(previous, target, (EXACT_FILE,))
    else:
        _link_files(previous, target, BASE_FILES)


def _make_words(
    target: Path, previous: Path | None, database: Database, articles: Numbers
) -> WordIndex:
    covered = np.empty(0, np.int64)
    if previous:
        covered = np.load(previous / _ARTICLES_FILE)
        names = [f.name for f in (previous / "words").iterdir() if not f.name.endswith(".lock")]
        _link_files(previous / "words", target / "words", names)
    words = WordIndex(target / "words")
    added = articles[~among(articles, covered)].tolist()
    words.update(database.passage_texts(added), covered[~among(covered, articles)].tolist())
    return words


def _link_files(source: Path, target: Path, names: tuple[str, ...] | list[str]) -> None:
    """Link files into the next generation; neither index changes a file once written."""
    for name in names:
        try:
            os.link(source / name, target / name)
        except FileNotFoundError:
            continue  # an empty base has no vectors, and only a large one has them beside
        except OSError:  # a file system without hard links
            shutil.copy2(source / name, target / name)


def _remove_others(target: Path, keep: Path | None) -> None:
    """Remove all generations but one: older ones, and what a killed writer left."""
    if not target.parent.is_dir():
        return
    for folder in target.parent.iterdir():
        if folder != keep:
            shutil.rmtree(folder, ignore_errors=True)


def _generation_folder(folder: Path, number: int) -> Path:
    return folder / GENERATIONS / f"{number:06d}"
