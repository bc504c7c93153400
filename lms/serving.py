"""Serving a site of its own with granian, and the worker beside it.

Settings travel to the served processes as `LMS_*` variables. Any other WSGI server finds the site at
`lms.serving:application()`.
"""

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask

from lms.app import create_app
from lms.core import logs
from lms.core.settings import Settings

log = structlog.get_logger(__name__)

GRACE = 30
"""Seconds a worker may go on with its running job when the site ends."""


def application() -> Flask:
    """The site the `LMS_*` settings describe. Raises SettingsWrong, ContentWrong or NewerDatabase."""
    app = create_app()
    settings = app.extensions["lms"].settings
    if settings.base_url.startswith("https://"):
        app.wsgi_app = _Secure(app.wsgi_app)  # type: ignore[method-assign]  # Flask's documented place
    return app


def served() -> Flask:
    """The site inside a process that `serve` started; the process ends with the one that started it."""
    end_with_parent()
    app = application()
    gc.freeze()  # what was loaded stays as long as the process: nobody need look through it for garbage again
    logs.set_up(app.extensions["lms"].settings.mode)
    return app


class _Secure:
    """People come by https and the proxy speaks plain http to us: pages have to know the first, not the second.

    It follows LMS_BASE_URL and reads no forwarded header, so there is none to forge.
    """

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["wsgi.url_scheme"] = "https"
        answer: Iterable[bytes] = self._inner(environ, start_response)
        return answer


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings as the `LMS_*` variables that give them back."""
    return {
        "LMS_MODE": settings.mode,
        "LMS_DATA": str(settings.data),
        "LMS_DATABASE_URL": settings.database_url,
        "LMS_SECRET_KEY": settings.secret_key,
        "LMS_PACKS": os.pathsep.join(map(str, settings.packs)),
        "LMS_JOBS_URL": settings.jobs_url,
        "LMS_FILES_URL": settings.files_url,
        "LMS_MAIL_URL": settings.mail_url,
        "LMS_MAIL_FROM": settings.mail_from,
        "LMS_SMS_URL": settings.sms_url,
        "LMS_HOSTS": ",".join(settings.hosts),
        "LMS_BASE_URL": settings.base_url,
        "LMS_SECURE_COOKIES": "yes" if settings.secure_cookies else "no",
        "LMS_METRICS_TOKEN": settings.metrics_token,
        "LMS_PROXIES": str(settings.proxies),
        "LMS_KEYS": str(settings.keys),
        "LMS_TIMESTAMP_URL": settings.timestamp_url,
        "LMS_NOTIFY_KEY": settings.notify_key,
        "LMS_NOTIFY_URL": settings.notify_url,
        "LMS_NOTIFY_TEXT_TEMPLATE": settings.notify_text_template,
        "LMS_NOTIFY_LETTER_TEMPLATE": settings.notify_letter_template,
        "LMS_WEBHOOK_NETWORKS": ",".join(settings.webhook_networks),
    }


@dataclass(frozen=True, kw_only=True)
class Serving:
    """How to serve: address, and how many processes with how many threads each."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 4
    with_worker: bool = True


def serve(settings: Settings, how: Serving) -> None:
    """Serve until told to stop; the worker runs beside and ends with it. Everything was checked before."""
    logs.set_up(settings.mode)
    os.environ.update(as_environment(settings))
    import multiprocessing  # noqa: PLC0415  see below

    from granian.constants import Interfaces  # noqa: PLC0415  only serving needs it
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    # Fresh processes: a copy of this one would share its threads' locks and its open database.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "lms.serving:served",
        factory=True,
        address=how.host,
        port=how.port,
        interface=Interfaces.WSGI,
        workers=how.workers,
        blocking_threads=how.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.error,
    )
    if how.with_worker:
        beside = Beside()
        server.on_startup(beside.start)
        server.on_shutdown(beside.stop)
    server.serve()


class Beside:
    """`lms worker` as a child process: started again when it ends by itself, ended when we end."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the worker and keep it running."""
        self._keeper.start()

    def stop(self) -> None:
        """Let the worker finish its running job and end; after GRACE seconds end it anyway."""
        self._ending.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(GRACE)
            except subprocess.TimeoutExpired:
                child.kill()
        self._keeper.join(1)

    def _keep(self) -> None:
        wait = 1
        while not self._ending.is_set():
            began = time.monotonic()
            # A session of its own: a Ctrl-C on the terminal reaches it through us, not twice.
            command = [sys.executable, "-m", "lms.cli", "worker", "--beside"]
            self._child = subprocess.Popen(command, start_new_session=True)  # noqa: S603  our own command
            code = self._child.wait()
            if self._ending.is_set():
                return
            wait = 1 if time.monotonic() - began > 60 else min(wait * 2, 60)
            log.warning("worker_ended", code=code, again_in=wait)
            self._ending.wait(wait)


def end_with_parent(every: float = 1.0) -> None:
    """End this process, as a TERM signal would, soon after the one that started it is gone, however that ended."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os.kill(os.getpid(), 15)

    threading.Thread(target=watch, daemon=True).start()
