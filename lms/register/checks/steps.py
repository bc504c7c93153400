"""Take the steps that follow a certificate with content: one at a time, in order, each by a named person.

Nothing of what the certificate says is ever handed in here. What is kept of each step is that it was taken, when, by
whom, and for some of them a code: which factors were weighed, what was decided.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.register import services
from lms.register.checks import rules
from lms.register.checks.events import DecisionTold, TalkInvited
from lms.register.checks.following import may_ask
from lms.register.checks.models import DisclosureNumber, FactorConsidered, Invitation
from lms.register.disclosures import Content, Decision, Factor, FollowUp, Taken, complete, waits_for
from lms.register.events import DisclosureStepTaken
from lms.register.kinds import RequirementKind
from lms.register.models import DisclosureStep, RequirementRecord
from lms.register.unsaid import refuse_offences

LONGEST_PLACE = 300
_SECOND = frozenset({FollowUp.AGREED, FollowUp.NOT_AGREED})


def take_step(
    db: Db,
    *,
    once: UUID,
    record_id: UUID,
    authority_id: UUID,
    step: FollowUp,
    on: date,
    by: UUID,
    now: datetime,
    decision: Decision | None = None,
    factors: Collection[Factor] = (),
    place: str = "",
) -> None:
    """Record the next step about a certificate with content.

    `place` says when and where the PA is invited to talk; they read it, and it is looked through for what may not be
    written down. `factors` are those that were weighed. `decision` is for a decision; whoever agrees, or does not, is
    about the decision that stands and cannot be the one who made it. When a decision is complete the PA is told in the
    same moment. `once` is the form's number: the same a second time changes nothing. Raises NotFound for another
    authority's record; refused out of order, about oneself, or on a day that cannot be.
    """
    row = held(db, record_id, authority_id)
    if db.scalar(select(DisclosureStep.id).where(DisclosureStep.id == once)) is not None:
        return
    if by == row.person_id:
        raise Refused(N_("Somebody else has to record this for you."))
    taken = taken_for(db, record_id)
    _check(taken, step, on=on, seen_on=row.seen_on, now=now)
    if step is FollowUp.DECIDED and decision is None:
        raise Refused(N_("Choose what was decided."))
    if step is FollowUp.DECIDED and by in had_a_part_before(taken):
        raise Refused(N_("Somebody who had no part in the decision has to look at it again."))
    if step is FollowUp.CONSIDERED and not factors:
        raise Refused(N_("Tick what you weighed."))
    if step is not FollowUp.DECIDED:
        decision = _second_person(taken, by, step)
    _keep(db, row, once, step, decision=decision, on=on, by=by, now=now)
    if step is FollowUp.INVITED:
        _invite(db, row, once, place, by=by, now=now)
    db.add_all(FactorConsidered(step_id=once, factor=each) for each in sorted(set(factors)))
    db.flush()
    if step is FollowUp.TOLD:  # by hand: a decision that an earlier version kept without telling it
        _record_told(db, row, by=by, now=now)
    _tell_when_complete(db, row, on=on, by=by, now=now)
    services.reassess(db, person_id=row.person_id, authority_id=authority_id, now=now)


def held(db: Db, record_id: UUID, authority_id: UUID) -> RequirementRecord:
    """A disclosure with content, held until the end of this unit of work, so that each step is taken once."""
    row = any_held(db, record_id, authority_id)
    if row.data["result"] != Content.SOME:
        raise NotFound("disclosure")
    return row


def any_held(db: Db, record_id: UUID, authority_id: UUID) -> RequirementRecord:
    """The same for any disclosure. Raises NotFound for what is none, and for another authority's."""
    wanted = select(RequirementRecord).where(
        RequirementRecord.id == record_id, RequirementRecord.authority_id == authority_id
    )
    row = db.scalar(wanted.with_for_update())
    if row is None or row.kind is not RequirementKind.DBS:
        raise NotFound("disclosure")
    return row


def taken_for(db: Db, record_id: UUID) -> list[Taken]:
    """The steps that were taken about a disclosure, in order."""
    wanted = select(DisclosureStep).where(DisclosureStep.disclosure_id == record_id).order_by(DisclosureStep.number)
    return [Taken(step=s.step, on=s.done_on, by=s.by, decision=s.decision) for s in db.scalars(wanted)]


def had_a_part_before(taken: Sequence[Taken]) -> frozenset[UUID]:
    """Who decided or agreed before the last decision was told: after a review somebody else decides."""
    told = max((place for place, t in enumerate(taken) if t.step is FollowUp.TOLD), default=0)
    return frozenset(t.by for t in taken[:told] if t.step in {FollowUp.DECIDED, FollowUp.AGREED})


def decide_anew(
    db: Db, row: RequirementRecord, *, once: UUID, decision: Decision, on: date, by: UUID, now: datetime
) -> None:
    """A review decides otherwise: from here on it goes as after any decision."""
    _keep(db, row, once, FollowUp.DECIDED, decision=decision, on=on, by=by, now=now)
    _tell_when_complete(db, row, on=on, by=by, now=now)
    services.reassess(db, person_id=row.person_id, authority_id=row.authority_id, now=now)


def note_step(db: Db, row: RequirementRecord, *, once: UUID, step: FollowUp, by: UUID, now: datetime) -> None:
    """Keep a step that stands outside the order: an employer was told, a risk review was asked for."""
    _keep(db, row, once, step, decision=None, on=london_day(now), by=by, now=now)


def _keep(
    db: Db,
    row: RequirementRecord,
    once: UUID,
    step: FollowUp,
    *,
    decision: Decision | None,
    on: date,
    by: UUID,
    now: datetime,
) -> None:
    kept = DisclosureStep(id=once, disclosure_id=row.id, step=step, decision=decision, done_on=on, by=by, at=now)
    if not add_once(db, kept):
        raise Refused(N_("Something was saved from this page before. Open the page anew."))
    fact = DisclosureStepTaken(
        about=row.person_id,
        authority_id=row.authority_id,
        record_id=row.id,
        step=step.value,
        decision=decision.value if decision else None,
    )
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def _check(taken: Sequence[Taken], step: FollowUp, *, on: date, seen_on: date, now: datetime) -> None:
    awaited = waits_for(taken)
    again = step is FollowUp.INVITED and awaited is FollowUp.DISCUSSED
    if not again and awaited is not (FollowUp.AGREED if step in _SECOND else step):
        raise Refused(N_("This step was recorded already, or an earlier one is still open. Reload the page."))
    if on > london_day(now):
        raise Refused(N_("That day has not come yet. Enter today or an earlier day."))
    if on < max([seen_on, *(t.on for t in taken)]):
        raise Refused(N_("That day is before the step that came earlier. Check the day."))


def _second_person(taken: Sequence[Taken], by: UUID, step: FollowUp) -> Decision | None:
    """The decision that stands, when somebody else than who made it agrees; None for every other step."""
    if step not in _SECOND:
        return None
    made = next(t for t in reversed(taken) if t.step is FollowUp.DECIDED)
    if made.by == by:
        raise Refused(N_("Somebody other than the person who decided has to agree."))
    return made.decision if step is FollowUp.AGREED else None


def _invite(db: Db, row: RequirementRecord, once: UUID, place: str, *, by: UUID, now: datetime) -> None:
    said = refuse_offences(clean_text(place, LONGEST_PLACE))
    if not said:
        raise Refused(N_("Say when and where you can talk. The PA reads it."))
    db.add(Invitation(step_id=once, place=said))
    db.flush()
    fact = TalkInvited(about=row.person_id, authority_id=row.authority_id, record_id=row.id)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def _tell_when_complete(db: Db, row: RequirementRecord, *, on: date, by: UUID, now: datetime) -> None:
    """A complete decision is told at once, since the PA's own page says it from this moment on."""
    taken = taken_for(db, row.id)
    made = complete(taken)
    if made is None or waits_for(taken) is not FollowUp.TOLD:
        return
    if may_ask(db, row.person_id, row.authority_id):  # else its day has come, and stays
        db.execute(
            update(DisclosureNumber)
            .where(DisclosureNumber.disclosure_id == row.id, DisclosureNumber.deleted_at.is_(None))
            .values(delete_on=rules.delete_number_on(row.seen_on, made.on))
        )
    _keep(db, row, uuid4(), FollowUp.TOLD, decision=None, on=on, by=by, now=now)
    _record_told(db, row, by=by, now=now)


def _record_told(db: Db, row: RequirementRecord, *, by: UUID, now: datetime) -> None:
    fact = DecisionTold(about=row.person_id, authority_id=row.authority_id, record_id=row.id)
    record(db, fact, by=by, now=now, behalf=row.authority_id)
