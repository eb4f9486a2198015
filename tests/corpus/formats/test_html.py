from datetime import date
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.formats.html import read_page

PARAGRAPHS = [
    "The delegations of both countries met in Istanbul on Tuesday.",
    "“We go on,” Mr. Arakhamia said.",
    "İbrahim Kalın agreed.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
HEAD = (
    "<title>Talks resume in Istanbul | News One</title>"
    '<meta property="og:title" content="Talks resume in Istanbul">'
    '<meta property="og:site_name" content="News One">'
    '<meta name="keywords" content="talks, Istanbul">'
    '<meta property="article:tag" content="talks">'
    '<meta name="author" content="Ada Smith; Ben Jones">'
    '<meta property="article:published_time" content="2022-03-29T10:30:00Z">'
    '<link rel="canonical" href="https://news.example/talks">'
)


def page(body: str = BODY, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>"


def text_of(markup: str) -> str:
    found = read_page(markup)
    return found.text if found else ""


def test_what_the_head_of_a_page_states():
    found = read_page(page(f"<h1>Talks resume in Istanbul</h1>{BODY}", HEAD))
    assert found
    assert found.title == "Talks resume in Istanbul"
    assert found.text == "\n".join(PARAGRAPHS)
    assert (found.source, found.url) == ("News One", "https://news.example/talks")
    assert (found.published, found.authors) == (date(2022, 3, 29), ("Ada Smith", "Ben Jones"))
    assert found.tags == ("talks", "Istanbul")


def test_what_a_page_does_not_state_is_absent():
    found = read_page(page())
    assert found
    assert (found.source, found.url, found.published, found.authors) == (None, None, None, ())
    assert found.tags == ()


def test_menus_captions_scripts_and_buttons_go():
    markup = (
        "<html><body><nav><a href='/'>Home</a><a href='/world'>World</a></nav><main>"
        f"{BODY}<figure><img src='a.jpg'><figcaption>Akar on May 2, 2022. (AA Photo)</figcaption>"
        "</figure><p>SHARE THIS ARTICLE</p></main><script>var secret = 1</script>"
        "<footer>Copyright of News One</footer></body></html>"
    )
    assert text_of(markup) == "\n".join(PARAGRAPHS)
    found = read_page(markup)
    assert found
    assert found.captions == ("Akar on May 2, 2022.",)
    assert found.published is None


def test_a_visible_date_is_not_the_date_of_publication():
    found = read_page(page(f"<p>Published on March 29, 2022</p>{BODY}"))
    assert found
    assert found.published is None


SHAPES = {
    "paragraphs": BODY,
    "divisions": "".join(f"<div>{p}</div>" for p in PARAGRAPHS),
    "a division among paragraphs": BODY.replace("<p>İ", "<div>İ").replace(
        "agreed.</p>", "agreed.</div>"
    ),
    "line breaks": f"<p>{'<br>'.join(PARAGRAPHS)}</p>",
    "lists": f"<p>{PARAGRAPHS[0]}</p><ul>{''.join(f'<li>{p}</li>' for p in PARAGRAPHS[1:])}</ul>",
    "spans": "".join(f"<p><span>{p}</span></p>" for p in PARAGRAPHS),
    "sections": "".join(f"<section><p>{p}</p></section>" for p in PARAGRAPHS),
    "links": BODY.replace("Kalın", "<a href='/k'>Kalın</a>").replace("Mr.", "<a href='/a'></a>Mr."),
    "two short links": BODY.replace("İbrahim", "<a href='/k'>İbrahim</a>").replace(
        "Kalın", "<a href='/k'>Kalın</a>"
    ),
    "emphasis": BODY.replace("said", "<em>said</em>").replace("met", "<b>met</b>"),
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_no_word_is_lost_in_any_usual_shape_of_page(body):
    words = [word for word in text_of(page(body)).split() if word != "-"]  # marks a list item
    assert words == " ".join(PARAGRAPHS).split()


def test_a_page_of_one_short_sentence_is_read():
    assert text_of("<p>They met.</p>") == "They met."
    assert text_of("They met.") == "They met."


@pytest.mark.parametrize(
    "markup", ["", "  ", "<!-- -->", "<p></p>", "<html></html>", "<script>1</script>"]
)
def test_a_page_without_text_is_none(markup):
    assert read_page(markup) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("it&#146;s", "it’s"),
        ("&ldquo;so&#8221;", "“so”"),
        ("&#60;b&#62; &#38; &amp;", "<b> & &"),
        ("a\x08b &#27;[31m&#x1B;[0m", "ab [31m[0m"),
        ("&#0; &#xD800; &#99999999999;", "� � �"),
        ("Kal&#305;n K&#x0130;ev", "Kalın Kİev"),
    ],
)
def test_numbered_references_and_control_characters(written, read):
    assert text_of(page(f"<p>They said {written} there.</p>{BODY}")).split("\n")[0] == (
        f"They said {read} there."
    )


def test_an_xml_declaration_does_not_matter():
    declared = "<?xml version='1.0' encoding='utf-16'?>"
    assert text_of(declared + page()) == "\n".join(PARAGRAPHS)


TAGS = st.sampled_from(
    "p div a span article h1 ul li table tr td br title meta time iframe form".split()
)
ATTRIBUTES = st.sampled_from(
    ["", " class='share'", " href='http://['", " name='date' content='x'", " pubdate"]
)
MARKUP = st.one_of(
    st.builds(lambda tag, attribute: f"<{tag}{attribute}>", TAGS, ATTRIBUTES),
    st.builds(lambda tag: f"</{tag}>", TAGS),
    st.sampled_from(
        ["They met there, he said.", "&#27;", "&#x9b;", "\x1b[31m", "<![CDATA[x]]>", "<!--"]
    ),
    st.text(max_size=8).map(lambda text: text.encode("utf-8", "ignore").decode()),
)


@given(st.lists(MARKUP, max_size=15).map("".join))
def test_any_markup_is_read_without_control_characters_or_not_at_all(markup):
    found = read_page(markup)
    if found:
        shown = found.title + found.text.replace("\n", "") + "".join(found.authors)
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)


@given(st.sampled_from(PARAGRAPHS), st.sampled_from(["<", "&", "a<b>c", "R&D"]))
def test_what_is_escaped_is_text(paragraph, awkward):
    assert text_of(page(f"<p>{paragraph}</p><p>{escape(f'They wrote {awkward} so.')}</p>")) == (
        f"{paragraph}\nThey wrote {awkward} so."
    )
