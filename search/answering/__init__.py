"""From passages that were read to an answer with citations, or none."""
