"""What became of visits: two versions side by side, what was sent, and what a coordinator has to read."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.deciding.labels import JUDGEMENTS
from lms.assessment.deciding.queries import decisions_of
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.forms import LABELS
from lms.assessment.visits import queries, settling
from lms.assessment.visits.drafts import drafts_here
from lms.assessment.visits.forms import ChooseForm, CloseForm, FileForm
from lms.assessment.visits.queries import draft_in, observation_in
from lms.assessment.visits.texts import CAME, SAYS, SETTLED, WHY_KEPT
from lms.assessment.visits.views import pages
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import requires, signed_in, viewer
from lms.people.rules import Role

__all__ = ["pages"]


@pages.get("/visits/sent")
@signed_in
def sent() -> ResponseReturnValue:
    """What became of what one sent, the newest first."""
    return render_template(
        "lms/assessment/visits/sent.html",
        sent=queries.sent_by(unit(), viewer().person_id),
        meetings={each.row.id for each in queries.meetings_of(unit(), viewer().person_id)},
        assesses=viewer().has(Role.ASSESSOR),
        came=CAME,
        settled=SETTLED,
        says=SAYS,
        judgements=JUDGEMENTS,
        draft_in=draft_in,
        observation_in=observation_in,
    )


@pages.get("/visits/meet")
@requires(Role.ASSESSOR)
def meetings() -> ResponseReturnValue:
    """The drafts from one's visits that met another version of the same line."""
    found = queries.meetings_of(unit(), viewer().person_id)
    return render_template("lms/assessment/visits/meetings.html", meetings=found, says=SAYS)


@pages.route("/visits/meet/<uuid:thing_id>", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def meet(thing_id: UUID) -> ResponseReturnValue:
    """Two versions side by side. A person chooses; both stay in the record."""
    found = queries.meeting(unit(), thing_id, viewer().person_id)
    row = found.row
    assert row.line is not None  # only drafts meet
    form = ChooseForm()
    standing = settling.here(unit(), row.enrolment_id, row.line, viewer().person_id)
    if form.validate_on_submit():
        try:
            settling.choose(
                unit(),
                thing_id=thing_id,
                use=form.which.data == "phone",
                seen=form.seen.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            used = form.which.data == "phone"
            flash(_("The draft from your visit is used.") if used else _("What stood here is kept."), "lms_done")
            return redirect(url_for(".meetings"))
    form.seen.data = standing
    decisions = [each for each in decisions_of(unit(), row.enrolment_id) if each.line == row.line]
    return render_template(
        "lms/assessment/visits/meet.html",
        form=form,
        found=found,
        phone=draft_in(row),
        here=drafts_here(unit(), row.enrolment_id, viewer().person_id).get(row.line),
        decided=max(decisions, key=lambda each: each.at, default=None),
        judgements=JUDGEMENTS,
        says=SAYS,
        seen=next((each for each in evidence_of(unit(), row.enrolment_id) if each.id == row.observation_id), None),
    )


@pages.get("/visits/received")
@requires(Role.COORDINATOR)
def received() -> ResponseReturnValue:
    """What came from visits and could not be filed: a coordinator reads it."""
    number = page_number()
    found, total = queries.kept_in(
        unit(), viewer().authorities(Role.COORDINATOR), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "lms/assessment/visits/received.html", page=Page(found, number, total), pagination=pagination, why=WHY_KEPT
    )


@pages.route("/visits/received/<uuid:thing_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def received_one(thing_id: UUID) -> ResponseReturnValue:
    """Read one, and file it as a record or close it."""
    return _one(thing_id, FileForm() if _is_observation(thing_id) else None, CloseForm(formdata=None))


def _is_observation(thing_id: UUID) -> bool:
    return _own(thing_id).row.kind == "observation"


def _own(thing_id: UUID) -> queries.Received:
    found = queries.received(unit(), thing_id)
    if found.row.authority_id not in viewer().authorities(Role.COORDINATOR):
        raise NotFound("visit")
    return found


def _one(thing_id: UUID, filing: FileForm | None, closing: CloseForm) -> ResponseReturnValue:
    found = _own(thing_id)
    if filing is not None and not filing.is_submitted():
        filing.on.data = queries.day_seen(found.row)
    elif filing is not None and filing.validate() and filing.on.data is not None:
        try:
            settling.file(unit(), thing_id=thing_id, on=filing.on.data, by=viewer().person_id, now=now())
        except Refused as refusal:
            filing.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Filed as a record. It is no decision."), "lms_done")
            return redirect(url_for(".received"))
    return _shown(found, filing, closing)


@pages.post("/visits/received/<uuid:thing_id>/close")
@requires(Role.COORDINATOR)
def close(thing_id: UUID) -> ResponseReturnValue:
    """Close one with a word; it stays on record."""
    found, form = _own(thing_id), CloseForm()
    if form.validate():
        try:
            settling.close(unit(), thing_id=thing_id, word=form.word.data or "", by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Closed. It stays on record."), "lms_done")
            return redirect(url_for(".received"))
    return _shown(found, None, form)


def _shown(found: queries.Received, filing: FileForm | None, closing: CloseForm) -> str:
    row = found.row
    return render_template(
        "lms/assessment/visits/received_one.html",
        form=filing if filing is not None and filing.errors else closing,
        filing=filing,
        closing=closing,
        found=found,
        said=observation_in(row) if row.kind == "observation" else draft_in(row),
        seen_on=queries.day_seen(row) if row.kind == "observation" else None,
        drafts=[draft_in(each) for each in found.drafts],
        judgements=JUDGEMENTS,
        settings=LABELS["settings"],
        settled=SETTLED,
        why=WHY_KEPT,
        today=today(),
    )
