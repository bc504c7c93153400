"""Pages: the PDFs of letters, and saying that they were printed."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.papers import download
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.notifications.letters import queries, services
from lms.notifications.writing.views import own, pages
from lms.people.guards import requires, viewer
from lms.people.rules import Role


@pages.get("/desk/messages/<uuid:message_id>/letters/<int:part>.pdf")
@requires(Role.COORDINATOR)
def letters(message_id: UUID, part: int) -> ResponseReturnValue:
    """The letters of one file."""
    found = queries.file_of(unit(), own(message_id).id, part)
    if found.sha256 is None:
        raise NotFound("PDF")
    return download(found.sha256, f"letters-{part}-{found.language}")


@pages.post("/desk/messages/<uuid:message_id>/letters/<int:part>/printed")
@requires(Role.COORDINATOR)
def printed(message_id: UUID, part: int) -> ResponseReturnValue:
    """They are printed and posted."""
    row = own(message_id)
    try:
        services.mark_printed(unit(), message_id=row.id, part=part, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Marked as printed and posted."), "lms_done")
    return redirect(url_for(".one", message_id=message_id))
