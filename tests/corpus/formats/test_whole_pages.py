"""Pages whose articles are easily read in part, or with what does not belong to them."""

import pytest

from dragoman.corpus.formats.html import Page, read_page
from dragoman.corpus.loading import read_articles

PARAGRAPHS = [
    "The harbour office of Lindhaven said on Tuesday that fourteen ferries would sail again.",
    "Its director, Mara Ellis, told reporters that every mooring had been checked since Sunday.",
    "Some 3,200 passengers had waited on the quay for two days, many of them with children.",
    "Tickets will stay at twelve crowns until the end of the month, the council decided on Monday.",
    "A second storm is expected in a fortnight, and captains have been asked to be careful.",
    "The cargo terminal will open later, because one of its cranes was damaged by a barge.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(
    body: str, head: str = "<title>Ferries sail again</title>", url: str | None = None
) -> Page:
    found = read_page(f"<html><head>{head}</head><body>{body}</body></html>", url)
    assert found
    return found


def lines(body: str) -> list[str]:
    return [line.removeprefix("- ") for line in read(body).text.split("\n")]


SHAPES = {
    "comments between pieces of text": f"<article>{BODY}</article>".replace(
        "Lindhaven", "<!-- -->Lindhaven<!-- -->"
    ),
    "processing instructions": f"<article>{BODY}</article>".replace(
        "Lindhaven", "<?x y?>Lindhaven"
    ),
    "paragraphs in divisions beside one in p": (
        f"<article><section><div><div><p>{PARAGRAPHS[0]}</p></div>"
        + "".join(f"<div class='paragraph'>{p}</div>" for p in PARAGRAPHS[1:3])
        + "<div class='rest'>"
        + "".join(f"<div class='paragraph'>{p}</div>" for p in PARAGRAPHS[3:])
        + "</div></div></section></article>"
    ),
    "the rest in spans": f"<div class='story'><p>{PARAGRAPHS[0]}</p>"
    + "".join(f"<div><span>{p}</span></div>" for p in PARAGRAPHS[1:])
    + "</div>",
    "a table for the layout": f"<table><tr><td><h1>Ferries sail again</h1>{BODY}</td>"
    "<td><a href='/'>Home</a></td></tr></table>",
    "tables in a table": f"<table><tr><td><table><tr><td>{BODY}</td></tr></table></td>"
    "<td><a href='/'>Home</a></td></tr></table>",
    "a text hidden for a moment": f"<article style='visibility: hidden'>{BODY}</article>",
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_every_paragraph_is_read(body):
    assert lines(body) == PARAGRAPHS


@pytest.mark.parametrize(
    "items",
    [
        "".join(f"<section><ol><li><article><div>{p}</div></article></li></ol></section>" for p in
                (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)),
        "".join(f"<article><h3>Update {n}</h3><p>{p}</p><p>More: {p}</p></article>"
                for n, p in enumerate(PARAGRAPHS)),
    ],
)  # fmt: skip
def test_every_item_of_a_live_page_is_read(items):
    found = read(f"<main><div>{items}</div></main>").text
    assert [paragraph for paragraph in PARAGRAPHS if paragraph not in found] == []


def test_other_articles_that_a_page_links_to_are_not_read():
    teasers = "".join(
        f"<article><h3><a href='/{n}'>Votes on tax</a></h3><p>{'Other words. ' * 8}</p></article>"
        for n in range(4)
    )
    assert lines(f"<article>{BODY}</article><section>{teasers}</section>") == PARAGRAPHS


@pytest.mark.parametrize(
    "hidden",
    [
        "<span class='rollover-people-block'><span>Mara J. Ellis</span><a href='/1'>Island votes on"
        " tax</a><a href='/2'>Council delays it</a></span>",
        "<span hidden>Mara J. Ellis</span>",
        "<span style='display: none'>Mara J. Ellis</span>",
        "<span class='visually-hidden'>opens in a new window</span>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden):
    body = f"<article>{BODY}</article>".replace(
        "Mara Ellis", f"<a href='/e'>Mara Ellis</a>{hidden}"
    )
    assert lines(body) == PARAGRAPHS


def test_items_that_are_links_are_kept_with_the_sentence_that_leads_into_them():
    items = "".join(f"<li><a href='/{town}'>{town}</a></li>" for town in ("Arle", "Dell", "Holt"))
    body = f"<article><p>Taking part are:</p><ul>{items}</ul>{BODY}</article>"
    assert lines(body) == ["Taking part are:", "Arle", "Dell", "Holt", *PARAGRAPHS]


@pytest.mark.parametrize("opening", ["Read more: ", "Also read: ", "RELATED | ", "Read more "])
def test_a_line_that_only_links_to_another_article_is_not_read(opening):
    link = f"<p>{opening}<a href='/r'>Council votes on tax</a></p>"
    assert lines(f"<article>{BODY.replace('</p>', f'</p>{link}', 1)}</article>") == PARAGRAPHS


def test_the_paragraphs_of_a_short_page_stay_on_lines_of_their_own():
    shown = "<h1>Ferries sail again</h1><time>08.11.2023 18:05</time>"
    said = [
        "The harbour office said on Monday that all ferries sail again from the quay today.",
        "Its director Mara Ellis told the council that nobody would be left there.",
    ]
    assert lines(f"<article>{shown}<p>{said[0]}</p><p>{said[1]}</p></article>") == said


def test_a_link_to_more_is_not_read():
    body = BODY.replace("</p>", " <a href='/r'>More »</a></p>")
    assert lines(f"<article>{body}</article>") == PARAGRAPHS


def test_nul_characters_are_ignored(tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(
        f"<html><body><article>{BODY}</article>".encode().replace(b"</p>", b"\0</p>\0")
    )
    (article,) = read_articles(file)
    assert article.text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0044)https://post.example/ferries -->",
        "<!--\n Page saved with SingleFile \n url: https://post.example/ferries \n saved: x -->",
    ],
)
def test_a_saved_page_notes_its_address(note):
    found = read_page(
        f"<!DOCTYPE html>\n{note}\n<html><body><article>{BODY}</article></body></html>"
    )
    assert found
    assert found.url == "https://post.example/ferries"


def test_the_time_of_each_update_of_a_live_page_is_kept_with_it():
    updates = "".join(
        f"<article><time datetime='2023-05-02T1{n}:40:00+02:00'>{n} h</time><p>{p}</p></article>"
        for n, p in enumerate(PARAGRAPHS)
    )
    live = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    found = lines(f"{live}<main><div>{updates}</div></main>")
    assert found[:4] == ["2023-05-02 10:40", PARAGRAPHS[0], "2023-05-02 11:40", PARAGRAPHS[1]]
    assert (
        lines(f"<article><time datetime='2023-05-02T10:40'>x</time>{BODY}</article>") == PARAGRAPHS
    )
