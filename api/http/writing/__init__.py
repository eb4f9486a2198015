"""Changing the articles: the one writer, and the jobs that bring many articles."""
