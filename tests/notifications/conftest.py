"""What tests of notices share."""

from collections.abc import Iterator

import pytest

from tests.notifications.provider import Notify, served


@pytest.fixture
def notify() -> Iterator[Notify]:
    """A GOV.UK Notify on this machine."""
    yield from served(Notify())
