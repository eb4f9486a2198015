"""txtai's own API over an archive's passages: hybrid search, with its defaults, and our weights.

python tests/benchmarks/txtai_service.py ARCHIVE FOLDER PORT

Needs txtai[api]. The index is made of the archive's vectors in FOLDER, at the first run.
"""

import argparse
import json
import os
from pathlib import Path

import numpy as np
from others import Found, read_passages

from dragoman.index.encoding.encoder import Vectors
from dragoman.index.encoding.weights import default_model_folder
from dragoman.index.local.archive import LocalArchive


def make_index(archive: Path, folder: Path) -> None:
    """Index the passages of an archive by the vectors that it has of them."""
    from txtai import Embeddings

    with LocalArchive(archive) as opened:
        passages, vectors = read_passages(opened)
    known = {_titled(passage): vectors[number] for number, passage in passages.items()}

    def transform(texts: list[str]) -> Vectors:
        return np.stack([known[text] for text in texts])

    embeddings = Embeddings(hybrid=True, content=True, method="external", transform=transform)
    embeddings.index((number, text) for number, text in enumerate(known))
    embeddings.save(str(folder))
    # Questions are encoded by the same weights, as txtai itself runs them.
    config = folder / "config.json"
    kept = json.loads(config.read_text())
    for name in ("method", "transform"):
        kept.pop(name, None)
    config.write_text(json.dumps({**kept, "path": str(default_model_folder())}))


def _titled(passage: Found) -> str:
    return f"{passage.title}\n{passage.text}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("port", type=int)
    given = parser.parse_args()
    if not given.folder.exists():
        make_index(given.archive, given.folder)
    settings = given.folder.with_suffix(".yml")
    settings.write_text(f"path: {given.folder}\nembeddings:\n  path: {default_model_folder()}\n")
    os.environ["CONFIG"] = str(settings)
    import uvicorn

    uvicorn.run("txtai.api:app", port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
