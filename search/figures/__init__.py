"""Figures in news: reading them, and following them over time."""
