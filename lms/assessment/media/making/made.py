"""Has a file looked at and made harmless in a bounded process of its own, and says what came of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import structlog

from lms.assessment.media import rules
from lms.assessment.media.rules import Container, FileKind
from lms.core.words import Refused

log = structlog.get_logger(__name__)

PATIENCE = 120
"""Seconds until a process that does not come back is ended."""

LONGEST_WAIT = 60
"""Seconds that one file waits for the files before it."""

_AT_ONCE = BoundedSemaphore(2)
"""What is needed for one file is bounded, and so is what all of them need in a serving process."""

_CHILD = "lms.assessment.media.making.child"


class Busy(Exception):  # noqa: N818  says what is the matter
    """So many files are being looked at that this one has to wait: ask again soon."""


@dataclass(frozen=True)
class Made:
    """A harmless file: what it is, how long it plays, and whether it has a thumbnail."""

    kind: FileKind
    media_type: str
    seconds: int | None
    size: int
    has_thumbnail: bool


def make(source: Path, made: Path, thumbnail: Path, *, said: FileKind | None) -> Made:
    """Make `made` and `thumbnail` out of `source`, which stays. Raises Refused with how to mend it; Busy.

    Judged by the bytes alone. What they say they are has to be what their owner said, too: nobody means to hand in a
    video as a document. `said` is None where nobody was asked.
    """
    container = _container(source, said)
    for left in (made, thumbnail):  # of a try that was cut off
        left.unlink(missing_ok=True)
    with _turn():
        told = _ask(container, source, made, thumbnail)
    if told is None:
        raise Refused(rules.BROKEN[said or _likely(container)])
    if "refused" in told:
        raise Refused(str(told["refused"])[:400], **dict(told.get("values") or {}))
    kind = FileKind(told["kind"])
    # A phone calls a recording in such a container a video, whether it has pictures or not.
    if said not in {None, kind} and (said, kind) != (FileKind.VIDEO, FileKind.VOICE):
        raise Refused(rules.NOT_THAT_KIND[said or kind])
    seconds = told.get("seconds")
    return Made(kind, str(told["media_type"]), seconds, made.stat().st_size, thumbnail.exists())


def _container(source: Path, said: FileKind | None) -> Container:
    with source.open("rb") as opened:
        container = rules.container_of(opened.read(rules.ENOUGH))
    if container is None:
        raise Refused(rules.NOT_TAKEN)
    if said is not None and said not in container.kinds:
        raise Refused(rules.NOT_THAT_KIND[said])
    return container


def _likely(container: Container) -> FileKind:
    return FileKind.VIDEO if FileKind.VIDEO in container.kinds else next(iter(container.kinds))


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=LONGEST_WAIT):
        raise Busy
    try:
        yield
    finally:
        _AT_ONCE.release()


def _ask(container: Container, source: Path, made: Path, thumbnail: Path) -> dict[str, Any] | None:
    """What the process said; None when it broke over the file, took too much or did not come back."""
    command = [sys.executable, "-s", "-P", "-m", _CHILD, container.name, str(source), str(made), str(thumbnail)]
    # Nothing of ours goes along: no settings, no secrets. Where Python looks for packages does.
    environ = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    try:
        done = subprocess.run(  # noqa: S603  our own program, with paths of our own making
            command, capture_output=True, timeout=PATIENCE, check=False, env=environ, cwd=made.parent
        )
    except subprocess.TimeoutExpired:
        log.warning("file_took_too_long", container=container.name)
        return None
    if done.returncode:
        log.warning("file_broke_its_process", container=container.name, code=done.returncode)
        return None
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
