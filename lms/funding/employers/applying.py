"""An application made of answered questions, accepted by the employer, sent in by them or by who may for them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.funding.claims import services as claims
from lms.funding.claims.drafting import Same, turns_of
from lms.funding.claims.queries import Wanted, claim, claims_in
from lms.funding.claims.verdicts import SchemeVerdict
from lms.funding.employers import bank, queries
from lms.funding.employers.events import ApplicationPrepared
from lms.funding.employers.models import TrainingEnquiry
from lms.funding.employers.queries import EnquiryView
from lms.funding.employers.rules import Fit
from lms.funding.employers.rules import Wanted as Cost
from lms.funding.permissions import services as permitted
from lms.funding.permissions.queries import Leave
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed, Standing
from lms.funding.trainings import Training
from lms.funding.vocabulary import ClaimantKind, ClaimState, EvidenceKind, LearnerKind, Part
from lms.learning import queries as learning
from lms.people import queries as people

NOT_OFFERED = N_("This money does not fit any more. Look at your answers and at what fits again.")
THERE_ALREADY = N_("You have asked for this PA and this course already. See your applications.")
NO_COURSE = N_("This PA has no course in PALMS yet. Ask your council to enrol them first.")


def prepare(db: Db, *, enquiry_id: UUID, scheme: str, claim_id: UUID, by: UUID, now: datetime) -> UUID:
    """Make an application of answered questions, one line for each cost; returns its id. Twice makes one.

    `claim_id` is the form's once-only number. The employer, who represents them, or an adviser who may prepare for this
    money and this PA: what they did is noted with the application's reference. Refuses money that does not fit.
    """
    row = db.get(TrainingEnquiry, enquiry_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("enquiry")
    if row.claim_id is not None:
        return row.claim_id
    asked = queries.enquiry(db, enquiry_id)
    found = _fitting(db, asked, scheme, now)
    training = _training(db, asked, now)
    # Once before anything is written, so that nobody without leave learns what would come of it; noted below.
    made = _open(db, training, found, claim_id=claim_id, by=by, now=now)
    leave = _use(db, asked, found, made, by=by, now=now)
    _hold_account(db, asked.employer_id, made, asked.authority_id)
    row.claim_id, row.changed_at = made, now
    db.flush()
    fact = ApplicationPrepared(
        about=by,
        enquiry_id=enquiry_id,
        employer_id=asked.employer_id,
        claim_id=made,
        by_delegate=leave.standing is Standing.DELEGATE,
    )
    record(db, fact, by=by, now=now, behalf=asked.employer_id)
    return made


def _fitting(db: Db, asked: EnquiryView, scheme: str, now: datetime) -> Fit:
    if asked.answers.next_step is not None:
        raise Refused(N_("Answer all six questions first."))
    offered = queries.outcome(db, asked, on=london_day(now)).fits
    found = next((one for one in offered if one.scheme.code == scheme and one.asked_by_employer), None)
    if found is None:
        raise Refused(NOT_OFFERED)
    return found


def _training(db: Db, asked: EnquiryView, now: datetime) -> Training:
    """What the application is about: the PA's place on a course here, and the training that is asked for."""
    pa_id, today = asked.answers.pa_id, london_day(now)
    if pa_id is None or people.employer_for(db, pa_id, [asked.employer_id], today) is None:
        raise Refused(N_("Choose a PA who works for you."))
    enrolment = next((e for e in learning.enrolments_of(db, pa_id) if e.authority_id == asked.authority_id), None)
    if enrolment is None:
        raise Refused(NO_COURSE)
    employer = people.organisation(db, asked.employer_id)
    return Training(
        code=asked.answers.code,
        learner_id=pa_id,
        learner=LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER,
        authority=people.organisation(db, asked.authority_id),
        enrolment_id=enrolment.id,
        started_on=asked.answers.starts_on or today,
        completed_on=None,
        certificate_id=None,
        claimants={ClaimantKind.INDIVIDUAL_EMPLOYER: employer},
    )


def _open(db: Db, training: Training, found: Fit, *, claim_id: UUID, by: UUID, now: datetime) -> UUID:
    first, *others = found.wanted
    employer = training.claimants[ClaimantKind.INDIVIDUAL_EMPLOYER]
    assert employer is not None  # put there above
    if any(turns_of(db, _same(training, found, one, employer), live=True) for one in found.wanted):
        raise Refused(THERE_ALREADY)
    turn = turns_of(db, _same(training, found, first, employer), live=False) + 1
    made = claims.open_draft(
        db, training=training, found=_verdict(found, first, employer), by=by, now=now, claim_id=claim_id, turn=turn
    )
    if made is None:
        raise Refused(THERE_ALREADY)
    for one in others:
        if not one.verdict.claimable:
            continue
        claims.add_line(
            db,
            claim_id=made,
            within=[training.authority.id],
            training=training,
            found=_verdict(found, one, employer),
            by=by,
            now=now,
        )
    return made


def _same(training: Training, found: Fit, one: Cost, employer: people.OrganisationView) -> Same:
    return Same(
        learner_id=training.learner_id,
        scheme=found.scheme.code,
        item=one.item,
        training=training.code,
        part=Part.FULL,
        claimant=employer.id,
    )


def _verdict(found: Fit, one: Cost, employer: people.OrganisationView) -> SchemeVerdict:
    return SchemeVerdict(scheme=found.scheme, verdict=one.verdict, asked=one.asked, claimant=employer)


def _use(db: Db, asked: EnquiryView, found: Fit, claim_id: UUID, *, by: UUID, now: datetime) -> Leave:
    made = claim(db, claim_id, within=[asked.authority_id])
    leave = permitted.use(
        db,
        person_id=by,
        claimant_id=asked.employer_id,
        claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER,
        authority_id=asked.authority_id,
        action=Action.PREPARE_APPLICATION,
        scheme=found.scheme.code,
        learner_ids={line.learner_id for line in made.lines},
        deed=Deed.PREPARED,
        now=now,
        claim_id=claim_id,
        values={"reference": made.reference},
    )
    if leave.standing is Standing.DESK:
        raise NotFound("enquiry")
    return leave


def hold_account(db: Db, *, employer_id: UUID, authority_ids: Collection[UUID]) -> None:
    """The employer's bank details count as evidence with each of their applications that can still be changed."""
    for state in (ClaimState.DRAFT, ClaimState.NEEDS_ACTION):
        wanted = Wanted(state=state, claimant=employer_id)
        for row in claims_in(db, authority_ids, wanted=wanted, limit=200):
            _hold_account(db, employer_id, row.id, row.authority_id)


def _hold_account(db: Db, employer_id: UUID, claim_id: UUID, authority_id: UUID) -> None:
    if bank.shown(db, employer_id) is not None:
        claims.note_held(db, claim_id=claim_id, kinds=[EvidenceKind.BANK_DETAILS], within=[authority_id])
