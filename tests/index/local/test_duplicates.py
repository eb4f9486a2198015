"""Groups of near-duplicates: the same in whatever order articles come and go."""

import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.corpus.article import Article, Passage
from dragoman.index.local import duplicates
from dragoman.index.local.schema import create_database, prepare_folder
from dragoman.index.local.writer import LocalWriter
from reprints import (
    EDITS,
    bulletin,
    digest,
    first_half,
    made_up_report,
    replaced,
    with_background,
    with_outlet_line,
    without_first_paragraph,
    without_last_third,
)

STORY = made_up_report(1)
OTHER = made_up_report(2)
_LATE = STORY[len(STORY) // 2 :]
TEXTS = {
    "wire": STORY,
    "early half": first_half(STORY),
    "late half": _LATE,
    "edited": with_outlet_line(replaced(without_last_third(STORY), 0.05)),
    "same": STORY.upper(),
    "same again": STORY.replace(".", ";"),
    "other": OTHER,
    "other, cut": without_first_paragraph(OTHER),
    "of both": digest(STORY, OTHER),
    "bulletin 1": bulletin(1, 1_314, 1_585),
    "bulletin 2": bulletin(2, 1_421, 1_732),
    "brief": "Delegations met in the palace for a second day of talks, officials said.",
    "brief again": "Delegations met in the palace for a second day of talks, officials said",
    "stub": "Watch the video.",
    "stub again": "Watch the video.",
}


def stored(id: str, text: str):
    passage = Passage(id, 0, (0, len(text)), text)
    return Article(id=id, title="", text=text), [passage], np.ones((1, 4), np.float32)


def opened(folder: Path) -> LocalWriter:
    prepare_folder(folder)
    create_database(folder)
    return LocalWriter(folder)


@pytest.fixture
def database(tmp_path):
    with opened(tmp_path / "archive") as database:
        yield database


def put(database: LocalWriter, texts: dict[str, str]) -> None:
    database.put([stored(id, text) for id, text in texts.items()])


def groups(database: LocalWriter) -> set[frozenset[str]]:
    """Return the ids of the articles of each group of two or more."""
    by_group = defaultdict(set)
    passages = database.vectors_of_articles().passages.tolist()
    found = database.duplicate_groups(passages)
    for (_, group), copy in database.duplicates(sorted({group for _, group in found.values()})):
        by_group[group].add(copy.id)
    several = {frozenset(members) for members in by_group.values() if len(members) > 1}
    assert len(several) == database.summary().duplicate_groups
    return several


def groups_of(texts: dict[str, str]) -> set[frozenset[str]]:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "archive") as database:
        put(database, texts)
        return groups(database)


def test_the_reprints_of_a_story_are_one_group(database):
    put(database, {name: edit(STORY) for name, edit in EDITS.items()})
    put(database, {"other": OTHER})
    (group,) = groups(database)
    assert group == set(EDITS)


def test_what_differs_is_none(database):
    background = made_up_report(7, paragraphs=4)
    put(database, {str(n): with_background(100 + n, background) for n in range(10)})
    put(database, {f"day {n}": bulletin(n, 1_300 + 91 * n, 1_500 + 77 * n) for n in range(1, 9)})
    put(database, {"stub": TEXTS["stub"], "stub again": TEXTS["stub again"]})
    assert groups(database) == set()


def test_copies_part_when_the_one_in_the_middle_goes(database):
    put(database, {name: TEXTS[name] for name in ("early half", "late half", "wire")})
    assert groups(database) == {frozenset({"early half", "late half", "wire"})}
    database.remove(["wire"])
    assert groups(database) == set()
    put(database, {"wire": STORY})
    assert len(groups(database)) == 1
    put(database, {"wire": OTHER})  # replaced, it is another article
    assert groups(database) == set()


def test_a_chain_does_not_make_one_group_of_its_ends(database):
    paragraphs = [made_up_report(200 + n, paragraphs=1) for n in range(30)]
    links = {str(n): "\n\n".join(paragraphs[n // 2 : n // 2 + 10 + n % 2]) for n in range(40)}
    put(database, links)
    found = groups(database)
    assert found
    assert all(max(map(int, group)) - min(map(int, group)) <= 8 for group in found)


@settings(max_examples=60, deadline=None)
@given(st.permutations(sorted(TEXTS)), st.sets(st.sampled_from(sorted(TEXTS))), st.integers(1, 6))
def test_groups_are_the_same_in_any_order_and_after_any_removals(order, removed, at_once):
    expected = groups_of({id: text for id, text in TEXTS.items() if id not in removed})
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "archive") as database:
        for start in range(0, len(order), at_once):
            put(database, {id: TEXTS[id] for id in order[start : start + at_once]})
        put(database, {order[0]: TEXTS[order[-1]]})
        put(database, {order[0]: TEXTS[order[0]]})
        database.remove(sorted(removed))
        assert groups(database) == expected


@pytest.mark.parametrize("common", [0, 3])
def test_boilerplate_that_is_looked_up_last_hides_no_copy(database, monkeypatch, common):
    monkeypatch.setattr(duplicates, "_COMMON", common)
    footer = made_up_report(9, paragraphs=1)
    reports = {str(n): f"{made_up_report(300 + n, paragraphs=5)}\n\n{footer}" for n in range(20)}
    put(database, reports)
    assert groups(database) == set()
    put(database, {"copy": with_outlet_line(without_last_third(reports["7"]))})
    assert groups(database) == {frozenset({"7", "copy"})}


def test_a_text_that_is_there_a_thousand_times_is_one_wording(database):
    page = made_up_report(5, paragraphs=3)
    put(database, {str(n): page for n in range(1000)})
    (group,) = groups(database)
    assert len(group) == 1000
    connection = database._connection()
    assert connection.execute("SELECT count(*) FROM wordings").fetchone() == (1,)
    database.remove([str(n) for n in range(1, 1000)])
    assert groups(database) == set()
    database.remove(["0"])
    for table in ("worded", "wordings", "sketched"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_change_that_fails_leaves_the_groups_as_they_were(database):
    put(database, {"wire": STORY, "same": STORY.upper()})
    before = groups(database)
    broken = (*stored("edited", TEXTS["edited"])[:2], np.zeros((3, 4), np.float32))
    with pytest.raises(ValueError, match="zip"):
        database.put([stored("other", OTHER), broken])
    assert groups(database) == before


def test_the_earliest_published_comes_first_and_undated_last(database):
    from datetime import date

    days = {"undated": None, "late": date(2022, 4, 1), "early": date(2022, 3, 1)}
    for id, day in days.items():
        article, *rest = stored(id, STORY)
        dated = Article(id=article.id, title="", text=article.text, published=day)
        database.put([(dated, *rest)])
    passage = int(database.vectors_of_articles().passages[0])
    group = database.duplicate_groups([passage])[passage].group
    assert [copy.id for _, copy in database.duplicates([group])] == ["early", "late", "undated"]
