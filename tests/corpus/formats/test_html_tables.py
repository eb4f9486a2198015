import pytest

from dragoman.corpus.formats.html import read_page

FIRST = "<p>The health office has published how many children fell ill in each of the towns.</p>"
LAST = "<p>Chief doctor Ana Leck said on Monday that the worst was over in the province.</p>"


def lines_of(markup: str) -> list[str]:
    page = read_page(f"<html><body><article>{FIRST}{markup}{LAST}</article></body></html>")
    return page.text.split("\n")[1:-1] if page else []


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (
            "<table><thead><tr><th>Town</th><th>Ill</th></tr></thead>"
            "<tr><td>Arle</td><td>3</td></tr><tr><td>Dell</td><td>4</td></tr></table>",
            ["Town: Arle; Ill: 3.", "Town: Dell; Ill: 4."],
        ),
        (
            "<table><tr><th>Capital</th><td>Arle</td></tr>"
            "<tr><th>Mayor</th><td>Bo Ash</td></tr></table>",
            ["Capital: Arle.", "Mayor: Bo Ash."],
        ),
        (
            "<table><tr><th></th><th>2023</th><th>2024</th></tr>"
            "<tr><th>Arle</th><td>3</td><td>4</td></tr></table>",
            ["Arle; 2023: 3; 2024: 4."],
        ),
        (
            "<table><tr><td>Animal</td><td>Price</td></tr><tr><td>Ewe</td><td>2.00 euros</td></tr>"
            "<tr><td><p>Ram</p></td><td><p>3.10 euros</p></td></tr></table>",
            ["Animal: Ewe; Price: 2.00 euros.", "Animal: Ram; Price: 3.10 euros."],
        ),
        (
            "<figure><table><tr><th>Town</th><th>Ill</th></tr><tr><td>Arle</td><td>3</td></tr></table>"
            "</figure>",
            ["Town: Arle; Ill: 3."],
        ),
        (
            "<dl><div><dt>Fine</dt><dd>150 euros</dd></div></dl>",
            ["Fine: 150 euros."],
        ),
        (
            "<table><tr><td><b>Town</b></td><td><b>Mayor</b></td></tr>"
            "<tr><td>Arle</td><td>Bo Ash</td></tr></table>",
            ["Town: Arle; Mayor: Bo Ash."],
        ),
        (
            "<table><caption>Ill by town</caption><tr><th>Town</th><th colspan='2'>Ill</th></tr>"
            "<tr><td rowspan='2'>Arle</td><td>3</td><td>4</td></tr>"
            "<tr><td>5</td><td>6</td></tr></table>",
            ["Ill by town", "Town: Arle; Ill: 3; Ill: 4.", "Town: Arle; Ill: 5; Ill: 6."],
        ),
        (
            "<dl><dt>Fine for speeding</dt><dd>150 euros</dd><dt>Fine for noise</dt>"
            "<dd>400 euros</dd></dl>",
            ["Fine for speeding: 150 euros.", "Fine for noise: 400 euros."],
        ),
    ],
)
def test_what_has_labels_is_spelled_out(markup, lines):
    assert lines_of(markup) == lines


def test_a_table_without_labels_stays_as_it_is():
    rows = "<table><tr><td>Arle</td><td>3</td></tr><tr><td>Dell</td><td>4</td></tr></table>"
    assert lines_of(rows) == ["| Arle | 3 |", "| Dell | 4 |"]


def test_a_table_for_the_layout_is_none():
    text = "All the text of the page is in a table that only arranges it. It has sentences."
    markup = f"<table><tr><th>Menu</th></tr><tr><td><p>{text}</p></td></tr></table>"
    assert text in " ".join(lines_of(markup))
