"""Encoders: texts to vectors of unit length."""
