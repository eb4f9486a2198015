"""Kills the service while it writes, again and again: `make crashes ROUNDS=50`.

A client puts and deletes articles and posts jobs, until SIGKILL ends the service. After each start
everything that was acknowledged must be there and be found, what was deleted must not, and every
job must come to its end. Only the article of the request that had no answer may be either way. The
exit status is 1 after any loss.
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

from dragoman.api.http.writing.store import UNFINISHED, JobStore
from dragoman.index.archive import JOBS_FOLDER

TESTS = Path(__file__).parent.parent
IDS = 60  # few, so that articles are replaced and deleted often
BATCH = 150  # articles of a job: several parts, so that a kill can fall between two
LONGEST = 1.5  # seconds from the first request to the kill

SERVING = """
import socket, sys
import uvicorn
from dragoman.api.http.app import create_app
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder

dragoman = Dragoman.open(sys.argv[1], InitialsEncoder())
dragoman.add({"id": "first", "text": "Ships sail."})
with socket.create_server(("127.0.0.1", 0)) as listener:
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(create_app(dragoman), log_level="error")).run([listener])
"""


@dataclass
class Client:
    """What the service has acknowledged: articles by their only word, and jobs by their ids.

    `unsure` is the article of the request that had no answer, `doing` the kind of that request.
    """

    choice: random.Random
    held: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, list[str]] = field(default_factory=dict)
    unsure: str | None = None
    doing: str = ""
    done: Counter[str] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)

    def write(self, http: httpx.Client) -> None:
        """Make one request after another until the service is gone."""
        requests = {"PUT": self.put, "DELETE": self.delete, "POST": self.post}
        try:
            while True:
                (self.doing,) = self.choice.choices(list(requests), (60, 30, 10))
                requests[self.doing](http)
                self.done[self.doing] += 1
        except httpx.TransportError:
            self.hit[self.doing] += 1

    def put(self, http: httpx.Client) -> None:
        """Put an article, new or in place of another."""
        self.unsure = id = f"a{self.choice.randrange(IDS)}"
        word = f"w{self.choice.getrandbits(60):x}"
        http.put(f"/v1/articles/{id}", json={"text": f"Ships from {word}."}).raise_for_status()
        self.held[id], self.unsure = word, None
        self.gone.pop(id, None)

    def delete(self, http: httpx.Client) -> None:
        """Delete an article, or one that is not there."""
        self.unsure = id = f"a{self.choice.randrange(IDS)}"
        answer = http.delete(f"/v1/articles/{id}")
        if answer.status_code != httpx.codes.NOT_FOUND:
            answer.raise_for_status()
        elif id in self.held:
            self.losses.append(f"lost while serving: {id}")
        self.gone[id], self.unsure = self.held.pop(id, self.gone.get(id, "none")), None

    def post(self, http: httpx.Client) -> None:
        """Post a job."""
        ids = [f"j{self.choice.getrandbits(60):x}" for _ in range(BATCH)]
        articles = [{"id": id, "text": f"Barges from {id}."} for id in ids]
        answer = http.post("/v1/articles", json={"articles": articles}).raise_for_status()
        self.jobs[answer.json()["id"]] = ids

    def check(self, http: httpx.Client) -> None:
        """Note a loss for everything that is not as it was acknowledged."""
        if self.unsure:
            self.held.pop(self.unsure, None)
            self.gone.pop(self.unsure, None)
        for id, word in self.held.items():
            answer = http.get(f"/v1/articles/{id}")
            self.note(answer.is_success and word in answer.json()["text"], f"lost: {id}")
            self.note(found(http, word) == [id], f"not found: {id} by {word}")
        for id, word in self.gone.items():
            self.note(http.get(f"/v1/articles/{id}").status_code == 404, f"came back: {id}")
            self.note(not found(http, word), f"found after all: {id} by {word}")
        self.checked.update(held=len(self.held), deleted=len(self.gone), jobs=len(self.jobs))
        while self.jobs:
            self.check_job(http, *self.jobs.popitem())

    def check_job(self, http: httpx.Client, id: str, ids: list[str]) -> None:
        """Wait for the end of a job, and look for some of its articles."""
        latest = time.monotonic() + 60
        while (job := http.get(f"/v1/jobs/{id}").json()).get("state") in UNFINISHED:
            if time.monotonic() > latest:
                break
            time.sleep(0.05)
        self.note(job.get("state") == "succeeded", f"job: {job}")
        for one in [*ids[::10], ids[-1]]:
            self.note(http.get(f"/v1/articles/{one}").is_success, f"lost by a job: {one}")

    def note(self, holds: bool, loss: str) -> None:
        """Count a check, and keep what is lost."""
        self.checked["all"] += 1
        if not holds:
            self.losses.append(loss)


def found(http: httpx.Client, word: str) -> list[str]:
    """Return the ids of the articles that have a word."""
    answer = http.get("/v1/search", params={"q": word, "mode": "lexical", "all_copies": True})
    return [passage["article"]["id"] for passage in answer.raise_for_status().json()["passages"]]


@contextmanager
def service(archive: Path | str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """The process of a service over an archive, and a client of it; at the end it is killed."""
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    started = [sys.executable, "-c", SERVING, str(archive)]
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout
        address = f"http://127.0.0.1:{int(running.stdout.readline())}"
        try:
            with httpx.Client(base_url=address, timeout=120) as http:
                yield running, http
        finally:
            running.kill()


def main() -> None:
    """Run the rounds and a last check, then tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    client, began = Client(random.Random(7)), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dragoman-crashes-") as folder:
        archive = Path(folder, "archive")
        for _ in range(rounds):
            with service(archive) as (running, http):
                client.check(http)
                threading.Timer(client.choice.uniform(0.05, LONGEST), running.kill).start()
                client.write(http)
            jobs = JobStore(archive / JOBS_FOLDER)
            client.hit["an unfinished job"] += bool(jobs.unfinished())
            jobs.close()
        with service(archive) as (_, http):
            client.check(http)
    sys.exit(tell(client, rounds, time.monotonic() - began))


def tell(client: Client, rounds: int, seconds: float) -> int:
    """Print what was found, and return the exit status."""
    print(f"{rounds} kills in {seconds:.0f} s; they hit {dict(client.hit)}")
    print(f"acknowledged before: {dict(client.done)}")
    print(f"checked: {dict(client.checked)}; {len(client.losses)} losses")
    print(*client.losses[:20], sep="\n")
    return 1 if client.losses else 0


if __name__ == "__main__":
    main()
