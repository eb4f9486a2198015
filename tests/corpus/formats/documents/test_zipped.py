"""Documents of word processors and books, which are ZIP archives of XML."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenFile, FileBomb, FileProtected
from dragoman.corpus.loading import Loading, read_articles

FIRST, SECOND = "The ferries sail again on Tuesday.", "Tickets stay at twelve crowns until May."
ODT = "application/vnd.oasis.opendocument.text"
ODT_XML = f"""<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:p text:style-name="Title">Ferries</text:p><text:p>{FIRST}</text:p>
<text:p>Tickets stay<text:s/>at <text:span>twelve</text:span> crowns until May.<office:annotation>
<text:p>a note</text:p></office:annotation></text:p></office:text></office:body>
</office:document-content>"""
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>May</dc:title>
<dc:publisher>Harbour Post</dc:publisher><dc:date>2023-11-08</dc:date></metadata><manifest>
<item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/a%201.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/><itemref idref="n"/><itemref idref="a"/></spine></package>"""
CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OPS/book.opf"/></rootfiles></container>"""
PARAGRAPHS = f"<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST} {SECOND}</p>"
CHAPTER = f"<html><body><h1>Ferries</h1>{PARAGRAPHS}</body></html>"
BILLION = "<!DOCTYPE a [<!ENTITY a0 'x'>" + "".join(
    f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)
) + "]>"  # fmt: skip


def zipped(parts: dict[str, str | bytes]) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, how)
    return raw.getvalue()


def word() -> bytes:
    document, raw = docx.Document(), BytesIO()
    document.add_paragraph("Ferries", style="Title")
    document.add_paragraph(FIRST)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells),
                          ["Town", "Price", "Dell", "3 euros"], strict=True):  # fmt: skip
        cell.text = text
    document.add_paragraph(SECOND)
    document.save(raw)
    return raw.getvalue()


def odt(**parts: str) -> bytes:
    return zipped({"mimetype": ODT, "content.xml": ODT_XML, **parts})


def epub(chapter: str = CHAPTER) -> bytes:
    return zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER,
                   "OPS/book.opf": OPF, "OPS/cover.xhtml": "<html><body>May</body></html>",
                   "OPS/text/a 1.xhtml": chapter})  # fmt: skip


def found(path: Path, raw: bytes) -> list[object]:
    path.write_bytes(raw)
    return list(read_articles(path))


@pytest.mark.parametrize("name", ["a.docx", "a.zip", "a", "a.txt"])
def test_a_word_document_whatever_its_name(tmp_path, name):
    (article,) = found(tmp_path / name, word())
    assert isinstance(article, Article)
    assert article.title == "Ferries"
    assert article.text == f"{FIRST}\n\nTown: Dell; Price: 3 euros.\n\n{SECOND}"


@pytest.mark.parametrize("name", ["a.odt", "a"])
def test_an_opendocument_text(tmp_path, name):
    (article,) = found(tmp_path / name, odt())
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Ferries", f"{FIRST}\n\n{SECOND}")


@pytest.mark.parametrize("name", ["a.epub", "a.zip"])
def test_each_chapter_of_a_book_is_an_article(tmp_path, name):
    (tmp_path / name).write_bytes(epub())
    loading = Loading(tmp_path / name)
    (article,) = loading.articles()
    assert not loading.problems
    assert (article.title, article.source) == ("Ferries", "Harbour Post")
    assert article.published == date(2023, 11, 8)
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{FIRST} {SECOND}"
    assert loading.skipped == {"page of a book without an article": 1}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.docx", word()[:900]), ("a.docx", b"They met."),
        ("a.docx", zipped({"word/document.xml": "<a"})),
        ("a.odt", odt()[:300]), ("a.odt", zipped({"mimetype": ODT})),
        ("a.odt", zipped({"mimetype": ODT, "content.xml": "<a"})),
        ("a.epub", epub()[:300]),
        ("a.epub", zipped({"META-INF/container.xml": "<container/>"})),
    ],
)  # fmt: skip
def test_a_damaged_document_is_named(tmp_path, name, raw):
    (error,) = found(tmp_path / name, raw)
    assert isinstance(error, BrokenFile)
    assert name in str(error)


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.docx", b"\xd0\xcf\x11\xe0" + bytes(999)),
     ("a.odt", odt(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"}))],
)  # fmt: skip
def test_a_password_is_named(tmp_path, name, raw):
    (error,) = found(tmp_path / name, raw)
    assert isinstance(error, FileProtected)


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/image1.png"])
def test_a_document_that_grows_without_bounds_is_named(tmp_path, name):
    (error,) = found(
        tmp_path / "a.docx", zipped({"word/document.xml": "x", name: b"a" * (20 << 20)})
    )
    assert isinstance(error, FileBomb)


def test_entities_that_grow_without_bounds_are_not_followed(tmp_path):
    xml = BILLION + ODT_XML.replace(FIRST, "&a9;")
    (read,) = found(tmp_path / "a.odt", zipped({"mimetype": ODT, "content.xml": xml}))
    assert isinstance(read, BrokenFile) or len(getattr(read, "text", "")) < 1000
