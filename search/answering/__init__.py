"""Answering: from read passages to an answer with citations, or none."""
