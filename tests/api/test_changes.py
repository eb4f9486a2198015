"""The messages by which HTTP changes the articles."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from dragoman.api.changes import ArticleRequest
from dragoman.api.schemas import ArticleTextMessage
from dragoman.corpus.article import Article
from dragoman.corpus.formats.records.record import read_article

_LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
_WORDS = st.sampled_from(["<p>", "</p>", "&amp;", "By Ada", "Read more", "\n\n", "|---|", "Ships"])
_ZONES = st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_TIMES = st.datetimes(
    datetime(1950, 1, 1), datetime(2020, 1, 1), timezones=_ZONES | st.sampled_from([UTC, None])
)
_ARTICLES = st.builds(
    Article,
    id=st.just("held"),
    title=_LINE,
    text=st.lists(_WORDS | _LINE).map(lambda parts: " ".join([*parts, "end"])),
    source=st.none() | _LINE,
    url=st.none() | _LINE,
    published=st.none() | st.dates(max_value=datetime(2020, 1, 1).date()),
    published_at=st.none() | _TIMES,
    dated_by=st.sampled_from([None, "address"]),
    event=st.none() | st.dates(),
    form=st.none() | _LINE,
    authors=st.lists(_LINE, max_size=2).map(tuple),
    tags=st.lists(_LINE, max_size=2).map(tuple),
    captions=st.lists(_LINE, max_size=2).map(tuple),
)


@given(_ARTICLES)
def test_what_is_read_is_the_same_article_when_it_is_put_back(article):
    read = read_article(article, "")
    assert isinstance(read, Article)
    held = read.with_captions_in_text()
    sent = ArticleTextMessage.model_validate(held).model_dump_json()
    again = read_article(ArticleRequest.model_validate_json(sent).to_article("held"), "")
    assert again == held
    assert again.content_hash == held.content_hash
