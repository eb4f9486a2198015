"""Retrieval and answers measured on a test collection."""
