"""Workshops somebody attended, and their certificates."""
