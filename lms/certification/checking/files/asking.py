"""Has a PDF looked at in a bounded process of its own, and says what was seen."""

import json
import os
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Any

import structlog

from lms.certification.checking.files.seen import Seal, Seen
from lms.core.words import N_

log = structlog.get_logger(__name__)

PATIENCE = 25
"""Seconds until a process that does not come back is ended."""

LONGEST_WAIT = 10
"""Seconds that one file waits for the files before it."""

_AT_ONCE = BoundedSemaphore(1)
"""What is needed for one file is bounded, and so is what all of them need in a serving process."""

_INSIDE = BoundedSemaphore(2)
"""Files at work or waiting. Each holds a thread that serves pages, and a process has four where nothing else is set:
however many files strangers send, half of the threads are left for everybody else."""

_CHILD = "lms.certification.checking.files.child"

BUSY = N_("Many files are being checked at this moment. Wait a minute, then choose the file again.")


class Busy(Exception):  # noqa: N818  says what is the matter
    """So many files are being looked at that this one has to wait: ask again soon."""


class TooMuch(Exception):  # noqa: N818  says what is the matter
    """The file took more than a certificate needs, or broke its reader."""


def ask(data: bytes) -> Seen:
    """What is in a PDF. Raises Busy; TooMuch for one that does not come back, fills memory or breaks the process."""
    if not _INSIDE.acquire(blocking=False):
        raise Busy
    try:
        told = _in_turn(data)
    finally:
        _INSIDE.release()
    seals = tuple(Seal(**each) for each in told.pop("seals"))
    return Seen(**{**told, "numbers": tuple(told["numbers"])}, seals=seals)


def _in_turn(data: bytes) -> dict[str, Any]:
    if not _AT_ONCE.acquire(timeout=LONGEST_WAIT):
        raise Busy
    try:
        return _told(data)
    finally:
        _AT_ONCE.release()


def _told(data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-s", "-P", "-m", _CHILD]
    # Nothing of ours goes along: no settings, no secrets. Where Python looks for packages does.
    environ = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command, input=data, capture_output=True, timeout=PATIENCE, check=False, env=environ, cwd="/"
        )
    except subprocess.TimeoutExpired:
        log.warning("checked_file_took_too_long", size=len(data))
        raise TooMuch from None
    if done.returncode:
        log.warning("checked_file_broke_its_process", code=done.returncode, size=len(data))
        raise TooMuch
    told: dict[str, Any] = json.loads(done.stdout)
    return told
