"""Forget the record of decisions about certificates with content, once the council's years for it are over.

The years are `retention.decision_record_years` of the authority's rules, counted from the last step about a
certificate. While a decision still rules, because the authority knows the PA and no later certificate was seen, it is
kept however old it is: without it nobody would know why the PA is listed or not. It is never done by itself: somebody
looks first at what would go, and then confirms.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, delete, func, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.emptying import empty_facts
from lms.core.events import record
from lms.core.house import House
from lms.register import queries as register
from lms.register import services
from lms.register.checks.events import (
    DecisionRecordCleared,
    DecisionTold,
    DisclosureReviewAsked,
    DisclosureReviewDecided,
    EmployerMayBeTold,
    EmployerNoLongerTold,
    TalkInvited,
)
from lms.register.checks.models import (
    CheckWaits,
    DisclosureNumber,
    DisclosureReview,
    EmployerMayKnow,
    FactorConsidered,
    Invitation,
    ReviewDecided,
)
from lms.register.checks.services import open_review
from lms.register.checks.steps import taken_for
from lms.register.checks.sweeping import wipe
from lms.register.disclosures import Content, waits_for
from lms.register.events import DisclosureStepTaken
from lms.register.kinds import RequirementKind
from lms.register.models import DisclosureStep, RequirementRecord
from lms.register.spans import months_after

SAID_SO = (
    DisclosureStepTaken,
    TalkInvited,
    DecisionTold,
    DisclosureReviewAsked,
    DisclosureReviewDecided,
    EmployerMayBeTold,
    EmployerNoLongerTold,
)
"""Facts that say what was decided, or that something was; their content goes with the record, the chain holds."""


@dataclass(frozen=True)
class DueDecision:
    """The record of one decision whose years are over. `last_on` is the day of the last step about it."""

    record_id: UUID
    person_id: UUID
    last_on: date


def due(db: Db, authority_id: UUID, on: date) -> list[DueDecision]:
    """What could be cleared on a day, the oldest first; nothing for an authority without rules that day."""
    edition = register.edition_for(db, authority_id, on)
    if edition is None:
        return []
    before = months_after(on, -12 * edition.file.retention.decision_record_years)
    rows = columns(db, _OLD, {"authority_id": authority_id, "before": before}).all()
    later = _issued(db, authority_id, [row.person_id for row in rows])
    return [
        DueDecision(row.id, row.person_id, row.last_on)
        for row in rows
        if row.data["result"] == Content.SOME
        and (_replaced(row, later[row.person_id]) or not register.knows(db, authority_id, row.person_id, on))
        and waits_for(taken_for(db, row.id)) is None
        and open_review(db, row.id) is None
    ]


def forget(house: House, authority_id: UUID, *, now: datetime) -> int:
    """Forget what is due today, each in a unit of work of its own; how many. Cut off, it goes on when asked again."""
    today, cleared = london_day(now), 0
    with house.database.reading() as db:
        found = due(db, authority_id, today)
    for each in found:
        with house.database.writing() as db:
            if each.record_id in {still.record_id for still in due(db, authority_id, today)}:
                _forget(db, each, authority_id, now=now)
                cleared += 1
    if cleared:
        wipe(house)
    return cleared


_OLD = (
    select(
        RequirementRecord.id,
        RequirementRecord.person_id,
        RequirementRecord.data,
        func.max(DisclosureStep.done_on, type_=Date()).label("last_on"),
    )
    .join(DisclosureStep, DisclosureStep.disclosure_id == RequirementRecord.id)
    .where(RequirementRecord.authority_id == bindparam("authority_id"), RequirementRecord.kind == RequirementKind.DBS)
    .group_by(RequirementRecord.number, RequirementRecord.id, RequirementRecord.person_id)
    .having(func.max(DisclosureStep.done_on) < bindparam("before", type_=Date()))
    .order_by(func.max(DisclosureStep.done_on), RequirementRecord.number)
)
_DISCLOSURES = select(RequirementRecord.person_id, RequirementRecord.data).where(
    RequirementRecord.authority_id == bindparam("authority_id"),
    RequirementRecord.person_id.in_(bindparam("person_ids", expanding=True)),
    RequirementRecord.kind == RequirementKind.DBS,
)


def _issued(db: Db, authority_id: UUID, person_ids: Sequence[UUID]) -> defaultdict[UUID, list[str]]:
    """When the certificates that were seen of each PA were issued."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    if person_ids:
        for row in columns(db, _DISCLOSURES, {"authority_id": authority_id, "person_ids": list(person_ids)}):
            if row.data["result"] != Content.NOT_SEEN:
                found[row.person_id].append(row.data["issue_date"])
    return found


def _replaced(row: Any, issued: Sequence[str]) -> bool:
    own: str = row.data["issue_date"]
    return max(issued, default="") > own


def _forget(db: Db, one: DueDecision, authority_id: UUID, *, now: datetime) -> None:
    steps = select(DisclosureStep.id).where(DisclosureStep.disclosure_id == one.record_id)
    reviews = select(DisclosureReview.id).where(DisclosureReview.disclosure_id == one.record_id)
    db.execute(delete(FactorConsidered).where(FactorConsidered.step_id.in_(steps)))
    db.execute(delete(Invitation).where(Invitation.step_id.in_(steps)))
    db.execute(delete(ReviewDecided).where(ReviewDecided.review_id.in_(reviews)))
    for table in (DisclosureReview, EmployerMayKnow, CheckWaits, DisclosureNumber, DisclosureStep):
        db.execute(delete(table).where(table.disclosure_id == one.record_id))
    db.execute(delete(RequirementRecord).where(RequirementRecord.id == one.record_id))
    empty_facts(db, one.person_id, SAID_SO, name="record_id", value=str(one.record_id))
    fact = DecisionRecordCleared(about=one.person_id, authority_id=authority_id)
    record(db, fact, by=None, now=now, behalf=authority_id)
    if register.knows(db, authority_id, one.person_id, london_day(now)):
        services.reassess(db, person_id=one.person_id, authority_id=authority_id, now=now)
