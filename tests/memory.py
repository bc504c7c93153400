"""Where what the tests write lies: in memory where there is room for it, since nothing of it outlives the run.

A disk is waited for at each commit of SQLite, and with each of the thousands of files of a new PostgreSQL database.
"""

import os
import shutil
from pathlib import Path

import psutil

_MEMORY = Path("/dev/shm")  # noqa: S108 - folders of their own are made in it
_ROOM = 4 * 1024**3
"""Bytes that must be free there, and as much memory: a run takes less than one gigabyte of it."""


def root() -> Path | None:
    """A folder in memory; None where this machine has none, or too little room in it."""
    try:
        free = shutil.disk_usage(_MEMORY).free
    except OSError:
        return None
    roomy = min(free, psutil.virtual_memory().available) >= _ROOM
    return _MEMORY if roomy and os.access(_MEMORY, os.W_OK | os.X_OK) else None


def use() -> None:
    """Let pytest make the folders of the tests there, unless somebody said where."""
    if folder := root():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))
