"""Telling how far a long piece of work is, without knowing who listens."""

from collections.abc import Callable

Tell = Callable[[int, int], None]
"""Called with how much is done and how much there is in all, as often as one likes."""


def tell_nobody(done: int, total: int) -> None:
    """For work that nobody watches."""
