"""The audit file of a claim: asking for one, and saving it."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.state import house, now, unit
from lms.core.web.texts import _
from lms.core.words import NotFound
from lms.funding.board import auditing
from lms.funding.board.doors import pages
from lms.funding.claims import queries as claims
from lms.funding.claims.home import DESK
from lms.people import queries as people
from lms.people.guards import requires, viewer


@pages.route("/funding/claims/<uuid:claim_id>/audit", methods=["GET", "POST"])
@requires(*DESK)
def audit(claim_id: UUID) -> ResponseReturnValue:
    """The audit files of a claim, and a button that asks for one as it stands now."""
    within, form = viewer().authorities(*DESK), OnceForm()
    found = claims.claim(unit(), claim_id, within=within)
    if form.validate_on_submit():
        by = viewer().person_id
        auditing.ask(unit(), file_id=form.key(), claim_id=claim_id, within=within, by=by, now=now())
        unit().commit()
        flash(_("The audit file is being made. It is here in a minute."), "lms_done")
        return redirect(url_for(".audit", claim_id=claim_id))
    files = auditing.files_about(unit(), claim_id)
    names = people.persons(unit(), {each.asked_by for each in files})
    return render_template("lms/funding/board/audit.html", form=form, claim=found, files=files, names=names)


@pages.get("/funding/audit-files/<uuid:file_id>.zip")
@requires(*DESK)
def audit_file(file_id: UUID) -> ResponseReturnValue:
    """One audit file, to save."""
    found, reference = auditing.file(unit(), file_id, viewer().authorities(*DESK))
    if found.sha256 is None:
        raise NotFound("audit file")
    response = Response(house().files.get(found.sha256), mimetype=auditing.ZIP)
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{reference}.zip"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
