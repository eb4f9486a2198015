"""Errors of fetching articles from addresses.

Every one is about an address, `where`, and none says which machine a name led to: who asks a
service to fetch must not learn of its network.

├── ReadingError   in corpus/errors.py
│   ├── AddressNotUsable · PrivateHost · HostUnknown · ServerUnreachable · CertificateNotValid
│   ├── FetchTimedOut · PageTooLarge · TooManyRedirects · RobotsForbid
│   ├── PageMissing · PageGone · PageForbidden · ServerFailed · PageNotSent
│   └── NotAPage · FeedUnreadable
"""

from ..errors import ReadingError


class AddressNotUsable(ReadingError):
    """{where}: articles cannot be fetched from this address, since {reason}. Give one such as
    https://example.org/news."""


class PrivateHost(ReadingError):
    """{where}: this host is in a private or reserved network, from which nothing is fetched. Name
    it as an allowed private host if it is yours, or save the page and add the file."""

    command = "dragoman add ADDRESS --allow-private-host HOST"


class HostUnknown(ReadingError):
    """{where}: there is no host of this name. Check the address."""


class ServerUnreachable(ReadingError):
    """{where}: the server cannot be talked to ({reason}). Try again later."""


class CertificateNotValid(ReadingError):
    """{where}: the server's certificate is not valid ({reason}), so that anyone could have written
    what it sends. Check the address."""


class FetchTimedOut(ReadingError):
    """{where}: the server took longer than {seconds} s. Try again later."""


class PageTooLarge(ReadingError):
    """{where}: there are more than {megabytes} MB, unpacked, and no more are fetched. Save the
    articles and add the files."""


class TooManyRedirects(ReadingError):
    """{where}: it leads from address to address more than {most} times. Open it in a browser, and
    give the address it ends at."""


class RobotsForbid(ReadingError):
    """{where}: the site's robots.txt asks programs not to fetch this. Save the page and add the
    file."""


class PageMissing(ReadingError):
    """{where}: there is no such page (404). Check the address."""


class PageGone(ReadingError):
    """{where}: the publisher has removed this page (410). What the archive has of it stays. Remove
    that if it should go."""

    command = "dragoman remove ID"


class PageForbidden(ReadingError):
    """{where}: the server does not let programs read this ({status}). Save the page and add the
    file."""


class ServerFailed(ReadingError):
    """{where}: the server is overloaded or broken ({status}). Try again later."""


class PageNotSent(ReadingError):
    """{where}: the server did not send a page ({status}). Check the address."""


class NotAPage(ReadingError):
    """{where}: this is no page, feed or sitemap, but {kind}. Save it and add the file."""


class FeedUnreadable(ReadingError):
    """{where}: the feed or sitemap cannot be read ({reason}). Check the address."""


# What may be otherwise in a while, so that a feed which lists the page is looked at again.
PASSING = (HostUnknown, ServerUnreachable, CertificateNotValid, FetchTimedOut, ServerFailed)
