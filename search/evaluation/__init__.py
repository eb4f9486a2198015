"""Evaluation of retrieval and answers on a test collection."""
