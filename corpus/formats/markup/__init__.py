"""XML that news travels in: feeds, and the standards of news agencies."""
