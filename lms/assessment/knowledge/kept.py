"""What was worked out from content once is kept while that content is: the same objects in give the same object out.

Content is frozen and loaded once, so its objects are told apart by identity; comparing them by what they hold would
cost more than working things out again. Nothing about anybody may be kept here.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

T = TypeVar("T")

MOST = 400
"""Things kept by one process: a few for each authority that has corrections of its own, in each language."""

_kept: OrderedDict[tuple[Any, ...], tuple[tuple[object, ...], Any]] = OrderedDict()
_lock = Lock()


def kept(name: str, of: tuple[object, ...], make: Callable[[], T], *also: Hashable) -> T:
    """What `make` gives for these content objects (and plain values), made the first time it is asked for."""
    key = (name, *map(id, of), *also)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return cast(T, found[1])
    made = make()
    with _lock:
        _kept[key] = (of, made)  # holding the objects keeps their ids theirs
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
