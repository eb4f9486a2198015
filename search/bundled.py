"""The bundled articles, which the user's own archive starts with."""

from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path

from ..index.addresses import Address
from ..index.archive import BUNDLED_SETTING
from ..index.opening import has_archive, open_archive, writing

BUNDLED = Path(__file__).parent.parent / "corpus" / "talks-2022"


def own_archive() -> Path:
    """Return the folder of the user's own archive."""
    return user_data_path("dragoman") / "archive"


def add_bundled(address: Address, add: Callable[[Path], object]) -> None:
    """Call `add` with the bundled articles, unless the archive at `address` had them before."""
    if _has_bundled(address):
        return
    add(BUNDLED)
    with writing(address) as writer:
        writer.put_setting(BUNDLED_SETTING, "yes")


def _has_bundled(address: Address) -> bool:
    if not has_archive(address):
        return False
    archive = open_archive(address)
    try:
        return archive.setting(BUNDLED_SETTING) is not None
    finally:
        archive.close()
