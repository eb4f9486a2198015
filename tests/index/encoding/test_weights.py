import shutil

import pytest

from dragoman.index.encoding import weights
from dragoman.index.errors import WeightsAltered, WeightsMissing


def test_the_installed_weights_are_the_expected_ones():
    weights.verify_weights(weights.default_model_folder() / weights.WEIGHTS_FILE)


def test_altered_weights_are_refused(tmp_path):
    altered = tmp_path / weights.WEIGHTS_FILE
    shutil.copy(weights.default_model_folder() / weights.WEIGHTS_FILE, altered)
    with altered.open("r+b") as file:
        file.seek(50_000_000)
        byte = file.read(1)
        file.seek(50_000_000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(WeightsAltered, match="Reinstall") as refused:
        weights.verify_weights(altered)
    assert weights.DEFAULT_SHA256 in str(refused.value)


def test_a_missing_package_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(weights, "_PACKAGE", "no-such-package")
    with pytest.raises(WeightsMissing, match=r"no-such-package was not found\. Install it"):
        weights.default_model_folder()
