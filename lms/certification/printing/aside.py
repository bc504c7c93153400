"""Has an example printed in a bounded process of its own: only the worker prints in its own process."""

import base64
import json
import os
import subprocess
import sys
from datetime import datetime
from threading import BoundedSemaphore

import structlog

from lms.core.words import N_

log = structlog.get_logger(__name__)

PATIENCE = 30
"""Seconds until a process that does not come back is ended."""

BUSY = N_("Another example is being printed at this moment. Try again in a few seconds.")
FAILED = N_("This example could not be printed. Whoever made the design can try it with “lms certificates preview”.")

_AT_ONCE = BoundedSemaphore(1)
"""One at a time in a serving process. Whoever comes second is told at once: threads that wait serve nobody."""

_CHILD = "lms.certification.printing.child"


class Busy(Exception):  # noqa: N818  says what is the matter
    """Another example is being printed: ask again soon."""


class NotPrinted(Exception):  # noqa: N818  says what is the matter
    """The design cannot be printed, or takes more than a certificate needs."""


def printed(html: str, *, address: str, title: str, language: str, at: datetime, logo: bytes | None) -> bytes:
    """The PDF of a filled design, not sealed; as `printing.pdf.pdf_of`. Raises Busy and NotPrinted."""
    asked = {
        "html": html,
        "address": address,
        "title": title,
        "language": language,
        "at": at.isoformat(),
        "logo": base64.b64encode(logo).decode() if logo else None,
    }
    if not _AT_ONCE.acquire(blocking=False):
        raise Busy
    try:
        return _made(json.dumps(asked).encode())
    finally:
        _AT_ONCE.release()


def _made(asked: bytes) -> bytes:
    command = [sys.executable, "-s", "-P", "-m", _CHILD]
    # Nothing of ours goes along: no settings, no secrets. Where Python looks for packages does.
    environ = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command, input=asked, capture_output=True, timeout=PATIENCE, check=False, env=environ, cwd="/"
        )
    except subprocess.TimeoutExpired:
        log.warning("example_took_too_long")
        raise NotPrinted from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        log.warning("example_not_printed", code=done.returncode)
        raise NotPrinted
    return done.stdout
