"""Protection against forged posts for every page of ours, whether it has a form object or only a button."""

import time
from functools import lru_cache

from flask import abort, current_app, request, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from itsdangerous import URLSafeTimedSerializer
from wtforms import ValidationError

from lms.core.web.state import SAFE_METHODS

TOKEN_FIELD = "lms_csrf_token"  # noqa: S105  the name of a field, not a secret
TOKEN_HEADER = "X-LMS-CSRF"  # noqa: S105  the name of a header


def token() -> str:
    """This session's token, for hidden fields and for scripts; signed anew each minute."""
    key = current_app.config.get("WTF_CSRF_SECRET_KEY") or current_app.secret_key
    own = session.get(TOKEN_FIELD)
    if isinstance(own, str) and isinstance(key, str):
        return _sealed(key, own, int(time.time()) // 60)
    value: str = generate_csrf(token_key=TOKEN_FIELD)
    return value


@lru_cache(maxsize=1000)
def _sealed(key: str, own: str, _minute: int) -> str:
    """What Flask-WTF makes of a session's own token, which is all its check looks at."""
    return str(URLSafeTimedSerializer(key, salt=_SALT).dumps(own))


_SALT = "wtf-csrf-token"


def check_token() -> None:
    """Refuse a post of ours whose token is missing, old or somebody else's; a 400 page says what to do.

    A view with `own_token` looks itself: one that strangers post to, who have no session to keep a token in.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in SAFE_METHODS or getattr(view, "own_token", False):
        return
    check_session_token()


def check_session_token() -> None:
    """Refuse a post without this session's token, as `check_token` does."""
    sent = request.headers.get(TOKEN_HEADER) or request.form.get(TOKEN_FIELD)
    try:
        validate_csrf(sent, time_limit=None, token_key=TOKEN_FIELD)
    except ValidationError:
        session.pop(TOKEN_FIELD, None)
        abort(400, "csrf")
