"""GOV.UK Notify on this machine: as much of its API as we use, and a house that speaks to it."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

from lms.core.house import House

KEY = f"palms-{uuid4()}-{uuid4()}"


class Notify(ThreadingHTTPServer):
    """Speaks as much of GOV.UK Notify's API as we use, on this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.sent: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.status, self.code = "delivered", 201


class Answering(BaseHTTPRequestHandler):
    """One request."""

    server: Notify

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Authorization"].startswith("Bearer ")
        if self.server.code != 201:
            self._answer(self.server.code, {"errors": [{"error": "ValidationError", "message": "+447700900982"}]})
            return
        self.server.sent.append({"path": self.path, **body})
        self._answer(201, {"id": str(uuid4())})

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self._answer(200, {"status": self.server.status, "id": "x"})

    def _answer(self, code: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_said: Any) -> None:
        """Nothing."""


def served(server: Any) -> Iterator[Any]:
    """A server while it serves."""
    with server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def with_notify(house: House, notify: Notify, **more: str) -> House:
    """The house, sending its text messages through this Notify."""
    url = f"http://127.0.0.1:{notify.server_address[1]}"
    template = str(uuid4())
    settings = replace(
        house.settings, notify_key=KEY, notify_url=url, notify_text_template=template, sms_url="", **more
    )
    return replace(house, settings=settings)
