"""Bulk encoding on a Ray cluster: its processors encode texts, and the vectors come back in order.

This uses Ray's tasks, since articles are a stream that this process compares with its archive,
which Ray Data could not read on its nodes, and since tasks, unlike actors, go to whatever processor
is free, on nodes that join later too, and elsewhere if a node fails. Each process of a node opens
the encoder once and keeps it.
"""

import logging
import os
import socket
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from ...corpus.extras import require
from ..errors import ClusterIdle, ClusterLost, ClusterUnusable, NodeUnusable
from .bulk import Texts
from .encoder import Encoder, Vectors
from .node import Refusal, encode, pack

if TYPE_CHECKING:
    from ray import ObjectRef

AUTO = "auto"

_AHEAD = 2  # lists of texts for each processor: one is encoded while another waits there
_RETRIES = 10  # of one list, where nodes fail
_SECONDS_TO_REACH = 10.0
_LOOK_EVERY = 10.0  # seconds, whether the cluster can still encode
# What waits to be fetched; what is more, Ray keeps on the disk.
_OBJECT_STORE = 256 * 1024 * 1024
# Ray reads these when it is imported.
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # or it warns of what will once be so
}
_LOOPBACK_ONLY = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"


class Cluster:
    """A connection to a Ray cluster whose nodes have an encoder, within its context.

    `address` is `ray://HOST:10001`, `HOST:6379` of a cluster that this machine belongs to, or
    "auto": the cluster that runs on this machine, or else one that is started here, listens on
    127.0.0.1 only, and ends with the context. An encoder in half precision runs on the GPUs, if the
    cluster has any. Raises ExtraMissing, ClusterUnusable, ClusterIdle and EncoderNotPortable.
    """

    def __init__(self, address: str, encoder: Encoder) -> None:
        self._address = address
        self._encoder = encoder
        self._processor = "CPU"
        self._connected = False
        self._head: str | None = None  # unknown only of a client that the caller connected

    def __enter__(self) -> Self:
        require("ray", "Encoding on a Ray cluster")
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        # What Ray and its client say of a connection, errors say too.
        warnings.filterwarnings("ignore", module=r"ray\.")
        logging.getLogger("ray").setLevel(logging.CRITICAL)
        import ray
        from ray.util.client import ray as client

        try:
            if not ray.is_initialized():  # otherwise the caller's connection is used, and left open
                self._connected = True
                self._connect()
            if not client.is_connected():
                self._head = ray.get_runtime_context().gcs_address
            if getattr(self._encoder, "half", False) and ray.cluster_resources().get("GPU"):
                self._processor = "GPU"
            self._check_processors()
            self._packed = ray.put(pack(self._encoder))
        except BaseException:
            self._disconnect()
            raise
        gpus = int(self._processor == "GPU")
        # No limit of calls: otherwise a process that has a GPU ends with each task.
        task = ray.remote(num_cpus=1 - gpus, num_gpus=gpus, max_retries=_RETRIES, max_calls=0)
        self._task: Any = task(encode)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._disconnect()  # which also ends what is still encoded

    def encode_all(self, parts: Iterator[Texts]) -> Iterator[Vectors]:
        """Return the vectors of each list of texts, in order.

        While a result is waited for, the cluster has a bounded number of lists. Raises
        NodeUnusable, ClusterIdle and ClusterLost.
        """
        waiting: deque[ObjectRef[Any]] = deque()
        for texts in parts:
            waiting.append(self._task.remote(self._packed, list(texts)))
            if len(waiting) >= _AHEAD * self._check_processors():
                yield self._fetched(waiting.popleft())
        while waiting:
            yield self._fetched(waiting.popleft())

    def _fetched(self, ref: "ObjectRef[Any]") -> Vectors:
        import ray
        from ray.exceptions import RayError

        try:
            while not ray.wait([ref], timeout=_LOOK_EVERY)[0]:
                self._check_processors()
            result = ray.get(ref)
        except (RayError, ConnectionError) as error:
            raise ClusterLost(address=self._address, reason=_first_line(error)) from error
        if isinstance(result, Refusal):
            raise NodeUnusable(**result._asdict())
        return result

    def _check_processors(self) -> int:
        """Return how many processors the cluster has. Raises ClusterIdle and ClusterLost."""
        import ray

        try:
            if self._head:
                _reach(self._head)  # without its head, Ray would end this process after a minute
            processors = int(ray.cluster_resources().get(self._processor, 0))
        except Exception as error:  # of Ray and of gRPC
            raise ClusterLost(address=self._address, reason=_first_line(error)) from error
        if not processors:
            raise ClusterIdle(address=self._address)
        return processors

    def _connect(self) -> None:
        import ray

        try:
            address = self._address if self._address != AUTO else _running_here()
            if address is None:
                _start()
                return
            self._head = address
            _reach(address)  # Ray itself would try for minutes
            ray.init(address, log_to_driver=False, logging_level=logging.CRITICAL)
        except Exception as error:  # of Ray, gRPC and sockets, of many classes
            raise ClusterUnusable(address=self._address, reason=_first_line(error)) from error

    def _disconnect(self) -> None:
        import ray

        if self._connected:
            self._connected = False
            with suppress(Exception):  # of a cluster that is gone
                ray.shutdown()


def _running_here() -> str | None:
    """Return the address of the cluster that the environment names, or that runs on this machine.

    That of one that was killed is passed over.
    """
    from ray._private.services import find_bootstrap_address

    address = os.environ.get("RAY_ADDRESS")
    if address and address != AUTO:
        return address
    with suppress(OSError):
        if address := find_bootstrap_address(None):
            _reach(address)
            return address
    return None


def _reach(address: str) -> None:
    """Raise OSError if nothing listens at an address, and ValueError if it is none."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    if parts.scheme not in ("", "ray") or not parts.hostname or not parts.port:
        raise ValueError("that is no address of a cluster")
    socket.create_connection((parts.hostname, parts.port), _SECONDS_TO_REACH).close()


def _start() -> None:
    """Start a cluster of this machine alone, which ends with this process at the latest."""
    import ray
    from ray._private import ray_constants

    # As Ray does where it supports no clusters of several machines; its own option does less. The
    # variable is for the processes that it starts.
    usual = ray_constants.ENABLE_RAY_CLUSTER
    ray_constants.ENABLE_RAY_CLUSTER = False
    os.environ[_LOOPBACK_ONLY] = "0"
    try:
        ray.init(
            "local",
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.CRITICAL,
            object_store_memory=_OBJECT_STORE,
        )
    finally:
        ray_constants.ENABLE_RAY_CLUSTER = usual
        del os.environ[_LOOPBACK_ONLY]


def _first_line(error: BaseException) -> str:
    details = getattr(error, "details", None)  # of gRPC
    said = str(details()) if callable(details) else getattr(error, "strerror", None) or str(error)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(".")
