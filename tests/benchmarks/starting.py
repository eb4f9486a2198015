"""How long a person waits for `dragoman search`, and what it loads for that."""

import os
import subprocess
import sys
import time
from pathlib import Path

from rich.table import Table

QUESTION = "Where were the talks of 29 March held?"
HEAVY = ("torch", "transformers", "sentence_transformers", "fastapi", "pydantic", "trafilatura")


def measure_start(folder: Path) -> Table:
    """Time the whole command, from nothing to its last line, after the first use."""
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data")}
    command = [sys.executable, "-m", "dragoman.api", "search", QUESTION]

    def seconds() -> float:
        started = time.perf_counter()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return time.perf_counter() - started

    first = seconds()
    later = sorted(seconds() for _ in range(5))
    traced = [sys.executable, "-X", "importtime", *command[1:]]
    trace = subprocess.run(traced, env=environment, check=True, capture_output=True, text=True)
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in trace.stderr.splitlines()}
    table = Table("dragoman search", "", title="Start", title_justify="left")
    table.add_row("first use, bundled articles indexed", f"{first:.2f} s")
    table.add_row("later, median of 5 (most)", f"{later[2]:.2f} s ({later[-1]:.2f} s)")
    table.add_row("heavy modules imported", ", ".join(imported & set(HEAVY)) or "none")
    return table
