"""A question in, the best-ranked passages out."""
