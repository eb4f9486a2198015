"""How often a key, or an address, may ask; and how often it may bring a wrong key."""

import time
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from math import ceil
from pathlib import Path

from fastapi import Request
from fastapi.responses import JSONResponse
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ..problems import problem
from .shared_rates import SharedStorage

WRONG_KEYS = "20/minute"


class Rates:
    """Counts what each client does, and refuses what is too often.

    All processes that have a `shared` folder count together.
    """

    def __init__(self, rate: str | None, shared: Path | None = None) -> None:
        self._rate = parse(rate) if rate else None
        self._wrong_keys = parse(WRONG_KEYS)
        self._limiter = MovingWindowRateLimiter(
            SharedStorage(shared / "rates.sqlite") if shared else MemoryStorage()
        )

    def refusal(self, request: Request, key: str | None) -> JSONResponse | None:
        """Return 429 if the key, or else the address, has asked too often."""
        who = f"key {key}" if key else address_of(request)
        if self._rate is None or self._limiter.hit(self._rate, who):
            return None
        return self._too_many(request, self._rate, who, "requests")

    def refusal_of_wrong_key(self, request: Request) -> JSONResponse | None:
        """Count a wrong key; return 429 if too many came from the address."""
        who = f"wrong {address_of(request)}"
        if self._limiter.hit(self._wrong_keys, who):
            return None
        return self._too_many(request, self._wrong_keys, who, "wrong keys")

    def _too_many(self, request: Request, rate: RateLimitItem, who: str, what: str) -> JSONResponse:
        window = self._limiter.get_window_stats(rate, who)
        seconds = max(1, ceil(window.reset_time - time.time()))
        headers = {
            "Retry-After": str(seconds),
            "RateLimit-Limit": str(rate.amount),
            "RateLimit-Remaining": "0",
            "RateLimit-Reset": str(seconds),
        }
        detail = f"Too many {what}: {rate.amount} are allowed in {rate.get_expiry()} s. "
        detail += f"Try again in {seconds} s."
        return problem(request, HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", detail, headers)


def address_of(request: Request) -> str:
    """Return the client's address; of IPv6 the network, all of which one client has."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return host
