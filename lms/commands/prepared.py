"""A prepared demonstration, so that the next start the same day copies it instead of making it again.

It fits only the same version, the same code and content, the same address and the same day: mail in it carries
links, and everything in it happened so many days ago.
"""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import lms
from lms.core.settings import Settings
from lms.core.shelves import SHELVES, builtin

STORE = ".prepared"
"""The folder in the demonstration's own that keeps it."""

OWN = (STORE, ".palms-demo", "secret-key")
"""What belongs to one start and is not copied."""


def take(settings: Settings, on: date) -> bool:
    """Copy a prepared demonstration into the data folder; False when there is none that fits."""
    kept = settings.data / STORE / _key(settings, on)
    if not kept.is_dir():
        return False
    shutil.copytree(kept, settings.data, dirs_exist_ok=True)
    return True


def keep(settings: Settings, on: date) -> None:
    """Keep a copy of a demonstration that was just made; earlier ones go. Its database has to be closed."""
    store = settings.data / STORE
    shutil.rmtree(store, ignore_errors=True)
    fresh = store / "new"
    fresh.mkdir(parents=True)
    for entry in settings.data.iterdir():
        if entry.name in OWN:
            continue
        if entry.is_dir():
            shutil.copytree(entry, fresh / entry.name)
        else:
            shutil.copy2(entry, fresh / entry.name)
    fresh.rename(store / _key(settings, on))  # under its name only when whole


def _key(settings: Settings, on: date) -> str:
    digest = hashlib.sha256(f"{lms.__version__} {settings.base_url} {on}".encode())
    for path in _inputs():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _inputs() -> Iterator[Path]:
    package = Path(lms.__file__).parent
    roots = [package, builtin("migrations"), *(builtin(name) for name in SHELVES)]
    for root in dict.fromkeys(roots):
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and "static" not in path.parts:
                yield path
