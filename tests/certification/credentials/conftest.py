"""Tests of credentials live in the whole house, with the small world prepared: they make their certificates as rows."""

from tests.conftest import loaded, wiring

__all__ = ["loaded", "wiring"]
