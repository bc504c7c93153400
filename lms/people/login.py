"""Flask-Login in a standalone PALMS: the cookie carries a secret, the session itself lives in the database."""

from typing import Any

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from lms.core.web.state import now, today, unit
from lms.people import sessions
from lms.people.viewer import Viewer


class SignedInBrowser(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """What Flask-Login carries: the session's secret, and the viewer it belongs to once looked up."""

    def __init__(self, secret: str, viewer: Viewer | None) -> None:
        self.id = secret
        self.viewer = viewer


def use_login(app: Flask) -> None:
    """Let Flask-Login find the session behind the cookie."""
    manager = LoginManager(app)
    manager.session_protection = None  # a phone changes its address on the bus; the server can end sessions instead
    manager.user_loader(_load)


def _load(secret: str) -> SignedInBrowser | None:
    viewer = sessions.viewer_of_session(unit(), secret, now=now(), on=today())
    return SignedInBrowser(secret, viewer) if viewer else None


def signed_in_viewer() -> Viewer | None:
    """The viewer behind this request's cookie, or None."""
    if "_user_id" not in session:  # Flask-Login's own key: most who open a public page are strangers
        return None
    browser: Any = current_user
    return browser.viewer if browser.is_authenticated else None


def sign_in_browser(secret: str, *, keep: tuple[str, ...]) -> None:
    """Put a new session's secret into a fresh cookie; of the old cookie only `keep` survives."""
    kept = {key: session[key] for key in keep if key in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    login_user(SignedInBrowser(secret, None))


def sign_out_browser() -> None:
    """Take the secret out of the cookie."""
    logout_user()
