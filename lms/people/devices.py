"""Browsers somebody has signed in with before. Their tries are counted apart from strangers' tries."""

import secrets
from typing import Any

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from lms.core.web.state import house
from lms.people.secrets import digest

COOKIE = "lms_device"
A_YEAR = 365 * 24 * 3600
STRANGERS = "strangers"


def known_device(identifier: str) -> str:
    """Names this browser when this person has signed in with it before, else "strangers"."""
    known = _read()
    return f"device:{known[1]}" if known and known[0] == _account(identifier) else STRANGERS


def remember_device(response: Response, identifier: str) -> Response:
    """Let this browser count as known for this account from now on."""
    value = _signer().dumps([_account(identifier), secrets.token_urlsafe(12)])
    response.set_cookie(
        COOKIE, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=house().settings.secure_cookies
    )
    return response


def _account(identifier: str) -> str:
    return digest(identifier.strip().lower())[:24]


def _read() -> list[Any] | None:
    try:
        value = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return None
    return value if isinstance(value, list) and len(value) == 2 else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="lms-device")
