"""Where authored material is found: the built-in shelves, then each pack; the same way installed and editable.

A pack is a folder with any of SHELVES in it. What stands in a later pack replaces the built-in by its code.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import lms
from lms.core.content import Problems
from lms.core.db import Db

SHELVES = ("modules", "assessments", "certificates", "funding", "register")
_BESIDE_THE_CODE = {"funding": "funding/schemes", "register": "register/rules"}
_PACKAGE = Path(lms.__file__).parent

T = TypeVar("T")

Loader = Callable[[Sequence[Path], Problems], Any]
"""Reads one room's shelf from the folders given, noting every mistake; the result is frozen."""

Shelves = Mapping[type, Any]
"""What each room loaded, by its type."""


def builtin(name: str) -> Path:
    """The built-in folder of a shelf, or of the migrations."""
    if name in _BESIDE_THE_CODE:
        return _PACKAGE / _BESIDE_THE_CODE[name]
    installed = _PACKAGE / ("_migrations" if name == "migrations" else f"_shelves/{name}")
    return installed if installed.is_dir() else _PACKAGE.parent / name


def folders(name: str, packs: Sequence[Path] = ()) -> list[Path]:
    """Every folder of one shelf, the built-in first; packs without that shelf are passed over."""
    return [builtin(name), *(pack / name for pack in packs if (pack / name).is_dir())]


Across = Callable[[Shelves, Problems], Any]
"""Looks from one room's shelf into another's, noting every mistake; what it gives, if anything, is a shelf as well."""


def load(
    loaders: Mapping[str, Sequence[Loader]], packs: Sequence[Path] = (), *, across: Sequence[Across] = ()
) -> Shelves:
    """Load every shelf, then look `across` them. Raises ContentWrong with all mistakes; then nothing is loaded.

    Whoever looks across finds shelves that were read without a mistake.
    """
    problems = Problems()
    for pack in packs:
        if not any((pack / name).is_dir() for name in SHELVES):
            problems.add(pack, 0, f"This is not a pack: it has none of the folders {', '.join(SHELVES)}.")
    with _nothing_thrown_away():
        loaded = [loader(folders(name, packs), problems) for name, several in loaders.items() for loader in several]
        problems.stop_if_any()
        shelves = {type(shelf): shelf for shelf in loaded}
        built = [look(shelves, problems) for look in across]
    problems.stop_if_any()
    return shelves | {type(shelf): shelf for shelf in built if shelf is not None}


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Let nobody look for garbage meanwhile: nearly all that loading makes stays, and looking is what takes longest."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def shelf(db: Db, kind: type[T]) -> T:
    """A room's loaded content, carried by the unit of work."""
    shelves: Shelves = db.info["shelves"]
    found = shelves[kind]
    assert isinstance(found, kind)
    return found
