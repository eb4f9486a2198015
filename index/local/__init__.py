"""The archive in a folder: SQLite, and the FAISS and tantivy indexes derived from it."""
