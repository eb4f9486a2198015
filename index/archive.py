"""The protocol of archives: what search, indexing and the front ends need from one.

An archive holds articles, their passages, one vector per passage, and two indexes over them: of
vectors and of words. Passages and articles are known by numbers, which are never used twice.
`index.opening` opens an archive; `tests/index/test_archive.py` holds every implementation to
these promises.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..corpus.article import Article, Notice, Passage
from .history import ReadsHistory, WritesHistory
from .snapshots import Numbers, Snapshot, Vectors

if TYPE_CHECKING:  # it loads the runtime of the models, which a client has no use for
    from ..corpus.text.stems import Stems
    from .encoding.encoder import Encoder

# In the folder of an archive in a folder: what the service has still to add to it.
JOBS_FOLDER = "jobs"
BUNDLED_SETTING = "bundled"  # was given the bundled articles

# An article with its passages and their vectors, (passages, dimension) float32 of unit length.
EncodedArticle = tuple[Article, Sequence[Passage], Vectors]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage in the archive: its number, its article and the passage itself."""

    number: int
    article: Article
    passage: Passage


class PassageText(NamedTuple):
    """A passage's text, with its article's title, source, and dates of publication and event."""

    title: str
    text: str
    source: str | None
    published: date | None
    event: date | None


class Days(NamedTuple):
    """When an article was published, and when what it reports on happened."""

    published: date | None
    event: date | None


class Place(NamedTuple):
    """Where a passage stands: its position in its article, and the article's first passage."""

    position: int
    lead: int


class GroupMember(NamedTuple):
    """The article that a passage belongs to, and the group of near-duplicates that has it."""

    article: int
    group: int


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """A near-duplicate of an article: enough to name and link it."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    published_at: datetime | None = None
    dated_by: str | None = None

    @property
    def notice(self) -> Notice | None:
        """That its title says that it is withdrawn or corrected, or None."""
        from ..corpus.notices import notice_in  # it loads the splitter of sentences

        return notice_in(self.title, "")


@dataclass(frozen=True, slots=True)
class Summary:
    """What an archive holds.

    `encoder` is the fingerprint of the encoder of its vectors, None before the first article.
    `sources` has the number of articles of each source, the largest first. `duplicate_groups`
    counts the groups of two articles or more. `seq` is the number of the latest change.
    """

    articles: int
    passages: int
    encoder: str | None
    first_published: date | None
    last_published: date | None
    sources: list[tuple[str | None, int]]
    duplicate_groups: int
    seq: int = 0


class Tally(NamedTuple):
    """An outlet or a tag: how many articles it has, and the first and last day of publication."""

    name: str
    articles: int
    first_published: date | None
    last_published: date | None


class Archive(ReadsHistory, Protocol):
    """An archive open for reading. Any number of threads and processes may read while one writes.

    Passages that were removed are missing from what the methods return, even where a snapshot
    still finds them.
    """

    def use(self, encoder: "Encoder") -> None:
        """Require the vectors to be this encoder's, now and in every later snapshot.

        Raises EncoderMismatch, naming both encoders.
        """
        ...

    def snapshot(self) -> Snapshot:
        """Return both indexes as last published; the same object until there is a newer one."""
        ...

    def article(self, id: str) -> Article | None:
        """Return the article with this id, or None."""
        ...

    def articles(self, offset: int = 0, limit: int = -1) -> Iterator[Article]:
        """Return the articles in the order they were added; a negative limit means all."""
        ...

    def article_numbers(
        self,
        sources: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        tags: Sequence[str] = (),
    ) -> Numbers:
        """Return the numbers of the articles that pass these filters, ascending.

        An article passes with any of the sources and any of the tags; both are compared without
        case and accents. Both dates are inclusive; an article without a date of publication is
        excluded by any date filter.
        """
        ...

    def articles_numbered(self, numbers: Sequence[int]) -> list[Article]:
        """Return those of these articles that are still there, by their numbers, ascending."""
        ...

    def articles_of(self, passages: Sequence[int]) -> dict[int, int]:
        """Return the number of the article of each of these passages that is still there."""
        ...

    def article_ids(self, numbers: Sequence[int]) -> list[str]:
        """Return the ids of those of the numbered articles that are there, in the order added."""
        ...

    def passages(self, numbers: Sequence[int]) -> dict[int, StoredPassage]:
        """Return these passages with their articles."""
        ...

    def passages_of(self, id: str) -> list[StoredPassage]:
        """Return the passages of an article, in order; none where there is no such article."""
        ...

    def encoded(self, numbers: Sequence[int]) -> list[EncodedArticle]:
        """Return those of these articles that are still there, as `ArchiveWriter.put` takes them.

        They come by their numbers, ascending, with their passages and vectors in order.
        """
        ...

    def vectors(self, numbers: Sequence[int]) -> dict[int, Vectors]:
        """Return the vectors of those of these passages that are still there."""
        ...

    def sources(self) -> list[Tally]:
        """Return the outlets, those with the most articles first.

        Names that differ in case and accents alone are one, as most articles write it.
        """
        ...

    def tags(self) -> list[Tally]:
        """Return the tags, those of the most articles first, told apart as outlets are."""
        ...

    def texts(self, numbers: Sequence[int]) -> dict[int, PassageText]:
        """Return the texts of these passages, with what their articles' headings tell."""
        ...

    def stems(self, numbers: Sequence[int]) -> "dict[int, Stems]":
        """Return the stems of these passages and of their titles, as they are written."""
        ...

    def days(self, numbers: Sequence[int]) -> dict[int, Days]:
        """Return the days of publication and event of these passages' articles."""
        ...

    def places(self, numbers: Sequence[int]) -> dict[int, Place]:
        """Return where in their articles these passages stand."""
        ...

    def duplicate_groups(self, passages: Sequence[int]) -> dict[int, GroupMember]:
        """Return the group of near-duplicates of each passage's article, where it has any."""
        ...

    def duplicates(self, groups: Sequence[int]) -> list[tuple[GroupMember, ArticleRef]]:
        """Return all articles of these groups, the earliest published first, undated ones last."""
        ...

    def summary(self) -> Summary:
        """Return what the archive holds."""
        ...

    def setting(self, name: str) -> str | None:
        """Return the value of a setting, or None if it was never stored."""
        ...

    def close(self) -> None:
        """Close files and connections."""
        ...


class ArchiveWriter(WritesHistory, Protocol):
    """An archive open for writing, within `index.opening.writing`; there is one writer at a time.

    Each change is atomic, and is durable when the method returns. Snapshots follow at `publish`.
    Every method raises ArchiveNotWritable where there is no space or permission.
    """

    def summary(self) -> Summary:
        """Return what the archive holds now, published or not."""
        ...

    def articles(self) -> Iterator[Article]:
        """Return the articles in the order they were added."""
        ...

    def hashes(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the `content_hash` of those of these articles that are in the archive."""
        ...

    def article(self, id: str) -> Article | None:
        """Return the article with this id, or None."""
        ...

    def titled(self, title: str) -> list[str]:
        """Return the ids of the articles with exactly this title."""
        ...

    def put(self, articles: Iterable[EncodedArticle]) -> None:
        """Add articles, all or none, replacing those with the same id.

        Where title, text or day of publication differ, the former version is kept.
        """
        ...

    def rename(self, ids: Mapping[str, str]) -> None:
        """Give articles new ids, which no article has yet; nothing else of them changes."""
        ...

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Remove articles with their passages and former versions.

        Return the ids of those that were there.
        """
        ...

    def reencode(self, encoder: "Encoder", batches: Iterable[Iterable[EncodedArticle]]) -> None:
        """Replace all passages and vectors by those of another encoder, at once.

        The batches cover every article. They are stored as they come, beside the present
        passages, which stay in use until all are there and if the batches raise.
        """
        ...

    def put_setting(self, name: str, value: str) -> None:
        """Store a setting, replacing its former value."""
        ...

    def publish(self, afresh: bool = False) -> None:
        """Bring the indexes up to date for readers; with `afresh`, build them from nothing."""
        ...
