"""How fast articles are added, against the bare encoder; what it takes; what a kill costs."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from rich.table import Table

from dragoman.corpus.article import Article
from dragoman.corpus.loading import read_articles
from dragoman.corpus.splitting import encoder_text, split
from dragoman.index.encoding.encoder import Encoder
from dragoman.index.local.archive import LocalArchive
from dragoman.search.dragoman import Dragoman

_SLICES = 6


def measure_indexing(corpus: Path, archive: Path) -> Table:
    """Add a corpus in a process of its own, slice by slice, each beside the bare encoder."""
    command = [sys.executable, __file__, str(corpus), str(archive)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured = json.loads(done.stdout)
    ratios = sorted(b / a for a, b in zip(measured["adding"], measured["encoding"], strict=True))
    passages = measured["passages"]
    table = Table("adding", "", title=f"Indexing {corpus.parent.name}", title_justify="left")
    table.add_row("articles, passages", f"{measured['articles']:,}, {passages:,}")
    table.add_row("passages per second", f"{passages / sum(measured['adding']):.1f}")
    table.add_row("bare encoder", f"{passages / sum(measured['encoding']):.1f}")
    overall = sum(measured["encoding"]) / sum(measured["adding"])
    spread = f"{ratios[0]:.3f} to {ratios[-1]:.3f}"
    table.add_row("share of the bare encoder's rate", f"{overall:.3f} ({spread} by slice)")
    table.add_row("peak memory", f"{measured['peak_mib']:.0f} MiB")
    return table


def measure_interruption(corpus: Path, whole: Path, killed: Path) -> Table:
    """Kill adding half-way, add again, and compare with the archive that was never interrupted."""
    with Dragoman.open(whole) as dragoman:
        wanted = dragoman.info().articles
    command = [sys.executable, "-m", "dragoman.api", "add", str(corpus), "--archive", str(killed)]
    adding = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while _articles_in(killed) < wanted // 2:
        time.sleep(0.5)
    adding.send_signal(signal.SIGKILL)
    adding.wait()
    left = _articles_in(killed)
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    table = Table("killed half-way", "", title="Interruption", title_justify="left")
    table.add_row("articles kept by the kill, in all", f"{left:,} of {wanted:,}")
    same = _contents(whole) == _contents(killed)
    table.add_row("articles, passages, vectors after the second add", "same" if same else "DIFFER")
    return table


def _articles_in(archive: Path) -> int:
    try:
        opened = LocalArchive(archive)
    except Exception:
        return 0  # not made yet
    count = opened.counts()[0]
    opened.close()
    return count


def _contents(archive: Path) -> dict[str, object]:
    """Everything in an archive but the numbers that say in which order it came."""
    opened = LocalArchive(archive)
    contents: dict[str, object] = {}
    for article in opened.articles():
        contents[article.id] = article
    stored = opened.vectors_of_articles()
    found = opened.passages(stored.passages.tolist())
    for number, vector in zip(stored.passages.tolist(), stored.vectors, strict=True):
        passage = found[number].passage
        contents[f"{passage.article_id}#{passage.position}"] = (passage, vector.tobytes())
    opened.close()
    return contents


def _measure(corpus: Path, archive: Path) -> dict[str, object]:
    import resource

    articles = [read for read in read_articles(corpus) if isinstance(read, Article)]
    lines = [line for line in corpus.open() if line.strip()]
    size = -(-len(lines) // _SLICES)
    adding, encoding, passages = [], [], 0
    with Dragoman.open(archive) as dragoman, tempfile.TemporaryDirectory() as folder:
        dragoman.encoder.encode_passages(["warm"] * 8)
        for start in range(0, len(lines), size):
            part = Path(folder) / f"{start}.jsonl"
            part.write_text("".join(lines[start : start + size]))
            # The machine's speed drifts: what is compared with is measured before and after.
            before = _bare(dragoman.encoder, articles[start : start + size])
            started = time.perf_counter()
            passages += dragoman.add(part).passages
            adding.append(time.perf_counter() - started)
            after = _bare(dragoman.encoder, articles[start : start + size])
            encoding.append((before + after) / 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counted = {"articles": len(articles), "passages": passages, "peak_mib": peak}
    return {**counted, "adding": adding, "encoding": encoding}


def _bare(encoder: Encoder, articles: list[Article]) -> float:
    """Time the encoder on the passages of these articles, and nothing else."""
    texts = [
        encoder_text(article, passage.text)
        for article in articles
        for passage in split(article, encoder.count_tokens, encoder.max_tokens)
    ]
    started = time.perf_counter()
    vectors = encoder.encode_passages(texts)
    assert np.isfinite(vectors).all()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), Path(sys.argv[2]))))
