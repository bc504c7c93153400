"""Write checks: a certificate with its number, the PA's consent, status checks, reviews, and telling an employer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.register import holding, queries, services
from lms.register.checks import rules, steps
from lms.register.checks.events import (
    DisclosureReviewAsked,
    DisclosureReviewDecided,
    EmployerMayBeTold,
    EmployerNoLongerTold,
    StatusConsentSaid,
)
from lms.register.checks.following import may_ask
from lms.register.checks.kinds import Outcome, RightToAsk
from lms.register.checks.models import (
    DisclosureNumber,
    DisclosureReview,
    EmployerMayKnow,
    ReviewDecided,
    StatusConsent,
)
from lms.register.checks.rules import Stop
from lms.register.disclosures import Decision, FollowUp, StatusResult, complete, waits_for
from lms.register.events import DisclosureStepTaken
from lms.register.models import DisclosureStep, RequirementRecord

TEAM = (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)


def record_certificate(
    db: Db,
    *,
    once: UUID,
    person_id: UUID,
    authority_id: UUID,
    code: str,
    on: date,
    data: Mapping[str, Any],
    by: UUID,
    now: datetime,
    number: str = "",
) -> None:
    """Record a DBS certificate that was seen, as `services.record_seen` does, and keep its number for a time.

    The number goes into a table of its own and nowhere else, and only where the update service is to be asked: it
    needs the PA's consent. Refused when it is not 12 digits.
    """
    digits = "".join(number.split())
    if digits and (len(digits) != 12 or not (digits.isascii() and digits.isdigit())):
        raise Refused(N_("A DBS certificate’s number has 12 digits. Look at the top of the certificate."))
    if digits and not may_ask(db, person_id, authority_id):
        raise Refused(N_("The PA has not agreed to status checks, so the number is not needed. Leave it out."))
    services.record_seen(
        db, once=once, person_id=person_id, authority_id=authority_id, code=code, on=on, data=data, by=by, now=now
    )
    if digits:
        goes = rules.delete_number_on(on, None)
        if goes > london_day(now):
            add_once(db, DisclosureNumber(disclosure_id=once, number=digits, delete_on=goes, deleted_at=None))


def say_consent(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, given: bool, now: datetime) -> None:
    """The PA agrees that the update service is asked about their certificate, or takes that back. Only they can.

    Saying the same again changes nothing. Taken back, the number of their certificate goes with the next sweep.
    """
    if not queries.knows(db, authority_id, person_id, london_day(now)):
        raise NotFound("authority")
    if may_ask(db, person_id, authority_id) is given:
        return
    said = RightToAsk.GIVEN if given else RightToAsk.WITHDRAWN
    if not add_once(db, StatusConsent(id=once, person_id=person_id, authority_id=authority_id, given=said, at=now)):
        return
    if not given:
        _let_numbers_go(db, person_id, authority_id, london_day(now))
    fact = StatusConsentSaid(about=person_id, authority_id=authority_id, given=said.value)
    record(db, fact, by=person_id, now=now, behalf=authority_id)


def _let_numbers_go(db: Db, person_id: UUID, authority_id: UUID, today: date) -> None:
    """Without consent nobody needs the numbers: their day is today."""
    wanted = (
        select(DisclosureNumber)
        .join(RequirementRecord, RequirementRecord.id == DisclosureNumber.disclosure_id)
        .where(
            RequirementRecord.person_id == person_id,
            RequirementRecord.authority_id == authority_id,
            DisclosureNumber.deleted_at.is_(None),
        )
    )
    for row in db.scalars(wanted):
        row.delete_on = min(row.delete_on, today)
    db.flush()


def record_status(
    db: Db,
    *,
    once: UUID,
    record_id: UUID,
    authority_id: UUID,
    result: StatusResult,
    on: date,
    by: UUID,
    now: datetime,
) -> None:
    """Record what the update service answered on a day about a certificate the team has seen.

    Refused without the PA's consent, for another kind of work than the certificate was asked for, and for an answer
    that cannot be about the certificate as it was recorded. Raises NotFound for another authority's record.
    """
    row = steps.any_held(db, record_id, authority_id)
    if db.scalar(select(DisclosureStep.id).where(DisclosureStep.id == once)) is not None:
        return
    if by == row.person_id:
        raise Refused(N_("Somebody else has to record this for you."))
    if on > london_day(now):
        raise Refused(N_("That day has not come yet. Enter today or an earlier day."))
    if on < row.seen_on:
        raise Refused(N_("The certificate had not been seen on that day. Check the day."))
    disclosure = holding.disclosure(row, holding.steps_of(db, row.person_id, authority_id))
    edition = queries.edition_for(db, authority_id, london_day(now))
    said = holding.circumstances_of(db, row.person_id, authority_id)
    needed = rules.applying(edition.rules.requirements if edition else (), (c for c, holds in said.items() if holds))
    consent = may_ask(db, row.person_id, authority_id)
    stop = rules.stops(needed, disclosure, consent=consent, on=london_day(now))
    if stop is not None:
        raise Refused(NOT_ASKED[stop])
    if not rules.agrees(disclosure, result):
        raise Refused(
            N_(
                "This does not fit what was recorded of the certificate. Look at the certificate again, and record "
                "what it says first."
            )
        )
    kept = DisclosureStep(
        id=once, disclosure_id=row.id, step=FollowUp.STATUS_CHECKED, status_result=result, done_on=on, by=by, at=now
    )
    if not add_once(db, kept):
        return
    fact = DisclosureStepTaken(
        about=row.person_id, authority_id=authority_id, record_id=row.id, step=FollowUp.STATUS_CHECKED.value
    )
    record(db, fact, by=by, now=now, behalf=authority_id)
    services.reassess(db, person_id=row.person_id, authority_id=authority_id, now=now)


def ask_review(db: Db, *, once: UUID, record_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """The PA asks that a decision about their certificate is looked at again. There is nothing to write.

    Raises NotFound for anybody else's; refused while nothing is decided, and while a review is open.
    """
    row = _own(db, record_id, authority_id, by)
    if db.get(DisclosureReview, once) is not None:
        return
    taken = steps.taken_for(db, record_id)
    made = complete(taken)
    answer = rules.may_review(made.decision if made else None, open_review=open_review(db, record_id) is not None)
    if answer.asked:
        return
    if not answer.allowed or waits_for(taken) is not None:
        raise Refused(N_("There is no decision to look at again just now."))
    turns = db.scalar(select(func.count()).where(DisclosureReview.disclosure_id == record_id)) or 0
    if not add_once(db, DisclosureReview(id=once, disclosure_id=record_id, turn=turns + 1, at=now)):
        return
    fact = DisclosureReviewAsked(about=row.person_id, authority_id=authority_id, record_id=record_id)
    record(db, fact, by=by, now=now, behalf=authority_id)


def decide_review(
    db: Db,
    *,
    once: UUID,
    record_id: UUID,
    authority_id: UUID,
    outcome: Outcome,
    decision: Decision | None,
    by: UUID,
    now: datetime,
) -> None:
    """Somebody who had no part in a decision says whether it stands, or decides anew.

    A new decision goes on as the first did: with a second person where it needs one. Refused for whoever decided or
    agreed; raises NotFound where no review is open.
    """
    row = steps.held(db, record_id, authority_id)
    review = open_review(db, record_id)
    if review is None:
        if db.scalar(select(DisclosureStep.id).where(DisclosureStep.id == once)) is not None:
            return
        raise Refused(N_("This review was decided already. Reload the page."))
    taken = steps.taken_for(db, record_id)
    had_a_part = {t.by for t in taken if t.step in {FollowUp.DECIDED, FollowUp.AGREED}}
    if by == row.person_id or by in had_a_part:
        raise Refused(N_("Somebody who had no part in the decision has to look at it again."))
    made = complete(taken)
    if outcome is Outcome.DECIDED_ANEW and (decision is None or (made and decision is made.decision)):
        raise Refused(N_("Choose another decision, or say that it stands."))
    db.add(ReviewDecided(review_id=review.id, outcome=outcome, by=by, at=now))
    db.flush()
    fact = DisclosureReviewDecided(
        about=row.person_id, authority_id=authority_id, record_id=record_id, outcome=outcome.value
    )
    record(db, fact, by=by, now=now, behalf=authority_id)
    if outcome is Outcome.DECIDED_ANEW and decision is not None:
        steps.decide_anew(db, row, once=once, decision=decision, on=london_day(now), by=by, now=now)


def open_review(db: Db, record_id: UUID) -> DisclosureReview | None:
    """The review of a decision that nobody has decided yet."""
    decided = select(ReviewDecided.review_id).where(ReviewDecided.review_id == DisclosureReview.id).exists()
    return db.scalar(select(DisclosureReview).where(DisclosureReview.disclosure_id == record_id, ~decided))


def let_employer_know(
    db: Db, *, once: UUID, record_id: UUID, authority_id: UUID, employer_id: UUID, by: UUID, now: datetime
) -> None:
    """The PA agrees that one of their employers is told of the decision, and the employer is.

    Raises NotFound for anybody else's, and for somebody who is not their employer; refused while nothing is decided.
    """
    row = _own(db, record_id, authority_id, by)
    if employer_id not in {each.id for each in people.employers_of(db, by, london_day(now))}:
        raise NotFound("employer")
    if complete(steps.taken_for(db, record_id)) is None:
        raise Refused(N_("Nothing is decided yet, so there is nothing to tell."))
    if _known_to(db, record_id, employer_id) is not None:
        return
    if not add_once(db, EmployerMayKnow(id=once, disclosure_id=record_id, employer_id=employer_id, at=now)):
        return
    fact = EmployerMayBeTold(
        about=row.person_id, authority_id=authority_id, record_id=record_id, employer_id=employer_id
    )
    record(db, fact, by=by, now=now, behalf=authority_id)
    steps.note_step(db, row, once=once, step=FollowUp.EMPLOYER_TOLD, by=by, now=now)


def end_employer_knowing(
    db: Db, *, record_id: UUID, authority_id: UUID, employer_id: UUID, by: UUID, now: datetime
) -> None:
    """The PA takes that back: the employer no longer sees the decision here. What they read they have read."""
    row = _own(db, record_id, authority_id, by)
    known = _known_to(db, record_id, employer_id)
    if known is None:
        return
    known.ended_at = now
    db.flush()
    fact = EmployerNoLongerTold(
        about=row.person_id, authority_id=authority_id, record_id=record_id, employer_id=employer_id
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


def raise_risk_review(db: Db, *, once: UUID, record_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Note that the authority asked whoever looks after the direct payment to look at the risk, after a decision."""
    row = steps.held(db, record_id, authority_id)
    taken = steps.taken_for(db, record_id)
    if any(t.step is FollowUp.RISK_REVIEW for t in taken):
        return
    made = complete(taken)
    if made is None or made.decision is Decision.PROCEED:
        raise Refused(N_("There is no decision that asks for this."))
    steps.note_step(db, row, once=once, step=FollowUp.RISK_REVIEW, by=by, now=now)


def _own(db: Db, record_id: UUID, authority_id: UUID, by: UUID) -> RequirementRecord:
    row = steps.held(db, record_id, authority_id)
    if row.person_id != by:
        raise NotFound("disclosure")
    return row


def _known_to(db: Db, record_id: UUID, employer_id: UUID) -> EmployerMayKnow | None:
    return db.scalar(
        select(EmployerMayKnow).where(
            EmployerMayKnow.disclosure_id == record_id,
            EmployerMayKnow.employer_id == employer_id,
            EmployerMayKnow.ended_at.is_(None),
        )
    )


NOT_ASKED: Mapping[Stop, str] = {
    Stop.NO_CONSENT: N_("The PA has not agreed that the update service is asked. They can do so on their own page."),
    Stop.NOT_SEEN: N_("The certificate itself has to be seen once before the update service is asked."),
    Stop.OPEN: N_("This certificate is still being talked about. Take the open step first."),
    Stop.NOT_FOR_THIS_WORK: N_(
        "The certificate was asked for other work than this register is for, so the update service may not be asked."
    ),
    Stop.CHANGED: N_("The update service said that something changed. A new check is needed."),
}
"""What is said where the update service may not be asked; message ids."""
