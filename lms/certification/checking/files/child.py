"""The process in which a file from outside is read. It takes little, lives shortly, and may fail alone.

The file comes in on standard input, what was seen goes out as one line of JSON. It is given no settings, no database
and no folder, and writes no file; whatever happens in here, whoever started it goes on.
"""

import json
import resource
import sys
from dataclasses import asdict

MEMORY = 700 * 1024 * 1024
"""Bytes. The libraries take about a third of it."""

SECONDS = 12
"""Of computing. A certificate takes one, nearly all of it for reading the libraries."""


def keep_small() -> None:
    """Bound what this process may take from now on."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 48),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """Look at what comes in, and say what was seen; 0 also when it is not as it should be."""
    keep_small()
    data = sys.stdin.buffer.read()
    from lms.certification.checking.files.seal import look  # noqa: PLC0415  nothing is read before the bounds stand

    sys.stdout.write(json.dumps(asdict(look(data))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
