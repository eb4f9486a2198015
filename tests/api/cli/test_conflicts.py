"""`dragoman conflicts`: what it prints, and how it ends."""

import json
import re

import pytest

MINES = [
    {"id": "post", "title": "Peace talks", "source": "Post", "published": "2031-05-02",
     "text": "The peace talks at Orm began with 12 envoys."},
    {"id": "bell", "title": "Peace talks", "source": "Bell", "published": "2031-05-02",
     "text": "The peace talks at Orm began with 31 envoys."},
]  # fmt: skip


@pytest.fixture
def added(command, talks_archive, tmp_path):
    file = tmp_path / "talks.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in MINES))
    assert command("add", str(file), "--archive", str(tmp_path / "own")).returncode == 0
    return ("--archive", str(tmp_path / "own"))


def test_both_sides_are_printed_with_their_sources(command, added):
    said = command("conflicts", "peace talks at Orm", *added)
    assert (said.returncode, said.stderr) == (0, "")
    assert re.search(r"2 May 2031  number\n\s+(12|31)\n", said.stdout)
    assert "12 envoys" in said.stdout
    assert "31 envoys" in said.stdout
    printed = json.loads(command("conflicts", "peace talks at Orm", *added, "--json").stdout)
    assert printed["total"] == 1


def test_where_none_disagree_it_ends_with_status_3(command, added):
    said = command("conflicts", "peace talks at Orm", "--source", "Bell", *added)
    assert (said.returncode, said.stdout) == (3, "")
    assert "disagree" in said.stderr
