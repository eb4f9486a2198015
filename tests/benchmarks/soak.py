"""Reads and writes together for a while, then the archive is verified: `make soak MINUTES=10`.

The service runs in a process of its own over an archive that is thrown away. Each of the clients
asks and searches; one request in ten puts, replaces or deletes an article of the client's own. At
the end every article that was acknowledged must be there and be found, and none that was deleted.
The exit status is 1 after any error.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np

from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman

CLIENTS = 16
EVERY = 5.0  # seconds between two looks at the memory
QUESTIONS = (
    "Where were the talks of 29 March held?",
    "How many civilians were killed?",
    "Who led Russia's delegation in Istanbul?",
    "What is the price of bananas in Peru?",
)


@dataclass
class Client:
    """One client: the articles that it knows to be there, by id, and what went wrong."""

    number: int
    address: str
    held: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def run(self, until: float) -> None:
        """Make requests one after another until the time has come."""
        choice = random.Random(self.number)
        with httpx.Client(base_url=self.address, timeout=60) as http:
            while time.monotonic() < until:
                kind = choice.choices(("search", "ask", "put", "delete"), (70, 20, 7, 3))[0]
                try:
                    answer = getattr(self, kind)(http, choice)
                except httpx.HTTPError as error:
                    self.faults.append(f"{kind}: {error!r}")
                    continue
                busy = answer.status_code == 503 and "retry-after" in answer.headers
                self.done["busy" if busy else kind] += 1
                if answer.is_error and not busy:
                    self.faults.append(f"{kind}: {answer.status_code} {answer.text[:200]}")

    def search(self, http: httpx.Client, choice: random.Random) -> httpx.Response:
        """Search for one of the questions."""
        return http.get("/v1/search", params={"q": choice.choice(QUESTIONS)})

    def ask(self, http: httpx.Client, choice: random.Random) -> httpx.Response:
        """Ask one of the questions."""
        return http.get("/v1/ask", params={"q": choice.choice(QUESTIONS)})

    def put(self, http: httpx.Client, choice: random.Random) -> httpx.Response:
        """Put an article, new or in place of one of this client's."""
        id = f"soak-{self.number}-{choice.randrange(40)}"
        word = f"w{choice.getrandbits(60):x}"
        text = f"The harbour of {word} was opened on Monday. Ships from {word} came in at noon."
        answer = http.put(f"/v1/articles/{id}", json={"title": f"News of {word}", "text": text})
        if answer.is_success:
            self.held[id] = word
            self.deleted.discard(id)
        return answer

    def delete(self, http: httpx.Client, choice: random.Random) -> httpx.Response:
        """Delete one of this client's articles, if it has any."""
        if not self.held:
            return self.search(http, choice)
        id = choice.choice(sorted(self.held))
        answer = http.delete(f"/v1/articles/{id}")
        if answer.is_success:
            del self.held[id]
            self.deleted.add(id)
        return answer

    def verify(self, archive: Dragoman) -> None:
        """Add a fault for each article that is not as it was acknowledged."""
        there = {article.id for article in archive.articles()}
        self.faults += [f"lost: {id}" for id in self.held if id not in there]
        self.faults += [f"came back: {id}" for id in self.deleted & there]
        for id, word in self.held.items():
            found = archive.search(word, mode="lexical").passages
            if id not in {passage.article.id for passage in found}:
                self.faults.append(f"not found: {id} by {word}")


def main() -> None:
    """Run the clients, then verify and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory(prefix="dragoman-soak-") as temporary:
        folder = Path(temporary) / "archive"
        with Dragoman.open(folder) as dragoman:
            dragoman.add(BUNDLED)
        with service(folder) as (address, pid):
            clients = [Client(number, address) for number in range(CLIENTS)]
            memory = soak(clients, pid, minutes * 60)
        with Dragoman.open(folder) as dragoman:
            for client in clients:
                client.verify(dragoman)
    sys.exit(tell(clients, memory, minutes))


@contextmanager
def service(folder: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a service over the archive in `folder`."""
    options = ["serve", "--port", "0", "--archive", str(folder)]
    started = [sys.executable, "-m", "dragoman.api", *options]
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        try:
            yield running.stderr.readline().split()[3], running.pid
        finally:
            running.terminate()
            print(running.stderr.read(), end="")


def soak(clients: list[Client], pid: int, seconds: float) -> list[tuple[float, float]]:
    """Run the clients; return the service's memory in MB, with the seconds at which it had it."""
    began = time.monotonic()
    threads = [threading.Thread(target=one.run, args=[began + seconds]) for one in clients]
    for thread in threads:
        thread.start()
    memory: list[tuple[float, float]] = []
    while any(thread.is_alive() for thread in threads):
        memory.append((time.monotonic() - began, resident(pid)))
        time.sleep(min(EVERY, seconds / 20))
    return memory


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB. Only Linux tells."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def tell(clients: list[Client], memory: list[tuple[float, float]], minutes: float) -> int:
    """Print what was found, and return the exit status."""
    done = sum((client.done for client in clients), Counter[str]())
    faults = [fault for client in clients for fault in client.faults]
    held, deleted = (sum(len(getattr(c, name)) for c in clients) for name in ("held", "deleted"))
    later = memory[len(memory) // 3 :]  # the first third warms up
    slope = np.polyfit(*zip(*later, strict=True), 1)[0] * 60
    print(f"{CLIENTS} clients, {minutes:g} minutes: {dict(done)}")
    print(f"{held} articles verified, {deleted} stayed deleted; {len(faults)} errors")
    print(f"memory: {memory[0][1]:.0f} MB first, {memory[-1][1]:.0f} MB last, {slope:+.1f} MB/min")
    print(*faults[:20], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    main()
