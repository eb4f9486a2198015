"""Articles, and the passages they are split into."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

CAPTION_MARK = "Caption: "
Amends = Literal["correction", "retraction"]


class Notice(NamedTuple):
    """That an article is withdrawn or corrected, and the words that say so: its own, or its title.

    `span` is that of the words in its text, None where they are the title.
    """

    kind: Amends
    text: str
    span: tuple[int, int] | None = None


def is_web_address(url: str) -> bool:
    """Return whether a link to it leads to the web: `javascript:` and `data:` would run here.

    >>> is_web_address("https://my.org/a"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as its source gave it, without page furniture.

    `published` is the date the article itself states, or None: it is never guessed.
    `event` is the date of what it reports, where that is known to be different. `tags` are free.
    `published_at` is the time of publication where it is stated, with its zone if it has one;
    `dated_by` is "address" where only the article's address states the day.
    `captions` are of its pictures; in an archive they stand behind the text, each marked as one.
    """

    id: str
    title: str
    text: str
    source: str | None = None
    url: str | None = None
    published: date | None = None
    event: date | None = None
    form: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    published_at: datetime | None = None
    dated_by: str | None = None

    def with_captions_in_text(self) -> "Article":
        """Return the article as it is stored: with a line behind its text for each caption.

        >>> Article("a", "", "They met.", captions=("Both in May.",)).with_captions_in_text().text
        'They met.\\n\\nCaption: Both in May.'
        """
        if not self.captions:
            return self
        lines = [f"{CAPTION_MARK}{caption}" for caption in self.captions]
        return replace(self, text="\n".join([f"{self.text}\n", *lines]), captions=())

    @property
    def notice(self) -> Notice | None:
        """That the article says of itself that it is withdrawn or corrected, or None."""
        from .notices import notice_in  # it loads the splitter of sentences

        return notice_in(self.title, self.text)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the article says of itself that it is withdrawn."""
        notice = self.notice
        return notice is not None and notice.kind == "retraction"

    @property
    def content_hash(self) -> str:
        """The SHA-256 of all fields, which tells whether an article has changed in any way.

        Without tags or a time it is what it was before articles had any, so that those stored then
        are still unchanged.
        """
        day = self.published.isoformat() if self.published else None
        event = self.event.isoformat() if self.event else None
        authors = json.dumps(self.authors, ensure_ascii=False)
        fields = [self.id, self.title, self.text, self.source, self.url, day, event, self.form]
        tags = [json.dumps(self.tags, ensure_ascii=False)] if self.tags else []
        at = self.published_at.isoformat() if self.published_at else None
        dated = [f"{at} {self.dated_by}"] if at or self.dated_by else []
        content = json.dumps([*fields, authors, *tags, *dated], ensure_ascii=False)
        return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article: `article.text[span[0]:span[1]] == text`.

    `cut` is true where a sentence too long for the encoder was divided.
    """

    article_id: str
    position: int
    span: tuple[int, int]
    text: str
    cut: bool = False


Span = tuple[int, int]
