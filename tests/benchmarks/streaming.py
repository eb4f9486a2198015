"""What memory large files take: a table of 300 MB, and a web archive of 1 GB, made here.

python tests/benchmarks/streaming.py [--table-mb 300] [--archive-mb 1000]
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from dragoman.corpus.loading import Loading

_WORDS = "harbour ferry office storm ticket island council crown mooring quay said again".split()
_PICTURE = 300_000  # bytes of a response that is no page


def prose(random: Random, words: int) -> str:
    return " ".join(random.choices(_WORDS, k=words)).capitalize() + "."


def make_table(path: Path, megabytes: int) -> None:
    random, number = Random(1), 0
    with path.open("w") as table:
        table.write("id,title,published,text\n")
        while table.tell() < megabytes << 20:
            paragraphs = "\n\n".join(prose(random, 60) for _ in range(16))
            table.write(f'{number},{prose(random, 6)},2022-03-29,"{paragraphs}"\n')
            number += 1


def records(random: Random) -> Iterator[tuple[str, str, bytes]]:
    number = 0
    while True:
        number += 1
        body = "".join(f"<p>{prose(random, 60)}</p>" for _ in range(8))
        page = f"<html><title>{prose(random, 6)}</title><body>{body}</body></html>"
        yield f"https://post.example/{number}", "text/html", page.encode()
        yield f"https://post.example/{number}.png", "image/png", random.randbytes(_PICTURE)


def make_archive(path: Path, megabytes: int) -> None:
    with path.open("wb") as archive:
        for url, kind, content in records(Random(1)):
            http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + content
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
                "Content-Type: application/http;msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            archive.write(head.encode() + http + b"\r\n\r\n")
            if archive.tell() > megabytes << 20:
                return


def read(path: Path) -> None:
    """Read a file, and print how many articles it has and what memory it took at which point."""
    started, count, first = time.monotonic(), 0, 0.0
    for _ in Loading(path).articles():
        count += 1
        if count == 50:
            first = peak_mib()
    seconds = time.monotonic() - started
    print(
        f"{path.name}: {path.stat().st_size / 1e6:,.0f} MB, {count:,} articles, "
        f"{count / seconds:,.0f} a second; peak memory {first:.0f} MiB after 50 articles, "
        f"{peak_mib():.0f} MiB after all"
    )


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table-mb", type=int, default=300)
    parser.add_argument("--archive-mb", type=int, default=1000)
    parser.add_argument("--read", type=Path)
    given = parser.parse_args()
    if given.read:
        read(given.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        table, archive = Path(folder, "table.csv"), Path(folder, "archive.warc")
        make_table(table, given.table_mb)
        make_archive(archive, given.archive_mb)
        for path in (table, archive):
            subprocess.run([sys.executable, __file__, "--read", str(path)], check=True)


if __name__ == "__main__":
    main()
