"""Invite an assessor of a college or an agency for named learners only, up to and including a day.

Before they join they see nothing, after the last day nothing, and never another learner of the authority: joining gives
them a role in their own organisation, and what they may look at are the allocations made for them here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment import allocating, places
from lms.assessment.asking import services
from lms.assessment.asking.events import OutsideAssessorInvited
from lms.assessment.asking.models import OutsideAssessor, OutsideAssessorLearner
from lms.assessment.competence.people import is_coordinator
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.people import agreements, invitations
from lms.people.events import InvitationAccepted
from lms.people.queries import OrganisationView
from lms.people.rules import Role

LONGEST_PERIOD = timedelta(days=550)
MOST_LEARNERS = 40


@dataclass(frozen=True, kw_only=True)
class Outsider:
    """Whom to invite, from where, and until when. `learners` are enrolments, each with the units to look at."""

    name: str
    email: str
    language: str
    organisation_id: UUID
    learners: dict[UUID, tuple[str, ...]]
    until: date


def organisations(db: Db, authority_id: UUID, on: date) -> list[OrganisationView]:
    """The organisations an authority has an agreement with on a day, by name."""
    return agreements.agreements(db, authority_id, on)


def invite(db: Db, *, id: UUID, authority_id: UUID, outsider: Outsider, by: UUID, now: datetime) -> None:
    """Invite somebody for named learners; the same `id` again changes nothing.

    Raises NotFound unless `by` coordinates there, and for another authority's learners or an organisation without an
    agreement; refused without learners or e-mail, and for a day that has passed or is very far.
    """
    today = london_day(now)
    if not is_coordinator(db, by, authority_id, today):
        raise NotFound("authority")
    if outsider.organisation_id not in {place.id for place in organisations(db, authority_id, today)}:
        raise NotFound("organisation")
    if not outsider.learners or len(outsider.learners) > MOST_LEARNERS:
        raise Refused(N_("Choose from 1 to %(most)s learners."), most=MOST_LEARNERS)
    if not outsider.email:
        raise Refused(N_("Enter their e-mail address."))
    if not today <= outsider.until <= today + LONGEST_PERIOD:
        raise Refused(N_("Choose a last day that has not passed, and not more than 18 months from now."))
    for enrolment_id, units in outsider.learners.items():
        _refuse_learner(db, enrolment_id, units, authority_id)
    secret = invitations.invite(
        db,
        id=id,
        name=outsider.name,
        email=outsider.email,
        role=Role.ASSESSOR,
        organisation_id=outsider.organisation_id,
        authority_id=authority_id,
        language=outsider.language,
        by=by,
        now=now,
    )
    if secret is None:
        return
    row = OutsideAssessor(
        invitation_id=id, authority_id=authority_id, until=outsider.until, invited_by=by, invited_at=now
    )
    if not add_once(db, row):
        return
    db.add_all(
        OutsideAssessorLearner(invitation_id=id, enrolment_id=enrolment, units=" ".join(units))
        for enrolment, units in outsider.learners.items()
    )
    db.flush()
    fact = OutsideAssessorInvited(
        about=by,
        invitation_id=id,
        authority_id=authority_id,
        organisation_id=outsider.organisation_id,
        enrolments=tuple(outsider.learners),
        until=outsider.until,
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


def _refuse_learner(db: Db, enrolment_id: UUID, units: Collection[str], authority_id: UUID) -> None:
    enrolment = learning.enrolment(db, enrolment_id)
    if enrolment.authority_id != authority_id or enrolment.ended:
        raise NotFound("learner")
    if not set(units) <= {placed.unit.code for placed in places.units_of(db, enrolment)}:
        raise NotFound("unit")


def allocate_on_joining(db: Db, fact: InvitationAccepted, now: datetime) -> None:
    """Somebody joined who was invited for named learners: from now until their last day they assess those.

    A learner who left meanwhile, or is the person who joined, is passed over; too late, it is for nobody.
    """
    invited = db.get(OutsideAssessor, fact.invitation_id)
    today = london_day(now)
    if invited is None or invited.until < today:
        return
    wanted = select(OutsideAssessorLearner).where(OutsideAssessorLearner.invitation_id == fact.invitation_id)
    for row in db.scalars(wanted.order_by(OutsideAssessorLearner.enrolment_id)).all():
        enrolment = learning.enrolment(db, row.enrolment_id)
        if enrolment.ended or enrolment.learner_id == fact.about or not places.units_of(db, enrolment):
            continue
        allocating.give(
            db,
            enrolment,
            assessor_id=fact.about,
            since=today,
            until=invited.until,
            units=row.units.split(),
            by=invited.invited_by,
            now=now,
        )
        services.settle(db, enrolment.learner_id, by=invited.invited_by, now=now)


@dataclass(frozen=True)
class Invited:
    """An invitation nobody has used yet: to whom, and until when they would assess how many learners."""

    name: str
    email: str | None
    until: date
    learners: int


def waiting(db: Db, authority_id: UUID, *, now: datetime) -> Sequence[Invited]:
    """The outside assessors of an authority who have not joined yet, the newest first. Two queries."""
    counts = (
        select(OutsideAssessor.invitation_id, OutsideAssessor.until, func.count(OutsideAssessorLearner.enrolment_id))
        .join(OutsideAssessorLearner, OutsideAssessorLearner.invitation_id == OutsideAssessor.invitation_id)
        .where(OutsideAssessor.authority_id == authority_id)
        .group_by(OutsideAssessor.invitation_id, OutsideAssessor.until)
    )
    rows = {invitation: (until, learners) for invitation, until, learners in db.execute(counts)}
    open_ = invitations.waiting_among(db, rows, now=now)
    return [Invited(one.name, one.email, *rows[one.id]) for one in open_]
