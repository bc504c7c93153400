"""Keep what waits for a register team: worked out again with each fact about a PA's checks, in its transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.register import holding, queries
from lms.register.checks import rules
from lms.register.checks.kinds import WAITS_OF, RightToAsk, Waits
from lms.register.checks.models import CheckWaits, DisclosureReview, ReviewDecided, StatusConsent
from lms.register.disclosures import Content, FollowUp, Taken, waits_for
from lms.register.kinds import Requirement, RequirementKind
from lms.register.models import Standing


def follow(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """Work out anew what waits about one PA's checks. Doing it twice is harmless."""
    _one_at_a_time(db, person_id, authority_id)
    rows = [r for r in holding.records_of(db, person_id, authority_id) if r.kind is RequirementKind.DBS]
    steps = holding.steps_of(db, person_id, authority_id) if rows else []
    edition = queries.edition_for(db, authority_id, london_day(now))
    said = holding.circumstances_of(db, person_id, authority_id)
    needed = rules.applying(edition.rules.requirements if edition else (), (c for c, holds in said.items() if holds))
    asked = _reviews(db, [row.id for row in rows])
    consent = may_ask(db, person_id, authority_id)
    db.execute(delete(CheckWaits).where(CheckWaits.person_id == person_id, CheckWaits.authority_id == authority_id))
    for row in rows:
        for what, since, due in _of(row, steps, needed, consent=consent, asked=asked.get(row.id), newest=rows):
            db.add(
                CheckWaits(
                    person_id=person_id,
                    authority_id=authority_id,
                    disclosure_id=row.id,
                    what=what,
                    code=row.code,
                    since=since,
                    due=due,
                )
            )
    db.flush()


def _one_at_a_time(db: Db, person_id: UUID, authority_id: UUID) -> None:
    """Hold the PA's standing before anything is read: of two facts arriving at once, the second sees both."""
    held = select(Standing.id).where(Standing.person_id == person_id, Standing.authority_id == authority_id)
    db.execute(held.with_for_update())


def may_ask(db: Db, person_id: UUID, authority_id: UUID) -> bool:
    """Whether the PA agrees today that the update service is asked."""
    newest = (
        select(StatusConsent.given)
        .where(StatusConsent.person_id == person_id, StatusConsent.authority_id == authority_id)
        .order_by(StatusConsent.turn.desc())
        .limit(1)
    )
    return db.scalar(newest) is RightToAsk.GIVEN


def _of(
    row: Any,
    steps: Sequence[Any],
    needed: Sequence[Requirement],
    *,
    consent: bool,
    asked: date | None,
    newest: Sequence[Any],
) -> list[tuple[Waits, date, date | None]]:
    """What waits about one disclosure: each with the day from which, and the last day in time."""
    ours = [s for s in steps if s.disclosure_id == row.id]
    found: list[tuple[Waits, date, date | None]] = []
    if row.data["result"] == Content.SOME:
        taken = [Taken(step=s.step, on=s.done_on, by=s.by, decision=s.decision) for s in ours]
        step = waits_for(taken)
        if step is not None:
            flow = [t.on for t in taken if t.step is not FollowUp.STATUS_CHECKED]
            found.append((WAITS_OF[step], max([row.seen_on, *flow]), None))
        elif asked is not None:
            found.append((Waits.REVIEW, asked, None))
    disclosure = holding.disclosure(row, ours)
    speaks = rules.newest([holding.disclosure(each, ()) for each in newest])
    due = rules.recheck_due(needed, disclosure)
    speaks_now = speaks is not None and speaks.issued_on == disclosure.issued_on
    if due is not None and speaks_now and rules.stops(needed, disclosure, consent=consent, on=date.max) is None:
        found.append((Waits.STATUS_CHECK, due - rules.ASK_EARLY, due))
    return found


def _reviews(db: Db, disclosure_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The open review of each disclosure, with the day it was asked for."""
    if not disclosure_ids:
        return {}
    decided = select(ReviewDecided.review_id).where(ReviewDecided.review_id == DisclosureReview.id).exists()
    wanted = select(DisclosureReview.disclosure_id, DisclosureReview.at).where(
        DisclosureReview.disclosure_id.in_(disclosure_ids), ~decided
    )
    return {id: london_day(at) for id, at in db.execute(wanted)}
