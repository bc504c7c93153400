"""Write policies, and fill plans. A plan is made anew after each change; what it chose before it never takes back."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update

from lms.assessment.models import LearnerUnit
from lms.assessment.quality.events import PolicySet, SampleChosen, SampleWaitEnded, SampleWaitsLong
from lms.assessment.quality.models import Sample, SampleStep, SamplingPlan, SamplingPolicy, SamplingWork
from lms.assessment.quality.planning import queries
from lms.assessment.quality.planning.moved import take_in_moved
from lms.assessment.quality.planning.queries import Pool
from lms.assessment.quality.planning.rules import Plan, Wanted, Why, plan
from lms.assessment.quality.planning.work import words_of
from lms.assessment.quality.rules import Period, Policy, Waits, Weighed, period_from, period_of, seed_of
from lms.assessment.quality.samples.rules import State
from lms.core.clock import london_day
from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.core.work import later

PLAN = "quality.plan"
"""The kind of waiting work that fills a plan."""


def set_policy(db: Db, *, id: UUID, authority_id: UUID, policy: Policy, by: UUID, now: datetime) -> None:
    """Set what an authority asks for from now on; the same form again changes nothing. Refused for what cannot be."""
    wrong = policy.wrong()
    if wrong:
        raise Refused(wrong)
    before = queries.policy_of(db, authority_id)
    row = SamplingPolicy(
        id=id,
        authority_id=authority_id,
        **{f"share_{share.value}": percent for share, percent in policy.shares.items()},
        **{f"weight_{risk.value}": weight for risk, weight in policy.weights.items()},
        fast_hours=policy.fast_hours,
        uniform_from=policy.uniform_from,
        waits=policy.waits,
        waits_in=sorted(policy.waits_in),
        wait_days=policy.wait_days,
        answer_days=policy.answer_days,
        appeal_days=policy.appeal_days,
        appeal_answer_days=policy.appeal_answer_days,
        set_by=by,
        set_at=now,
    )
    if not add_once(db, row):
        return
    record(db, PolicySet(about=by, authority_id=authority_id, policy_id=id), by=by, now=now, behalf=authority_id)
    replan(db, authority_id, period_of(london_day(now)), now)
    _let_go(db, authority_id, before, policy, now)


def _let_go(db: Db, authority_id: UUID, before: Policy, policy: Policy, now: datetime) -> None:
    """What waited for a sample and no longer has to goes on."""
    if before.waits is Waits.NONE:
        return
    open_ones = select(Sample).where(Sample.authority_id == authority_id, Sample.state != State.ACCEPTED)
    for each in db.scalars(open_ones.order_by(Sample.id)).all():
        if before.waits_for(each.framework) is not Waits.NONE and policy.waits_for(each.framework) is Waits.NONE:
            fact = SampleWaitEnded(about=each.learner_id, enrolment_id=each.enrolment_id, unit=each.unit)
            record(db, fact, by=None, now=now)


def replan(db: Db, authority_id: UUID, period: Period, now: datetime) -> Plan:
    """Make the plan of a quarter anew from what was decided in it, and choose what is lacking."""
    standing = _held(db, authority_id, period, now)
    pool = queries.pool_of(db, authority_id, period)
    made = plan(
        queries.policy_of(db, authority_id), pool.work, pool.chosen, seed_of(authority_id, period), pool.last_looked
    )
    for wanted in made.wanted:
        _choose(db, pool.rows[wanted.key], wanted, now=now)
    standing.stands = [dataclasses.asdict(stand) | {"share": stand.share.value} for stand in made.stands]
    standing.pieces, standing.made_at = len(pool.work), now
    standing.decisions = sum(row.decisions for row in pool.rows.values())
    db.flush()
    _note_planned(db, pool)
    return made


def _held(db: Db, authority_id: UUID, period: Period, now: datetime) -> SamplingPlan:
    """The plan's row, held until the end of the transaction, so that two who plan at once choose nothing twice."""
    key = (SamplingPlan.authority_id == authority_id) & (SamplingPlan.period == period.code)
    held = select(SamplingPlan).where(key).with_for_update().execution_options(populate_existing=True)
    found = db.scalars(held).one_or_none()
    if found is None:
        empty: dict[str, Any] = {"stands": [], "pieces": 0, "decisions": 0, "made_at": now}
        add_once(db, SamplingPlan(authority_id=authority_id, period=period.code, **empty))
        found = db.scalars(held).one()
    return found


_PLANNED = (
    update(SamplingWork.__table__)  # type: ignore[arg-type]  # the table itself: many rows in one go
    .where(SamplingWork.id == bindparam("row_id"), SamplingWork.changed_at == bindparam("read_at"))
    .values(planned=True)
)


def _note_planned(db: Db, pool: Pool) -> None:
    """Every row that was read as it stands now is planned; one that changed meanwhile is not."""
    new = [{"row_id": row.id, "read_at": row.changed_at} for row in pool.rows.values() if not row.planned]
    if new:
        db.connection().execute(_PLANNED, new)


def _choose(db: Db, row: Any, wanted: Wanted, *, now: datetime, by: UUID | None = None) -> UUID | None:
    """Add a row of the pool to its plan."""
    sample = Sample(
        work_id=row.id,
        authority_id=row.authority_id,
        period=row.period,
        enrolment_id=row.enrolment_id,
        unit=row.unit,
        framework=row.framework,
        edition=row.edition,
        learner_id=row.learner_id,
        assessor_id=row.assessor_id,
        stage=wanted.stage,
        why=",".join(wanted.why),
        risks=",".join(wanted.risks),
        kinds=row.kinds,
        chosen_by=by,
        chosen_at=now,
        state=State.OPEN,
        changed_at=now,
    )
    if not add_once(db, sample):
        return None
    db.add(SampleStep(sample_id=sample.id, state=State.OPEN, word="", by=by, at=now))
    fact = SampleChosen(
        about=row.learner_id,
        sample_id=sample.id,
        enrolment_id=row.enrolment_id,
        unit=row.unit,
        assessor_id=row.assessor_id,
        why=sample.why,
    )
    record(db, fact, by=by, now=now, behalf=row.authority_id)
    return sample.id


def choose_by_hand(db: Db, *, work_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> UUID | None:
    """Choose a piece of work beside the plan; None when it is chosen already. Raises NotFound behind another wall."""
    row = db.get(SamplingWork, work_id)
    period = period_from(row.period) if row else None
    if row is None or period is None or row.authority_id != authority_id:
        raise NotFound("work")
    wanted = Wanted(queries.key_of(row), row.stage, (Why.BY_HAND,), tuple(map(Weighed, words_of(row.risks))))
    chosen = _choose(db, row, wanted, now=now, by=by)
    replan(db, authority_id, period, now)
    return chosen


def plan_later(db: Db, authority_id: UUID, period: Period, now: datetime) -> None:
    """Ask for a plan to be made once this is committed."""
    later(db, PLAN, f"{authority_id}/{period.code}", now=now)


def plan_job(house: House, key: str, now: datetime) -> None:
    """Make the plan named by authority and quarter; twice is harmless."""
    authority, _, code = key.partition("/")
    period = period_from(code)
    if period is not None:
        with house.database.writing() as db:
            replan(db, UUID(authority), period, now)


def sweep(house: House, now: datetime) -> None:
    """Make plans that something was decided since, and say where a certificate has waited too long."""
    take_in_moved(house, now)
    with house.database.reading() as db:
        stale = queries.stale_plans(db)
    for authority, code in stale:
        plan_job(house, f"{authority}/{code}", now)
    with house.database.reading() as db:
        late = _waited_too_long(db, now)
    for sample_id in late:
        with house.database.writing() as db:
            _tell(db, sample_id, now)


def _waited_too_long(db: Db, now: datetime) -> list[UUID]:
    """Samples that a certificate waits for, longer than the policy says, and nobody was told."""
    open_ones = (Sample.told_at.is_(None)) & (Sample.state != State.ACCEPTED)
    found: list[UUID] = []
    for authority in db.scalars(select(Sample.authority_id).where(open_ones).distinct()).all():
        policy = queries.policy_of(db, authority)
        if policy.waits is Waits.NONE:
            continue
        late = (Sample.authority_id == authority) & (Sample.chosen_at < now - timedelta(days=policy.wait_days))
        rows = db.execute(select(Sample.id, Sample.framework).where(open_ones, late).limit(500))
        found += [id for id, framework in rows if policy.waits_for(framework) is not Waits.NONE]
    return found


def _tell(db: Db, sample_id: UUID, now: datetime) -> None:
    row = db.scalars(select(Sample).where(Sample.id == sample_id).with_for_update()).one()
    if row.told_at is not None:
        return
    row.told_at = now
    fact = SampleWaitsLong(
        about=row.learner_id,
        sample_id=row.id,
        enrolment_id=row.enrolment_id,
        unit=row.unit,
        authority_id=row.authority_id,
    )
    record(db, fact, by=None, now=now)


def authority_of_unit(db: Db, enrolment_id: UUID, unit: str) -> UUID | None:
    """The authority behind whose wall a learner's unit stands."""
    return columns(db, _BEHIND, {"enrolment_id": enrolment_id, "unit": unit}).scalar_one_or_none()


_BEHIND = select(LearnerUnit.authority_id).where(
    LearnerUnit.enrolment_id == bindparam("enrolment_id"), LearnerUnit.unit == bindparam("unit")
)
