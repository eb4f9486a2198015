"""What is remembered of an address, so that it is only fetched again where it has changed."""

from typing import NamedTuple


class Visit(NamedTuple):
    """What is remembered of an address from which an article, a feed or a sitemap was fetched.

    `article` is the id of the article it gave. `etag` and `modified` are what its server said, and
    `stated` when it was changed, as a feed or sitemap that lists it has it.
    """

    address: str
    article: str | None = None
    etag: str | None = None
    modified: str | None = None
    stated: str | None = None
