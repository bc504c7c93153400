"""Keep standings: work verdicts out again when a fact arrives or a day comes, and say when one changed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, or_, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.people import queries as people
from lms.register import holding
from lms.register.content import RegisterRules
from lms.register.events import VerdictChanged
from lms.register.kinds import ListingState
from lms.register.models import Standing
from lms.register.queries import edition_for
from lms.register.rules import Verdict, eligibility
from lms.register.stored import as_data

BATCH = 200


def reassess(db: Db, *, person_id: UUID, authority_id: UUID, now: datetime) -> Verdict | None:
    """Work out what the rules say of a PA today and keep it; None when the authority has no rules.

    Records VerdictChanged when the state or what is missing is not what it was. A PA nobody has looked at yet stands
    at checking, so the first verdict is news only when it is another one.
    """
    today = london_day(now)
    edition = edition_for(db, authority_id, today)
    if edition is None:
        _leave_alone(db, person_id, authority_id)
        return None
    # The row is locked before anything is read: of two facts arriving at once, the second to be worked out sees both.
    row = _locked(db, person_id, authority_id, edition.rules.edition, now)
    verdict = eligibility(edition.rules, holding.held_of(db, person_id, authority_id), on=today)
    was, known = row.state, row.verdict.get("missing")
    row.state, row.edition, row.holds_until, row.worked_out_at = verdict.state, verdict.edition, verdict.until, now
    row.verdict, row.missing = as_data(verdict), len(verdict.missing)
    db.flush()
    if verdict.state is not was or (known is not None and known != list(verdict.missing)):
        fact = VerdictChanged(
            about=person_id,
            authority_id=authority_id,
            state=verdict.state.value,
            missing=verdict.missing,
            was=was.value,
        )
        record(db, fact, by=None, now=now, behalf=authority_id)
    return verdict


def reassess_everywhere(db: Db, *, person_id: UUID, now: datetime) -> None:
    """Work out a PA's standing again at every authority that knows them today."""
    for authority in people.authorities_of(db, person_id, london_day(now)):
        reassess(db, person_id=person_id, authority_id=authority.id, now=now)


def refresh_standings(db: Db, *, now: datetime, limit: int = BATCH) -> int:
    """Work out again up to `limit` standings whose day has come or whose rules have a newer edition; how many it was.

    Call it until it answers less than the limit, each time in a unit of work of its own. Doing it twice is harmless.
    """
    due = db.execute(_due(db, london_day(now)).limit(limit)).all()
    for person_id, authority_id in due:
        reassess(db, person_id=person_id, authority_id=authority_id, now=now)
    return len(due)


def refresh_all(house: House, *, now: datetime) -> int:
    """Work out again every standing whose day has come, a few at a time so that nobody waits long for the writer."""
    done = 0
    while True:
        with house.database.writing() as db:
            this_time = refresh_standings(db, now=now)
        done += this_time
        if this_time < BATCH:
            return done


def end_standing(db: Db, *, person_id: UUID, authority_id: UUID, last_day: date | None) -> None:
    """Take a PA off an authority's lists after a last day; None puts them back."""
    row = db.scalar(_of(person_id, authority_id))
    if row is not None:
        row.ended_on = last_day
        db.flush()


def _due(db: Db, today: date) -> Select[UUID, UUID]:
    """Each standing the calendar or a newer edition has overtaken, the longest overdue first."""
    overtaken = [Standing.holds_until <= today]
    for code in shelf(db, RegisterRules).editions:
        edition = shelf(db, RegisterRules).on(code, today)
        authority_id = _authority_with(db, code)
        if edition is not None and authority_id is not None:
            overtaken.append((Standing.authority_id == authority_id) & (Standing.edition != edition.rules.edition))
    wanted = select(Standing.person_id, Standing.authority_id).where(or_(*overtaken), Standing.ended_on.is_(None))
    return wanted.order_by(Standing.holds_until, Standing.id)


def _authority_with(db: Db, code: str) -> UUID | None:
    try:
        return people.authority_by_code(db, code).id
    except NotFound:
        return None


def _of(person_id: UUID, authority_id: UUID) -> Select[Standing]:
    return select(Standing).where(Standing.person_id == person_id, Standing.authority_id == authority_id)


def _leave_alone(db: Db, person_id: UUID, authority_id: UUID) -> None:
    """Without rules the calendar changes nothing: what was worked out last stays, and is not asked for again."""
    row = db.scalar(_of(person_id, authority_id))
    if row is not None:
        row.holds_until = None
        db.flush()


def _locked(db: Db, person_id: UUID, authority_id: UUID, edition: str, now: datetime) -> Standing:
    """The standing's row, held until the end of this unit of work; made when it is the first."""
    wanted = _of(person_id, authority_id).with_for_update().execution_options(populate_existing=True)
    row = db.scalar(wanted)
    if row is not None:
        return row
    first = Standing(
        person_id=person_id,
        authority_id=authority_id,
        state=ListingState.CHECKING,
        edition=edition,
        verdict={},
        missing=0,
        worked_out_at=now,
    )
    add_once(db, first)
    return db.scalars(wanted).one()
