"""A token for the name form of strangers, who get no cookie for looking: it names the certificate and the day.

What is posted there changes nothing for anybody and is done in nobody's name; the token keeps other sites from having
their visitors' browsers try names here. Whoever came with a session of ours may send that one's token instead.
"""

import hmac
from datetime import date, timedelta

from flask import current_app, request

from lms.core.web import csrf
from lms.core.web.state import today

LENGTH = 32


def token_for(number: str, on: date | None = None) -> str:
    """The token of a certificate's name form on a day, today unless another is given."""
    said = f"check a name on {number} {on or today()}".encode()
    return hmac.digest(str(current_app.secret_key).encode(), said, "sha256").hex()[:LENGTH]


def check_token_for(number: str) -> None:
    """Refuse a post with neither a token of today or yesterday for this certificate, nor the session's; a 400 page."""
    sent = request.form.get(csrf.TOKEN_FIELD, "").encode()
    days = (today(), today() - timedelta(days=1))
    if not any(hmac.compare_digest(sent, token_for(number, day).encode()) for day in days):
        csrf.check_session_token()
