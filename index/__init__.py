"""The archive: articles, passages and vectors on disk, and the two indexes over them."""

import os

# onnxruntime reports its use to its makers unless it is told not to before it is imported.
# Whoever wants that can set the variable to 0.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
