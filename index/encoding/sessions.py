"""Running compiled models: each text alone on one thread, as many texts at once as processors.

This is as fast as batches, which cost padding and synchronisation. Also, int8 activations are
scaled over a whole batch, so that in a batch a result would depend on its neighbours.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import onnxruntime

onnxruntime.disable_telemetry_events()  # also set here, in case it was imported earlier


def open_session(model: Path) -> onnxruntime.InferenceSession:
    """Load a compiled model. Any number of threads may run it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # The graph was optimised when it was compiled.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def workers(name: str) -> ThreadPoolExecutor:
    """Return a pool with one thread for each processor that this process may use."""
    return ThreadPoolExecutor(_processors(), name)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # where the system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
