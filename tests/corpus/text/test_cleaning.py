import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.text.cleaning import (
    is_wrapped,
    normalise,
    one_line,
    outlet_in_footer,
    unwrap,
    without_controls,
    without_furniture,
)

AWKWARD = st.sampled_from(
    "\n\r\t\x00\x07\x0b\x0c\x1b\x1f\x85\x9b\xa0\xad\u2028\u200b\u202e\ufeff e\u0301I\u0307"
)
ANY_TEXT = st.text(st.one_of(AWKWARD, st.characters()), max_size=120)

SENTENCES = (
    "İbrahim Kalın said the talks would go on.",
    "“We go on,” Mr. Arakhamia said on Feb. 24.",
    "Делегації зустрілися о 10.30 у палаці Долмабахче.",
    "At least 1,151 civilians were killed, the U.N. said.",
    "He shared this article with reporters.",
    "The photo was taken in Gomel (by Reuters, it is said).",
    "He called the picture (a photo of the site) a forgery.",
    "They met in Istanbul, the agency said (see photo)",
    "The talks ended on Tuesday without a result. (AP)",
    "The ministry’s website can also be accessed at the addresses it has named since 2022.",
)
FURNITURE = (
    "Officials take part in the talks in Gomel, on February 28, 2022. (Photo by Reuters)",
    "Hulusi Akar during his visit, May 2, 2022. (AA Photo)",
    "A tank near Kyiv. (Getty Images)",
    "A tank near Kyiv. (File photo: AFP)",
    "A tank near Kyiv. (AP Photo/Efrem Lukatsky)",
    "A tank near Kyiv (Photo: Anadolu Agency)",
    "Photo: Reuters/Umit Bektas",
    "© 2022 Agence France-Presse",
    "Getty Images",
    "SHARE THIS ARTICLE",
    "Share on Twitter",
    "Advertisement",
    "Read more:",
    "Related articles",
)
LINES = st.lists(st.sampled_from(SENTENCES + FURNITURE + ("", "News / Turkey / Russia")))


@given(ANY_TEXT)
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


@given(ANY_TEXT)
def test_what_is_normalised_holds_no_control_characters_and_is_composed(text):
    clean = normalise(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in clean if c != "\n")
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == clean.strip()
    assert "  " not in clean
    assert "\n\n\n" not in clean


# Ligatures are spelt out, which a test of its own covers.
LETTERS = st.characters(categories=["L", "N", "P"], exclude_characters="ﬀﬁﬂﬃﬄﬅﬆ")


@given(st.lists(st.text(LETTERS, min_size=1)))
def test_normalising_keeps_every_word(words):
    assert (
        normalise(" \t".join(words)).split()
        == unicodedata.normalize("NFC", " ".join(words)).split()
    )


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\xa0 \t two", "one two"),
        ("one\n\n\n \n\ntwo", "one\n\ntwo"),
        ("I\u0307stanbul ve S\u0327anl\u0131urfa", "İstanbul ve Şanlıurfa"),
        ("nego\u00adtiate \ufeffnow\u200b", "negotiate now"),
        ("\x1b[31mred\x1b[0m\x07 alert\x00", "[31mred[0m alert"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("say\U000e0068\U000e0069 no more", "say no more"),
        ("half \ud83d a pair", "half a pair"),
        ("👩‍🚀 stays one", "👩‍🚀 stays one"),
    ],
)
def test_what_is_made_regular(raw, clean):
    assert normalise(raw) == clean


def test_a_line_and_its_controls():
    assert one_line("  The\n\ntitle\tof \x1bit ") == "The title of it"
    assert without_controls("a\x08b\x0cc") == "ab\nc"


@given(ANY_TEXT)
def test_removing_furniture_twice_is_removing_it_once(text):
    once = without_furniture(normalise(text))
    assert without_furniture(once) == once


@given(LINES)
def test_removing_furniture_from_lines_twice_is_removing_it_once(lines):
    once = without_furniture(normalise("\n".join(lines)))
    assert without_furniture(once) == once


@given(LINES)
def test_every_sentence_stays_whatever_furniture_stands_around_it(lines):
    kept = without_furniture(normalise("\n".join(lines))).split("\n")
    assert [line for line in kept if line in SENTENCES] == [
        line for line in lines if line in SENTENCES
    ]
    assert not set(kept) & set(FURNITURE)


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes(line):
    assert without_furniture(f"They met.\n\n{line}\n\nThey left.") == "They met.\n\nThey left."


@pytest.mark.parametrize(
    "crumbs", ["News / Turkey / Russia", "Home > World", "Home › Middle East & Africa › Turkey"]
)
def test_breadcrumbs_go_from_the_top_only(crumbs):
    assert without_furniture(f"{crumbs}\n\nThey met.") == "They met."
    assert without_furniture(f"They met.\n\n{crumbs}") == f"They met.\n\n{crumbs}"


@pytest.mark.parametrize(
    "headline",
    [
        "Russia/Ukraine peace talks resume",
        "Talks on 24/7 aid",
        "Kyiv / Moscow: the two sides meet again in Istanbul",
        "Photos: what the satellites saw of Bucha",
        "Telegram",
    ],
)
def test_headlines_that_look_like_furniture_stay(headline):
    text = f"{headline}\n\nThey met."
    assert without_furniture(text) == text


def test_an_article_that_is_nothing_but_breadcrumbs_stays():
    assert without_furniture("Erdoğan / Putin") == "Erdoğan / Putin"


def test_labels_after_a_share_button_go_but_an_article_after_one_stays():
    assert without_furniture("They met.\n\nSHARE THIS ARTICLE\nNews One Roku\nApp") == "They met."
    text = "SHARE THIS ARTICLE\n\nThey met.\n\nThey left."
    assert without_furniture(text) == "They met.\n\nThey left."
    assert without_furniture("Share this\n\nPutin to visit") == "Putin to visit"


def test_a_list_after_another_button_stays():
    text = "They met.\n\nAdvertisement\n\nWho was there\nDavid Arakhamia\nVladimir Medinsky"
    kept = "They met.\n\nWho was there\nDavid Arakhamia\nVladimir Medinsky"
    assert without_furniture(text) == kept


MIRRORS = (
    "They left.\n\nNews One’s website can also be accessed at the following alternate addresses:"
    "\n\nwww.news-one.example\nnews1.example"
)


def test_a_footer_of_mirror_addresses_goes_and_names_the_outlet():
    assert without_furniture(MIRRORS) == "They left."
    assert outlet_in_footer(MIRRORS) == "News One"
    assert outlet_in_footer("The talks' website can be accessed.") is None
    assert outlet_in_footer("Our website can also be accessed at these addresses:") is None


def test_an_address_on_a_line_of_its_own_is_text_elsewhere():
    text = "The statement is on the site of the presidency:\n\nwww.tccb.gov.tr\n\nThey left."
    assert without_furniture(text) == text


WRAPPED = (
    "Delegations of Russia and Ukraine met in Istanbul on Tuesday for a new\n"
    "round of talks, which the Turkish president opened with a short speech\n"
    "of welcome to both of them."
)


def test_wrapped_paragraphs_are_joined_and_lines_that_are_paragraphs_are_not():
    joined = WRAPPED.replace("\n", " ")
    assert unwrap(f"{WRAPPED}\n\n{WRAPPED}") == f"{joined}\n\n{joined}"
    apart = (
        "The delegations of both countries met in Istanbul on Tuesday morning.\n"
        "The president of Turkey opened the meeting with a speech.\n"
        "Then the doors were closed and the press was asked to leave the building."
    )
    assert unwrap(apart) == apart


def test_a_headline_above_paragraphs_of_one_line_is_not_joined_to_them():
    text = (
        "Talks resume in Istanbul after a break of two weeks\n"
        "The delegations met on Tuesday at the presidential office.\n"
        "They will meet once more tomorrow, it was said there."
    )
    assert unwrap(text) == text


def test_a_word_broken_at_its_hyphen_is_whole_again():
    text = (
        "In Istanbul the two delegations agreed at noon on a first cease-\n"
        "fire for the whole region, according to what their leaders said."
    )
    assert "cease-fire for" in unwrap(text)


@pytest.mark.parametrize("lines", [[], ["One line."], ["Short", "lines"], ["x" * 300, "and on"]])
def test_what_is_no_wrapped_paragraph(lines):
    assert not is_wrapped(lines)


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter",
        "To continue reading, subscribe to The Ledger.",
        "Subscribe to keep reading this article",
        "This article is only for subscribers.",
        "Subscribe to the Harbour Post morning newsletter here.",
        "Get the day's news delivered to your inbox",
        "Follow us on Facebook and Twitter",
        "Click here to subscribe",
    ],
)
def test_lines_that_ask_to_sign_up_go(line):
    assert without_furniture(f"Ferries sail again.\n{line}\nTickets stay cheap.") == (
        "Ferries sail again.\nTickets stay cheap."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Some 400 people signed up for the newsletter of the council within a day.",
        "Subscribe to the newsletter, the minister said, and you know all that I know.",
        "Follow the money, she told them.",
    ],
)
def test_sentences_about_signing_up_stay(line):
    assert without_furniture(f"Ferries sail again.\n{line}") == f"Ferries sail again.\n{line}"
