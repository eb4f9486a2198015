"""Bulk encoding: a stream of texts to their vectors, in this process or on a Ray cluster."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from .encoder import Encoder, Vectors

Texts = Sequence[str]

# Lists of texts to the vectors of each, in order; up to a bounded number of lists is taken ahead.
EncodeAll = Callable[[Iterator[Texts]], Iterator[Vectors]]


@contextmanager
def bulk_encoding(encoder: Encoder, ray: str | None = None) -> Iterator[EncodeAll]:
    """Context manager of what encodes a stream of texts with `encoder`.

    With `ray`, the address of a cluster or "auto", that is done there. Raises ExtraMissing and a
    ClusterError.
    """
    if ray is None:
        yield partial(map, encoder.encode_passages)
        return
    from .cluster import Cluster

    with Cluster(ray, encoder) as cluster:
        yield cluster.encode_all
