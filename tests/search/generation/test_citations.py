import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.generation.citations import cited_sentences


def cited(reply: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.cites) for sentence in cited_sentences(reply)]


@pytest.mark.parametrize(
    ("markers", "cites"),
    [
        ("[1]", (1,)),
        ("[1][2]", (1, 2)),
        ("[1] [2]", (1, 2)),
        ("[1, 2]", (1, 2)),
        ("[1; 3]", (1, 3)),
        ("[1-3]", (1, 2, 3)),
        ("[3-1]", ()),
        ("[2][2]", (2,)),
        ("[^1]", (1,)),
        ("[Evidence 2]", (2,)),
        ("【1】", (1,)),
        ("【1†source】", (1,)),
        ("[1-999999999]", tuple(range(1, 11))),
    ],
)
def test_markers_of_every_kind(markers, cites):
    assert cited(f"It began {markers}.") == [("It began.", cites)]
    assert cited(f"It began. {markers} It ended.") == [("It began.", cites), ("It ended.", ())]
    assert cited(f"{markers} It began.\nIt ended.") == [("It began.", cites), ("It ended.", ())]


def test_a_marker_counts_for_its_own_sentence_only():
    assert cited("It began. It went on. It ended. [1]") == [
        ("It began.", ()),
        ("It went on.", ()),
        ("It ended.", (1,)),
    ]


def test_lists_and_emphasis_are_taken_off():
    reply = "# **Talks**\n\n- **It** began [1]\n* It _went on_ [2].\n2. It `ended` [1]"
    assert cited(reply) == [
        ("Talks.", ()),
        ("It began.", (1,)),
        ("It went on.", (2,)),
        ("It ended.", (1,)),
    ]


def test_thoughts_are_not_prose():
    assert cited("<think>It failed [1].\n</think>\n\nIt began. [1]") == [("It began.", (1,))]


def test_what_is_said_again_and_again_counts_once():
    assert cited("It began. [1] " * 50) == [("It began.", (1,))]


NOT_PLAIN = r"<b>It</b> [It](x) ![](x) http://x.org www.x x.org/y a@b &lt; * {x} `x | \u0041 [x"


@pytest.mark.parametrize("text", [*NOT_PLAIN.split(), "javascript:alert(1)"])
def test_markup_links_and_addresses_are_not_plain(text):
    assert not all(
        sentence.is_plain for sentence in cited_sentences(f"So it was {text} there. [1]")
    )


@pytest.mark.parametrize(
    "text",
    ["It began at 10.30 a.m. in the U.S.", "“We go on,” he said – to 5.4 million (or 5 %)."],
)
def test_news_is_plain(text):
    assert all(sentence.is_plain for sentence in cited_sentences(f"{text} [1]"))


@given(st.text(alphabet='ab [](){}.,-–1239【】*#_<>\n"”\x1b\u202e') | st.text())
def test_no_marker_is_left_in_what_is_plain(reply):
    for sentence in cited_sentences(reply):
        assert not (sentence.is_plain and set(sentence.text) & set("[]<>\x1b\u202e\n"))
        assert sentence.text.strip() == sentence.text != ""
