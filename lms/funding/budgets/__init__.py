"""Allocations, what is committed against them, and what is left."""
