"""Asynchronous work is done to its end wherever it is asked for."""

import asyncio

import pytest

from lms.core.aside import finished


async def half(number: int) -> int:
    await asyncio.sleep(0)
    if number % 2:
        raise ValueError(number)
    return number // 2


def test_what_comes_of_it_comes_back() -> None:
    assert finished(half(8)) == 4
    with pytest.raises(ValueError, match="7"):
        finished(half(7))


def test_also_where_a_loop_runs_already() -> None:
    async def host() -> int:
        return finished(half(8))

    assert finished(host()) == 4
