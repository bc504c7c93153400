"""Tests of credentials live in the whole house, with the small world prepared: they make their certificates as rows."""

from tests.conftest import house, loaded

__all__ = ["house", "loaded"]
