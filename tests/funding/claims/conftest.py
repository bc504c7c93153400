"""Invented funds beside the built-in ones, whose claims can be sent in without papers, and steps to do so."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from tests.funding.claims.steps import Steps

PACK = Path(__file__).parent / "pack"


@lru_cache(maxsize=1)
def _loaded() -> shelves.Shelves:
    return shelves.load(LOADERS, [PACK], across=ACROSS)


@pytest.fixture(scope="session")
def loaded() -> shelves.Shelves:
    """The built-in shelves with the invented funds."""
    return _loaded()


@pytest.fixture
def steps(house, world, clock) -> Iterator[Steps]:
    """What people do with claims, each step committed by itself."""
    return Steps(house, world, clock)
