import pytest

from dragoman.corpus.formats.html import Page, read_page

BODY = (
    "<p>The harbour office of Lindhaven said on Tuesday that fourteen ferries would sail again.</p>"
)
TITLE = "Ferries sail again from Lindhaven"
SITE = "<meta property='og:site_name' content='Harbour Post'>"
OG = "<meta property='og:title' content='{}'>"
FACEBOOK = "<meta property='article:publisher' content='https://www.facebook.com/post'>"
LINKED = '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": %s}</script>'
AT = "<link rel='canonical' href='https://www.harbourpost.example/a1'>"


def read(head: str, heading: str = "") -> Page:
    found = read_page(
        f"<html><head>{head}</head><body><article>{heading}{BODY}</article></body></html>"
    )
    assert found
    return found


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        (f"<title>{TITLE} - Harbour Post</title>{SITE}", ""),
        (f"<title>{TITLE} | News | Harbour Post</title>{SITE}", ""),
        (f"<title>News</title>{OG.format(f'{TITLE} | Harbour Post')}{SITE}", ""),
        (f"<title>Harbour Post | {TITLE}</title>{SITE}", ""),
        (f"<title>{TITLE} | Harbour Post Politics</title>{SITE}", ""),
        (f"<title>{TITLE} – HarbourPost.example</title>{AT}", ""),
        (f"<title>{TITLE} — The Harbour Post</title>", f"<h1>{TITLE}</h1>"),
        (f"<title>{TITLE} | World News</title>", f"<h1>{TITLE}</h1>"),
        (f"{OG.format('Update 1')}<title>{TITLE} - Harbour Post</title>", f"<h1>{TITLE}</h1>"),
        (f"{OG.format('Ferries sail')}<title>{TITLE}</title>", f"<h1>{TITLE}</h1>"),
    ],
)  # fmt: skip
def test_a_title_is_without_the_outlet(head, heading):
    assert read(head, heading).title == TITLE


@pytest.mark.parametrize(
    "title",
    ["Ferry 12 - what we know", "Storm | flood | fire", "The Lindhaven–Holt line opens again"],
)
def test_other_borders_stay_in_a_title(title):
    assert read(f"<title>{title}</title>{SITE}", f"<h1>{title}</h1>").title == title


def test_a_title_that_is_cut_at_its_quotes_is_whole_in_the_heading():
    head = '<meta property="og:title" content="Director calls storm "a wake-up call"">'
    assert read(head, '<h1>Director calls storm "a wake-up call"</h1>').title == (
        'Director calls storm "a wake-up call"'
    )


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (SITE, "Harbour Post"),
        (SITE.replace("Harbour Post", "https://www.harbourpost.example"), "harbourpost.example"),
        (FACEBOOK, None),
        (f"{FACEBOOK}{AT}", "harbourpost.example"),
        (f"<meta name='twitter:site' content='@harbourpost'>{AT}", "harbourpost.example"),
        (f"<meta name='copyright' content='© 2023 Post Media Ltd.'>{AT}", "harbourpost.example"),
        (f"<meta property='og:site_name' content='{TITLE}'><title>{TITLE}</title>", None),
        (AT.replace("harbourpost.example", "nytimes.com"), "The New York Times"),
        ("<meta property='og:site_name' content='bbc.co.uk'>", "BBC News"),
        (LINKED % '{"name": "Harbour Post"}', "Harbour Post"),
        (f"<title>{TITLE} | Harbour Post</title>", "Harbour Post"),
    ],
)  # fmt: skip
def test_an_outlet_is_a_name(head, source):
    assert read(head, f"<h1>{TITLE}</h1>").source == source


def test_a_short_title_may_have_an_outlet_as_long_behind_it():
    page = read(
        "<title>Tram vote: live - Marrow Evening Courier</title>", "<h1>Tram vote: live</h1>"
    )
    assert (page.title, page.source) == ("Tram vote: live", "Marrow Evening Courier")
