"""An adviser's pages: whose permissions their organisation has, what they may do, a PA's training record."""

from datetime import timedelta
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certification import queries as certification
from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.permissions import queries, services, texts
from lms.funding.permissions.doors import delegated, pages, scheme_titles
from lms.funding.permissions.queries import PermissionView
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.funding.vocabulary import ClaimantKind
from lms.learning import queries as learning
from lms.learning.titles import titles
from lms.people.guards import requires, viewer
from lms.people.rules import Role

PAGE_SIZE = 50
OPEN_FOR = timedelta(minutes=30)
"""How long a record stays open for whoever opened it; after that opening it is noted anew."""


@pages.get("/acting-for")
@requires(Role.ADVISER)
def acting_for() -> ResponseReturnValue:
    """The employers who let the viewer's organisation act, newest first, also where it has ended."""
    mine, number = viewer().organisations(Role.ADVISER), page_number()
    found = queries.given_to(unit(), mine, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/funding/permissions/acting_for.html",
        page=Page(found, number, queries.count_given_to(unit(), mine), size=PAGE_SIZE),
        pagination=pagination,
        today=today(),
    )


@pages.get("/acting-for/<uuid:permission_id>")
@requires(Role.ADVISER)
def allowed(permission_id: UUID) -> ResponseReturnValue:
    """One permission as the delegate sees it: what they may do and what never."""
    found = delegated(permission_id)
    return render_template(
        "lms/funding/permissions/allowed.html",
        permission=found,
        titles=scheme_titles(found.authority_id),
        uses=queries.uses_of(unit(), [found.id], limit=50),
        today=today(),
        texts=texts,
        Action=Action,
    )


@pages.post("/acting-for/<uuid:permission_id>/records/<uuid:pa_id>/open")
@requires(Role.ADVISER)
def open_record(permission_id: UUID, pa_id: UUID) -> ResponseReturnValue:
    """Open a PA's training record: the employer sees that it was."""
    found = _covering(permission_id, pa_id)
    if not _is_open(found, pa_id):
        try:
            services.use(
                unit(),
                person_id=viewer().person_id,
                claimant_id=found.terms.employer_id,
                claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER,
                authority_id=found.authority_id,
                action=Action.SEE_TRAINING_RECORD,
                scheme=None,
                learner_ids=[pa_id],
                deed=Deed.RECORD_SEEN,
                only=found.id,
                now=now(),
            )
        except Refused as refusal:
            flash(say_refusal(refusal), "lms_note")
            return redirect(url_for(".allowed", permission_id=permission_id))
        unit().commit()
    return redirect(url_for(".training_record", permission_id=permission_id, pa_id=pa_id))


@pages.get("/acting-for/<uuid:permission_id>/records/<uuid:pa_id>")
@requires(Role.ADVISER)
def training_record(permission_id: UUID, pa_id: UUID) -> ResponseReturnValue:
    """What training a PA has done and which certificates they hold, for half an hour after it was opened."""
    found = _covering(permission_id, pa_id)
    may_look = found.holds_on(today()) and Action.SEE_TRAINING_RECORD in found.terms.actions
    if not (may_look and _is_open(found, pa_id)):
        return redirect(url_for(".allowed", permission_id=permission_id))
    here = [each for each in learning.enrolments_of(unit(), pa_id) if each.authority_id == found.authority_id]
    held = certification.certificates_of(unit(), pa_id)
    return render_template(
        "lms/funding/permissions/record.html",
        permission=found,
        name=found.worker_names[pa_id],
        enrolments=here,
        certificates=[each for each in held if each.authority_id == found.authority_id],
        titles=titles(unit(), language()),
    )


def _covering(permission_id: UUID, pa_id: UUID) -> PermissionView:
    found = delegated(permission_id)
    if pa_id not in found.terms.workers:
        raise NotFound("record")
    return found


def _is_open(found: PermissionView, pa_id: UUID) -> bool:
    return queries.saw_on(unit(), found.id, pa_id, viewer().person_id, since=now() - OPEN_FOR)
