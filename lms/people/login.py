"""Flask-Login in a standalone PALMS: the cookie carries a secret, the session itself lives in the database."""

from flask import Flask, session
from flask_login import LoginManager, UserMixin, login_user, logout_user

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
    # Without its `current_user` on every page: who is looking is found by `lms.people.guards`, where it is asked for.
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None  # a phone changes its address on the bus; the server can end sessions instead
    manager.user_loader(_load)


def _load(secret: str) -> SignedInBrowser | None:
    viewer = sessions.viewer_of_session(unit(), secret, now=now(), on=today())
    return SignedInBrowser(secret, viewer) if viewer else None


def signed_in_viewer() -> Viewer | None:
    """The viewer behind this request's cookie, or None."""
    secret = session.get("_user_id")  # Flask-Login's own key: most who open a public page are strangers
    return sessions.viewer_of_session(unit(), secret, now=now(), on=today()) if secret else None


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
