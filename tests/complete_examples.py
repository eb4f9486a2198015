"""The complete examples of docs/chatbots/: scripts, and what they print."""

import contextlib
import gc
import io
import re
import warnings

from pages import ROOT

_COMPLETE = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```", re.MULTILINE | re.DOTALL)


def complete_examples() -> dict[str, tuple[str, str]]:
    """All of them, by the names of their pages."""
    return {
        f"{page.stem} {number}": found
        for page in sorted((ROOT / "docs" / "chatbots").glob("*.md"))
        for number, found in enumerate(_COMPLETE.findall(page.read_text()), 1)
    }


def check_example(script: str, shown: str, server: str, archive: str) -> None:
    """Run a script as its reader has it, but for the port and the archive."""
    script = script.replace("http://localhost:8000", server)
    script = script.replace('args=["mcp"]', f'args=["mcp", "--archive", {archive!r}]')
    said = io.StringIO()
    with contextlib.redirect_stdout(said), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # an example may leave a client open
        exec(compile(script, "example", "exec"), {"__name__": "__main__"})
        gc.collect()
    printed = _without_breaks(said.getvalue().replace(server, "http://localhost:8000"))
    for segment in filter(None, map(_without_breaks, shown.split("…"))):
        before, found, printed = printed.partition(segment)
        assert found, (segment, before)


def _without_breaks(text: str) -> str:
    return re.sub(r"\s", "", text)
