"""Articles fetched into an archive: versions, what is unchanged, and what was removed."""

from collections.abc import Callable, Iterator

import pytest

from dragoman.corpus.errors import ReadingError
from dragoman.corpus.fetching.fetching import Fetcher
from dragoman.corpus.fetching.getting import Guest
from dragoman.search.dragoman import Dragoman
from dragoman.search.fetching import fetch_articles, known_to
from dragoman.search.results import Added
from local_site import Site, conditional, page, served

FIRST = "Ten ships left the harbour on Thursday morning. They carried wheat for Egypt."
CORRECTED = "Twelve ships left the harbour on Thursday morning. They carried wheat for Egypt."
TITLE = "Grain leaves port"


@pytest.fixture
def site() -> Iterator[Site]:
    with served(name="127.0.0.1") as site:
        yield site


@pytest.fixture
def dragoman(tmp_path, encoder) -> Dragoman:
    return Dragoman.open(tmp_path / "archive", encoder)


@pytest.fixture
def fetch(dragoman, site) -> Callable[..., Added]:
    """Adds what is at paths of the site to the archive."""

    def fetched(*paths: str, **given) -> Added:
        guest = Guest(frozenset({site.host}))
        with Fetcher(known_to(dragoman), guest) as fetcher:
            return fetch_articles(dragoman, map(site.at, paths), fetcher, **given)

    return fetched


def rss(site: Site, *paths: str) -> bytes:
    items = "".join(f"<item><link>{site.at(path)}</link></item>" for path in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def test_an_article_fetched_again_with_another_text_is_its_new_version(dragoman, fetch, site):
    site.put("/grain", TITLE, FIRST)
    (id,) = fetch("/grain").added
    site.put("/grain", TITLE, CORRECTED)
    assert fetch("/grain").replaced == (id,)
    newest, former = dragoman.listing.versions(id)
    assert newest.article == dragoman.article(id)
    assert (newest.article.text, former.article.text) == (CORRECTED, FIRST)
    (change,) = newest.changes
    assert change.removed == "Ten ships left the harbour on Thursday morning."
    assert change.added == "Twelve ships left the harbour on Thursday morning."
    assert newest.replaced is None
    assert former.replaced is not None
    found = dragoman.search("How many ships left the harbour?", per_article=None).passages
    assert {ranked.passage.text for ranked in found} == {CORRECTED}


def test_what_is_unchanged_is_told_and_not_sent(fetch, site):
    site.routes["/grain"] = conditional(lambda: ('"1"', page(TITLE, FIRST)), "text/html")
    (id,) = fetch("/grain").added
    assert fetch("/grain") == Added(unchanged=(id,))


def test_what_was_removed_is_sent_again_if_asked_for_but_not_for_a_feed(dragoman, fetch, site):
    site.routes["/grain"] = conditional(lambda: ('"1"', page(TITLE, FIRST)), "text/html")
    site.routes["/feed"] = (200, {"Content-Type": "application/rss+xml"}, rss(site, "/grain"))
    (id,) = fetch("/feed").added
    dragoman.remove(id)
    assert fetch("/feed") == Added()
    assert fetch("/grain").added == (id,)


def test_two_addresses_of_one_article_are_one(dragoman, fetch, site):
    canonical = f'<meta property="og:url" content="{site.at("/grain")}">'
    for path in ("/a?utm_source=x", "/a?utm_source=y"):
        site.put(path, TITLE, FIRST, canonical)
    added = fetch("/a?utm_source=x", "/a?utm_source=y")
    assert len(added.added) == dragoman.info().articles == 1


def test_defaults_are_given_and_what_fails_is_told(dragoman, fetch, site):
    site.put("/grain", TITLE, FIRST)
    added = fetch("/grain", "/none", source="Harbour Post", published="2022-03-29", tags="ports")
    article = dragoman.article(added.added[0])
    assert (article.source, str(article.published), article.tags) == (
        "Harbour Post", "2022-03-29", ("ports",),
    )  # fmt: skip
    assert [type(problem).__name__ for problem in added.problems] == ["PageMissing"]
    assert isinstance(added.problems[0], ReadingError)


def test_where_nothing_could_be_fetched_there_is_no_archive(dragoman, fetch):
    assert len(fetch("/none").problems) == 1
    assert not dragoman.folder.exists()


def test_a_withdrawn_article_stays_until_it_is_removed(dragoman, fetch, site):
    site.put("/grain", TITLE, FIRST)
    (id,) = fetch("/grain").added
    site.routes["/grain"] = (410, {}, b"")
    (problem,) = fetch("/grain").problems
    assert problem.code == "page-gone"
    assert dragoman.article(id).text == FIRST
