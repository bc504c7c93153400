"""The pages of visits: taking learners along, the pages a phone keeps, and sending what was done there."""

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.web.rooms import room
from lms.people.guards import signed_in

pages = room("visits", __name__)


@pages.get("/visits/phone")
@signed_in
def phone_page() -> ResponseReturnValue:
    """What was taken along on this phone, and what waits to be sent. The lists are made on the phone itself."""
    return render_template("lms/assessment/visits/phone.html")
