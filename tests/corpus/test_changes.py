from dataclasses import replace
from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.changes import Change, changes_between

FIRST = Article("1", "Talks open", "They met in Istanbul. Ten came. All left at noon.")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (FIRST.text, ()),
        ("They met in Istanbul. Twelve came. All left at noon.", (("Ten came.", "Twelve came."),)),
        ("They met in Istanbul. All left at noon.", (("Ten came.", ""),)),
        (f"{FIRST.text} Nobody spoke.", (("", "Nobody spoke."),)),
        ("Nobody met. Ten came. Nobody left.", (
            ("They met in Istanbul.", "Nobody met."), ("All left at noon.", "Nobody left."),
        )),
    ],
)  # fmt: skip
def test_changes_are_of_whole_sentences(text, changes):
    expected = tuple(Change("text", *words) for words in changes)
    assert changes_between(FIRST, replace(FIRST, text=text)) == expected


def test_title_and_day_come_first():
    later = replace(FIRST, title="Talks end", published=date(2022, 3, 29))
    assert changes_between(FIRST, later) == (
        Change("title", "Talks open", "Talks end"),
        Change("published", "", "2022-03-29"),
    )


def test_very_many_differing_sentences_are_one_change():
    before, after = (" ".join(f"{word} {n}." for n in range(3000)) for word in ("Old", "New"))
    found = changes_between(replace(FIRST, text=before), replace(FIRST, text=after))
    assert len(found) == 1
    assert found[0].added == after
