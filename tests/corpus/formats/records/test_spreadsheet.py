"""Spreadsheets: each sheet with a header is a table of records."""

import io
import zipfile
from datetime import date
from html import escape

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenFile, BrokenRecord, FileBomb, ReadingError
from dragoman.corpus.loading import Loading, read_articles

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = f"""<styleSheet {_MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>
</styleSheet>"""
ROWS = [
    ["id", "Headline", "Body", "Date", "Source"],
    [7, "Ferries stay in port", "Storms keep the ferries in port.", date(2022, 3, 29), "Post"],
    [],
    [8, "Ferries sail", "The ferries sail again & carry cars.", "30 March 2022", None],
]


def _cell(value: object) -> str:
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value or ""))}</t></is></c>'


def spreadsheet(**sheets: list[list]) -> bytes:
    """Return an XLSX file with these sheets."""
    numbered = list(enumerate(sheets.items(), start=1))
    names = "".join(f'<sheet name="{n}" sheetId="{k}" r:id="r{k}"/>' for k, (n, _) in numbered)
    links = "".join(
        f'<Relationship Id="r{k}" Type="{_RELATIONS}/worksheet" Target="worksheets/{k}.xml"/>'
        for k, _ in numbered
    )
    links += f'<Relationship Id="s" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>{names}</sheets></workbook>',
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        main = f'<Relationship Id="r" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{main}</Relationships>')
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{links}</Relationships>',
        )
        archive.writestr("xl/styles.xml", _STYLES)
        for number, (_, rows) in numbered:
            lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            sheet = f"<worksheet {_MAIN}><sheetData>{lines}</sheetData></worksheet>"
            archive.writestr(f"xl/worksheets/{number}.xml", sheet)
    return raw.getvalue()


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a"])
def test_each_row_is_an_article(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(spreadsheet(Notes=[["to do"], ["call"]], March=ROWS))
    first, second = read_articles(file)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.title, first.source) == ("7", "Ferries stay in port", "Post")
    assert first.published == date(2022, 3, 29)
    assert (second.text, second.source) == ("The ferries sail again & carry cars.", None)
    assert second.published == date(2022, 3, 30)


def test_columns_may_be_named(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(spreadsheet(One=[["K", "W"], ["Ferries", "They sail again."]]))
    (problem,) = read_articles(file)
    assert isinstance(problem, BrokenRecord)
    assert "sheet One: " in str(problem)
    assert "text=COLUMN" in str(problem)
    (article,) = Loading(file, columns={"title": "K", "text": "W"}).articles()
    assert (article.title, article.text) == ("Ferries", "They sail again.")


def test_a_row_without_a_text_is_named_by_its_place(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(spreadsheet(March=[*ROWS, [9, "Empty", "", "", ""]]))
    problem = list(read_articles(file))[-1]
    assert isinstance(problem, ReadingError)
    assert str(problem).startswith(f"{file}, sheet March, row 5: ")


def test_a_broken_spreadsheet_is_named(tmp_path):
    whole = spreadsheet(March=ROWS)
    file = tmp_path / "a.xlsx"
    file.write_bytes(whole[: len(whole) // 2])
    (problem,) = read_articles(file)
    assert isinstance(problem, BrokenFile)


def test_a_bomb_is_named(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(spreadsheet(March=[*ROWS, [9, "x" * 30_000_000, "", "", ""]]))
    (problem,) = read_articles(file)
    assert isinstance(problem, FileBomb)
