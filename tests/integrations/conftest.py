from collections.abc import Iterator

import pytest

from dragoman.api.http.app import create_app
from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman
from served import served


@pytest.fixture(scope="session")
def service(tmp_path_factory, real_encoder) -> Iterator[str]:
    """The address of the service over the bundled articles."""
    dragoman = Dragoman.open(tmp_path_factory.mktemp("served") / "archive", real_encoder)
    dragoman.add(BUNDLED)
    with served(create_app(dragoman)) as port:
        yield f"http://127.0.0.1:{port}"
