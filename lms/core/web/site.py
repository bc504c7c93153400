"""The Flask of a site of our own: what Flask does again for each page though it cannot have changed, it does once."""

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

MOST = 2000
"""Cookies remembered as checked, by each process."""


class Cookies(SecureCookieSessionInterface):
    """Flask's own signed cookie. Its serializer is made once, and the same cookie's signature is checked once.

    What is remembered says only that these bytes were signed, and when. Their age is looked at each time, and whether
    the session they name still lives is asked of the database each time, by `lms.people.login`.
    """

    def __init__(self) -> None:
        self._made: tuple[object, URLSafeTimedSerializer] | None = None
        self._signed = lru_cache(MOST)(_signed)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer for this site's keys; another one as soon as they change."""
        keys = (app.secret_key, tuple(app.config["SECRET_KEY_FALLBACKS"] or ()))
        made = self._made
        if made is not None and made[0] == keys:
            return made[1]
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            self._made = keys, serializer
        return serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session in this request's cookie; an empty one when it is missing, forged or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        serializer = self.get_signing_serializer(app)
        if serializer is None or not cookie:
            return super().open_session(app, request)
        try:
            payload, at = self._signed(serializer, cookie)
            if not 0 <= int(time.time()) - at <= app.permanent_session_lifetime.total_seconds():
                return self.session_class()
            return self.session_class(serializer.load_payload(payload))
        except BadSignature:
            return self.session_class()


def _signed(serializer: URLSafeTimedSerializer, cookie: str) -> tuple[bytes, int]:
    """What a cookie carries, still packed, and the second it was signed at. Raises BadSignature, which is not kept."""
    wrong = BadSignature("no key")
    for signer in serializer.iter_unsigners():
        assert isinstance(signer, TimestampSigner)
        try:
            payload, at = signer.unsign(cookie, return_timestamp=True)
        except BadSignature as error:
            wrong = error
        else:
            return payload, int(at.timestamp())
    raise wrong


class Site(Flask):
    """A site with only our pages on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session_interface = Cookies()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: a test sees that no page of ours is a coroutine, so there is nothing to look for."""
        return func
