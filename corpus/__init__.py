"""The corpus: files become articles, and articles become passages."""
