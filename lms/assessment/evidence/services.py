"""Write evidence: offer a piece, say what else it speaks to, withdraw it. It judges nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.assessment import places
from lms.assessment.closing import refuse_signed_off
from lms.assessment.content import Line, Placed
from lms.assessment.evidence import queries
from lms.assessment.evidence.carrying import carried_units
from lms.assessment.evidence.events import EvidenceOffered, EvidenceSpokeTo
from lms.assessment.evidence.events import EvidenceWithdrawn as EvidenceWithdrawnFact
from lms.assessment.evidence.models import Evidence, EvidenceLine, EvidenceWithdrawn
from lms.assessment.evidence.offering import Offer, Offerer, checked, standing_of, stands
from lms.assessment.evidence.rules import LATE, Part, Way
from lms.assessment.rules import ANYBODY, Capacity, UnitState
from lms.assessment.standing import allocated_units, standings
from lms.assessment.texts import LONGEST_REASON
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role

__all__ = ["Offer", "offer_evidence", "speak_to", "withdraw_evidence"]

Lines = Mapping[str, tuple[Placed, Line]]

_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")
_LEFT = N_("They have left this course, so nothing can be added to it.")
_OVERSEERS = (Role.COORDINATOR, Role.QUALITY_ASSURER)


def offer_evidence(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    offer: Offer,
    by: UUID | None,
    part: Part | None = None,
    behalf: UUID | None = None,
    named: str = "",
    now: datetime,
    way: Way = Way.PAGE,
    source_id: UUID | None = None,
    carries: bool | None = None,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
) -> UUID:
    """Keep a piece of evidence; returns its id, which is `id`. The same `id` with the same content changes nothing.

    Without a `part` it is worked out from how `by` stands to the learner, among the capacities of the door they came
    in by; with one the caller answers for it. `by` None: somebody without an account, called `named`. `carries` False:
    no practice decision may rest on it, whoever offered it. Raises NotFound for strangers and for lines the learner
    does not work to; refused after the learner has left, for a kind this part cannot offer, a day that cannot be, an
    empty text, and a unit that is signed off (but for what comes late, by a link or from a visit: it is kept beside
    the record, and nothing can rest on it while the sign-off stands).
    """
    enrolment = learning.enrolment(db, enrolment_id)
    who = stands(db, enrolment, offer, by=by, part=part, behalf=behalf, named=named, now=now, among=among)
    if enrolment.ended:
        raise Refused(_LEFT)
    offer = checked(offer, who.part, enrolment, now)
    lines = places.lines_of(db, enrolment, offer.lines)
    units = _units(lines)
    held = places.hold_all(db, enrolment, units, now=now)
    able = None if carries is False else who.standing
    carrying = carried_units(
        db, enrolment, list(units.values()), by=by, standing=able, on=offer.on, today=london_day(now)
    )
    made = {"id": id, "way": way, "source_id": source_id, "carries": bool(carrying), "offered_at": now}
    row = _row(enrolment, offer, who, next(iter(units.values())), **made)
    earlier = db.get(Evidence, id)
    if earlier is not None:
        _refuse_another_one(db, earlier, row, offer.lines)
        return id
    for code, unit in held.items():
        if unit.state is UnitState.SIGNED_OFF and way not in LATE:
            refuse_signed_off(db, enrolment.id, code, standing=who.standing, by=by, language=language)
    if not add_once(db, row):
        raise Refused(_REUSED)
    _speak(db, row, lines, carrying, by=by, now=now)
    _record_offer(db, row, offer.lines, by=by, now=now)
    return id


def speak_to(
    db: Db, *, evidence_id: UUID, lines: Collection[str], by: UUID, now: datetime, language: str = "en"
) -> None:
    """Say that a piece also speaks to other lines; those it speaks to already change nothing.

    Allowed to whoever offered it and to assessors of these units who may read it; NotFound for everybody else. Refused
    for a piece that was withdrawn, after the learner has left, and for a unit that is signed off.
    """
    row = _held(db, evidence_id)
    if row is None:
        raise NotFound("evidence")
    enrolment = learning.enrolment(db, row.enrolment_id)
    asked = places.lines_of(db, enrolment, tuple(dict.fromkeys(lines)))
    units = _units(asked)
    if by != row.by and not _assesses(db, row, enrolment, units, by=by, now=now):
        raise NotFound("evidence")
    if enrolment.ended:
        raise Refused(_LEFT)
    held = places.hold_all(db, enrolment, units, now=now)
    if db.get(EvidenceWithdrawn, evidence_id) is not None:
        raise Refused(N_("This piece was withdrawn. Use another one."))
    there = set(db.scalars(select(EvidenceLine.line).where(EvidenceLine.evidence_id == evidence_id)))
    new = {key: found for key, found in asked.items() if key not in there}
    for code in _units(new):
        if held[code].state is UnitState.SIGNED_OFF:
            refuse_signed_off(db, enrolment.id, code, standing=None, by=by, language=language)
    if not new:
        return
    _speak(db, row, new, _carrying(db, enrolment, row, new, now), by=by, now=now)
    fact = EvidenceSpokeTo(about=row.learner_id, enrolment_id=row.enrolment_id, evidence_id=row.id, lines=tuple(new))
    record(db, fact, by=by, now=now)


def withdraw_evidence(db: Db, *, evidence_id: UUID, reason: str, by: UUID, now: datetime) -> None:
    """Withdraw a piece; a second time changes nothing. The piece stays on record, and nothing can rest on it.

    Allowed to whoever offered it, and to the authority's coordinators and quality assurers; NotFound for everybody
    else. Refused without a reason, and once a decision that counts or a sign-off uses it.
    """
    row = _held(db, evidence_id)
    if row is None or (
        by != row.by and not any(people.holds(db, by, role, [row.authority_id], london_day(now)) for role in _OVERSEERS)
    ):
        raise NotFound("evidence")
    reason = clean_text(reason, LONGEST_REASON)
    if not reason:
        raise Refused(N_("Say why you withdraw this. It stays on record."))
    enrolment = learning.enrolment(db, row.enrolment_id)
    units = db.scalars(select(EvidenceLine.unit).where(EvidenceLine.evidence_id == evidence_id).distinct()).all()
    places.hold_all(db, enrolment, units, now=now)
    found = queries.piece(db, evidence_id)
    if found.withdrawn:
        return
    if found.locked:
        raise Refused(N_("A decision or a sign-off rests on this, so it cannot be withdrawn."))
    if add_once(db, EvidenceWithdrawn(evidence_id=evidence_id, by=by, reason=reason, at=now)):
        fact = EvidenceWithdrawnFact(about=row.learner_id, enrolment_id=row.enrolment_id, evidence_id=row.id)
        record(db, fact, by=by, now=now)


def _units(lines: Lines) -> dict[str, Placed]:
    return {placed.unit.code: placed for placed, _ in lines.values()}


def _held(db: Db, evidence_id: UUID) -> Evidence | None:
    """A piece, held until the end of the transaction, so that it speaks to no other unit while it is withdrawn."""
    return db.get(Evidence, evidence_id, with_for_update={"key_share": True}, populate_existing=True)


def _assesses(
    db: Db, row: Evidence, enrolment: EnrolmentView, units: Collection[str], *, by: UUID, now: datetime
) -> bool:
    """Whether somebody assesses these units and one the piece speaks to: else they could make it theirs to read."""
    today = london_day(now)
    viewer = people.viewer_of(db, by, today)
    if viewer is None or by == enrolment.learner_id:
        return False
    if not standings(db, viewer, enrolment, on=today, today=today, among={Capacity.ASSESSOR}):
        return False
    mine = allocated_units(db, by, enrolment.id, today)
    there = set(db.scalars(select(EvidenceLine.unit).where(EvidenceLine.evidence_id == row.id)))
    return mine is None or (set(units) <= mine and not mine.isdisjoint(there))


def _carrying(db: Db, enrolment: EnrolmentView, row: Evidence, lines: Lines, now: datetime) -> frozenset[str]:
    """The units on which whoever offered a piece could still decide."""
    if row.by is None or not row.carries:
        return frozenset()
    today = london_day(now)
    standing = standing_of(db, enrolment, by=row.by, part=row.part, on=row.on_day, today=today)
    units = list(_units(lines).values())
    return carried_units(db, enrolment, units, by=row.by, standing=standing, on=row.on_day, today=today)


def _row(enrolment: EnrolmentView, offer: Offer, who: Offerer, placed: Placed, **given: Any) -> Evidence:
    return Evidence(
        **given,
        enrolment_id=enrolment.id,
        learner_id=enrolment.learner_id,
        authority_id=enrolment.authority_id,
        framework=placed.framework.code,
        edition=placed.framework.edition,
        kind=offer.kind,
        part=who.part,
        by=who.by,
        by_name=who.name,
        behalf=who.behalf,
        on_day=offer.on,
        setting=offer.setting,
        in_presence_of=offer.in_presence_of,
        asked=offer.asked,
        text=offer.text,
    )


_SAME = ("enrolment_id", "kind", "part", "by", "by_name", "on_day", "setting", "in_presence_of", "asked", "text")


def _refuse_another_one(db: Db, earlier: Evidence, asked: Evidence, lines: tuple[str, ...]) -> None:
    """A double tap brings the same content and is quiet; anything else must not be lost without a word."""
    there = set(db.scalars(select(EvidenceLine.line).where(EvidenceLine.evidence_id == earlier.id)))
    if not set(lines) <= there or any(getattr(earlier, name) != getattr(asked, name) for name in _SAME):
        raise Refused(_REUSED)


def _speak(db: Db, row: Evidence, lines: Lines, carrying: Collection[str], *, by: UUID | None, now: datetime) -> None:
    db.add_all(
        EvidenceLine(
            evidence_id=row.id,
            line=key,
            unit=placed.unit.code,
            enrolment_id=row.enrolment_id,
            learner_id=row.learner_id,
            carries=placed.unit.code in carrying,
            said_by=by,
            said_at=now,
        )
        for key, (placed, _line) in lines.items()
    )
    db.flush()


def _record_offer(db: Db, row: Evidence, lines: tuple[str, ...], *, by: UUID | None, now: datetime) -> None:
    fact = EvidenceOffered(
        about=row.learner_id,
        enrolment_id=row.enrolment_id,
        evidence_id=row.id,
        kind=row.kind,
        part=row.part,
        lines=lines,
        framework=row.framework,
        edition=row.edition,
        on_day=row.on_day,
        setting=row.setting,
        way=row.way,
        carries=row.carries,
    )
    record(db, fact, by=by, now=now, behalf=row.behalf)
