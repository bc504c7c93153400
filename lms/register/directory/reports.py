"""Reports that something on the register is wrong: made by either side, dealt with by the register team."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.register.directory import services
from lms.register.directory.events import AbuseAnswered, AbuseReported
from lms.register.directory.models import AbuseOutcome, AbuseReport
from lms.register.directory.words import AbuseAnswer, AbuseReason, Reported

LONGEST_WORD = 800
MOST_A_DAY = 20


@dataclass(frozen=True)
class ReportView:
    """A report, and what was done about it so far."""

    id: UUID
    authority_id: UUID
    kind: Reported
    target_id: UUID
    reason: AbuseReason
    word: str
    by: UUID
    at: datetime
    answer: AbuseAnswer | None
    answer_word: str | None
    answered_by: UUID | None
    answered_at: datetime | None


def report(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    kind: Reported,
    target_id: UUID,
    reason: AbuseReason,
    word: str,
    by: UUID,
    now: datetime,
) -> None:
    """Tell the register team that something is wrong. Whoever calls has looked whether the reporter may see it."""
    said = clean_text(word, LONGEST_WORD)
    recent = select(func.count()).where(AbuseReport.by == by, AbuseReport.at > now - timedelta(days=1))
    if (db.scalar(recent) or 0) >= MOST_A_DAY:
        raise Refused(N_("You have reported many things today. If somebody is in danger, ring 999."))
    row = AbuseReport(
        id=once,
        authority_id=authority_id,
        kind=kind,
        target_id=target_id,
        reason=reason,
        word=said,
        by=by,
        at=now,
    )
    if add_once(db, row):
        fact = AbuseReported(about=by, authority_id=authority_id, report_id=once, kind=kind.value, reason=reason.value)
        record(db, fact, by=by, now=now, behalf=authority_id)


def answer(
    db: Db, *, report_id: UUID, authority_id: UUID, answered: AbuseAnswer, word: str, by: UUID, now: datetime
) -> None:
    """The team says what it did. Raises NotFound for another authority's; refused for what one reported oneself."""
    found = one(db, report_id, authority_id)
    if not services.in_team(db, by, authority_id, now):
        raise NotFound("report")
    if found.by == by:
        raise Refused(N_("You reported this yourself. Somebody else has to deal with it."))
    row = AbuseOutcome(report_id=report_id, answer=answered, word=clean_text(word, LONGEST_WORD), by=by, at=now)
    if not add_once(db, row):
        if found.answer is answered and found.answered_by == by:
            return
        raise Refused(N_("Somebody has dealt with this already. Open the page anew."))
    fact = AbuseAnswered(about=found.by, authority_id=authority_id, report_id=report_id, answer=answered.value)
    record(db, fact, by=by, now=now, behalf=authority_id)


def one(db: Db, report_id: UUID, authority_id: UUID) -> ReportView:
    """One report of an authority. Raises NotFound."""
    rows = columns(db, _VIEW.where(AbuseReport.id == report_id, AbuseReport.authority_id == authority_id), {})
    found: Sequence[Any] | None = rows.first()
    if found is None:
        raise NotFound("report")
    return ReportView(*found)


def open_reports(db: Db, authority_ids: Collection[UUID], *, limit: int) -> tuple[Sequence[ReportView], int]:
    """The oldest reports nobody has dealt with, and how many there are."""
    waits = (AbuseReport.authority_id.in_(authority_ids), AbuseOutcome.report_id.is_(None))
    total = columns(db, _VIEW.where(*waits).with_only_columns(func.count()), {}).scalar_one()
    if not (total and limit):
        return [], total
    rows: Iterable[Any] = columns(db, _VIEW.where(*waits).order_by(AbuseReport.number).limit(limit), {})
    return [ReportView(*row) for row in rows], total


_VIEW = select(
    AbuseReport.id,
    AbuseReport.authority_id,
    AbuseReport.kind,
    AbuseReport.target_id,
    AbuseReport.reason,
    AbuseReport.word,
    AbuseReport.by,
    AbuseReport.at,
    AbuseOutcome.answer,
    AbuseOutcome.word.label("answer_word"),
    AbuseOutcome.by.label("answered_by"),
    AbuseOutcome.at.label("answered_at"),
).outerjoin(AbuseOutcome, AbuseOutcome.report_id == AbuseReport.id)
