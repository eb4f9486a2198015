"""HTML: how a page is parsed, and what its head and its elements say."""
