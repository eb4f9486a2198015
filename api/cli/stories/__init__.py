"""The commands about the developing story: what the articles tell of a matter, over time."""
