"""One's own notices, for people without e-mail and for everybody who deletes too much."""

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.web.rooms import room
from lms.core.web.state import unit
from lms.core.web.texts import _
from lms.notifications import queries
from lms.people.guards import signed_in, viewer

pages = room("notifications", __name__)


@pages.get("/messages")
@signed_in
def messages() -> ResponseReturnValue:
    """The latest notices, newest first."""
    return render_template("lms/notifications/messages.html", notices=queries.notices_of(unit(), viewer().person_id, _))
