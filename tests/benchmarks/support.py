"""How well true sentences are told from altered ones, by the least share and cosine asked for.

python tests/benchmarks/support.py
"""

import json
from pathlib import Path

from dragoman.index.encoding.encoder import Encoder, open_encoder
from dragoman.search.entailment.support import Support, support

CLAIMS = Path(__file__).parent.parent / "search" / "entailment"
SHARES = (0.7, 0.8, 0.9, 0.95, 1.0)
COSINES = (0.5, 0.6, 0.7)


def judged(file: Path, kind: str, encoder: Encoder) -> list[Support]:
    """Give how far each sentence of a kind, "supported" or "altered", is supported."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [support(text, [row["quote"]], encoder) for row in rows for text in row[kind]]


def passing(found: list[Support], share: float, cosine: float) -> str:
    """Say how many pass with these thresholds."""
    passed = [
        one
        for one in found
        if one.share >= share and one.cosine >= cosine and not (one.missing or one.contrary)
    ]
    return f"{len(passed)} of {len(found)}"


def main() -> None:
    """Print a table for each file of sentences."""
    encoder = open_encoder()
    for file in sorted(CLAIMS.glob("claims*.jsonl")):
        true, altered = (judged(file, kind, encoder) for kind in ("supported", "altered"))
        print(f"\n{file.name}\nshare  cosine  true kept  altered kept")
        for share in SHARES:
            for cosine in COSINES:
                kept = passing(true, share, cosine), passing(altered, share, cosine)
                print(f"{share:5}  {cosine:6}  {kept[0]:>9}  {kept[1]:>12}")


if __name__ == "__main__":
    main()
