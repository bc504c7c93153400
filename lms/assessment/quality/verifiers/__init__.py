"""Verifiers from outside: they read chosen records for a period, and every look is written down."""
