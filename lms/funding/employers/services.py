"""Write the employers' side: begin, answer, prepare an application. Services flush; whoever calls commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.funding.employers.answers import Answers, Step, answers_from
from lms.funding.employers.events import TrainingMoneyAsked
from lms.funding.employers.models import TrainingEnquiry
from lms.funding.permissions import queries as permissions
from lms.funding.permissions import services as permitted
from lms.funding.permissions.queries import Leave
from lms.funding.permissions.rules import Action, Why
from lms.funding.permissions.texts import REFUSED
from lms.funding.permissions.words import Deed, Standing
from lms.funding.vocabulary import ClaimantKind
from lms.people import queries as people
from lms.people.rules import OrganisationKind

MOST_OPEN = 20
"""Enquiries one household can have without an application at a time."""

MOST_PENCE = 10_000_000
"""A hundred thousand pounds: no course of one PA costs more; whoever types more has slipped."""


def begin(db: Db, *, once: UUID, employer_id: UUID, by: UUID, now: datetime) -> None:
    """Begin the six questions for a household; sent twice, they are begun once.

    The employer, who represents them, or an adviser whom they let prepare applications: that is noted for the employer.
    Raises NotFound for anybody else.
    """
    employer = people.organisation(db, employer_id)
    if employer.kind is not OrganisationKind.INDIVIDUAL_EMPLOYER or employer.authority_id is None:
        raise NotFound("employer")
    there = db.get(TrainingEnquiry, once)
    if there is not None:
        if there.employer_id != employer_id:
            raise NotFound("enquiry")
        return
    leave = permitted.use(
        db,
        person_id=by,
        claimant_id=employer_id,
        claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER,
        authority_id=employer.authority_id,
        action=Action.PREPARE_APPLICATION,
        scheme=None,
        learner_ids=(),
        deed=Deed.QUESTIONS_BEGUN,
        now=now,
    )
    if leave.standing is Standing.DESK:
        raise NotFound("employer")
    row = TrainingEnquiry(
        id=once,
        employer_id=employer_id,
        authority_id=employer.authority_id,
        answers=Answers().data(),
        begun_by=by,
        begun_at=now,
        changed_at=now,
    )
    if add_once(db, row):
        fact = TrainingMoneyAsked(about=by, enquiry_id=once, employer_id=employer_id)
        record(db, fact, by=by, now=now, behalf=employer_id)


def answer(db: Db, *, enquiry_id: UUID, step: Step, given: Mapping[str, Any], by: UUID, now: datetime) -> Answers:
    """Answer one question, or answer it anew; returns all answers.

    Refuses what cannot be, and an enquiry that became an application. Raises NotFound for anybody who may not.
    """
    row = db.get(TrainingEnquiry, enquiry_id, with_for_update=True)
    if row is None:
        raise NotFound("enquiry")
    leave = leave_for(db, row.employer_id, row.authority_id, given.get("pa_id"), by=by, now=now)
    if not leave.allowed:
        raise Refused(REFUSED[leave.why or Why.NOBODY_ALLOWED])
    if row.claim_id is not None:
        raise Refused(N_("An application was made of these answers. Change it there, or begin anew."))
    answers = answers_from(row.answers).with_answer(given)
    _refuse_impossible(db, row, step, answers, now)
    row.answers = answers.data()
    row.changed_at = now
    db.flush()
    return answers


def leave_for(db: Db, employer_id: UUID, authority_id: UUID, pa_id: UUID | None, *, by: UUID, now: datetime) -> Leave:
    """Whether somebody may work on a household's enquiry at this moment; the desk may not, since it decides."""
    leave = permissions.may(
        db,
        person_id=by,
        claimant_id=employer_id,
        claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER,
        authority_id=authority_id,
        action=Action.PREPARE_APPLICATION,
        scheme=None,
        learner_ids=[pa_id] if pa_id else (),
        on=london_day(now),
    )
    return Leave(allowed=False, why=Why.NOBODY_ALLOWED) if leave.standing is Standing.DESK else leave


def _refuse_impossible(db: Db, row: TrainingEnquiry, step: Step, answers: Answers, now: datetime) -> None:
    if not answers.answered(step):
        raise Refused(N_("Answer the question to go on."))
    working = {pa.id for pa in people.pas_of(db, [row.employer_id], london_day(now))}
    if step is Step.COURSE and answers.pa_id not in working:
        raise Refused(N_("Choose a PA who works for you."))
    costs = [pence for pence in (answers.course, answers.travel, answers.cover) if pence is not None]
    if any(not 0 < pence <= MOST_PENCE for pence in costs):
        raise Refused(N_("Enter each cost as an amount above £0.00 and up to £100,000.00."))
