"""Newsletters, mailboxes of them, and pages saved as mail."""

from datetime import date
from email.message import EmailMessage

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenFile
from dragoman.corpus.loading import Loading

TEXT = "The ferries of Şanlıurfa sail again on Tuesday.\n\nThey wait."
HTML = "".join(f"<p>{text}</p>" for text in (*TEXT.split("\n\n"), "Unsubscribe here"))
MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/a1\r\n"
    "Subject: Ferries\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/html; charset=windows-1254\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://post.example/a1\r\n"
    "\r\n<html><head><title>Ferries</title></head><body><article><p>The ferries of =\r\n"
    "=DEanl=FDurfa sail again on Tuesday, they said.</p></article></body></html>\r\n"
    "--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
)


def message(html: bool = True, attached: bool = False) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Ferries of Şanlıurfa", "Harbour Post <news@post.example>"
    mail["To"], mail["Date"] = "a@b.example", "Wed, 08 Nov 2023 18:00:00 +0000"
    mail["Message-ID"] = "<1@post.example>"
    mail.set_content(TEXT)
    if html:
        mail.add_alternative(HTML, subtype="html")
    if attached:
        mail.add_attachment(b"They left.", "text", "plain", filename="b.txt")
        mail.add_attachment(b"\x89PNG", "image", "png", filename="c.png")
    return mail


def loaded(tmp_path, name: str, raw: bytes) -> list[Article]:
    (tmp_path / name).write_bytes(raw)
    loading = Loading(tmp_path / name)
    found = list(loading.articles())
    assert not loading.problems
    return found


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a"])
def test_a_newsletter(tmp_path, html, name):
    (article,) = loaded(tmp_path, name, message(html).as_bytes())
    assert (article.title, article.text) == ("Ferries of Şanlıurfa", TEXT)
    assert (article.source, article.published) == ("Harbour Post", date(2023, 11, 8))


def test_what_is_attached_is_read_too(tmp_path):
    first, second = loaded(tmp_path, "a.eml", message(attached=True).as_bytes())
    assert (first.text, second.text) == (TEXT, "They left.")


@pytest.mark.parametrize("name", ["a.mbox", "inbox", "a.txt"])
def test_every_message_of_a_mailbox(tmp_path, name):
    one = b"From news@post.example Wed Nov  8 18:00:00 2023\n" + message(False).as_bytes()
    two = one.replace(b"18:00:00 +0000", b"19:00:00 +0000")
    articles = loaded(tmp_path, name, one + b"\n" + two)
    assert [article.text for article in articles] == [TEXT, TEXT]
    assert len({article.id for article in articles}) == 2


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html"])
def test_a_page_saved_with_all_its_parts(tmp_path, name):
    (article,) = loaded(tmp_path, name, MHTML.encode())
    assert article.text == "The ferries of Şanlıurfa sail again on Tuesday, they said."
    assert article.url == "https://post.example/a1"


def test_a_saved_page_without_a_page_is_named(tmp_path):
    (tmp_path / "a.mhtml").write_text("From: <Saved by Blink>\n\nThey met.")
    (error,) = Loading(tmp_path).read()
    assert isinstance(error, BrokenFile)


def test_a_text_that_begins_like_mail_is_none(tmp_path):
    (article,) = loaded(tmp_path, "a.txt", b"From: the harbour\n\nThey met on Tuesday.")
    assert "They met" in article.text


def test_a_forwarded_message_is_read_with_what_it_states(tmp_path):
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Message-ID"] = "me@x.example", "you@x.example", "<2@x>"
    outer["Subject"] = "Fwd"
    outer.set_content("See below, please.")
    outer.add_attachment(message(False))
    first, second = loaded(tmp_path, "a.eml", outer.as_bytes())
    assert (first.text, second.text) == ("See below, please.", TEXT)
    assert second.title == loaded(tmp_path, "b.eml", message(False).as_bytes())[-1].title


def test_what_a_newsletter_hides_is_not_its_text(tmp_path):
    html = '<div style="display: none">Preview.</div><p>They met.</p><p style="color:red">So.</p>'
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Message-ID"] = "a@x.example", "b@x.example", "<3@x>"
    letter.set_content(html, subtype="html")
    (article,) = loaded(tmp_path, "a.eml", letter.as_bytes())
    assert article.text == "They met.\n\nSo."
