"""The developing story: what the articles tell of one matter, over time."""
