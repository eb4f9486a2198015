"""Of which day a figure is, by what its article says."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.search.figures.counting import quantities_in
from dragoman.search.figures.dating import days_of
from dragoman.search.language.dates import Period

PUBLISHED = date(2022, 5, 4)  # a Wednesday


def days(
    text: str, published: date | None = None, event: date | None = None
) -> list[Period | None]:
    """Give the days of the figures in the last line of a text."""
    article = Article(id="a", title="", text=text, published=published, event=event)
    start = text.rfind("\n") + 1
    last = text.rfind(". ", start, len(text) - 1)
    sentence = (last + 2 if last > 0 else start, len(text))
    return [days_of(figure, sentence, article) for figure in quantities_in(text[slice(*sentence)])]


def on(day: str) -> Period:
    first, _, last = day.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("By 2 May 2022 at least 90 civilians had been killed.", "2022-05-02"),
        ("At least 90 civilians had been killed by 2 May 2022.", "2022-05-02"),
        ("The report of 2 May gives 90 civilians killed.", "2022-05-02"),
        ("On 2 May 90 people died in the war that began on 24 February 2022.", "2022-05-02"),
        ("The report of 2 May gives 90 dead since 24 February.", "2022-05-02"),
        ("At the end of March 90 people were missing.", "2022-03-21/2022-03-31"),
        ("In April, 90 people died.", "2022-04-01/2022-04-30"),
        ("In early May 90 people died.", "2022-05-01/2022-05-04"),
        ("In December 90 people died.", "2021-12-01/2021-12-31"),
        ("On Monday 90 people died.", "2022-05-02"),
        ("Yesterday 90 people died.", "2022-05-03"),
        ("Last year 90 people died.", "2021-01-01/2021-12-31"),
    ],
)
def test_the_date_that_governs_its_sentence(sentence, day):
    assert days(sentence, PUBLISHED) == [on(day)]


def test_each_figure_has_its_own_date():
    both = [on("2022-03-29"), on("2022-05-01")]
    assert (
        days("Refugees rose from 3.9 million on 29 March 2022 to 5.4 million on 1 May 2022.")
        == both
    )
    assert days("By 29 March 2022 30 people had died, and by 1 May 2022 50.") == both


def test_one_date_is_of_all_the_figures_beside_it():
    day = on("2022-05-01")
    assert days("By 1 May 2022 30 people had died and 50 were hurt.") == [day, day]
    assert days("30 people had died and 50 were hurt by 1 May 2022.") == [day, day]


def test_when_something_began_is_not_when_it_was_counted():
    published = on("2022-05-04")
    assert days("Since 24 February 90 people have died.", PUBLISHED) == [published]
    assert days("The war that began on 24 February killed 90.", PUBLISHED) == [published]
    assert days("Since fines ended on 1 May, 90 came back.", PUBLISHED) == [published]


def test_the_date_of_what_it_is_compared_with_is_not_its_own():
    published = on("2022-05-04")
    assert days("90 farmers, more than in the plague of 2019, paid.", PUBLISHED) == [published]
    prices = "Eggs cost 5 dollars, up from 4 dollars on 1 May."
    assert days(prices, PUBLISHED) == [published, on("2022-05-01")]


def test_that_fire_is_the_one_that_the_sentence_before_names():
    text = "He had led the inquiry into the tunnel fire in 2017. In that fire, 11 people died."
    assert days(text, PUBLISHED) == [on("2017-01-01/2017-12-31")]


def test_the_year_of_an_event_is_its_figures_but_not_that_of_a_pact():
    assert days("In the floods of 2019 nine people died.", PUBLISHED) == [
        on("2019-01-01/2019-12-31")
    ]
    published = on("2022-05-04")
    assert days("The pact of 1936 let 30 ships pass.", PUBLISHED) == [published]


def test_else_the_nearest_heading_above():
    text = "29 March 2022\n\n80 died.\n\n1 May 2022\n\nMore came.\n\n90 people died."
    assert days(text, PUBLISHED) == [on("2022-05-01")]
    assert days("1 May 2022\n\nThe figures\n\n90 died.", PUBLISHED) == [on("2022-05-04")]


def test_else_what_the_paragraph_names_before():
    text = "The call took place on Monday, 2 May 2022. 90 people died."
    assert days(text) == [on("2022-05-02")]
    assert days(text, event=date(2022, 5, 9)) == [on("2022-05-02")]
    assert days(text, PUBLISHED) == [on("2022-05-02")]


def test_but_a_dated_article_may_tell_of_days_long_before():
    text = "They met on 10 March 2022. 90 people died."
    assert days(text, PUBLISHED) == [on("2022-05-04")]


def test_else_the_articles_own_date():
    assert days("90 people died.", PUBLISHED, date(2022, 5, 1)) == [on("2022-05-04")]
    assert days("90 people died.", None, date(2022, 5, 1)) == [on("2022-05-01")]
    assert days("90 people died.") == [None]


def test_a_day_without_a_year_in_an_undated_article_is_of_the_year_it_names():
    assert days("The war of 2022.\n\nBy 2 May 90 died.") == [on("2022-05-02")]
    assert days("By 2 May 90 people died.") == [None]


def test_what_is_printed_is_over():
    assert days("In May 90 people died.", PUBLISHED) == [on("2022-05-01/2022-05-04")]
