"""How often Python looks for objects that hold each other. Long work makes many and lets go of nearly all by itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 50_000
"""Objects made before Python looks. A page that is printed makes so many; Python's own 700 would have it look fifty
times a page, an eighth of the whole time, and a third of the time in which verdicts are read again."""

_OLDER = 20, 100


def look_less_often() -> None:
    """Let this process work for long without a pause. What is there stays: it is never looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, *_OLDER)


@contextmanager
def looked_for_less_often() -> Iterator[None]:
    """The same while one long piece of work is done, in whatever process; afterwards it is as it was."""
    before = gc.get_threshold()
    gc.set_threshold(max(OBJECTS, before[0]), *_OLDER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
