"""Prose by a language model, of which only what the articles support is kept."""
