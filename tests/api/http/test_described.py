"""The service does what its own description says: a short run of `make fuzz`."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

FUZZ = Path(__file__).parents[2] / "benchmarks" / "fuzz.py"


@pytest.mark.slow
@pytest.mark.skipif(find_spec("schemathesis") is None, reason="without extra fuzz: make fuzz")
def test_no_request_finds_an_answer_that_is_not_described():
    limits = ["--examples", "5", "--seconds", "5", "--phases", "fuzzing"]
    ran = subprocess.run(
        [sys.executable, str(FUZZ), *limits],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
