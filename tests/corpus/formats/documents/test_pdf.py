"""PDFs: paragraphs as they are read, without what repeats on each page."""

import zlib

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenFile, FileBomb, FileProtected, ReadingError, ScannedFile
from dragoman.corpus.loading import read_articles
from local_site import drawn_pdf

Placed = tuple[int, int, int, str]  # left, bottom, size, text
FIRST = ["The harbour office of Lindhaven said on Tuesday that fer-", "ries would sail again after",
         "the storm, as a cease-fire", "holds."]  # fmt: skip


def pdf(pages: list[list[Placed]], more: str = "", trailer: str = "") -> bytes:
    """Return a PDF of pages with text at places."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    kids: list[str] = []
    for page in pages:
        placed = (f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in page)
        drawn = "".join(placed)
        objects.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}endstream")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    objects += [more] if more else []
    written, places = "%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{held}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{written}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(written)}\n%%EOF"
    ).encode("latin-1")


def lines(x: int, top: int, texts: list[str]) -> list[Placed]:
    return [(x, top - 14 * n, 12, text) for n, text in enumerate(texts)]


def read(tmp_path, raw: bytes, name: str = "a.pdf") -> Article | ReadingError:
    (tmp_path / name).write_bytes(raw)
    (found,) = read_articles(tmp_path / name)
    return found


def margins(number: int) -> list[Placed]:
    return [(50, 770, 9, f"Harbour Post, {number} May"), (300, 20, 9, str(number))]


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a"])
def test_paragraphs_and_title_whatever_the_name(tmp_path, name):
    page = [(50, 700, 24, "Ferries sail again"), *lines(50, 650, FIRST),
            *lines(50, 560, ["A second paragraph says so."])]  # fmt: skip
    article = read(tmp_path, pdf([page]), name)
    assert isinstance(article, Article)
    assert article.title == "Ferries sail again"
    assert article.text == (
        "The harbour office of Lindhaven said on Tuesday that ferries would sail again after the "
        "storm, as a cease-fire holds.\n\nA second paragraph says so."
    )


def test_what_repeats_on_each_page_is_left_out_and_a_sentence_goes_on(tmp_path):
    texts = ["The first page ends with a sentence that", "goes on, and on, across the next page,",
             "until it ends here at the last."]  # fmt: skip
    pages = [[*lines(50, 600, [text]), *margins(n)] for n, text in enumerate(texts, start=1)]
    article = read(tmp_path, pdf(pages))
    assert isinstance(article, Article)
    assert article.text == " ".join(texts)


def test_columns_are_read_one_after_the_other(tmp_path):
    left = [f"Left line {n} goes on and on to" for n in range(6)]
    right = [f"Right line {n} goes on and on to" for n in range(6)]
    article = read(tmp_path, pdf([[*lines(50, 700, left), *lines(320, 700, right)]]))
    assert isinstance(article, Article)
    assert article.text.index("Left line 5") < article.text.index("Right line 0")


def test_pictures_of_pages_are_named(tmp_path):
    error = read(tmp_path, pdf([[]]))
    assert isinstance(error, ScannedFile)
    assert "Make it searchable by OCR" in str(error)


def test_a_password_is_named(tmp_path):
    lock = f"<</Filter/Standard/V 1/R 2/P -44/O<{'ab' * 32}>/U<{'cd' * 32}>>>"
    raw = pdf([lines(50, 700, FIRST)], lock, f"/Encrypt 6 0 R/ID[<{'00' * 16}><{'00' * 16}>]")
    error = read(tmp_path, raw)
    assert isinstance(error, FileProtected)
    assert "the PDF file is protected by a password" in str(error)


@pytest.mark.parametrize("raw", [b"%PDF-1.4\n%%EOF", b"They met.", b"%PDF-1.4\n" + b"\xff" * 999])
def test_a_damaged_file_is_named(tmp_path, raw):
    error = read(tmp_path, raw)
    assert isinstance(error, BrokenFile)
    assert "not a readable PDF file" in str(error)


# Bombs

DRAWN = b"BT /F1 12 Tf 50 650 Td (Three ships left the harbour.) Tj ET "


def lzw_zeros(count: int) -> bytes:
    """Codes of LZW that each stand for one zero more than the one before, over and over."""
    codes = ((code, 9 + (code >= 511) + (code >= 1023) + (code >= 2047))
             for code in range(258, 4094))  # fmt: skip
    growing = f"{0:09b}{''.join(f'{code:0{width}b}' for code, width in codes)}{256:012b}"
    bits = f"{256:09b}{growing * (count // (3836 * 3837 // 2) + 1)}{'0' * 8}"
    bits = bits[: len(bits) // 8 * 8]
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


@pytest.mark.parametrize(
    ("stated", "packed"),
    [
        (b"/Filter[/FlateDecode/FlateDecode]", zlib.compress(zlib.compress(b" " * (257 << 20), 1))),
        (b"/Filter/RunLengthDecode", b"\x81a" * (1 << 19)),
        (b"/Filter/LZWDecode", lzw_zeros(257 << 20)),
    ],
    ids=["flate", "runs", "lzw"],
)
def test_what_grows_beyond_bounds_is_refused(tmp_path, stated, packed):
    assert isinstance(read(tmp_path, drawn_pdf(stated, packed)), FileBomb)


@pytest.mark.parametrize("cut", [0, 2, 4])
def test_a_packed_page_is_read_also_without_its_whole_checksum(tmp_path, cut):
    packed = zlib.compress(DRAWN)
    article = read(tmp_path, drawn_pdf(b"/Filter/FlateDecode", packed[: len(packed) - cut]))
    assert isinstance(article, Article)
    assert "Three ships left the harbour." in f"{article.title} {article.text}"
