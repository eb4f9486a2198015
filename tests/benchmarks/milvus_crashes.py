"""Kills Milvus while a service reads and writes there: `make milvus-crashes ROUNDS=10`.

First an `add` is cut short and done again. Then eight clients search, and three put, delete and
upload articles, which repeat what is refused, until SIGKILL ends Milvus; they go on without it, and
it is started again over its data. The service runs all the time. Meanwhile every answer must be
right or a problem that says what is wrong. Afterwards the service must answer again by itself, what
was acknowledged must be there and be found, and what was deleted must not; and what another machine
copies must be what this one has. The exit status is 1 after any loss.
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
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import numpy as np
from crashes import found, service

from dragoman.api.http.writing.store import UNFINISHED
from dragoman.index.copying import contents_of
from dragoman.index.opening import open_archive

TESTS = Path(__file__).parent.parent
sys.path.insert(0, str(TESTS))

from milvus_server import MilvusServer, end_when_told  # noqa: E402

CLIENTS = 8
WRITERS = 3
IDS = 40  # of a writer: few, so that articles are replaced and deleted often
BATCH = 10  # articles of an upload
SHORTEST, LONGEST = 15.0, 25.0  # seconds from the first request to the kill
DOWN = 6.0  # seconds from there to the start, at most
REPEATED_AFTER = 0.5  # seconds
RECOVERED_WITHIN = 120.0  # seconds from the start of Milvus

ADDING = """
import sys
from dragoman.corpus.errors import DragomanError
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder

articles = ({"id": str(n), "text": f"Ships from w{n}. " * 9} for n in range(int(sys.argv[2])))
try:
    with Dragoman.open(sys.argv[1], InitialsEncoder()) as dragoman:
        added = dragoman.add(articles, lambda done, _: print(done.articles, flush=True))
    print("unchanged:", len(added.unchanged))
except DragomanError as error:
    print("error:", error, flush=True)
    sys.exit(1)
"""

COMPARING = """
import sys
from dragoman.index.copying import contents_of
from dragoman.index.opening import open_archive

print(contents_of(open_archive(sys.argv[1])))
"""


@dataclass
class Findings:
    """What happened: answers by their status and code, seconds of kinds, and losses."""

    answers: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    acknowledged: Counter[str] = field(default_factory=Counter)
    checked: int = 0
    losses: list[str] = field(default_factory=list)

    def took(self, what: str, began: float) -> None:
        """Note how long something took."""
        self.seconds.setdefault(what, []).append(time.monotonic() - began)

    def note(self, holds: bool, loss: str) -> None:
        """Count a check, and keep what is lost."""
        self.checked += 1
        if not holds:
            self.losses.append(loss)

    def answered(self, kind: str, answer: httpx.Response) -> bool:
        """Note an answer, which is right or a problem; return whether it is right."""
        if answer.is_success:
            self.answers[f"{kind} {answer.status_code}"] += 1
            return True
        is_problem = answer.headers["content-type"] == "application/problem+json"
        self.note(is_problem and "Traceback" not in answer.text, f"no problem: {answer.text}")
        code = answer.json().get("code") if is_problem else "?"
        self.note(code != "internal-error", f"unexpected: {answer.text}")
        self.answers[f"{kind} {answer.status_code} {code}"] += 1
        return False


@dataclass
class Writer:
    """What the service has acknowledged: articles by their only word. `unsure` has no answer.

    Each writer has ids of its own, which begin with its name.
    """

    name: str
    findings: Findings
    choice: random.Random
    stop: threading.Event = field(default_factory=threading.Event)
    held: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)

    def write(self, http: httpx.Client) -> None:
        """Put an article, delete one, or upload some; repeat it until it is acknowledged."""
        (kind,) = self.choice.choices((self.put, self.delete, self.upload), (5, 3, 2))
        ids = [f"{self.name}{n}" for n in self.choice.sample(range(IDS), BATCH)]
        chosen = ids if kind == self.upload else ids[:1]
        words = {id: f"w{self.choice.getrandbits(60):x}" for id in chosen}
        self.unsure.update(chosen)
        while not kind(http, words):
            if self.stop.wait(REPEATED_AFTER):
                return
        self.unsure.difference_update(chosen)
        self.findings.acknowledged[kind.__name__] += 1
        self.findings.acknowledged["articles"] += len(chosen)

    def put(self, http: httpx.Client, words: dict[str, str]) -> bool:
        """Put an article; return whether it was acknowledged."""
        ((id, word),) = words.items()
        answer = http.put(f"/v1/articles/{id}", json={"text": f"Ships from {word}."})
        return self.findings.answered("PUT", answer) and self._have(words)

    def upload(self, http: httpx.Client, words: dict[str, str]) -> bool:
        """Upload articles, and wait for the end of the job; return whether it succeeded."""
        articles = [{"id": id, "text": f"Ships from {word}."} for id, word in words.items()]
        answer = http.post("/v1/articles", json={"articles": articles})
        if not self.findings.answered("POST", answer):
            return False
        job, until = answer.json()["id"], time.monotonic() + RECOVERED_WITHIN
        while (state := http.get(f"/v1/jobs/{job}").json()["state"]) in UNFINISHED:
            if time.monotonic() > until:
                break
            time.sleep(0.1)
        self.findings.answers[f"job {state}"] += 1
        return state == "succeeded" and self._have(words)

    def delete(self, http: httpx.Client, words: dict[str, str]) -> bool:
        """Delete an article; return whether it was acknowledged."""
        (id,) = words
        answer = http.delete(f"/v1/articles/{id}")
        there = answer.status_code != httpx.codes.NOT_FOUND
        if there and not self.findings.answered("DELETE", answer):
            return False
        self.gone[id] = self.held.pop(id, self.gone.get(id, "none"))
        return True

    def _have(self, words: dict[str, str]) -> bool:
        self.held.update(words)
        for id in words:
            self.gone.pop(id, None)
        return True

    def check(self, http: httpx.Client) -> None:
        """Note a loss for everything that is not as it was acknowledged."""
        for id in self.unsure:
            self.held.pop(id, None)
            self.gone.pop(id, None)
        self.unsure.clear()
        for id, word in self.held.items():
            answer = http.get(f"/v1/articles/{id}")
            self.findings.note(answer.is_success and word in answer.json()["text"], f"lost: {id}")
            self.findings.note(found(http, word) == [id], f"not found: {id} by {word}")
        for id, word in self.gone.items():
            status = http.get(f"/v1/articles/{id}").status_code
            self.findings.note(status == httpx.codes.NOT_FOUND, f"came back: {id} ({status})")
            self.findings.note(not found(http, word), f"found after all: {id} by {word}")


def add_and_kill(server: MilvusServer, findings: Findings, articles: int) -> None:
    """Kill Milvus in the middle of an `add`; after it is started, the rest is added."""
    address = f"{server.address}/added"
    command = [sys.executable, "-c", ADDING, address, str(articles)]
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as adding:
        assert adding.stdout
        for line in adding.stdout:
            if line.strip().isdigit() and int(line) > articles // 2:
                break
        server.kill()
        began = time.monotonic()
        rest = adding.stdout.read()
    findings.took("until add gave up", began)
    findings.note(adding.returncode == 1 and "error:" in rest, f"add ended with {rest!r}")
    print("add said:", rest.strip().splitlines()[-1:])
    server.start()
    began = time.monotonic()
    ran = partial(subprocess.run, env=environment, capture_output=True, text=True)
    while True:
        again = ran(command, check=False)
        if again.returncode == 0 or time.monotonic() > began + RECOVERED_WITHIN:
            break
        print("add again said:", again.stdout.strip().splitlines()[-1:])
    findings.took("until the rest was added", began)
    findings.note(again.returncode == 0, f"the second add ended with {again.stdout[-500:]!r}")
    print("add again said:", again.stdout.strip().splitlines()[-1:])
    with tempfile.TemporaryDirectory() as folder:
        whole = [*command[:3], f"{folder}/archive", str(articles)]
        ran(whole, check=True)
        with (
            closing(open_archive(f"{folder}/archive")) as one,
            closing(open_archive(address)) as two,
        ):
            findings.note(contents_of(one) == contents_of(two), "add: not what a folder holds")


def keep_on(stop: threading.Event, work: Callable[[], object]) -> threading.Thread:
    """Do some work again and again in a thread, until it is told to stop."""

    def run() -> None:
        while not stop.is_set():
            work()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def read_and_kill(
    server: MilvusServer, http: httpx.Client, writers: list[Writer], findings: Findings
) -> None:
    """Kill and start Milvus under the clients, then wait until all is answered again."""
    stop, choice = threading.Event(), writers[0].choice
    for writer in writers:
        writer.stop = stop

    def search() -> None:
        began = time.monotonic()
        answer = http.get("/v1/search", params={"q": "ships from afar", "limit": 3})
        findings.took("a search", began)
        if not findings.answered("search", answer):
            time.sleep(0.1)

    threads = [keep_on(stop, search) for _ in range(CLIENTS)]
    threads += [keep_on(stop, partial(writer.write, http)) for writer in writers]
    time.sleep(choice.uniform(SHORTEST, LONGEST))
    server.kill()
    time.sleep(choice.uniform(0.5, DOWN))
    findings.seconds.setdefault("start of Milvus", []).append(server.start())
    began = time.monotonic()
    while not all(answers_again(http)):
        if time.monotonic() > began + RECOVERED_WITHIN:
            findings.losses.append("the service did not recover")
            break
        time.sleep(0.1)
    findings.took("until the service had recovered", began)
    stop.set()
    for thread in threads:
        thread.join()
    for writer in writers:
        writer.check(http)
    held = sum(len(writer.held) for writer in writers)
    print(f"acknowledged so far: {dict(findings.acknowledged)}; held: {held}", flush=True)


def compare_machines(address: str, writers: list[Writer], findings: Findings) -> None:
    """Copy the archive as another machine would, and compare that with what was acknowledged."""
    with closing(open_archive(address)) as archive:
        here = contents_of(archive)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "PYTHONPATH": str(TESTS)}
        command = [sys.executable, "-c", COMPARING, address]
        there = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    findings.note(there.stdout.strip() == repr(here), f"another machine copied {there.stdout}")
    held = sum(len(writer.held) for writer in writers)
    findings.note(here.articles >= held, f"{here.articles} articles of {held}")


def answers_again(http: httpx.Client) -> tuple[bool, bool]:
    """Return whether a search and a change succeed."""
    try:
        search = http.get("/v1/search", params={"q": "ships"})
        put = http.put("/v1/articles/probe", json={"text": "Probe."})
    except httpx.TimeoutException:
        return False, False
    return search.is_success, put.is_success


def main() -> None:
    """Run the rounds, then tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=3000)
    options = parser.parse_args()
    end_when_told()
    findings, began = Findings(), time.monotonic()
    writers = [Writer(name, findings, random.Random(name)) for name in "abc"[:WRITERS]]
    with MilvusServer() as server:
        add_and_kill(server, findings, options.articles)
        with service(f"{server.address}/served") as (_, http):
            for _ in range(options.rounds):
                read_and_kill(server, http, writers, findings)
        compare_machines(f"{server.address}/served", writers, findings)
    sys.exit(tell(findings, options.rounds, time.monotonic() - began))


def tell(findings: Findings, rounds: int, seconds: float) -> int:
    """Print what was found, and return the exit status."""
    print(
        f"{rounds + 1} kills in {seconds:.0f} s; answers: {dict(sorted(findings.answers.items()))}"
    )
    print(f"acknowledged: {dict(findings.acknowledged)}")
    for what, took in findings.seconds.items():
        middle, most = np.median(took), max(took)
        print(f"{what}: median {middle:.3f} s, most {most:.1f} s, of {len(took):,}")
    print(f"{findings.checked:,} checks; {len(findings.losses)} losses")
    print(*findings.losses[:20], sep="\n")
    return 1 if findings.losses else 0


if __name__ == "__main__":
    main()
