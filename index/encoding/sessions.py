"""How compiled models are run: each text alone, on one thread, as many at once as can be.

That is as quick as batches, which pay for padding and for threads that wait on each other; and
int8 activations are scaled over a whole batch, so in one a result would depend on its neighbours.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import onnxruntime

onnxruntime.disable_telemetry_events()  # as well, for where it was loaded before us


def open_session(model: Path) -> onnxruntime.InferenceSession:
    """Load a compiled model. Any number of threads may run it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # The graph was optimised when it was compiled.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def workers(name: str) -> ThreadPoolExecutor:
    """Return a pool with one thread for each processor that this process may use.

    OMP_NUM_THREADS lowers it: so Ray tells a process how many processors it has.
    """
    told = os.environ.get("OMP_NUM_THREADS", "")
    most = int(told) if told.isdecimal() and int(told) else _processors()
    return ThreadPoolExecutor(min(most, _processors()), name)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # where the system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
