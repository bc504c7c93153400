"""Every content file loads, and the worked cases that travel with the rules come out as they say."""

from lms.brought import ACROSS, CHECKS, LOADERS
from lms.core import shelves
from lms.core.content import Problems


def test_every_shelf_loads_and_none_is_empty() -> None:
    loaded = shelves.load(LOADERS, across=ACROSS)
    across = sum(look(loaded, Problems()) is not None for look in ACROSS)
    assert len(loaded) == sum(len(loaders) for loaders in LOADERS.values()) + across
    for name in LOADERS:
        assert any(shelves.builtin(name).rglob("*.yaml")), name


def test_every_worked_case_holds() -> None:
    loaded = shelves.load(LOADERS, across=ACROSS)
    assert [failure for check in CHECKS for failure in check(loaded)] == []
