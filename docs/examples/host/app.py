"""A council's portal with PALMS mounted under /palms. It has a front page, a 404 page and a CSRF check of its own.

Prepare and run it, with the settings that docs/mounting.md names:

    flask --app docs/examples/host/app.py lms upgrade
    flask --app docs/examples/host/app.py lms worker
    flask --app docs/examples/host/app.py run
"""

import os
from uuid import UUID

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect

from lms.core.web.state import unit
from lms.extension import LMS
from lms.people.sessions import account


def who_is_asking() -> UUID | None:
    """The PALMS person behind the portal's own sign-in: here the e-mail address that single sign-on has checked.

    A portal that keeps its own table of people stores the PALMS id there instead, and gives that.
    """
    email = request.environ.get("REMOTE_USER")
    return account(unit(), email).person_id if email else None


def create_app() -> Flask:
    """The portal, with PALMS on it."""
    portal = Flask("portal")
    portal.secret_key = os.environ["PORTAL_SECRET_KEY"]  # 32 characters or more; PALMS signs with it as well
    portal_csrf = CSRFProtect(portal)

    @portal.get("/")
    def front() -> str:
        return 'The front page of the portal. <a href="/palms/">Learning for personal assistants</a>'

    @portal.errorhandler(404)
    def lost(_error: Exception) -> tuple[str, int]:
        return "The portal has no such page.", 404

    LMS(portal, current_person=who_is_asking, url_prefix="/palms")
    for name, pages in portal.blueprints.items():
        if name.partition(".")[0] == "lms":  # every post of PALMS has its own check already
            portal_csrf.exempt(pages)
    return portal
