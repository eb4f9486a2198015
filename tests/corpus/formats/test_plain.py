from datetime import date

import pytest

from dragoman.corpus.formats.plain import first_words, read_markdown, read_plain

HEADLINE = "Talks resume in Istanbul"
BODY = "The delegations met on Tuesday.\n\nThey left at 5 p.m. without a word."


def test_a_headline_on_its_own_line_is_the_title():
    parts = read_plain(f"{HEADLINE}\n\n{BODY}")
    assert (parts.title, parts.body, parts.published, parts.source) == (HEADLINE, BODY, None, None)


def test_a_headline_may_stand_directly_above_the_body():
    assert read_plain(f"{HEADLINE}\n{BODY}").title == HEADLINE


def test_a_date_before_the_title_is_the_date_of_publication():
    parts = read_plain(f" date 2022-03-29 {HEADLINE}\n\n{BODY}")
    assert (parts.title, parts.body, parts.published) == (HEADLINE, BODY, date(2022, 3, 29))


def test_a_date_before_the_first_paragraph_leaves_the_paragraph_in_the_body():
    parts = read_plain(f" date 2022-03-29 {BODY}")
    assert (parts.title, parts.body) == ("The delegations met on Tuesday.", BODY)
    assert parts.published == date(2022, 3, 29)


def test_a_date_on_a_line_of_its_own_may_follow_breadcrumbs():
    parts = read_plain(f"News / Turkey\n\n2022-03-29\n\n{HEADLINE}\n\n{BODY}")
    assert (parts.title, parts.body, parts.published) == (HEADLINE, BODY, date(2022, 3, 29))


def test_a_page_saved_as_text_loses_its_furniture_and_names_its_outlet():
    parts = read_plain(
        f"News   /   Turkey   /   Russia\n\n{HEADLINE}\n"
        f"Officials at the talks in Gomel, on February 28, 2022. (Photo by Reuters)\n\n{BODY}\n\n\n"
        "News One’s website can also be accessed at the following alternate addresses:\n\n"
        "www.news-one.example\n\nSHARE THIS ARTICLE\nNews One Roku"
    )
    assert (parts.title, parts.body) == (HEADLINE, BODY)
    assert (parts.source, parts.published) == ("News One", None)


@pytest.mark.parametrize(
    "first",
    [
        "The delegations met on Tuesday.",
        "“We will go on until it ends,” he said, “and we will see.”",
        "He named three conditions:",
        "Talks, after all,",
        "---",
        " ".join(["word"] * 31),
    ],
)
def test_a_first_line_that_is_no_headline_stays_in_the_body(first):
    parts = read_plain(f"{first}\n\nThey left.")
    assert parts.body == f"{first}\n\nThey left."


def test_wrapped_paragraphs_are_joined_and_their_first_line_is_no_headline():
    paragraph = (
        "Delegations of Russia and Ukraine met in Istanbul on Tuesday for a new\n"
        "round of talks, which the Turkish president opened with a short speech\n"
        "of welcome."
    )
    parts = read_plain(f"{HEADLINE}\n\n{paragraph}\n\n{paragraph}")
    joined = paragraph.replace("\n", " ")
    assert (parts.title, parts.body) == (HEADLINE, f"{joined}\n\n{joined}")
    assert read_plain(paragraph).body == joined


def test_the_last_line_of_a_wrapped_paragraph_is_not_taken_for_a_button():
    wrapped = "The ministry was asked once more on Tuesday who had paid for that new\nadvertisement"
    assert read_plain(f"{HEADLINE}\n\n{wrapped}").body == wrapped.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "The photograph is dated 2 May 2022.\n\nIt was published on 2022-05-01.",
        "On March 29, 2022, they met.",
        "March 29, 2022\n\nThey met.",
        "03/04/2022\n\nThey met.",
        "March 2022\n\nThey met.",
        "Akar on May 2, 2022. (AA Photo)\n\nThey met.",
        "They met.\n\ndate 2022-05-01",
    ],
)
def test_other_dates_are_not_taken(text):
    assert read_plain(text).published is None


@pytest.mark.parametrize("text", ["", " \n ", "SHARE THIS\n\nAdvertisement"])
def test_nothing_but_furniture_is_no_article(text):
    parts = read_plain(text)
    assert (parts.title, parts.body) == ("", "")


def test_front_matter_is_told_apart():
    fields, parts = read_markdown(f"---\ntitle: Stated\npublished: 2022-03-29\n---\n\n{BODY}")
    assert fields == {"title": "Stated", "published": "2022-03-29"}
    assert (parts.title, parts.body) == ("Stated", BODY)


def test_front_matter_is_taken_as_it_is_written():
    fields, _ = read_markdown("---\nsource: NO\nid: 007\nauthors: [A, B]\nform:\nurl: ~\n---\nx")
    assert fields == {"source": "NO", "id": "007", "authors": ["A", "B"]}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_front_matter_with_any_line_ends(line_end):
    fields, parts = read_markdown(line_end.join(["---", "title: A", "---", "They met."]))
    assert (fields, parts.body) == ({"title": "A"}, "They met.")


def test_the_first_heading_is_the_title_and_marks_go():
    _, parts = read_markdown(f"# {HEADLINE} #\n\n{BODY}\n\n## On C# and #talks\n\nThey left.")
    assert parts.title == HEADLINE
    assert parts.body == f"{BODY}\n\nOn C# and #talks\n\nThey left."


def test_a_heading_other_than_the_stated_title_stays_in_the_body():
    assert read_markdown("---\ntitle: A\n---\n# B\n\nThey met.")[1].body == "B\n\nThey met."
    assert read_markdown("---\ntitle: A\n---\n# A\n\nThey met.")[1].body == "They met."
    assert read_markdown("## B\n\nThey met.")[1].body == "B\n\nThey met."


def test_a_heading_is_kept_apart_from_the_wrapped_lines_below_it():
    paragraph = (
        "Delegations of Russia and Ukraine met in Istanbul on Tuesday for a new\n"
        "round of talks, which the Turkish president opened."
    )
    heading = "What the delegations had to say to each other about it"
    _, parts = read_markdown(f"# {HEADLINE}\n\n## {heading}\n{paragraph}")
    assert parts.body == f"{heading}\n\n{paragraph}".replace("new\n", "new ")


def test_a_heading_that_reads_like_a_button_stays():
    assert read_markdown("# A\n\nThey met.\n\n## Telegram\n\nHe wrote.")[1].body == (
        "They met.\n\nTelegram\n\nHe wrote."
    )


def test_markdown_without_front_matter_is_read_like_plain_text():
    fields, parts = read_markdown(f" date 2022-03-29 {HEADLINE}\n\n{BODY}")
    assert not fields
    assert (parts.title, parts.published, parts.body) == (HEADLINE, date(2022, 3, 29), BODY)


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nThey met.\n\n---\n\nThey left.",
        "---\nThey met, and they left.",
        "They met.\n\n---\n\nThey left.",
    ],
)
def test_rules_are_no_front_matter_and_nothing_between_them_is_lost(text):
    fields, parts = read_markdown(text)
    assert (fields, parts.body) == ({}, text)


def test_empty_front_matter_is_none():
    assert read_markdown("---\n---\n\nThey met.")[1].body == "They met."


@pytest.mark.parametrize(
    "written",
    ["title: Talks: a new round", "a: [1, 2", "\tb: 1", "a: \x1b", "a: " + "[" * 10_000],
    ids=lambda written: repr(written[:12]),
)
def test_broken_front_matter_is_an_error_that_says_why(written):
    with pytest.raises(
        ValueError, match=r"its front matter is (?:not YAML: \w+|nested too deeply)"
    ):
        read_markdown(f"---\n{written}\n---\n\nThey met.")


def test_front_matter_runs_no_code():
    fields, _ = read_markdown("---\ntitle: !!python/object/apply:os.getcwd []\n---\nThey met.")
    assert not fields.get("title")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("They met. They left.", "They met."),
        ("***\n\nThey met.", "They met."),
        ("", ""),
        ("...", ""),
        ("word " * 50, ("word " * 24).strip() + "…"),
        ("a" * 500, "a" * 120 + "…"),
    ],
)
def test_the_first_words_are_a_title_for_want_of_a_better(text, title):
    assert first_words(text) == title


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("They met.<!-- check\n\nthe year --> They left.", "They met. They left."),
        ("See [the plan](https://a.example/b_(c) \"Plan\") of [us][1].", "See the plan of us."),
        ("**Grain** and *gas*, __gold__ and _iron_.", "Grain and gas, gold and iron."),
        ("It said so.[^1] They left.[^note]", "It said so. They left."),
        ("They met.\n\n![A table](a.jpg)\n\nThey left.", "They met.\n\nThey left."),
        ("Use `a_b_c`, 2 * 3 * 4 and snake_case_it.", "Use `a_b_c`, 2 * 3 * 4 and snake_case_it."),
        ("They paid 5 [sic] (in all).", "They paid 5 [sic] (in all)."),
        ("```\n**x** [a](b)\n```\n\nThey met.", "```\n**x** [a](b)\n```\n\nThey met."),
    ],
)  # fmt: skip
def test_the_marks_of_markdown_go_and_the_words_stay(written, read):
    assert read_markdown(f"---\ntitle: A\n---\n\n{written}")[1].body == read


@pytest.mark.parametrize("part", ["[", "![", "*", "**a ", "_a ", "[a](", "<!-- ", "[a](b(", "`"])
def test_marks_that_are_never_closed_are_text(part):
    body = read_markdown(f"---\ntitle: A\n---\n\nThey met. {part * 20_000} x")[1].body
    assert body.startswith("They met. ")


def test_underlined_headings_of_markdown():
    text = "Ferries sail\n====\n\nThey sail.\n\nBackground\n----\n\nIt rained.\n\n---\n\nEnd."
    _, parts = read_markdown(text)
    assert parts.title == "Ferries sail"
    assert parts.body == "They sail.\n\nBackground\n\nIt rained.\n\n---\n\nEnd."


@pytest.mark.parametrize(
    "day", ["8 November 2023", "November 8, 2023", "8 Kasım 2023", "08.11.2023"]
)
@pytest.mark.parametrize("byline", ["", "By Ida Berg\n"])
def test_a_line_below_the_headline_that_is_a_day_dates_the_article(day, byline):
    parts = read_plain(f"Ferries sail again\n{byline}{day}\n\nThe harbour office said so.")
    assert (parts.title, parts.published) == ("Ferries sail again", date(2023, 11, 8))
    assert day not in parts.body
    assert parts.body.endswith("The harbour office said so.")


@pytest.mark.parametrize(
    "body",
    [
        "8 November 2023\n\nFerries sail.\n\n9 November 2023\n\nFerries wait.",  # a chronology
        "The harbour office said so.\n\n8 November 2023\n\nThat day they sailed.",
        "2023\n\nThe harbour office said so.",
    ],
)
def test_other_days_on_lines_of_their_own_are_of_the_text(body):
    parts = read_plain(f"Ferries sail again\n\n{body}")
    assert parts.published is None
    assert parts.body == body
