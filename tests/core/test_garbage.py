"""Long work has Python look for garbage less often, and leaves the process as it found it."""

import gc

import pytest

from lms.core.garbage import OBJECTS, looked_for_less_often


def test_it_is_as_before_afterwards_whatever_happened() -> None:
    before = gc.get_threshold()
    assert before[0] < OBJECTS

    @looked_for_less_often()
    def fail() -> None:
        assert gc.get_threshold()[0] == OBJECTS
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.get_threshold() == before


def test_long_work_within_long_work_changes_nothing() -> None:
    with looked_for_less_often():
        seldom = gc.get_threshold()
        with looked_for_less_often():
            assert gc.get_threshold() == seldom
        assert gc.get_threshold() == seldom
