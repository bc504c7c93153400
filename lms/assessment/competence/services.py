"""Write what assessors may decide on. A coordinator or quality assurer of the authority does, never the assessor."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select

from lms.assessment.competence.events import (
    AssessingPolicySet,
    AssessorMarked,
    AssessorMarkEnded,
    AssessorTrained,
    AssessorTrainingEnded,
    CompetenceEnded,
    CompetenceRecorded,
)
from lms.assessment.competence.models import (
    CompetenceEnd,
    CompetenceRow,
    MarkEnd,
    MarkRow,
    PolicyRow,
    TrainingEnd,
    TrainingRow,
)
from lms.assessment.competence.people import is_coordinator, is_known, is_staff
from lms.assessment.competence.queries import needs_of, policy_of
from lms.assessment.competence.rules import MOST_COUNTERSIGNED, Basis, Mark, Needs, Policy, Training
from lms.assessment.lines.queries import frameworks_for
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role

LONGEST_WORDS = 500
MOST_UNITS = 60
_WRONG_ORDER = N_("The last day has to be on or after the first day.")
_SAYS_WHY = N_("Write why. The assessor reads it.")


def record_competence(
    db: Db,
    *,
    person_id: UUID,
    authority_id: UUID,
    framework: str,
    units: Collection[str],
    basis: Basis,
    words: str,
    since: date,
    by: UUID,
    now: datetime,
    until: date | None = None,
    id: UUID | None = None,
) -> None:
    """Record that somebody may decide on several units of a framework for an authority's learners.

    The same `id` again changes nothing. Raises NotFound unless `by` is a coordinator or quality assurer there and the
    other an assessor or employer of that authority; refused for oneself, for no unit, and without what it rests on.
    """
    _refuse_strangers(db, person_id, authority_id, by, now)
    found = frameworks_for(db, authority_id).framework(framework)
    asked = [unit.code for unit in found.units if unit.code in set(units)]
    if needs_of(found) is not Needs.UNIT or len(asked) != len(set(units)) or len(asked) > MOST_UNITS:
        raise NotFound("unit")
    if not asked:
        raise Refused(N_("Choose at least one standard."))
    words = clean_text(words, LONGEST_WORDS)
    if not words:
        raise Refused(N_("Write what it rests on, such as the name of the qualification, or how many years of what."))
    if until is not None and until < since:
        raise Refused(_WRONG_ORDER)
    key = id or uuid4()
    rows = [
        CompetenceRow(
            id=uuid5(key, unit),
            person_id=person_id,
            authority_id=authority_id,
            framework=framework,
            unit=unit,
            basis=basis,
            words=words,
            since=since,
            until=until,
            recorded_by=by,
            recorded_at=now,
        )
        for unit in asked
    ]
    if not sum(add_once(db, row) for row in rows):
        return
    fact = CompetenceRecorded(
        about=person_id,
        authority_id=authority_id,
        framework=framework,
        units=tuple(asked),
        basis=basis,
        since=since,
        until=until,
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


def end_competence(db: Db, *, competence_id: UUID, last_day: date, reason: str, by: UUID, now: datetime) -> None:
    """Let a day be the last on which somebody may decide by this; what ended already stays as it ended.

    New decisions stop after that day, old ones stay. Raises NotFound for strangers; refused for a day in the future.
    """
    row = db.get(CompetenceRow, competence_id)
    if row is None or not is_staff(db, by, row.authority_id, london_day(now)):
        raise NotFound("competence")
    _refuse_oneself(row.person_id, by)
    end = CompetenceEnd(competence_id=row.id, last_day=_past(last_day, now), reason=_why(reason), ended_by=by, at=now)
    if add_once(db, end):
        fact = CompetenceEnded(
            about=row.person_id,
            authority_id=row.authority_id,
            competence_id=row.id,
            framework=row.framework,
            unit=row.unit,
            last_day=last_day,
        )
        record(db, fact, by=by, now=now, behalf=row.authority_id)


def record_training(
    db: Db,
    *,
    person_id: UUID,
    authority_id: UUID,
    kind: Training,
    words: str,
    done_on: date,
    by: UUID,
    now: datetime,
    until: date | None = None,
    id: UUID | None = None,
) -> None:
    """Record how and when somebody learned to assess. The same `id` again changes nothing."""
    _refuse_strangers(db, person_id, authority_id, by, now)
    words = clean_text(words, LONGEST_WORDS)
    if not words:
        raise Refused(N_("Write what the training was."))
    if until is not None and until < done_on:
        raise Refused(_WRONG_ORDER)
    row = TrainingRow(
        id=id or uuid4(),
        person_id=person_id,
        authority_id=authority_id,
        kind=kind,
        words=words,
        done_on=_past(done_on, now),
        until=until,
        recorded_by=by,
        recorded_at=now,
    )
    if add_once(db, row):
        fact = AssessorTrained(
            about=person_id, authority_id=authority_id, training_id=row.id, kind=kind, done_on=done_on, until=until
        )
        record(db, fact, by=by, now=now, behalf=authority_id)


def end_training(db: Db, *, training_id: UUID, last_day: date, reason: str, by: UUID, now: datetime) -> None:
    """Let training count no longer than a day, or not at all when that is before it was done."""
    row = db.get(TrainingRow, training_id)
    if row is None or not is_staff(db, by, row.authority_id, london_day(now)):
        raise NotFound("training")
    _refuse_oneself(row.person_id, by)
    end = TrainingEnd(training_id=row.id, last_day=_past(last_day, now), reason=_why(reason), ended_by=by, at=now)
    if add_once(db, end):
        fact = AssessorTrainingEnded(
            about=row.person_id, authority_id=row.authority_id, training_id=row.id, last_day=last_day
        )
        record(db, fact, by=by, now=now, behalf=row.authority_id)


def mark(
    db: Db,
    *,
    person_id: UUID,
    authority_id: UUID,
    mark: Mark,
    reason: str,
    by: UUID,
    now: datetime,
    until: date | None = None,
    id: UUID | None = None,
) -> None:
    """Say something of an assessor as a whole, from today on. The same `id` again changes nothing."""
    _refuse_strangers(db, person_id, authority_id, by, now)
    today = london_day(now)
    if until is not None and until < today:
        raise Refused(N_("Choose a last day that has not passed."))
    row = MarkRow(
        id=id or uuid4(),
        person_id=person_id,
        authority_id=authority_id,
        mark=mark,
        reason=_why(reason),
        since=today,
        until=until,
        said_by=by,
        said_at=now,
    )
    if add_once(db, row):
        fact = AssessorMarked(
            about=person_id, authority_id=authority_id, mark_id=row.id, mark=mark, since=today, until=until
        )
        record(db, fact, by=by, now=now, behalf=authority_id)


def end_mark(db: Db, *, mark_id: UUID, by: UUID, now: datetime) -> None:
    """What was said of an assessor does not hold any more, from this moment on."""
    row, today = db.get(MarkRow, mark_id), london_day(now)
    if row is None or not is_staff(db, by, row.authority_id, today):
        raise NotFound("mark")
    _refuse_oneself(row.person_id, by)
    # The day before counts as the last one: what is taken back does not hold for the rest of today.
    last_day = date.fromordinal(today.toordinal() - 1)
    if add_once(db, MarkEnd(mark_id=row.id, last_day=last_day, ended_by=by, at=now)):
        fact = AssessorMarkEnded(
            about=row.person_id, authority_id=row.authority_id, mark_id=row.id, mark=row.mark, last_day=last_day
        )
        record(db, fact, by=by, now=now, behalf=row.authority_id)


def set_policy(db: Db, *, authority_id: UUID, policy: Policy, by: UUID, now: datetime, id: UUID | None = None) -> None:
    """Say who decides and what is countersigned in an authority, from now on; the same as before changes nothing.

    Raises NotFound unless `by` is an administrator or a coordinator there.
    """
    if not (
        is_coordinator(db, by, authority_id, london_day(now))
        or people.holds(db, by, Role.ADMIN, [authority_id], london_day(now))
    ):
        raise NotFound("authority")
    if not 0 <= policy.first <= MOST_COUNTERSIGNED:
        raise Refused(N_("Enter a number from 0 to %(most)s."), most=MOST_COUNTERSIGNED)
    said = db.scalar(select(PolicyRow.id).where(PolicyRow.authority_id == authority_id).limit(1))
    if said is not None and policy == policy_of(db, authority_id):
        return
    row = PolicyRow(
        id=id or uuid4(),
        authority_id=authority_id,
        employers=policy.employers,
        first_countersigned=policy.first,
        training_needed=policy.training,
        set_by=by,
        set_at=now,
    )
    if add_once(db, row):
        fact = AssessingPolicySet(
            about=by,
            authority_id=authority_id,
            employers=policy.employers,
            first_countersigned=policy.first,
            training_needed=policy.training,
        )
        record(db, fact, by=by, now=now, behalf=authority_id)


def _refuse_strangers(db: Db, person_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    today = london_day(now)
    if not is_staff(db, by, authority_id, today):
        raise NotFound("authority")
    _refuse_oneself(person_id, by)
    if not is_known(db, person_id, authority_id, today):
        raise NotFound("assessor")


def _refuse_oneself(person_id: UUID, by: UUID) -> None:
    if person_id == by:
        raise Refused(N_("Somebody else has to record what you may assess."))


def _past(day: date, now: datetime) -> date:
    if day > london_day(now):
        raise Refused(N_("Choose today or an earlier day."))
    return day


def _why(text: str) -> str:
    reason = clean_text(text, LONGEST_WORDS)
    if not reason:
        raise Refused(_SAYS_WHY)
    return reason
