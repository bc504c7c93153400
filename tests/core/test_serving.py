"""A real `lms serve`: it answers, its worker works, and none of its processes outlives it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from lms.core import migrate
from lms.core.db import Database

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds for anything that has to happen on a busy machine."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def serving(data: Path, port: int) -> Iterator[psutil.Process]:
    """`lms serve` on a migrated SQLite site, ended for certain at the end."""
    data.mkdir()
    database = Database(f"sqlite:///{data / 'palms.db'}")
    migrate.bring_up(database)
    database.close()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
    environ |= {"LMS_MODE": "demo", "LMS_DATA": str(data), "LMS_SECURE_COOKIES": "no", "PYTHONPATH": str(ROOT)}
    environ |= {"LMS_SECRET_KEY": "correct-horse-battery-staple-and-more-0123456789"}
    command = [sys.executable, "-m", "lms.cli", "serve", "--port", str(port), "--workers", "1"]
    with (data / "log").open("w") as log, subprocess.Popen(command, env=environ, stdout=log, stderr=log) as process:
        whole = psutil.Process(process.pid)
        try:
            yield whole
        finally:
            left = [*_children(whole), whole]
            for one in left:
                if one.is_running():
                    one.kill()


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def ask(port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def until_it_answers(port: int) -> dict[str, str]:
    tick = threading.Event()
    for _ in range(PATIENCE * 10):
        try:
            status, body = ask(port, "/healthz")
        except OSError:
            tick.wait(0.1)
        else:
            assert status == 200
            answer: dict[str, str] = json.loads(body)
            return answer
    raise AssertionError("it never answered")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["term", "kill"])
def test_it_serves_and_ends_with_all_its_processes(tmp_path: Path, how: signal.Signals) -> None:
    port, data = free_port(), tmp_path / "data"
    with serving(data, port) as process:
        assert until_it_answers(port)["status"] == "ok"
        log, tick = data / "log", threading.Event()
        for _ in range(PATIENCE * 10):
            if "worker_started" in log.read_text():
                break
            tick.wait(0.1)
        children = _children(process)
        assert len(children) >= 2, log.read_text()
        process.send_signal(how)
        _gone, alive = psutil.wait_procs([process, *children], timeout=PATIENCE)
        assert alive == [], log.read_text()
        with pytest.raises(OSError, match=r"refused|reset"):
            ask(port, "/healthz")
