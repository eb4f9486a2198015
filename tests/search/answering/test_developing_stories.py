"""Some of the stories in the length and wording of news, each in an archive of its own.

All of them are asked by tests/benchmarks/asked.py.
"""

import pytest

from asked_stories import SETS, asked_of, faults, marked
from dragoman.search.dragoman import Dragoman

NAMES = """
    ferry-reasons hospital-reasons tram-plans election-table train-corrections strait-bridge
    striker-transfer fishing-quota
""".split()
KNOWN_WRONG = [
    "Why was the Prince Aldous taken out of service in February?",
    "Why won't the new outpatient building be named after Emeric Toll?",
    "Why did Anton Reuss leave the hospital board?",
    "Why is the children's ward in Ferling moving to Quenby?",
    "When did Line 8 to the airport open?",
    "Was the barrier open or closed?",
    "What did the examination of the driver's telephone show?",
    "How much did Calder City pay for Jules Abelard?",
    "What did the joint survey of the herring find?",
]
STORIES = [one for stories in SETS.values() for one in stories if one["name"] in NAMES]
ASKED = [
    {**one, "story": story["name"], "known_wrong": one["question"] in KNOWN_WRONG}
    for story in STORIES
    for one in story["questions"]
]


@pytest.fixture(scope="module")
def archives(tmp_path_factory, real_encoder):
    folder = tmp_path_factory.mktemp("developing")
    opened = {}
    for story in STORIES:
        opened[story["name"]] = Dragoman.open(folder / story["name"], real_encoder)
        opened[story["name"]].add(story["articles"])
    yield opened
    for dragoman in opened.values():
        dragoman.close()


def test_all_stories_are_there():
    assert sorted(story["name"] for story in STORIES) == sorted(NAMES)
    assert {*KNOWN_WRONG} <= {one["question"] for one in ASKED}


@pytest.mark.parametrize("expected", [*map(marked, ASKED)])
def test_it_is_answered_or_refused_as_it_should_be(archives, expected):
    answer = asked_of(archives[expected["story"]], expected)
    assert faults(answer, expected) == [], answer.answer
