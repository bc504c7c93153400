"""A worker as it is really served: how much memory it takes under load, and how many pages it answers."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle

import psutil
from werkzeug.routing import BuildError

from lms.core.clock import utc_now
from tests.benchmarks import pages, sites, visitors
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.jobs import ROOT, environment

SECONDS = 6.0
BROWSERS = 4
MOST_MB = 150
START = 30.0

Wanted = tuple[str, str]
"""An address and the cookie to ask for it with."""


def memory(country: Country) -> Iterator[Done]:
    """Serve with one worker, open all pages from several browsers for a few seconds, and look at the worker."""
    wanted = list(_wanted(country))
    with _served(country) as (port, process):
        answers: list[int] = []
        browsers = [
            threading.Thread(target=_browse, args=(port, wanted[n::BROWSERS], answers)) for n in range(BROWSERS)
        ]
        peak = before = _largest(process)
        began = time.perf_counter()
        for each in browsers:
            each.start()
        while any(each.is_alive() for each in browsers):
            peak = max(peak, _largest(process))
            time.sleep(0.1)
        seconds = time.perf_counter() - began
    good = sum(code == 200 for code in answers)
    yield Done(
        "Memory of a served worker, at its peak",
        peak / 1e6,
        "MB",
        note=f"resident; {before / 1e6:.0f} MB before the first page",
        goal=MOST_MB,
    )
    note = f"{good} of {len(answers)} answers were pages; one worker, {BROWSERS} browsers on the same machine"
    yield Done("Pages served a second", len(answers) / seconds, "a second", note=note)


def _wanted(country: Country) -> Iterator[Wanted]:
    """Every page that is only looked at, as every visitor, signed in by the real clock that the served site reads."""
    house = replace(country.house, clock=utc_now)
    app = sites.site_of(house)
    there = visitors.gather(replace(country, house=house), app)
    for page in pages.PAGES:
        for visitor in there.get(page.who, ()) if page.answer == 200 else ():
            cookie = visitor.browser._client.get_cookie("lms_session")
            try:
                address = pages.address(page, app, visitor)
            except BuildError:
                continue
            yield address, f"lms_session={cookie.value}" if cookie else ""


@contextmanager
def _served(country: Country) -> Iterator[tuple[int, psutil.Process]]:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [sys.executable, "-m", "lms.cli", "serve", "--workers", "1", "--no-worker", "--port", str(port)]
    log = (country.house.settings.data / "served.log").open("wb")
    server = subprocess.Popen(command, env=environment(country.house.settings), cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_for(port, server)
        yield port, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(60)
        log.close()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        try:
            _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/healthz", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The site did not answer within {START:.0f} seconds.")


def _browse(port: int, wanted: list[Wanted], answers: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    until = time.monotonic() + SECONDS
    for address, cookie in cycle(wanted):
        answers.append(_ask(connection, address, cookie))
        if time.monotonic() > until:
            return


def _ask(connection: http.client.HTTPConnection, address: str, cookie: str) -> int:
    connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    response.read()
    return response.status


def _largest(process: psutil.Process) -> int:
    """Resident bytes of the largest process below the server: the one that answers."""
    return max((child.memory_info().rss for child in process.children(recursive=True)), default=0)
