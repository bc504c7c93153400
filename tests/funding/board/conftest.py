"""The invented funds of the claims' tests, whose claims can be sent in without papers, and the steps of a claim."""

from collections.abc import Iterator

import pytest

from tests.funding.claims.conftest import loaded  # noqa: F401  the shelves with the invented funds
from tests.funding.claims.steps import Steps


@pytest.fixture
def steps(house, world, clock) -> Iterator[Steps]:
    """What people do with claims, each step committed by itself."""
    return Steps(house, world, clock)
