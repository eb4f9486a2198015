"""API keys: who may use the service, for what, and until when.

They are kept in a file beside the archive, which only its owner may read. Of a key's secret the
file has the SHA-256: the secret is 256 random bits, which nobody can guess, so that a slow hash
as for passwords would protect nothing, and cost every request its time.
"""

import json
import os
import re
import secrets
import threading
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Literal, get_args

from ..index.addresses import Address, address_from, folder_of
from .errors import (
    ExpiryNotUnderstood,
    KeyLimitNotPossible,
    KeyMissing,
    KeyNameTaken,
    KeysUnreadable,
    KeysUnwritable,
    UnknownScope,
)

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
_INCLUDED: dict[Scope, tuple[Scope, ...]] = {
    "read": ("read",),
    "write": ("read", "write"),
    "admin": SCOPES,
}
_SECRET = re.compile(r"dragoman_([0-9a-f]{12})_([\w-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret.

    `sources` and `tags` limit what it may read; without any, it may read all. `expires` is the
    moment from which it is refused, None for never.
    """

    id: str
    name: str
    digest: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def state(self) -> Literal["valid", "expired", "revoked"]:
        """Whether it is accepted now, and if not, why."""
        if self.revoked:
            return "revoked"
        return "expired" if self.expires and self.expires <= datetime.now(UTC) else "valid"

    @property
    def is_limited(self) -> bool:
        """Whether it may read some articles only."""
        return bool(self.sources or self.tags)

    def allows(self, scope: Scope) -> bool:
        """Return whether it may do what needs `scope`; a scope includes those before it."""
        return any(scope in _INCLUDED[own] for own in self.scopes)


class Keys:
    """The keys in a file. What another process changes in it holds from the next call."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._read: tuple[object, tuple[Key, ...]] | None = None

    def exist(self) -> bool:
        """Return whether a key was ever made, even if all are revoked by now."""
        return self._state() is not None

    def all(self) -> tuple[Key, ...]:
        """Return all keys, the oldest first. Raises KeysUnreadable."""
        state = self._state()
        with self._lock:
            if self._read is None or self._read[0] != state:
                self._read = (state, self._load() if state else ())
            return self._read[1]

    def with_secret(self, secret: str) -> Key | None:
        """Return the key that has this secret, whatever its state. Raises KeysUnreadable."""
        found = _SECRET.fullmatch(secret)
        key = next((key for key in self.all() if found and key.id == found[1]), None)
        # Compared in constant time, so that nothing can be learned by measuring.
        return key if key and compare_digest(key.digest, _digest(secret)) else None

    def create(
        self,
        name: str,
        scopes: Iterable[str] = ("read",),
        expires: str | None = None,
        sources: Sequence[str] = (),
        tags: Sequence[str] = (),
    ) -> tuple[Key, str]:
        """Make a key; return it and its secret, which is known to nobody afterwards.

        `expires` is a number of days, as "90d", or the last day it is valid on, as YYYY-MM-DD (in
        UTC). Raises UnknownScope, ExpiryNotUnderstood, KeyNameTaken, KeyLimitNotPossible,
        KeysUnreadable, KeysUnwritable.
        """
        id = secrets.token_hex(6)
        secret = f"dragoman_{id}_{secrets.token_urlsafe(32)}"
        key = Key(
            id,
            name,
            _digest(secret),
            _checked_scopes(scopes),
            created=_now(),
            expires=_moment(expires),
            sources=tuple(sources),
            tags=tuple(tags),
        )
        if key.is_limited and key.scopes != ("read",):
            raise KeyLimitNotPossible(name=name)
        with self._changing():
            if any(other.name == name and not other.revoked for other in self.all()):
                raise KeyNameTaken(name=name)
            self._store([*self.all(), key])
        return key, secret

    def revoke(self, name: str) -> Key:
        """Revoke the key of this name or id at once. Raises KeyMissing, KeysUnwritable."""
        with self._changing():
            keys = list(self.all())
            for place, key in enumerate(keys):
                if name in (key.name, key.id) and not key.revoked:
                    keys[place] = replace(key, revoked=_now())
                    self._store(keys)
                    return keys[place]
        raise KeyMissing(name=name)

    def _changing(self) -> Any:
        from filelock import FileLock

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KeysUnwritable(path=self.path, reason=error.strerror) from error
        return FileLock(f"{self.path}.lock", mode=0o600)

    def _state(self) -> object:
        """Return what tells one version of the file from another, None where there is none."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeysUnreadable(path=self.path) from error
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _load(self) -> tuple[Key, ...]:
        try:
            return tuple(map(_key_of, json.loads(self.path.read_bytes())["keys"]))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise KeysUnreadable(path=self.path) from error

    def _store(self, keys: Iterable[Key]) -> None:
        """Replace the file as a whole, so that no reader meets half of it."""
        text = json.dumps({"keys": [asdict(key) for key in keys]}, default=str, indent=1)
        try:
            # Created with the mode 0600.
            with NamedTemporaryFile("w", dir=self.path.parent, delete=False) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self.path)
        except OSError as error:
            raise KeysUnwritable(path=self.path, reason=error.strerror) from error


def keys_beside(archive: str | Address) -> Path:
    """Return where the keys for an archive are kept unless another file is named.

    It is beside the archive's folder. Raises AddressNotUnderstood.

    >>> keys_beside(Path("news")).name
    'news.keys.json'
    """
    folder = folder_of(address_from(archive))
    return folder.with_name(f"{folder.name}.keys.json")


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _key_of(stored: dict[str, Any]) -> Key:
    moments = {
        name: datetime.fromisoformat(stored[name]) if stored[name] else None
        for name in ("created", "expires", "revoked")
    }
    names = {name: tuple(stored[name]) for name in ("scopes", "sources", "tags")}
    return Key(**{**stored, **moments, **names})


def _checked_scopes(scopes: Iterable[str]) -> tuple[Scope, ...]:
    given = set(scopes)
    for unknown in sorted(given - set(SCOPES)):
        raise UnknownScope(scope=unknown, scopes=", ".join(SCOPES))
    return tuple(scope for scope in SCOPES if scope in given) or ("read",)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _moment(expires: str | None) -> datetime | None:
    if expires is None:
        return None
    try:
        if days := re.fullmatch(r"([1-9]\d{0,4})d", expires, re.ASCII):
            return _now() + timedelta(days=int(days[1]))
        last = date.fromisoformat(expires)
        moment = datetime.combine(last + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError) as error:
        raise ExpiryNotUnderstood(expires=expires) from error
    if moment <= _now():
        raise ExpiryNotUnderstood(expires=expires)
    return moment
