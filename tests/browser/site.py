"""The served test site: where it is, and the small things a story needs from it."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email import message_from_bytes, policy
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from playwright.sync_api import Page, Response
from werkzeug.serving import BaseWSGIServer, make_server

from lms.core import work
from lms.core.house import House
from tests.conftest import StandingClock
from tests.world import World

PASSWORD = "three small owls"
PATIENCE = 30_000
"""Milliseconds that a step of a browser may take on a busy machine; nobody waits longer than it takes."""

# A closed network answers nothing: without these the browser asks its maker's hosts at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Line:
    """The line to a served site, that can go down and come up again: nobody answers then, as with no signal."""

    def __init__(self, app: Flask, port: int) -> None:
        self._app, self._port = app, port
        self._server: BaseWSGIServer | None = None
        self._thread: Thread | None = None
        self._cut = ""

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """What is asked on a line that was opened before it went down is not answered either."""
        if self._server is None or (self._cut and environ["PATH_INFO"].endswith(self._cut)):
            raise ConnectionAbortedError
        return self._app(environ, start_response)

    def up(self, *, but: str = "") -> None:
        """Serve; only what ends like `but` gets no answer, whether a page asks for it or the browser by itself."""
        self._cut = but
        if self._server is None:
            self._server = make_server("127.0.0.1", self._port, self._answer, threaded=True)
            self._thread = Thread(target=self._server.serve_forever, daemon=True)
            self._thread.start()

    def down(self) -> None:
        """Stop serving, and give the port back."""
        if self._server is not None and self._thread is not None:
            server, self._server = self._server, None
            server.shutdown()
            self._thread.join()
            server.server_close()


@dataclass(frozen=True)
class Site:
    """A house being served, and the world in it."""

    house: House
    world: World
    clock: StandingClock
    address: str
    line: Line

    def do_waiting_work(self) -> None:
        """What the worker would do: send mail, make PDFs. In a thread, since what drives the browser holds this one:
        a seal is made in an event loop of its own, and there can be one loop in a thread."""
        with ThreadPoolExecutor(1) as worker:
            worker.submit(work.do_all, self.house, now=self.clock()).result()

    def last_mail_to(self, address: str) -> str:
        """The text of the newest mail to an address."""
        folder = self.house.settings.outbox
        assert folder is not None
        mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
        texts = [str(mail.get_body(("plain",)).get_content()) for mail in mails if mail["To"] == address]  # type: ignore[union-attr]
        assert texts, f"no mail to {address}"
        return texts[-1]


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in through the page, as a person does."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address or username").fill(email)
    page.get_by_label("Password or passphrase", exact=True).fill(password)
    press(page, "Sign in")


def press(page: Page, name: str) -> None:
    """Press the button or follow the link with a name in the page's main part, and wait for the page it leads to."""
    main = page.get_by_role("main")
    found = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first
    found.wait_for()
    with page.expect_navigation():
        found.click()


def told_place(answer: Response, section: int) -> bool:
    """Whether the server has just been told, and has kept, that this section of a lesson was reached."""
    told = answer.url.endswith("/place") and answer.request.post_data == f"section={section}"
    return told and answer.status == 204
