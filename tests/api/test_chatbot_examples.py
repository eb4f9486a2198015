"""The complete examples of docs/chatbots/ run, and print what is shown below them."""

import os
import re
import sys
from pathlib import Path

import pytest

from pages import IN_CHECKOUT, ROOT

pytestmark = pytest.mark.skipif(not IN_CHECKOUT, reason="not in a checkout")

_COMPLETE = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = {
    f"{page.stem} {number}": found
    for page in sorted((ROOT / "docs" / "chatbots").glob("*.md"))
    for number, found in enumerate(_COMPLETE.findall(page.read_text()), 1)
}


def without_breaks(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_prints_what_is_shown(name, talks, server, monkeypatch, capsys):
    script, shown = EXAMPLES[name]
    folder = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", folder + os.pathsep + os.environ["PATH"])
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", str(talks.folder))
    # As the reader has it but for the port, and the archive, since SDKs keep back the environment.
    script = script.replace("http://localhost:8000", server)
    script = script.replace('args=["mcp"]', f'args=["mcp", "--archive", {str(talks.folder)!r}]')
    exec(compile(script, name, "exec"), {"__name__": "__main__"})
    printed = without_breaks(capsys.readouterr().out.replace(server, "http://localhost:8000"))
    for segment in filter(None, map(without_breaks, shown.split("…"))):
        before, found, printed = printed.partition(segment)
        assert found, (segment, before)
