"""Protection against forged posts for every page of ours, whether it has a form object or only a button."""

from flask import abort, current_app, request, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

from lms.core.web.state import SAFE_METHODS

TOKEN_FIELD = "lms_csrf_token"  # noqa: S105  the name of a field, not a secret
TOKEN_HEADER = "X-LMS-CSRF"  # noqa: S105  the name of a header


def token() -> str:
    """This session's token, for hidden fields and for scripts."""
    value: str = generate_csrf(token_key=TOKEN_FIELD)
    return value


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
