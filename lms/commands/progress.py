"""A progress bar for what takes longer than a second on a terminal; nothing at all otherwise."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from lms.core.telling import Tell

PATIENCE = 1.0
"""Seconds before a bar appears."""


@contextmanager
def progress(label: str) -> Iterator[Tell]:
    """Something to tell how far one is: `tell(done, total)`, as often as one likes. The bar is drawn on stderr."""
    bar = _Bar(label)
    try:
        yield bar.tell
    finally:
        bar.end()


class _Bar:
    def __init__(self, label: str) -> None:
        self._label = label
        self._began = time.monotonic()
        self._wanted = sys.stderr.isatty()
        self._shown: Any = None  # click's bar, whose type is private

    def tell(self, done: int, total: int) -> None:
        if not self._wanted or time.monotonic() - self._began < PATIENCE:
            return
        if self._shown is None:
            self._shown = click.progressbar(length=total, label=self._label, file=sys.stderr)
            self._shown.__enter__()
        self._shown.length = total
        self._shown.update(done - self._shown.pos)

    def end(self) -> None:
        if self._shown is not None:
            self._shown.__exit__(None, None, None)
