"""The complete examples of docs/chatbots/ run, and print what is shown below them."""

import os
import sys
from pathlib import Path

import pytest

from complete_examples import check_example, complete_examples
from pages import IN_CHECKOUT

pytestmark = pytest.mark.skipif(not IN_CHECKOUT, reason="not in a checkout")

EXAMPLES = complete_examples()
ELSEWHERE = "integrations"  # make test-integrations


@pytest.mark.parametrize("name", [name for name in EXAMPLES if not name.startswith(ELSEWHERE)])
def test_an_example_prints_what_is_shown(name, talks, talks_address, monkeypatch):
    folder = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", folder + os.pathsep + os.environ["PATH"])
    check_example(*EXAMPLES[name], talks_address, str(talks.folder))
