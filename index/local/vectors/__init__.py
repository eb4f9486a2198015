"""FAISS: the passages nearest to a question. Derived from the database and rebuildable."""
