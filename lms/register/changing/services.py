"""Ask what a change of rules would do, and set when those affected are told."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.register.authoring import queries as authoring
from lms.register.changing.comparing import count_pas
from lms.register.changing.knowing import change_of, upcoming
from lms.register.changing.models import RuleChange, RuleLook
from lms.register.changing.rules import MOST_DAYS_BEFORE, next_round

LOOK = "register.look_at_change"


def ask(db: Db, *, once: UUID, draft_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Have the worker find out whom a draft would affect if it were published as it is now.

    `once` is the form's number. Raises NotFound for another authority's draft; refuses one with mistakes.
    """
    one = authoring.draft(db, draft_id, [authority_id])
    edition = authoring.draft_edition(db, draft_id, authority_id)
    if edition is None:
        raise Refused(
            N_("There are mistakes in this draft. Mend them first; then it can be said what it would change.")
        )
    valid_from = edition.rules.valid_from
    look = RuleLook(
        id=once,
        authority_id=authority_id,
        draft_id=draft_id,
        version=one.version,
        edition=edition.file.edition,
        valid_from=valid_from,
        judged_on=max(valid_from, london_day(now)),
        numbers={},
        asked_by=by,
        asked_at=now,
    )
    _begin(db, look, now)


def ask_before_telling(db: Db, *, authority_id: UUID, edition: str, valid_from: date, now: datetime) -> None:
    """Have the worker find out whom a published change will affect, and then tell them."""
    look = RuleLook(
        id=uuid4(),
        authority_id=authority_id,
        edition=edition,
        valid_from=valid_from,
        judged_on=valid_from,
        tells=True,
        numbers={},
        asked_at=now,
    )
    _begin(db, look, now)


def _begin(db: Db, look: RuleLook, now: datetime) -> None:
    change = change_of(db, look)
    if change is None:
        if look.draft_id is not None:
            raise Refused(N_("There are no rules on that day that this could be compared with."))
        return
    look.total = count_pas(db, change)
    if add_once(db, look):
        later(db, LOOK, key_of(look.id, 0), now=now)


def key_of(look_id: UUID, step: int) -> str:
    """What the worker is given: which look, and the how manieth piece of it."""
    return f"{look_id}:{step}"


def set_days(
    db: Db, *, authority_id: UUID, edition: str, valid_from: date, days_before: int, by: UUID, now: datetime
) -> None:
    """Set how long before a published change those affected are told. Raises NotFound for one that is not to come."""
    today = london_day(now)
    row = db.scalar(
        select(RuleChange)
        .where(RuleChange.authority_id == authority_id, RuleChange.edition == edition)
        .where(RuleChange.valid_from == valid_from, RuleChange.off_at.is_(None))
        .with_for_update()
    )
    if row is None or (edition, valid_from) not in upcoming(db, authority_id, today):
        raise NotFound("change")
    if not 1 <= days_before <= MOST_DAYS_BEFORE:
        raise Refused(N_("Choose a number of days from 1 to %(most)s."), most=MOST_DAYS_BEFORE)
    begun = row.next_on != next_round(row.valid_from, row.days_before, after=date.min)
    row.days_before, row.set_by = days_before, by
    row.next_on = next_round(valid_from, days_before, after=today if begun else date.min)
    db.flush()
