"""The package's extras: which optional packages each one installs."""

from importlib.util import find_spec

from .errors import ExtraMissing

_MODULES = {
    "evaluate": ("ir_measures", "scipy"),
    "parquet": ("pyarrow",),
    "plot": ("resvg_py",),
    "train": ("ir_measures", "scipy", "sklearn"),
    "milvus": ("pymilvus", "milvus_lite"),
    "ray": ("ray", "grpc"),
    "tracing": ("opentelemetry.sdk", "opentelemetry.exporter"),
}


def require(extra: str, purpose: str) -> None:
    """Raise ExtraMissing if a package is missing that `purpose` needs and `extra` installs."""
    missing = [name for name in _MODULES[extra] if find_spec(name) is None]
    if missing:
        raise ExtraMissing(purpose=purpose, missing=", ".join(missing), extra=extra)
