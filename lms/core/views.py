"""Pages that belong to no room: language, help, cookies, accessibility, and the health of the service."""

from flask import Response, g, jsonify, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

import lms
from lms.core import health
from lms.core.i18n import Language
from lms.core.web.pages import back_to
from lms.core.web.rooms import room
from lms.core.web.state import house
from lms.core.web.texts import SESSION_KEY

pages = room("core", __name__)
"""Everybody may see these; `roles` is set here since guards live a floor higher, in people."""


@pages.post("/language")
def choose_language() -> ResponseReturnValue:
    """Switch the language and come back to the same place."""
    wanted = request.form.get("language", "")
    if wanted in set(Language):
        session[SESSION_KEY] = wanted
        g.pop("lms_language", None)
    return back_to(request.form.get("back"), url_for("lms.people.home"))


@pages.get("/help")
def help() -> ResponseReturnValue:
    """Where to turn."""
    return render_template("lms/core/help.html")


@pages.get("/cookies")
def cookies() -> ResponseReturnValue:
    """What is kept on the reader's device."""
    return render_template("lms/core/cookies.html", standalone=house().standalone)


@pages.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("lms/core/accessibility.html")


@pages.get("/healthz")
def healthz() -> Response:
    """Whether database and migration are as this version needs them; 503 when not."""
    state = health.state(house().database)
    answer = jsonify(status="ok" if state.ok else "down", version=lms.__version__, **state.parts())
    answer.status_code = 200 if state.ok else 503
    return answer


for view in (choose_language, help, cookies, accessibility, healthz):
    view.roles = frozenset()  # type: ignore[attr-defined]
