"""Figures in news, and their values over time."""
