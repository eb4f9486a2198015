import pytest

from dragoman.corpus.formats.plain import read_markdown, read_plain
from dragoman.corpus.formats.records.record import read_record
from dragoman.corpus.formats.tables import with_tables_spelled_out

TABLE = """| Town | Price per cubic metre | Change |
|:---|---:|---|
| Arle | 1.92 euros | +4 % |
| Dell | 3.08 euros | – |"""
LINES = """Town: Arle; Price per cubic metre: 1.92 euros; Change: +4 %.
Town: Dell; Price per cubic metre: 3.08 euros."""


def test_each_row_has_the_labels_and_empty_cells_go():
    assert with_tables_spelled_out(f"Prices rise.\n\n{TABLE}\n\nSo it is.") == (
        f"Prices rise.\n\n{LINES}\n\nSo it is."
    )


def test_so_it_is_in_every_kind_of_text():
    text = f"Water prices\n\nPrices rise in most towns.\n\n{TABLE}"
    assert LINES in read_plain(text).body
    assert LINES in read_markdown(f"# {text}")[1].body
    assert LINES in getattr(read_record({"title": "Prices", "text": text}, "here"), "text", "")


def test_outer_bars_may_lack_and_a_bar_may_be_escaped():
    assert with_tables_spelled_out("a | b\n--- | ---\nc\\|d | e") == "a: c|d; b: e."


@pytest.mark.parametrize(
    "text",
    [
        "| Arle | 3 |\n| Dell | 4 |",  # nobody can know that the first row is a header
        "| 1 | 2 |\n|---|---|\n| 3 | 4 |",
        "| Town | Ill |\n|---|---|\n| Arle | 3 | 4 |",  # a cell without a label
        "| Town | |\n|---|---|\n| Arle | 3 |",
        "Either this | or that.\n\n---\n\nMore follows.",
        "| Town | Ill |\n|---|---|",
    ],
)
def test_what_is_no_table_with_a_header_stays(text):
    assert with_tables_spelled_out(text) == text
