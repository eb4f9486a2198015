"""How figures moved: made articles of developing stories, and what questions get of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.article import Article
from dragoman.corpus.loading import read_articles
from dragoman.search.bundled import BUNDLED
from dragoman.search.figures.answer import figures_line
from dragoman.search.figures.finding import Evidence
from dragoman.search.figures.history import FigureHistory, history_of

DEAD = "How many civilians have been killed?"


def article(
    text: str, day: str | None = None, event: str | None = None, title: str = "", id: str = ""
) -> Article:
    return Article(
        id=id or text + str(day),
        title=title,
        text=text,
        published=date.fromisoformat(day) if day else None,
        event=date.fromisoformat(event) if event else None,
    )


def whole(article: Article) -> Evidence:
    return Evidence(article, (0, len(article.text)))


STORY = [
    article("In Ukraine at least 1,151 civilians were killed and 1,824 injured.", "2022-03-29"),
    article("The UN estimates that at least 2,899 civilians have died in Ukraine.", "2022-05-01"),
    article(
        "The civilian death toll reached 3,153, with 3,316 injured.",
        event="2022-05-02",
        title="Ukraine calls for a cease-fire",
    ),
]
SIEGE = [
    article("Some 160,000 people are still trapped in the city, its mayor said.", "2022-03-28"),
    article("About 100,000 people remained trapped in the city.", "2022-04-20"),
    article(
        "The ministry said that a thousand people were trapped in the city's works.", "2022-04-21"
    ),
    article("The last 200 people trapped in the city left on Saturday.", "2022-05-08"),
]
QUAKE = [
    article("A quake killed 12 people in Aria on Monday.", "2023-02-06"),
    article("The quake in Aria has killed 31 people, while 4 people died in Boria.", "2023-02-07"),
    article("The death toll from the quake in Aria rose by 9 to 40.", "2023-02-08"),
    article("The quake of 6 February killed 44 people and hurt 310 in Aria.", "2023-02-10"),
    article("In Boria, the quake killed 5 people.", "2023-02-11"),
]
AID = [
    article("The bank approved $300 million in aid for the port.", "2022-03-07"),
    article("The bank has now approved $1.1bn in aid for the port.", "2022-04-12"),
    article("Inflation is 61 per cent. The bank approved nothing.", "2022-05-05"),
]


def ask(question: str, articles: list[Article], as_of: str | None = None) -> FigureHistory | None:
    day = date.fromisoformat(as_of) if as_of else None
    return history_of(question, [whole(one) for one in articles], day)


def figures(history: FigureHistory | None) -> list[tuple[str, str]]:
    return [(one.quantity.number.text, str(one.day)) for one in history.figures] if history else []


@pytest.mark.parametrize(
    ("question", "story", "expected"),
    [
        (DEAD, STORY, "3,153 2,899 1,151"),
        ("How many civilians died in Ukraine?", STORY, "3,153 2,899 1,151"),
        ("What is the civilian death toll?", STORY, "3,153 2,899 1,151"),
        ("What is the number of civilians killed?", STORY, "3,153 2,899 1,151"),
        ("How many people have been injured?", STORY, "3,316 1,824"),
        ("How many people were wounded?", STORY, "3,316 1,824"),
        ("How many people are trapped in the city?", SIEGE, "200|a thousand|100,000|160,000"),
        ("How many people did the quake kill in Aria?", QUAKE, "44 40 31 12"),
        ("How many people died in the quake in Boria?", QUAKE, "5 4"),
        ("How much aid did the bank approve for the port?", AID, "$1.1bn|$300 million"),
        ("How high is inflation?", AID, "61 per cent|"),
        ("What is the rate of inflation?", AID, "61 per cent|"),
        ("How many soldiers have been killed?", STORY, ""),
        ("How many civilians were killed in Syria?", STORY, ""),
        ("Who killed civilians?", STORY, ""),
    ],
)
def test_the_latest_comes_first(question, story, expected):
    texts = [text for text, _ in figures(ask(question, story))]
    assert texts == [text for text in expected.split("|" if "|" in expected else None) if text]


def test_each_has_its_day():
    assert figures(ask(DEAD, STORY)) == [
        ("3,153", "2022-05-02"),
        ("2,899", "2022-05-01"),
        ("1,151", "2022-03-29"),
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2022-05-02", ["3,153", "2,899", "1,151"]),
        ("2022-05-01", ["2,899", "1,151"]),
        ("2022-04-01", ["1,151"]),
        ("2022-03-28", []),
    ],
)
def test_what_was_not_yet_known(as_of, expected):
    assert [text for text, _ in figures(ask(DEAD, STORY, as_of))] == expected


def test_what_has_no_date_was_not_known_as_of_any_day():
    undated = article("At least 90 civilians have been killed.")
    assert figures(ask(DEAD, [undated])) == [("90", "None")]
    assert ask(DEAD, [undated], "2022-05-01") is None


@pytest.mark.parametrize(
    ("question", "first", "is_of_asked"),
    [
        ("How many civilians had been killed by 1 May 2022?", "2,899", True),
        ("How many civilians had been killed on 29 March?", "1,151", True),
        ("How many civilians had been killed by 15 April 2022?", "1,151", False),
        ("How many civilians had been killed before 1 May 2022?", "1,151", True),
        ("How many civilians have been killed since 24 February 2022?", "3,153", True),
        ("How many civilians were killed in March 2022?", "1,151", True),
        ("How many civilians had been killed in early May?", "3,153", True),
        ("How many civilians were killed in the 2022 war?", "3,153", True),
    ],
)
def test_a_time_that_is_asked_for_picks_its_figure(question, first, is_of_asked):
    history = ask(question, STORY)
    assert history is not None
    assert (history.figures[0].quantity.number.text, history.is_of_asked) == (first, is_of_asked)


def test_where_all_are_later_than_the_time_asked_for_there_are_none_but_the_day_of_the_first():
    history = ask("How many civilians had been killed by 1 March 2022?", STORY)
    first = date(2022, 3, 29)
    assert history == FigureHistory((), date(2022, 3, 1), False, (first, first))


def test_what_may_be_of_the_time_asked_for_is_not_said_to_be_later():
    of_the_year = article("In 2022 at least 90 civilians were killed.")
    assert ask("How many civilians had been killed by 1 March 2022?", [of_the_year]) is None


def test_a_forecast_is_no_later_figure():
    forecast = article("In 2090 some 9 billion people will live on Earth.")
    assert ask("How many people live on Earth this week?", [forecast]) is None


def test_what_a_later_article_tells_of_the_time_asked_for_is_not_said_to_be_later():
    bombing = article("The bombing of 19 April 1995 killed 168 people.", "2015-04-19")
    asked = "How many people did the bombing kill in {}?"
    assert figures(ask(asked.format(1995), [bombing])) == [("168", "1995-04-19")]
    assert ask(asked.format(1994), [bombing]) is not None


def test_what_has_no_day_is_no_answer_for_a_day():
    undated = article("At least 90 civilians have been killed.")
    assert figures(ask(DEAD, [undated, STORY[0]])) == [("1,151", "2022-03-29"), ("90", "None")]
    by_april = "How many civilians had been killed by 1 April 2022?"
    assert figures(ask(by_april, [undated, STORY[0]])) == [("1,151", "2022-03-29")]
    assert ask("How many civilians had been killed by 1 May 2020?", [undated]) is None


def test_days_are_counted_from_the_day_that_is_asked_as_of():
    history = ask("How many civilians had been killed yesterday?", STORY, "2022-05-02")
    assert history is not None
    assert (history.figures[0].quantity.number.text, history.asked) == ("2,899", date(2022, 5, 1))


def test_one_article_tells_the_whole_story():
    text = (
        "How the count grew\n\n29 March 2022\n\nAt least 1,151 civilians were killed.\n\n"
        "1 May 2022\n\nThe count stood at 2,899 civilians killed.\n\n"
        "Reading it\n\nBetween these the dead rose by 1,748."
    )
    history = ask(DEAD, [article(text)])
    assert figures(history) == [("2,899", "2022-05-01"), ("1,151", "2022-03-29")]


def test_the_same_figure_of_a_day_is_one_with_several_sources():
    other = article("Of civilians, 2,899 had died by 1 May 2022.", "2022-06-01")
    history = ask(DEAD, [STORY[1], other, *STORY[:1]])
    assert figures(history) == [("2,899", "2022-05-01"), ("1,151", "2022-03-29")]
    assert history is not None
    assert [one.evidence for one in history.figures[0].mentions] == [0, 1]


LIVE = "06:10\n\nThe queue is 3 kilometres long.\n\n09:20\n\nThe queue is 8 kilometres long."


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How long is the queue?", "2 kilometres"),
        ("How long was the queue?", "3 kilometres"),
    ],
)
def test_of_entries_under_times_of_a_day_the_last_is_current(question, first):
    entries = [article(f"{LIVE}\n\n18:05\n\nThe queue is 2 kilometres long.", "2025-02-04")]
    assert figures(ask(question, entries))[0][0] == first


def test_early_may_is_the_day_in_it_that_has_the_same_figure():
    summary = article("It rose to 3,153 civilians killed in early May 2022.")
    assert figures(ask(DEAD, [summary, STORY[2]])) == [("3,153", "2022-05-02")]


def test_different_reports_of_a_day_stand_side_by_side():
    other = article("The ministry counts 4,000 civilians killed.", "2022-05-01")
    history = ask(DEAD, [STORY[1], other])
    assert {text for text, _ in figures(history)} == {"2,899", "4,000"}
    assert history is not None
    assert "; also " in figures_line(history)


def test_what_a_reader_found_is_heeded_where_it_is_a_figure():
    text = "The hall was full. It seats 900, and has 12 doors."
    hall = article(text)
    question = "How many visitors fit into the hall?"
    assert history_of(question, [whole(hall)]) is None
    answer = (text.index("900"), text.index("900") + 3)
    history = history_of(question, [Evidence(hall, (0, len(text)), answer, 0.9)])
    assert [one for one, _ in figures(history)] == ["900"]
    full = (0, 8)
    assert history_of(question, [Evidence(hall, (0, len(text)), full, 0.9)]) is None


def test_a_reader_does_not_make_the_injured_dead():
    text = STORY[0].text
    answer = (text.index("1,824"), text.index("1,824") + 5)
    evidence = [Evidence(STORY[0], (0, len(text)), answer, 0.99)]
    assert figures(history_of(DEAD, evidence)) == [("1,151", "2022-03-29")]


def test_spans_are_of_the_articles_text():
    text = "Nothing here.\n\nThen 90 civilians were killed. More came."
    one = article(text, "2022-05-01")
    history = history_of(DEAD, [Evidence(one, (15, len(text)))])
    assert history is not None
    (mention,) = history.figures[0].mentions
    assert text[slice(*mention.number)] == "90"
    assert text[slice(*mention.sentence)] == "Then 90 civilians were killed."


@pytest.fixture(scope="module")
def bundled() -> list[Article]:
    return [one for one in read_articles(BUNDLED) if isinstance(one, Article)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (DEAD, "3,153 2,899 1,151"),
        ("What is the latest UN count of the dead?", "3,153 2,899 1,151"),
        ("How many civilians were killed by 1 May 2022?", "2,899 1,151"),
        ("How many civilians had been killed as of 29 March 2022?", "1,151"),
        ("What was the UN count of injured on 1 May?", "3,235 1,824"),
        ("How many were wounded by 29 March 2022?", "1,824"),
        ("How many Ukrainians have fled?", "5.4 million|5.4 million|3.87 million"),
        ("How many Ukrainians fled to Europe?", "3.87 million|"),
        ("How many people have been displaced so far?", "7.7 million|7.7 million"),
        ("How much did the civilian death toll rise between 29 March and 1 May 2022?", "1,748"),
        ("How many meetings were held at the Belarusian border?", "Three"),
        ("How many civilians were killed in Mariupol?", ""),
        ("How many Russian civilians were killed?", ""),
        ("How many children were killed?", ""),
        ("How many refugees are in Turkey?", ""),
        ("How many soldiers were wounded?", ""),
        ("How many people left Ukraine?", ""),
        ("How many ships passed the straits?", ""),
    ],
)
def test_questions_about_the_bundled_articles(bundled, question, expected):
    texts = [text.lower() for text, _ in figures(ask(question, bundled))]
    sought = expected.lower().split("|" if "|" in expected else None)
    assert texts == [text for text in sought if text]


COUNTS = st.lists(
    st.tuples(st.integers(2, 10**6), st.dates(date(2020, 1, 1), date(2023, 12, 31))), max_size=6
)


@given(COUNTS, st.none() | st.dates(date(2020, 1, 1), date(2023, 12, 31)))
def test_latest_first_nothing_later_and_nothing_invented(counts, as_of):
    articles = [
        article(f"So far {count:,} civilians were killed.", str(day)) for count, day in counts
    ]
    history = history_of(DEAD, [whole(one) for one in articles], as_of)
    known = {(float(count), day) for count, day in counts if as_of is None or day <= as_of}
    found = history.figures if history else ()
    assert {(figure.quantity.number.value, figure.day) for figure in found} == known
    days = [figure.day for figure in found if figure.day]
    assert days == sorted(days, reverse=True)
    for figure in found:
        for evidence, sentence, number in figure.mentions:
            text = articles[evidence].text
            assert sentence[0] <= number[0] < number[1] <= sentence[1]
            assert text[slice(*number)].replace(",", "") == str(int(figure.quantity.number.value))


@given(st.text(), st.text(), st.none() | st.dates())
def test_no_text_is_too_odd(text, question, as_of):
    text = f"{text} 90 civilians were killed {text}"
    one = whole(article(text, "2022-05-01"))
    for asked in (question, f"How many civilians {question}?", DEAD):
        history = history_of(asked, [one], as_of)
        for figure in history.figures if history else ():
            for mention in figure.mentions:
                assert text[slice(*mention.number)]


def test_a_very_long_sentence_is_read_to_its_end():
    text = "1,151 civilians were killed and " * 5000 + "90 more civilians were killed."
    history = history_of(DEAD, [whole(article(text, "2022-05-01"))])
    assert figures(history) == [("1,151", "2022-05-01")]


@given(st.text("ıİſ\u212aisk 5,", max_size=20), st.sampled_from("İıſ\u212a"))
def test_letters_that_match_without_case_break_nothing(text, letter):
    for phrase in ("how wide is it", "killed an estimated 30 million kids, at least six in kiev"):
        odd = phrase.replace("i", letter) + text + phrase.replace("s", letter)
        history_of(odd, [whole(article(odd, "2022-05-01"))])
        history_of(DEAD, [whole(article(odd, "2022-05-01"))])
