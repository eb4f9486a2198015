import sys

import pytest

from dragoman.corpus.errors import ExtraMissing
from dragoman.corpus.extras import require


def test_nothing_is_raised_where_the_extras_are_installed():
    for extra in ("evaluate", "ray", "train", "tracing"):
        assert require(extra, "this test") is None


@pytest.mark.parametrize(
    ("extra", "module"),
    [
        ("evaluate", "ir_measures"),
        ("ray", "ray"),
        ("train", "sklearn"),
        ("tracing", "opentelemetry.sdk"),
    ],
)
def test_a_missing_extra_is_named_with_what_to_install(monkeypatch, extra, module):
    monkeypatch.setitem(sys.modules, module, None)  # so Python marks what cannot be imported
    with pytest.raises(ExtraMissing) as missing:
        require(extra, "The test")
    assert missing.value.with_command == (
        f"The test needs packages that are not installed: {module}. "
        f'Install Dragoman with its extra {extra!r}: pip install "dragoman[{extra}]"'
    )
