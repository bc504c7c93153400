"""The page behind a link that a holder shared. Anybody who has the link may enter; nobody is signed in here.

Whoever is signed in on the same browser is overlooked, so that every reader sees the same page. Mail programs look
ahead, so a look tells no more than that something opened it.
"""

from datetime import timedelta

import structlog
from flask import Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from lms.certification import queries
from lms.certification.checking.rules import Way
from lms.certification.checking.views import looks
from lms.certification.holder import queries as holders
from lms.certification.holder import services
from lms.certification.holder.labels import written
from lms.certification.holder.queries import ShareView
from lms.certification.holder.rules import NameShown, initials
from lms.certification.numbers import spoken
from lms.certification.rules import Standing
from lms.core.web.rooms import room
from lms.core.web.state import close_unit, house, now, today, unit
from lms.core.web.texts import language
from lms.people.guards import public

log = structlog.get_logger(__name__)

pages = room("shared", __name__)

LONGEST_SECRET = 100


@pages.before_request
def nobody() -> None:
    """Nobody is signed in on this page, and no note of another page is shown or taken."""
    g.lms_viewer, g.lms_own_language, g.lms_notes = None, None, []


@pages.after_request
def keep_it_here(response: Response) -> Response:
    """The address is the secret: it goes to no other page, no search engine and no cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@pages.get("/shared/<secret>")
@public
def shared(secret: str) -> ResponseReturnValue:
    """The certificate a link was made for; one that ended and one that never was say the same."""
    link = holders.opened(unit(), secret, today()) if len(secret) <= LONGEST_SECRET else None
    found = queries.certificate(unit(), link.certificate_id) if link else None
    if link is None or found is None or not holders.stays_checkable(unit(), found.id):
        return make_response(render_template("lms/certification/holder/ended.html"), 404)
    page = render_template(
        "lms/certification/holder/shared.html",
        certificate=found,
        name=found.holder_name if link.name_shown is NameShown.FULL else initials(found.holder_name),
        whole_name=link.name_shown is NameShown.FULL,
        standing=found.standing(today()),
        Standing=Standing,
        last_day=found.lapses_on - timedelta(days=1) if found.lapses_on else None,
        spoken=spoken(found.number, language()),
        until=link.until,
        written=written,
        achieved=holders.achieved(unit(), found.id) if found.achievements else "",
    )
    if request.method == "GET" and link.counts_again(now()):
        _count(link)
    return page


def _count(link: ShareView) -> None:
    """Count a look in a unit of work of its own. A page that was put together is not lost because counting failed."""
    close_unit()
    looks().note(link.certificate_id, on=today(), way=Way.SHARED)
    try:
        with house().database.writing() as db:
            services.looked(db, share_id=link.id, now=now())
    except SQLAlchemyError as trouble:
        log.warning("share_look_lost", trouble=type(trouble).__name__)
