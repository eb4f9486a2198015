from collections.abc import Sequence

from dragoman.corpus.text.sentences import sentence_spans
from dragoman.search.reading.reader import FoundSpan, Reading
from dragoman.search.reading.rows import read_rows_asked

TOWNS = ("Arle", "Bodmer", "Cinder", "Dell", "Ewe")
TABLE = "\n".join(f"Town: {town}; Ill: {number}." for number, town in enumerate(TOWNS))
TEXT = f"The office counts the ill.\n{TABLE}\nThe worst is over in Dell."


class EverySentence:
    """A reader that finds each sentence that it is given."""

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        self.given = [text for _, text in passages]
        return [
            Reading(0.5, 0.0, tuple(FoundSpan(s, s, 1.0) for s in sentence_spans(text)), 0.0)
            for _, text in passages
        ]


def read(name: str) -> tuple[str, list[str]]:
    reader = EverySentence()
    named = lambda text: float(name in text)  # noqa: E731
    (reading,) = read_rows_asked(reader, "How many are ill?", [("Ill", TEXT)], named)
    return reader.given[0], [TEXT[slice(*one.span)] for one in reading.spans]


def test_of_a_table_only_the_rows_that_are_named_are_read():
    given, found = read("Dell")
    assert given.split("\n") == [TEXT.split("\n")[0], "Town: Dell; Ill: 3.", TEXT.split("\n")[-1]]
    assert found == given.split("\n")


def test_where_no_row_is_named_all_are_read():
    assert read("Fenn")[0] == TEXT
