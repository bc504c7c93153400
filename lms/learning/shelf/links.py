"""Asks the web addresses that lessons name whether they still answer. Only on request: it needs the network."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from lms.core.content import Problem
from lms.core.telling import Tell, tell_nobody
from lms.learning.catalogue import Courses, Place

SECONDS = 15
AT_ONCE = 6
"""Addresses asked at the same time; few, since many belong to the same few sites."""

_ADDRESS = re.compile(r"https?://[^\s\"'<>)\]}]+")
_WARY = {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.METHOD_NOT_ALLOWED}
"""Answers of sites that turn programs away and serve people."""


def addresses(courses: Courses) -> dict[str, Place]:
    """Every web address in the files of modules that can be studied, with where it stands first."""
    found: dict[str, Place] = {}
    for code in courses.modules:
        for module in courses.editions_of(code):
            if module.ready:
                files = {text.path for lesson in module.lessons for text in (lesson.english, lesson.welsh) if text}
                for path in sorted({*files, *(path for path, _line in module.places.values())}):
                    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
                        for address in _ADDRESS.findall(line):
                            found.setdefault(address.rstrip(".,;:"), (path, number))
    return found


def ask(courses: Courses, tell: Tell = tell_nobody) -> Iterator[Problem]:
    """A finding for each address that does not answer as it should."""
    every = addresses(courses)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, (address, trouble) in enumerate(zip(every, pool.map(_trouble, every), strict=True), start=1):
            tell(number, len(every))
            if trouble:
                yield Problem(*every[address], f"{address} {trouble}.")


def _trouble(address: str) -> str | None:
    request = Request(address, headers={"User-Agent": "PALMS lms check --links", "Accept": "*/*"})  # noqa: S310  http only
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  the pattern above lets in http and https alone
            answer.read(1)
    except HTTPError as error:
        error.close()
        if error.code in _WARY:
            return f"answers {error.code} to a program; look with a browser"
        return f"answers {error.code}"
    except (URLError, OSError, ValueError) as error:
        return f"does not answer ({type(getattr(error, 'reason', error)).__name__})"
    return None
