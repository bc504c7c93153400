"""What a PA holds, gathered from this room's records and from what other rooms know. The one place that does so."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.certification import queries as certification
from lms.core.db import Db, columns
from lms.learning import queries as learning
from lms.register.disclosures import Content, Decision, Disclosure, FollowUp, StatusCheck
from lms.register.held import Accepted, Area, Held, Learned, Reference, Seen
from lms.register.kinds import Circumstance, Item, Level, ReferenceSource, RequirementKind, TrainingKind, Workforce
from lms.register.models import CircumstanceSaid, DisclosureStep, RequirementRecord

Kind = RequirementKind
_LEARNING = frozenset({Kind.TRAINING, Kind.ASSESSMENT})
_NOT_SEEN_KINDS = _LEARNING | {Kind.DBS, Kind.REFERENCE, Kind.CODE_OF_CONDUCT, Kind.WORK_AREA}


def held_of(db: Db, person_id: UUID, authority_id: UUID) -> Held:
    """All a PA holds in the eyes of an authority: its own records, and the PA's learning wherever it was done."""
    rows = records_of(db, person_id, authority_id)
    steps = steps_of(db, person_id, authority_id)
    return Held(
        circumstances=frozenset(c for c, holds in circumstances_of(db, person_id, authority_id).items() if holds),
        seen=tuple(_seen(row) for row in rows if row.kind not in _NOT_SEEN_KINDS),
        disclosures=tuple(disclosure(row, steps) for row in rows if row.kind is Kind.DBS),
        references=tuple(_reference(row) for row in rows if row.kind is Kind.REFERENCE),
        learned=(*_shown(rows), *_learned_here(db, person_id)),
        accepted=_accepted(rows),
        areas=tuple(Area(area=row.data["area"], on=row.seen_on) for row in rows if row.kind is Kind.WORK_AREA),
    )


def codes_accepted(db: Db, person_id: UUID, authority_id: UUID) -> tuple[Accepted, ...]:
    """The versions of an authority's code of conduct that a PA accepted. One query."""
    return _accepted(records_of(db, person_id, authority_id))


def _accepted(rows: Iterable[RequirementRecord]) -> tuple[Accepted, ...]:
    codes = (row for row in rows if row.kind is Kind.CODE_OF_CONDUCT)
    return tuple(Accepted(version=row.data["version"], on=row.seen_on) for row in codes)


def records_of(db: Db, person_id: UUID, authority_id: UUID) -> Sequence[RequirementRecord]:
    """What was recorded, in order."""
    return db.scalars(_RECORDS, {"person_id": person_id, "authority_id": authority_id}).all()


def steps_of(db: Db, person_id: UUID, authority_id: UUID) -> Sequence[DisclosureStep]:
    """What followed the disclosures of a PA at an authority, in order."""
    return db.scalars(_STEPS, {"person_id": person_id, "authority_id": authority_id}).all()


def circumstances_of(db: Db, person_id: UUID, authority_id: UUID) -> dict[Circumstance, bool]:
    """What a PA said of their work; what was never answered is left out."""
    rows = columns(db, _CIRCUMSTANCES, {"person_id": person_id, "authority_id": authority_id})
    return dict(rows.all())


_ABOUT = (
    RequirementRecord.person_id == bindparam("person_id"),
    RequirementRecord.authority_id == bindparam("authority_id"),
)
_RECORDS = select(RequirementRecord).where(*_ABOUT).order_by(RequirementRecord.number)
_STEPS = (
    select(DisclosureStep)
    .join(RequirementRecord, RequirementRecord.id == DisclosureStep.disclosure_id)
    .where(*_ABOUT)
    .order_by(DisclosureStep.number)
)
_CIRCUMSTANCES = (
    select(CircumstanceSaid.circumstance, CircumstanceSaid.holds)
    .where(
        CircumstanceSaid.person_id == bindparam("person_id"), CircumstanceSaid.authority_id == bindparam("authority_id")
    )
    .order_by(CircumstanceSaid.number)
)
"""Put together once: every verdict asks all three."""


def disclosure(row: RequirementRecord, steps: Iterable[DisclosureStep]) -> Disclosure:
    """A disclosure with what followed it. A decision that needs a second person counts once they agreed."""
    ours = [step for step in steps if step.disclosure_id == row.id]
    talked = [step.done_on for step in ours if step.step is FollowUp.DISCUSSED]
    decision, decided_on = _decision(ours)
    return Disclosure(
        level=Level(row.data["level"]),
        workforce=Workforce(row.data["workforce"]),
        issued_on=date.fromisoformat(row.data["issue_date"]),
        seen_on=row.seen_on,
        content=Content(row.data["result"]),
        discussed_on=min(talked, default=None),
        decision=decision,
        decided_on=decided_on,
        status_checks=tuple(
            StatusCheck(on=step.done_on, result=step.status_result) for step in ours if step.status_result is not None
        ),
    )


def _decision(steps: Sequence[DisclosureStep]) -> tuple[Decision | None, date | None]:
    for step in reversed(steps):
        complete = step.step is FollowUp.AGREED or (step.decision is not None and not step.decision.needs_second_person)
        if complete:
            return step.decision, step.done_on
    return None, None


def _seen(row: RequirementRecord) -> Seen:
    return Seen(kind=row.kind, on=row.seen_on, ends_on=row.ends_on, met=row.data.get("met", True))


def _reference(row: RequirementRecord) -> Reference:
    return Reference(on=row.seen_on, source=ReferenceSource(row.data["source"]), relative=row.data["relative"])


def _shown(rows: Iterable[RequirementRecord]) -> Iterator[Learned]:
    """Learning done elsewhere, of which the register team saw a certificate."""
    for row in rows:
        if row.kind in _LEARNING:
            item = Item(TrainingKind(row.data["item_kind"]), row.data["item_code"])
            yield Learned(item=item, on=date.fromisoformat(row.data["completed_on"]), ends_on=row.ends_on)


def _learned_here(db: Db, person_id: UUID) -> Iterator[Learned]:
    for code, on in learning.modules_passed(db, person_id).items():
        yield Learned(item=Item(TrainingKind.MODULE, code), on=on)
    for each in certification.certificates_of(db, person_id):
        last = each.lapses_on - timedelta(days=1) if each.lapses_on else None
        yield Learned(item=Item(TrainingKind.CERTIFICATE, each.code), on=each.issued_on, ends_on=last)
