"""Pairs of reports that disagree, or only seem to: what is found of them, and what invented."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dragoman.corpus.article import Article, Passage
from dragoman.search.results import RankedPassage, Scores
from dragoman.search.stories.conflicts.finding import Disputes, disputes_in

DISAGREE = ("number", "place", "day", "denial")


@dataclass
class Pair:
    """Two articles about a matter, and how what they tell differs."""

    name: str
    kind: str
    passages: list[RankedPassage] = field(default_factory=list)

    def disputes(self) -> Disputes:
        return disputes_in(self.passages)


def written_pairs() -> list[Pair]:
    pairs: list[Pair] = []
    lines = Path(__file__).with_name("conflicting_pairs.txt").read_text("utf-8").splitlines()
    heads = [line for line in lines if line and not line.startswith(";")]
    for line, text in zip(heads, [*heads[1:], ""], strict=True):
        mark, _, rest = line.partition(" ")
        if mark == "#":
            name, kind, _ = rest.split(" | ")
            pairs.append(Pair(name, kind))
        elif mark == "@":
            outlet, day, title = rest.split(" | ")
            id = f"{len(pairs)}-{len(pairs[-1].passages)}"
            article = Article(id, title, text, outlet, published=date.fromisoformat(day))
            passage = Passage(id, 0, (0, len(text)), text)
            pairs[-1].passages.append(RankedPassage(1, passage, article, 1.0, Scores()))
    return pairs


def test_what_is_told_of_pairs_is_precise_and_complete() -> None:
    pairs = written_pairs()
    found = {pair.name: {one.kind for one in pair.disputes().conflicts} for pair in pairs}
    expected = {pair.name: {pair.kind} & {*DISAGREE} for pair in pairs}
    missed = {name for name, kinds in expected.items() if kinds - found[name]}
    invented = {name for name, kinds in found.items() if kinds - expected[name]}
    assert len(pairs) == 54
    assert sum(map(bool, expected.values())) == 26
    assert missed <= {"quake"}, missed
    assert not invented


def test_corrections_and_retractions_are_told_apart() -> None:
    amended = [pair for pair in written_pairs() if pair.kind in ("correction", "retraction")]
    assert len(amended) == 7
    for pair in amended:
        corrections = pair.disputes().corrections
        assert {one.kind for one in corrections} == {pair.kind}, pair.name


def test_pairs_of_other_matters_never_disagree() -> None:
    together = [passage for pair in written_pairs() for passage in pair.passages]
    for conflict in disputes_in(together).conflicts:
        of = {line.article.id.split("-")[0] for side in conflict.sides for line in side.reports}
        assert len(of) == 1, conflict
