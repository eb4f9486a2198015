"""As of a day nothing is known that was published later: whatever is asked, it does not show."""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.corpus.article import Article
from dragoman.search.dragoman import Dragoman
from dragoman.search.question import Filters
from initials_encoder import InitialsEncoder

TRIALS = int(os.environ.get("AS_OF_TRIALS", "40"))
FIRST = date(2022, 3, 1)
AS_OF = FIRST + timedelta(10)
QUESTIONS = ("grain talks", "How many ships left Izmir?", "When did the talks open?", "grian tlaks")

# A word that only later articles have: whatever shows it tells of them.
LATER = "Zyxwyk"
days = st.one_of(st.none(), st.integers(-9, 20).map(lambda days: FIRST + timedelta(days)))
sentences = st.sampled_from([
    "Grain talks of the ministers opened in Izmir on 3 March.",
    "Grain talks of the ministers will open in Izmir on 14 March.",
    "At least {} ships left Izmir on Tuesday, the ministry said.",
    "The ministry said yesterday that {} ships had left Izmir.",
    "The talks of the ministers were postponed to 18 March.",
    "“Grain will leave Izmir,” said the minister, Bo Ek, on Monday.",
    "We got it wrong: an earlier version of this article said that {} ships had left, not 2.",
    "Nobody in Izmir knew of it.",
])  # fmt: skip
articles = st.lists(
    st.tuples(days, st.lists(sentences, min_size=1, max_size=3), st.integers(0, 4)),
    min_size=1,
    max_size=6,
)


def archive_of(folder, told) -> Dragoman:
    """Return an archive of articles, each with the marker if it is later, some of them copies."""
    dragoman = Dragoman.open(folder, InitialsEncoder())
    made = []
    for number, (day, texts, source) in enumerate(told):
        later = day is not None and day > AS_OF
        mark = f"{LATER} " if later else ""
        text = " ".join(one.format(3 + source) for one in texts)
        if later:
            text += f" “Grain talks failed,” said Ann {LATER}."
        made.append(
            Article(f"{mark}{number}", f"{mark}Grain talks", f"{mark}{text}",
                    f"{mark}Outlet {source}", published=day, tags=(f"{mark}grain",))
        )  # fmt: skip
    dragoman.add(made)
    return dragoman


Ask = Callable[[Dragoman, str, Filters], dict[str, Any]]
FACES: dict[str, Ask] = {
    "search": lambda d, q, f: d.search(q, filters=f, facets=True, mode="hybrid").to_dict(),
    "ask": lambda d, q, f: d.ask(q, filters=f, rerank=0).to_dict(),
    "timeline": lambda d, q, f: d.stories.timeline(q, f).to_dict(),
    "figures": lambda d, q, f: d.stories.figures(q, f).to_dict(),
    "conflicts": lambda d, q, f: d.stories.conflicts(q, f).to_dict(),
    "quotes about": lambda d, q, f: d.stories.quotes(about=q, filters=f).to_dict(),
    "quotes of": lambda d, _, f: d.stories.quotes("Bo Ek", filters=f).to_dict(),
    "nearest": lambda d, _, f: d.stories.quotes("Zyxwyg", filters=f).to_dict(),
}


@settings(max_examples=TRIALS, suppress_health_check=list(HealthCheck))
@given(told=articles, question=st.sampled_from(QUESTIONS))
def test_nothing_published_later_shows(tmp_path_factory, told, question):
    with archive_of(tmp_path_factory.mktemp("as-of") / "archive", told) as dragoman:
        undated = sum(day is None for day, *_ in told)
        for name, ask in FACES.items():
            found = ask(dragoman, question, Filters(as_of=AS_OF))
            assert LATER not in json.dumps(found), name
            assert found["undated"] == undated, name
        for article in dragoman.articles():
            if article.published and article.published <= AS_OF:
                similar = dragoman.listing.similar(article.id, as_of=AS_OF)
                assert not any(LATER in one.id for one, _ in similar)


@settings(max_examples=max(10, TRIALS // 10), suppress_health_check=list(HealthCheck))
@given(told=articles)
def test_facets_count_as_if_the_later_articles_were_not_there(tmp_path_factory, told):
    known = [one for one in told if one[0] is None or one[0] <= AS_OF]
    if not known:
        return
    folder = tmp_path_factory.mktemp("as-of")
    with archive_of(folder / "all", told) as whole, archive_of(folder / "known", known) as then:
        as_of = Filters(as_of=AS_OF)
        facets = [
            d.search("grain talks", filters=as_of, facets=True).to_dict()["facets"]
            for d in (whole, then)
        ]
    assert facets[0] == facets[1]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_days_like_others(tmp_path, day):
    with archive_of(tmp_path / "archive", [(FIRST, ["Grain talks opened."], 1)]) as dragoman:
        for ask in FACES.values():
            ask(dragoman, "grain talks", Filters(as_of=day))


def test_why_there_is_nothing_tells_of_no_later_article(tmp_path):
    told = [(AS_OF + timedelta(1), ["At least {} ships left Izmir on Tuesday."], 1)]
    with archive_of(tmp_path / "archive", told) as dragoman:
        answer = dragoman.ask("How many ships left Izmir?", filters=Filters(as_of=AS_OF), rerank=0)
    assert (answer.reason, answer.warnings) == (
        "empty",
        ("No article here states that it was published by 11 March 2022.",),
    )
