"""A test client that behaves like a browser: follows forms with their hidden fields, keeps its cookie."""

import re
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from lms.core.clock import london_day
from lms.core.house import House
from lms.people import sessions

_TOKEN = re.compile(r'name="lms_csrf_token" value="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Browser:
    """Somebody's browser on the test site, signed in without the cost of a password."""

    def __init__(self, app: Flask, house: House, person_id: UUID | None = None) -> None:
        self._client = app.test_client()
        if person_id is not None:
            now = house.clock()
            with house.database.writing() as db:
                secret = sessions.start(db, person_id=person_id, way="test", now=now, on=london_day(now))
            with self._client.session_transaction() as cookie:
                cookie["_user_id"] = secret
                cookie["_fresh"] = True

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self._client.get(path, **options)

    def token(self, path: str = "/help") -> str:
        """The forgery token of this browser's session."""
        found = _TOKEN.search(self._client.get(path).get_data(as_text=True))
        assert found, f"{path} has no form"
        return found.group(1)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with this session's token."""
        return self._client.post(path, data={"lms_csrf_token": self.token(), **(data or {})}, **options)

    def submit(self, path: str, data: dict[str, Any] | None = None, *, to: str | None = None) -> TestResponse:
        """Open a page, then send its form with all its hidden fields, as a person would."""
        page = self._client.get(path).get_data(as_text=True)
        hidden = {k: v for k, v in _HIDDEN.findall(page) if k != "back"}
        answer = self._client.post(to or path, data={**hidden, **(data or {})})
        answer.request.environ["wsgi.input"].close()  # a large file is sent from a temporary one, which nobody closes
        return answer

    def post_json(self, path: str, body: bytes, **options: Any) -> TestResponse:
        """Send JSON as it stands; the token goes in a header."""
        return self._client.post(path, data=body, content_type="application/json", **options)

    def post_raw(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form without a token."""
        return self._client.post(path, data=data or {}, **options)
