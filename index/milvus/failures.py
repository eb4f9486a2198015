"""What a Milvus server, or the way to it, says of a failure, as an error of the archive."""

import re
from typing import Any

from ..errors import (
    ArchiveError,
    ArchiveForbidden,
    ArchiveUnreachable,
    CredentialsMissing,
    CredentialsRefused,
    EngineFailed,
)
from .target import Target

# What a server says of a collection while it starts.
_NOT_YET = re.compile(
    r"not (fully )?loaded|not healthy|not ready|no available|not available|not serving"
    r"|channel not|node not|not found .*node|initializing",
    re.IGNORECASE,
)
_PRIVILEGE = re.compile(r"Privilege(\w+)")
_FORBIDDEN = re.compile(r"permission|privilege|denied", re.IGNORECASE)
_UNAUTHENTICATED = re.compile(r"authenti|auth check|authorization", re.IGNORECASE)
_LATE = re.compile(r"deadline|timed? ?out", re.IGNORECASE)
_UNREACHABLE = re.compile(r"unavailable|connect|retry|reset by peer|channel", re.IGNORECASE)
# Why there is no connection, which gRPC says in its own words.
_NO_CONNECTION = (
    (re.compile(r"resolv|name not found|not known", re.IGNORECASE), "its host name is not known"),
    (re.compile(r"refused", re.IGNORECASE), "nothing listens on its port"),
    (
        re.compile(r"handshake|ssl|tls|certificate", re.IGNORECASE),
        "TLS failed: it answers without TLS, or its certificate is not trusted",
    ),
    (re.compile(r"HTTP/2|SETTINGS frame", re.IGNORECASE), "what listens there is not Milvus"),
)
_ADDRESS = re.compile(r"(\w+://)?[\w.-]+:\d{2,5}\b")
_MOST_LETTERS = 200


def is_starting(error: BaseException) -> bool:
    """Return whether an error says that the server has not loaded its collections yet."""
    return _NOT_YET.search(_text(error)) is not None


def failure(target: Target, error: BaseException) -> ArchiveError:
    """Return the error of the archive for an error of pymilvus or of gRPC.

    What pymilvus raises often says no more than that there is no connection; gRPC's own error,
    from which it comes, has the status.
    """
    statuses = {_status(cause) for cause in _causes(error)}
    text = _text(error)
    if "UNAUTHENTICATED" in statuses or _UNAUTHENTICATED.search(text):
        asked = CredentialsRefused if target.user else CredentialsMissing
        return asked(path=target)
    if "PERMISSION_DENIED" in statuses or _FORBIDDEN.search(text):
        privilege = _PRIVILEGE.search(text)
        reason = f"the privilege {privilege[1]} is missing" if privilege else _plain(text)
        return ArchiveForbidden(path=target, reason=reason)
    if _NOT_YET.search(text):
        return ArchiveUnreachable(path=target, reason="it is still loading its collections")
    if "DEADLINE_EXCEEDED" in statuses or _LATE.search(text):
        return ArchiveUnreachable(path=target, reason="it took too long")
    if "UNAVAILABLE" in statuses or _UNREACHABLE.search(text):
        why = " ".join(_text(cause) for cause in _causes(error))
        found = (reason for pattern, reason in _NO_CONNECTION if pattern.search(why))
        return ArchiveUnreachable(path=target, reason=next(found, "there is no connection to it"))
    return EngineFailed(path=target, reason=_plain(text))


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error and what it came from. pymilvus names some as their own cause."""
    found = [error]
    while (cause := found[-1].__cause__) and cause not in found:
        found.append(cause)
    return found


def _status(error: BaseException) -> str:
    """Return the name of gRPC's status, or "" of another error."""
    code: Any = getattr(error, "code", None)
    stated = code() if callable(code) else code  # gRPC has a method, pymilvus an attribute
    return getattr(stated, "name", "")


def _text(error: BaseException) -> str:
    """Return what an error says, on one line. A status of gRPC has details."""
    details: Any = getattr(error, "details", None)
    said = details() if callable(details) else getattr(error, "message", error)
    return " ".join(str(said).split())


def _plain(text: str) -> str:
    """Return what a server says without its addresses, which are nobody's business."""
    return _ADDRESS.sub("…", text)[:_MOST_LETTERS]
