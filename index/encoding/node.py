"""What runs on the nodes of a cluster: an encoder, opened once in each process.

What is sent there is how to open the encoder, not its weights.
"""

import pickle
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import NamedTuple

from ..errors import EncoderNotPortable
from .encoder import Encoder, Vectors


@dataclass(frozen=True, slots=True)
class PackedEncoder:
    """How to open an encoder elsewhere, and what has to be the same there."""

    pickled: bytes
    fingerprint: str
    version: str


class Refusal(NamedTuple):
    """Why a node cannot encode."""

    node: str
    reason: str


def pack(encoder: Encoder) -> PackedEncoder:
    """Return how to open `encoder` elsewhere. Raises EncoderNotPortable."""
    from ray.cloudpickle.cloudpickle import dumps  # unlike pickle's, it takes a script's classes

    try:
        pickled = dumps(encoder)
    except Exception as error:  # as many classes as there are objects
        raise EncoderNotPortable(encoder=encoder.fingerprint, reason=error) from error
    return PackedEncoder(pickled, encoder.fingerprint, version("dragoman"))


def encode(packed: PackedEncoder, texts: list[str]) -> Vectors | Refusal:
    """Return the vectors of texts, or why they cannot be had on this node."""
    import ray

    try:
        encoder = _opened(packed)
    except Exception as error:  # of the model, or of a file system without it
        return Refusal(ray.util.get_node_ip_address(), str(error))
    return encoder.encode_passages(texts)


@lru_cache(maxsize=1)
def _opened(packed: PackedEncoder) -> Encoder:
    here = version("dragoman")
    if here != packed.version:
        raise ValueError(f"it has Dragoman {here}, and this is {packed.version}")
    encoder: Encoder = pickle.loads(packed.pickled)  # noqa: S301  (from this program)
    if encoder.fingerprint != packed.fingerprint:
        raise ValueError(
            f"its encoder is [{encoder.fingerprint}], and this is [{packed.fingerprint}]"
        )
    return encoder
