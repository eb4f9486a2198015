"""The addresses of a job: which are taken, and what is fetched from them."""

from collections.abc import Iterator, Sequence
from threading import Event
from typing import NamedTuple

from ....corpus.fetching.addresses import parsed_address
from ....corpus.fetching.fetching import Fetched, Fetcher
from ....corpus.fetching.getting import Guest
from ....search.dragoman import Dragoman
from ....search.fetching import in_parts, known_to
from ...errors import AddressesNotFetched, UploadNotUnderstood
from ...settings import ServiceSettings
from .store import MOST_PROBLEMS, Job

_MOST_ADDRESSES = 100


class Part(NamedTuple):
    """Some of what was fetched. `done` addresses are finished once this is stored."""

    fetched: list[Fetched]
    done: int


def keep_addresses(given: object, job: Job, settings: ServiceSettings) -> None:
    """Have a job fetch addresses.

    Raises AddressesNotFetched where the settings do not allow it, UploadNotUnderstood and
    AddressNotUsable.
    """
    if not settings.fetch_addresses:
        raise AddressesNotFetched
    if not isinstance(given, list) or not 0 < len(given) <= _MOST_ADDRESSES:
        reason = f"its “addresses” are not a list of 1 to {_MOST_ADDRESSES}"
        raise UploadNotUnderstood(reason=reason)
    if not all(isinstance(address, str) for address in given):
        raise UploadNotUnderstood(reason="its “addresses” are not strings")
    hosts = _own_hosts(settings)
    job.addresses = [str(parsed_address(address, hosts)) for address in given]


def parts_of(
    job: Job, dragoman: Dragoman, settings: ServiceSettings, stopping: Event
) -> Iterator[Part]:
    """Yield what is fetched from the addresses that a job has not finished yet."""
    guest = Guest(_own_hosts(settings), settings.contact, stopping.wait)
    with Fetcher(known_to(dragoman), guest) as fetcher:
        for number, address in enumerate(job.addresses[job.done :], start=job.done):
            for fetched in in_parts(fetcher.fetch(address), stopping):
                yield Part(fetched, number)
            if stopping.is_set():
                return
            yield Part([], number + 1)


def count(job: Job, part: Sequence[Fetched]) -> None:
    """Count in a job what was fetched, and note the problems with it."""
    job.articles += sum(bool(one.article or one.unchanged) for one in part)
    left = len(job.addresses) - job.done - 1
    listed = max((one.total for one in part), default=0)
    job.estimate = max(job.estimate, job.articles + left, listed + left)
    problems = [one.problem for one in part if one.problem]
    told = [{"code": problem.code, "detail": str(problem)} for problem in problems]
    job.note_problems([*job.problems, *told][:MOST_PROBLEMS], job.problems_total + len(problems))


def _own_hosts(settings: ServiceSettings) -> frozenset[str]:
    return frozenset(host.lower() for host in settings.allow_private_host)
