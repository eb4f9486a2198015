"""Rates that several processes count together."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from limits import parse
from limits.strategies import MovingWindowRateLimiter

from dragoman.api.http.protection.shared_rates import SharedStorage


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "rates.sqlite"


def hits(file: Path, rate: str, times: int) -> int:
    """How many of so many hits are let through."""
    limiter = MovingWindowRateLimiter(SharedStorage(file))
    return sum(limiter.hit(parse(rate), "who") for _ in range(times))


def test_those_that_share_a_file_count_together(file):
    with ThreadPoolExecutor(3) as sharing:
        counted = sharing.map(hits, [file] * 3, ["50/hour"] * 3, [40] * 3)
    assert sum(counted) == 50


def test_each_is_counted_for_itself(file):
    limiter = MovingWindowRateLimiter(SharedStorage(file))
    rate = parse("2/hour")
    assert [limiter.hit(rate, who) for who in ("a", "a", "b", "a", "b", "b")] == [
        True, True, True, False, True, False,
    ]  # fmt: skip


def test_the_window_moves(file):
    limiter = MovingWindowRateLimiter(SharedStorage(file))
    rate = parse("1/second")
    before = time.time()
    assert limiter.hit(rate, "a")
    window = limiter.get_window_stats(rate, "a")
    assert window.remaining == 0
    assert before + 1 <= window.reset_time <= time.time() + 1
    while not limiter.hit(rate, "a"):
        assert time.time() < before + 30
    assert time.time() >= before + 1


def test_what_was_refused_is_not_counted(file):
    limiter = MovingWindowRateLimiter(SharedStorage(file))
    rate = parse("3/hour")
    assert not limiter.hit(rate, "a", cost=4)
    assert limiter.hit(rate, "a", cost=3)
    assert limiter.get_window_stats(rate, "a").remaining == 0
    assert limiter.get_window_stats(rate, "b").remaining == 3


def test_a_storage_is_asked_and_emptied_as_the_library_has_it(file):
    storage = SharedStorage(file)
    assert storage.check()
    assert [storage.incr("a", 60), storage.incr("a", 60, 2), storage.get("b")] == [1, 3, 0]
    assert time.time() < storage.get_expiry("a") <= time.time() + 60
    storage.clear("a")
    assert storage.get("a") == 0
    storage.incr("b", 60)
    assert storage.reset() == 1
