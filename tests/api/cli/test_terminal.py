"""What people see: whatever an article holds is shown as it is, and never obeyed."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.api.cli import terminal
from dragoman.corpus.article import Article, Passage
from dragoman.corpus.errors import EmptyFile
from dragoman.index.archive import ArticleRef
from dragoman.search.results import Added, Info, RankedPassage, Scores, SearchResult
from screens import Screen

MARKED, PLAIN = "\x1b[1;33m", "\x1b[0m"
MARKUP = "[red]x[/red] [/] [link=https://example.org]y[/link] <b>z</b> :smile:"


def result(*articles: Article, highlights: tuple[tuple[int, int], ...] = ()) -> SearchResult:
    passages = (
        RankedPassage(
            rank,
            Passage(article.id, 0, (0, len(article.text)), article.text),
            article,
            0.5,
            Scores(),
            highlights,
        )
        for rank, article in enumerate(articles, start=1)
    )
    return SearchResult("a question", "a question", tuple(passages), 1.0)


def test_a_passage_comes_with_title_score_source_date_and_address(capsys):
    article = Article(
        "talks", "The talks", "Peace.", "Daily Sabah", "https://a.org", date(2022, 3, 29)
    )
    terminal.show_passages(result(article))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[:3] == [
        "1  The talks  0.50",
        "Daily Sabah · 2022-03-29 · https://a.org · talks",
        "Peace.",
    ]


def test_what_an_article_does_not_say_is_said_to_be_unknown(capsys):
    event = Article("b", "B", "Text.", form="digest", event=date(2022, 3, 28))
    terminal.show_passages(result(Article("a", "A", "Text."), event))
    shown = capsys.readouterr().out
    assert "source not stated · undated · a" in shown
    assert "digest · source not stated · undated, on 2022-03-28 · b" in shown


TITLE = "From the Belarusian border to Dolmabahçe, the rounds of talks and their venues"


def test_on_a_terminal_what_wraps_keeps_its_indent(screen):
    file = screen(columns=40)
    terminal.show_passages(result(Article("rounds", TITLE, "First.\n\nThe second paragraph " * 4)))
    assert file.getvalue().splitlines()[:5] == [
        " 1  From the Belarusian border to",
        "    Dolmabahçe, the rounds of talks and",
        "    their venues  0.50",
        "    source not stated · undated · rounds",
        "    First.",
    ]
    assert all(line.startswith("    ") or not line for line in file.getvalue().splitlines()[1:])


@pytest.mark.parametrize("columns", [1, 20, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_none_ends_in_blanks(screen, columns):
    file = screen(columns)
    article = Article("an-id-" * 20, TITLE, "Text. " * 90, "Daily Sabah", authors=("A", "B"))
    terminal.show_passages(result(article))
    terminal.show_articles([article])
    terminal.show_article(article)
    terminal.show_info(Info(Path("/news/" * 9), 1, 1, "enc", None, None, [("Press TV", 1)]))
    lines = file.getvalue().splitlines()
    assert max(map(len, lines)) <= max(columns, 25)  # beside an indent, ten columns are the least
    assert lines == [line.rstrip() for line in lines]


def test_other_programs_get_each_paragraph_on_one_line(capsys):
    long = "A sentence that goes on. " * 20
    terminal.show_passages(result(Article("a", TITLE, f"{long}\n\n{long}")))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f" 1  {TITLE}  0.50"
    assert lines[2:] == [f"    {long.rstrip()}", "", f"    {long.rstrip()}", ""]


@given(text=st.text(st.sampled_from("ab \n\tçİ中")), columns=st.integers(1, 60), lead=st.text("x"))
def test_wrapping_loses_nothing_but_blanks(text, columns, lead):
    shown = {}
    for file in (Screen(), io.StringIO()):
        with pytest.MonkeyPatch.context() as patch:
            made = Console(file=file, force_terminal=True, color_system=None, width=columns)
            patch.setattr(terminal, "out", made)
            terminal.show(text, lead)
        shown[type(file)] = file.getvalue()
    assert [*map("".join, map(str.split, shown.values()))] == ["".join((lead + text).split())] * 2


def test_tables_are_whole_for_other_programs(capsys):
    table = Table("a name", box=None)
    table.add_column("value", justify="right")
    table.add_row("word " * 60, Text("1\n2"))
    terminal.show_table(table)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith(" " + "word " * 60)
    assert [line.split()[-1] for line in lines] == ["value", "1", "2"]
    assert lines == [line.rstrip() for line in lines]


def test_copies_are_named_under_the_source(capsys):
    days = [date(2022, 3, 29), None, *[date(2022, 4, day) for day in range(1, 6)]]
    copies = tuple(
        ArticleRef(str(n), f"Title {n}", f"[b]Outlet[/b] {n}" if n else None, None, day)
        for n, day in enumerate(days)
    )
    (ranked,) = result(Article("a", "A", "Text.")).passages
    terminal.show_passages(SearchResult("q", "q", (replace(ranked, also_in=copies[:2]),), 1.0))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[2] == "also in: Title 0, 29 March 2022 · [b]Outlet[/b] 1"
    terminal.show_passages(SearchResult("q", "q", (replace(ranked, also_in=copies),), 1.0))
    assert "2 more" in " ".join(capsys.readouterr().out.split())


def test_the_words_of_the_question_are_marked(screen):
    file = screen(colours=True)
    terminal.show_passages(result(Article("a", "A", "Peace at last."), highlights=((0, 5),)))
    assert f"{MARKED}Peace{PLAIN} at last." in file.getvalue()


def test_nothing_is_marked_where_there_are_no_colours(capsys):
    terminal.show_passages(result(Article("a", "A", "Peace at last."), highlights=((0, 5),)))
    assert "\x1b" not in capsys.readouterr().out


def test_markup_in_articles_is_shown_as_it_is(capsys):
    article = Article(MARKUP, MARKUP, MARKUP, MARKUP, MARKUP)
    terminal.show_passages(result(article))
    terminal.show_articles([article])
    terminal.show_info(Info(Path("a"), 1, 1, MARKUP, None, None, [(MARKUP, 1)]))
    terminal.show_error(MARKUP)
    said = capsys.readouterr()
    assert " ".join(said.out.split()).count("[red]x[/red] [/]") >= 9
    assert ":smile:" in said.out
    assert MARKUP in said.err


def test_markup_in_articles_is_no_markup_in_a_terminal_either(screen):
    file = screen(colours=True)
    article = Article(MARKUP, MARKUP, MARKUP, MARKUP, MARKUP)
    terminal.show_passages(result(article))
    terminal.show_articles([article])
    shown = file.getvalue()
    assert "\x1b[31m" not in shown
    assert "\x1b]8;" not in shown
    assert "[red]x[/red]" in shown


def test_other_programs_get_a_line_for_each_article(capsys):
    terminal.show_articles(
        [
            Article("a", "A title " * 30, "Text.", "Daily Sabah", published=date(2022, 3, 29)),
            Article("b", "B", "Text."),
        ]
    )
    first, second = capsys.readouterr().out.splitlines()
    assert first.split("\t") == ["a", "2022-03-29", "Daily Sabah", "A title " * 30]
    assert second.split("\t") == ["b", "–", "–", "B"]


def test_other_programs_get_no_line_for_no_articles(capsys):
    terminal.show_articles([])
    assert capsys.readouterr().out == ""


def test_people_get_a_list_of_articles_with_whole_ids(screen):
    file = screen(columns=60)
    long = "a-very-long-id-that-must-be-there-to-be-copied"
    terminal.show_articles([Article(long, "A title", "Text."), Article("b", "B", "Text.")])
    assert file.getvalue().splitlines() == [
        "A title",
        "  source not stated · undated ·",
        f"  {long}",
        "B",
        "  source not stated · undated · b",
    ]


def test_an_article_is_printed_with_all_that_is_known_of_it(capsys):
    day = date(2022, 3, 29)
    terminal.show_article(
        Article("a", "A title", "One.\n\nTwo.\n", "Daily Sabah", None, day, authors=("Ada", "Bo"))
    )
    assert capsys.readouterr().out == (
        "A title\nDaily Sabah · 2022-03-29 · a\nby Ada, Bo\n\nOne.\n\nTwo.\n"
    )


def test_an_article_is_printed_with_its_time_and_what_dates_it(capsys):
    at = datetime(2022, 3, 29, 21, 30, tzinfo=UTC)
    day = date(2022, 3, 29)
    article = Article("a", "A", "One.", published=day, published_at=at, dated_by="address")
    terminal.show_article(article)
    assert capsys.readouterr().out == (
        "A\nsource not stated · 2022-03-29 · a\npublished at 2022-03-29 21:30+00:00\n"
        "dated by its address\n\nOne.\n"
    )


def test_a_withdrawn_article_is_marked_as_that(capsys):
    article = Article("a", "Tea", "Tea cures all. This story has been withdrawn.")
    terminal.show_article(article)
    assert capsys.readouterr().out == (
        "Tea\nwithdrawn · source not stated · undated · a\n\n"
        "Tea cures all. This story has been withdrawn.\n"
    )


def test_what_an_archive_holds_is_told(capsys):
    sources = [("Daily Sabah", 1200), (None, 30), ("Press TV", 4)]
    period = (date(2022, 3, 1), date(2022, 5, 2))
    terminal.show_info(Info(Path("/news"), 1234, 5678, "an encoder", *period, sources))
    assert capsys.readouterr().out == (
        "archive\t/news\narticles\t1,234\npassages\t5,678\npublished\t2022-03-01 to 2022-05-02\n"
        "sources\tDaily Sabah (1,200), Press TV (4)\nencoder\tan encoder\n"
    )


def test_people_get_what_it_holds_in_columns_with_nothing_cut_off(screen):
    file = screen(columns=40)
    terminal.show_info(Info(Path("/a-long-way-down" * 8), 1, 1, "an encoder", None, None, []))
    first, *rest = file.getvalue().splitlines()
    assert first == "archive    /a-long-way-down/a-long-way-d"
    assert rest[-1] == "encoder    an encoder"
    path = "".join(line.removeprefix("archive").strip() for line in (first, *rest[:-5]))
    assert path == "/a-long-way-down" * 8


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (Added(("a",), (), (), 3, ()), "1 added (1 article, 3 new passages)"),
        (Added((), (), (), 0, ()), "nothing added (0 articles, 0 new passages)"),
        (
            Added(("a", "b"), ("c",), ("d", "e"), 4, ()),
            "2 added, 1 replaced, 2 unchanged (5 articles, 4 new passages)",
        ),
    ],
)
def test_what_became_of_articles_is_said_beside_the_output(capsys, added, said):
    terminal.show_added(added)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.strip() == said


def test_files_that_were_skipped_are_counted_by_kind(capsys):
    terminal.show_added(Added((), (), (), 0, (), {".jpg": 3, ".doc": 1}))
    assert capsys.readouterr().err.splitlines() == [
        "nothing added (0 articles, 0 new passages)",
        "skipped, since they are no articles: 3 .jpg, 1 .doc",
    ]


def test_no_more_problems_are_listed_than_can_be_read(capsys):
    problems = tuple(EmptyFile(where=f"{number}.txt") for number in range(25))
    terminal.show_added(Added((), (), (), 0, problems))
    shown = capsys.readouterr().err
    assert "error: 0.txt: the file is empty" in shown
    assert "error: 19.txt" in shown
    assert "20.txt" not in shown
    assert "5 more" in shown


def test_an_error_is_one_line_however_long_it_is(capsys):
    terminal.show_error("word " * 100)
    assert capsys.readouterr().err.count("\n") == 1
