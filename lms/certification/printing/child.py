"""The process in which an example is printed for whoever looks at it in a browser.

Printing takes 50 MB of libraries that a process which serves pages never gives back, so it has none of them. What is to
be printed comes in on standard input as JSON, the PDF goes out; whatever happens in here, whoever started it goes on.
"""

import base64
import json
import resource
import sys
from datetime import datetime

MEMORY = 700 * 1024 * 1024
"""Bytes. The libraries and the letters take about a third of it."""

SECONDS = 20
"""Of computing. An example takes two, nearly all of it for reading the libraries and the letters."""


def main() -> int:
    """Print what comes in."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    asked = json.load(sys.stdin.buffer)
    from lms.certification.printing.pdf import pdf_of  # noqa: PLC0415  nothing is read before the bounds stand

    at, logo = datetime.fromisoformat(asked.pop("at")), asked.pop("logo")
    data = pdf_of(asked.pop("html"), at=at, logo=base64.b64decode(logo) if logo else None, **asked)
    sys.stdout.buffer.write(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
