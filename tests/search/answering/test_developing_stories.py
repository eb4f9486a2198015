"""Stories in the length and wording of news, each in an archive of its own, and what is asked.

They were written without a look at the rules.
"""

import json
from pathlib import Path

import pytest

from asked_stories import asked_of, faults, marked
from dragoman.search.dragoman import Dragoman

STORIES = json.loads(Path(__file__).with_name("developing_stories.json").read_text("utf-8"))
ASKED = [{**one, "story": name} for name, story in STORIES.items() for one in story["questions"]]


@pytest.fixture(scope="module")
def archives(tmp_path_factory, real_encoder):
    folder = tmp_path_factory.mktemp("developing")
    opened = {}
    for name, story in STORIES.items():
        opened[name] = Dragoman.open(folder / name, real_encoder)
        opened[name].add(story["articles"])
    yield opened
    for dragoman in opened.values():
        dragoman.close()


@pytest.mark.parametrize("expected", [*map(marked, ASKED)])
def test_it_is_answered_or_refused_as_it_should_be(archives, expected):
    answer = asked_of(archives[expected["story"]], expected)
    assert faults(answer, expected) == [], answer.answer
