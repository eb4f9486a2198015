"""Copying: an archive is brought to another place, with its vectors, and both are compared."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np

from .addresses import Address, address_from
from .archive import BUNDLED_SETTING, Archive, ArchiveWriter, EncodedArticle, Numbers
from .encoding.encoder import Vectors
from .errors import (
    CopiedMeanwhile,
    CopyDiffers,
    CopyOfOtherEncoder,
    CopyOntoItself,
    NothingToCopy,
    TargetHoldsOthers,
)
from .opening import has_archive, open_archive, writing

_AT_ONCE = 100  # articles that are read and stored together
_PASSES = 5  # over a source that is written meanwhile

OnCopied = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds: counts, and a SHA-256 of everything of a kind, in the order added."""

    articles: int
    passages: int
    versions: int
    checksums: dict[str, str]


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: how many articles this time, removed ones, and what both archives hold."""

    copied: int
    removed: int
    contents: Contents


@dataclass(frozen=True, slots=True)
class _StoredEncoder:
    """Stands for the encoder of stored vectors, which is not needed itself."""

    fingerprint: str
    dimension: int
    max_tokens: int = 0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError

    def encode_question(self, text: str) -> Vectors:
        raise NotImplementedError

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        raise NotImplementedError


def copy_archive(
    source: str | Address,
    target: str | Address,
    update: bool = False,
    on_copied: OnCopied = lambda _done, _total: None,
) -> Copied:
    """Copy the archive at `source` to `target`, then compare what both hold.

    Both are folders, or addresses as `Dragoman.open` takes. Articles come in their order, with
    passages, vectors, former versions, and what is remembered of addresses and watched files;
    nothing is encoded. What `target` has already is not copied again, so that a copy goes on where
    it was interrupted. With `update`, what `source` has not, or not like this, is removed from
    `target`. `on_copied` is called with the articles that are there and in all.

    Raises CopyOntoItself, NothingToCopy, CopyOfOtherEncoder, TargetHoldsOthers, CopiedMeanwhile,
    CopyDiffers, and the errors of opening and writing an archive.
    """
    source, target = address_from(source), address_from(target)
    if _is_same(source, target):
        raise CopyOntoItself(path=source)
    with closing(open_archive(source)) as held:
        copying = _Copying(source, held, target, update, on_copied)
        for _ in range(_PASSES):
            before = held.summary().seq
            copying.bring_over()
            contents = contents_of(held)
            if held.summary().seq == before:
                break
        else:
            raise CopiedMeanwhile(path=source)
    with closing(open_archive(target)) as made:
        _compare(contents, contents_of(made), source, target)
    return Copied(len(copying.copied), copying.removed, contents)


@dataclass
class _Copying:
    """One copying, in as many passes as the source needs. `copied` has the ids of the articles."""

    source: Address
    held: Archive
    target: Address
    update: bool
    on_copied: OnCopied
    copied: set[str] = field(default_factory=set)
    removed: int = 0

    def bring_over(self) -> None:
        """Make the target what the source is now."""
        numbers = self.held.article_numbers()
        ids = self.held.article_ids(numbers.tolist())
        with writing(self.target, self._encoder(numbers)) as writer:
            self._remove_others(writer, numbers, ids)
            there = _ids_at(self.target)
            done = _common(ids, there)
            for articles in _in_parts(self.held, numbers[done:]):
                self._put(writer, articles)
                done += len(articles)
                self.on_copied(done, len(numbers))
            if (bundled := self.held.setting(BUNDLED_SETTING)) is not None:
                writer.put_setting(BUNDLED_SETTING, bundled)
            remembered = self.held.remembered()
            writer.note_visits(remembered.visits)
            writer.note_files(remembered.files)

    def _encoder(self, numbers: Numbers) -> _StoredEncoder:
        """Return what stands for the encoder. Raises NothingToCopy, CopyOfOtherEncoder."""
        encoder = self.held.summary().encoder
        for start in range(0, len(numbers), _AT_ONCE):
            for _, _, vectors in self.held.encoded(numbers[start : start + _AT_ONCE].tolist()):
                if encoder and len(vectors):
                    self._check_encoder(encoder)
                    return _StoredEncoder(encoder, vectors.shape[1])
        raise NothingToCopy(path=self.source)

    def _check_encoder(self, encoder: str) -> None:
        if not has_archive(self.target):
            return
        with closing(open_archive(self.target)) as there:
            archived = there.summary().encoder
        if archived not in (None, encoder):
            raise CopyOfOtherEncoder(path=self.target, archived=archived, given=encoder)

    def _remove_others(self, writer: ArchiveWriter, numbers: Numbers, ids: list[str]) -> None:
        """Remove what the source has not, or not like this, or raise TargetHoldsOthers."""
        there = set(_ids_at(self.target))
        stale = [*there.difference(ids)]
        shared = [n for n, id in zip(numbers.tolist(), ids, strict=False) if id in there]
        for start in range(0, len(shared), _AT_ONCE):
            articles = self.held.articles_numbered(shared[start : start + _AT_ONCE])
            hashes = writer.hashes([article.id for article in articles])
            stale += [a.id for a in articles if hashes.get(a.id, a.content_hash) != a.content_hash]
        if not self.update and (foreign := [id for id in stale if id not in self.copied]):
            raise TargetHoldsOthers(path=self.target, count=len(foreign), id=min(foreign))
        self.removed += len(writer.remove(stale))

    def _put(self, writer: ArchiveWriter, articles: list[EncodedArticle]) -> None:
        ids = [article.id for article, _, _ in articles]
        # First: what is interrupted between the two is copied again.
        if versions := self.held.all_versions(ids):
            writer.put_versions(versions)
        writer.put(articles)
        self.copied.update(ids)


def _is_same(one: Address, other: Address) -> bool:
    if isinstance(one, Path) and isinstance(other, Path):
        return one.resolve() == other.resolve()
    return str(one) == str(other)


def _ids_at(address: Address) -> list[str]:
    with closing(open_archive(address)) as archive:
        return archive.article_ids(archive.article_numbers().tolist())


def _common(ids: Sequence[str], there: Sequence[str]) -> int:
    """Return with how many ids both begin: what comes after would stand in another order."""
    pairs = zip(ids, there, strict=False)
    differing = (n for n, (one, other) in enumerate(pairs) if one != other)
    return next(differing, min(len(ids), len(there)))


def _in_parts(archive: Archive, numbers: Numbers) -> Iterator[list[EncodedArticle]]:
    for start in range(0, len(numbers), _AT_ONCE):
        if articles := archive.encoded(numbers[start : start + _AT_ONCE].tolist()):
            yield articles


# Comparing


def contents_of(archive: Archive) -> Contents:
    """Return what an archive holds, by counts and checksums, read through once."""
    sums = {kind: sha256() for kind in ("articles", "passages", "vectors", "versions")}
    passages, former = 0, 0
    numbers = archive.article_numbers()
    for articles in _in_parts(archive, numbers):
        versions = archive.all_versions([article.id for article, _, _ in articles])
        for article, parts, vectors in articles:
            sums["articles"].update(article.content_hash.encode())
            for part in parts:
                place = f"{part.position} {part.span} {part.cut} {part.text}"
                sums["passages"].update(place.encode("utf-8", "surrogatepass"))
            sums["vectors"].update(np.ascontiguousarray(vectors, "<f4").tobytes())
            for one in versions.get(article.id, []):
                told = f"{one.article.content_hash} {one.replaced.isoformat()}"
                sums["versions"].update(told.encode())
            passages += len(parts)
            former += len(versions.get(article.id, []))
    checksums = {kind: digest.hexdigest() for kind, digest in sums.items()}
    return Contents(len(numbers), passages, former, checksums)


def _compare(held: Contents, made: Contents, source: Address, target: Address) -> None:
    if made == held:
        return
    differing = [kind for kind, digest in held.checksums.items() if made.checksums[kind] != digest]
    raise CopyDiffers(path=target, source=source, differing=", ".join(differing) or "counts")
