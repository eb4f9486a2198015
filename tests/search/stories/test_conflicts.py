"""Reports that disagree, told apart from updates, corrections and other things."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from dragoman.corpus.article import Article, Passage
from dragoman.index.archive import ArticleRef
from dragoman.search.errors import QuestionStopped
from dragoman.search.results import RankedPassage, Scores
from dragoman.search.stopping import Stop
from dragoman.search.stories.conflicts.finding import MOST_SENTENCES, disputes_in
from dragoman.search.stories.conflicts.found import Conflict, Side


@dataclass
class Case:
    """Articles about a matter, the conflicts among them and the corrections."""

    name: str
    articles: list[Article] = field(default_factory=list)
    conflicts: list[list[str]] = field(default_factory=list)
    corrections: set[tuple[str, ...]] = field(default_factory=set)


def written_cases() -> list[Case]:
    cases: list[Case] = []
    for line in Path(__file__).with_name("conflicting_reports.txt").read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "==":
            cases.append(Case(rest.partition(":")[0]))
        elif mark == "@":
            day, outlet, title = rest.split(" | ")
            published = None if day == "undated" else date.fromisoformat(day)
            id = str(len(cases[-1].articles) + 1)
            cases[-1].articles.append(Article(id, title, "", outlet, published=published))
        elif mark == "!":
            cases[-1].conflicts.append(rest.split(" | "))
        elif mark == "~":
            cases[-1].corrections.add(tuple(rest.split(" | ")))
        elif mark not in ("", "#", "?"):
            last = cases[-1].articles.pop()
            text = f"{last.text}\n{line}".strip()
            one = Article(last.id, last.title, text, last.source, published=last.published)
            cases[-1].articles.append(one)
    return cases


def passages(articles: list[Article]) -> list[RankedPassage]:
    """Return a passage of each article, of those with the same text of the first alone."""
    found: dict[str, RankedPassage] = {}
    for one in articles:
        copies = [other for other in articles if other.text == one.text and other.id != one.id]
        also = tuple(ArticleRef(copy.id, copy.title, copy.source, None, None) for copy in copies)
        passage = Passage(one.id, 0, (0, len(one.text)), one.text)
        ranked = RankedPassage(1, passage, one, 1.0, Scores(), also_in=also)
        found.setdefault(one.text, ranked)
    return [*found.values()]


def is_said(side: Side, said: str, article: str) -> bool:
    lines = [line for line in side.reports if line.article.id == article]
    return any(said in line.sentence for line in lines)


def is_of(conflict: Conflict, expected: list[str]) -> bool:
    kind, first, second, article, other = expected
    one, two = conflict.sides
    return conflict.kind == kind and (
        (is_said(one, first, article) and is_said(two, second, other))
        or (is_said(two, first, article) and is_said(one, second, other))
    )


@pytest.mark.parametrize("case", written_cases(), ids=lambda case: case.name)
def test_conflicts_and_corrections_are_those_a_careful_reader_finds(case: Case) -> None:
    conflicts, corrections, _ = disputes_in(passages(case.articles))
    assert len(conflicts) == len(case.conflicts), conflicts
    for expected in case.conflicts:
        assert any(is_of(one, expected) for one in conflicts), conflicts
    assert {(one.kind, one.line.article.id, one.of) for one in corrections} == case.corrections


def test_the_set_is_large_enough_to_tell() -> None:
    cases = written_cases()
    assert len(cases) >= 40
    assert sum(bool(case.conflicts) for case in cases) >= 15


def test_all_reports_of_one_side_stand_together_and_count_by_witness() -> None:
    day = date(2031, 5, 2)
    flood = [
        Article("1", "Flood", "Eight people were killed in the flood.", "Post", published=day),
        Article("2", "Flood", "The flood killed 14 people.", "Herald", published=day),
        Article("3", "Flood", "The flood has killed 14 people.", "Bell", published=day),
    ]
    [conflict], *_ = disputes_in(passages(flood))
    assert sorted((side.said, side.independent) for side in conflict.sides) == [
        ("14", 2),
        ("Eight", 1),
    ]


def test_so_many_sentences_are_compared_and_no_more() -> None:
    text = " ".join(f"The flood killed {n} people." for n in range(1, MOST_SENTENCES + 2))
    assert not disputes_in(passages([Article("1", "Flood", text[: text.rindex(" The")])])).more
    assert disputes_in(passages([Article("1", "Flood", text)])).more


def test_comparing_ends_when_nobody_waits_for_it() -> None:
    day = date(2031, 5, 2)
    flood = [Article("1", "Flood", "The flood killed 14 people.", "Post", published=day)]
    stop = Stop()

    def compare() -> None:
        stop.stop()
        disputes_in(passages(flood))

    with pytest.raises(QuestionStopped):
        stop.run(compare)
