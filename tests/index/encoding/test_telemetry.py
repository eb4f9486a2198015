"""Nothing is told to anybody: the runtime's telemetry is off before it is loaded."""

import os
import subprocess
import sys

from dragoman.index.encoding.compiling import cache_folder


def test_encoding_leaves_no_trace_of_telemetry(tmp_path, real_encoder):
    home = tmp_path / "home"
    (home / ".cache").mkdir(parents=True)
    (home / ".cache" / "dragoman").symlink_to(cache_folder().parent)
    code = (
        "import os; from dragoman.index.encoding.encoder import open_encoder;"
        "open_encoder().encode_question('talks'); print(os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "XDG_"))}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "1"
    assert [entry.name for entry in (home / ".cache").iterdir()] == ["dragoman"]
