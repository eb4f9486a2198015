"""Checks the TypeScript that docs/chatbots/clients.md shows, by types made of our own description.

    python tests/typescript.py FOLDER

FOLDER is where npm installs what it needs, and may be kept: make check-typescript.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from dragoman.api.http.app import create_app
from dragoman.search.dragoman import Dragoman

PAGE = Path(__file__).parents[1] / "docs" / "chatbots" / "clients.md"
PACKAGES = ("openapi-typescript@7", "typescript@5")
COMPILER = "--noEmit --strict --module esnext --moduleResolution bundler --target es2022"
LIBRARIES = "--lib es2022,dom"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}')
    with tempfile.TemporaryDirectory() as none:
        described = create_app(Dragoman.open(Path(none) / "none")).openapi()
    (folder / "openapi.json").write_text(json.dumps(described))
    (example,) = re.findall(
        r"^```typescript\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL
    )
    (folder / "example.ts").write_text(example)
    for command in (
        ("npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES),
        ("npx", "openapi-typescript", "openapi.json", "-o", "dragoman.d.ts",
         "--default-non-nullable", "false"),
        ("npx", "tsc", *COMPILER.split(), *LIBRARIES.split(), "example.ts", "dragoman.d.ts"),
    ):  # fmt: skip
        subprocess.run(command, cwd=folder, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
