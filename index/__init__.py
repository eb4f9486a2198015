"""Archives of articles, their passages and vectors, and the encoders that make the vectors."""

import os

# onnxruntime sends telemetry unless it is told not to before it is imported. Set the variable to
# 0 to allow it.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
