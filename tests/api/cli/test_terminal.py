"""What people see: whatever an article holds is shown as it is, and never obeyed."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from dragoman.api.cli import terminal
from dragoman.corpus.article import Article, Passage
from dragoman.corpus.errors import EmptyFile
from dragoman.index.archive import ArticleRef
from dragoman.search.dragoman import Added, Info
from dragoman.search.results import RankedPassage, Scores, SearchResult

BOLD, MARKED, PLAIN = "\x1b[1m", "\x1b[1;33m", "\x1b[0m"
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
    return SearchResult("a question", tuple(passages), 1.0)


@pytest.fixture
def colours(monkeypatch):
    """Have output made as for a terminal with colours."""
    console = Console(force_terminal=True, color_system="standard", width=80, highlight=False)
    monkeypatch.setattr(terminal, "out", console)


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


def test_copies_are_named_under_the_source(capsys):
    days = [date(2022, 3, 29), None, *[date(2022, 4, day) for day in range(1, 6)]]
    copies = tuple(
        ArticleRef(str(n), f"Title {n}", f"[b]Outlet[/b] {n}" if n else None, None, day)
        for n, day in enumerate(days)
    )
    (ranked,) = result(Article("a", "A", "Text.")).passages
    terminal.show_passages(SearchResult("q", (replace(ranked, also_in=copies[:2]),), 1.0))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[2] == "also in: Title 0, 29 March 2022 · [b]Outlet[/b] 1"
    terminal.show_passages(SearchResult("q", (replace(ranked, also_in=copies),), 1.0))
    assert "2 more" in " ".join(capsys.readouterr().out.split())


def test_the_words_of_the_question_are_marked(colours, capsys):
    terminal.show_passages(result(Article("a", "A", "Peace at last."), highlights=((0, 5),)))
    assert f"{MARKED}Peace{PLAIN} at last." in capsys.readouterr().out


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


def test_markup_in_articles_is_no_markup_in_a_terminal_either(colours, capsys):
    article = Article(MARKUP, MARKUP, MARKUP, MARKUP, MARKUP)
    terminal.show_passages(result(article))
    terminal.show_articles([article])
    shown = capsys.readouterr().out
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


def test_people_get_a_table_of_articles_with_whole_ids(colours, capsys):
    long = "a-very-long-id-that-must-be-there-to-be-copied"
    terminal.show_articles([Article(long, "A title " * 20, "Text.")])
    shown = capsys.readouterr().out
    assert f"{BOLD}id" in shown
    assert long in shown


def test_what_an_archive_holds_is_told(capsys):
    sources = [("Daily Sabah", 1200), (None, 30), ("Press TV", 4)]
    period = (date(2022, 3, 1), date(2022, 5, 2))
    terminal.show_info(Info(Path("/news"), 1234, 5678, "an encoder", *period, sources))
    assert capsys.readouterr().out == (
        "archive\t/news\narticles\t1,234\npassages\t5,678\npublished\t2022-03-01 to 2022-05-02\n"
        "sources\tDaily Sabah (1,200), Press TV (4)\nencoder\tan encoder\n"
    )


def test_people_get_a_table_of_what_it_holds_with_nothing_cut_off(colours, capsys):
    folder = Path("/a-long-way-down" * 8)
    terminal.show_info(Info(folder, 1, 1, "an encoder", None, None, []))
    shown = capsys.readouterr().out
    assert f"{BOLD}encoder" in shown
    assert str(folder) in "".join(re.sub(r"\x1b\[[\d;]*m", "", shown).split())


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
