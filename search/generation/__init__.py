"""Prose by a chat model, of which only what the articles support is kept."""
