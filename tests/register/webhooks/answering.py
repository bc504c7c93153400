"""A system of somebody else's on loopback, that answers as it is told and keeps what it was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass
class Got:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class System:
    """What it answers next (the last answer stays), and what it got."""

    url: str = ""
    answers: list[int] = field(default_factory=lambda: [204])
    more: dict[str, str] = field(default_factory=dict)
    got: list[Got] = field(default_factory=list)
    hold: Event | None = None

    def answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def system() -> Iterator[System]:
    """One that runs while the test does."""
    there = System()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            there.got.append(Got(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            if there.hold is not None:
                there.hold.wait(20)
            self.send_response(there.answer())
            for name, value in there.more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    there.url = f"http://127.0.0.1:{server.server_port}/told"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield there
    finally:
        if there.hold is not None:
            there.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
