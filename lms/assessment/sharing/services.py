"""Write agreements: the learner gives them and takes them back, and nobody else does either."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, select

from lms.assessment.sharing import queries
from lms.assessment.sharing.events import KnowledgeShared, SharingEnded
from lms.assessment.sharing.models import KnowledgeShare, KnowledgeShareEnd
from lms.assessment.sharing.queries import Agreed
from lms.assessment.sharing.rules import Party, What, Why, can_be_shared
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused

MOST_A_DAY = 60
"""Agreements of one learner within a day: more than anybody means, and no way to fill a disk."""


def agree(
    db: Db, *, id: UUID, what: What, party: Party, with_id: UUID, words: str, language: str, by: UUID, now: datetime
) -> None:
    """Let somebody see something from now on, in the words `by` read; the same again changes nothing.

    Raises NotFound for somebody they have no tie to and for what is not offered; refused after very many on one day.
    """
    on = london_day(now)
    choice = queries.choice(db, by, party, with_id, on)
    if not can_be_shared(what, party):
        raise NotFound("sharing")
    before = queries.agreements_of(db, by)
    if (what, party, with_id) in queries.holding(before, [choice], on):
        return
    if _count_since(db, by, now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(N_("You have changed this very often today. Go on tomorrow."))
    row = KnowledgeShare(
        # A page that is sent again after the agreement was taken back means a new one.
        id=id if db.get(KnowledgeShare, id) is None else uuid4(),
        learner_id=by,
        what=what,
        party=party,
        organisation_id=None if party is Party.ASSESSOR else with_id,
        person_id=with_id if party is Party.ASSESSOR else None,
        words=words,
        language=language,
        agreed_at=now,
    )
    if add_once(db, row):
        first = all((each.what, each.party, each.with_id) != (what, party, with_id) for each in before)
        fact = KnowledgeShared(about=by, share_id=row.id, what=what, party=party, with_id=with_id, first=first)
        record(db, fact, by=by, now=now)


def withdraw(db: Db, *, share_id: UUID, by: UUID, now: datetime) -> None:
    """Stop letting somebody see something, at once; again changes nothing. Raises NotFound for another's agreement."""
    row = db.get(KnowledgeShare, share_id)
    if row is None or row.learner_id != by:
        raise NotFound("sharing")
    same = (KnowledgeShare.learner_id == by) & (KnowledgeShare.what == row.what) & (KnowledgeShare.party == row.party)
    with_whom = (
        KnowledgeShare.person_id == row.person_id
        if row.party is Party.ASSESSOR
        else KnowledgeShare.organisation_id == row.organisation_id
    )
    # One that was given twice at the same moment, on two devices, is taken back as one.
    _end(db, same & with_whom, Why.WITHDRAWN, by=by, last_day=None, now=now)


def end_with_tie(db: Db, which: ColumnElement[bool], *, last_day: date, now: datetime) -> None:
    """Let agreements end with the tie they were made for, after its last day."""
    _end(db, which, Why.TIE_ENDED, by=None, last_day=last_day, now=now)


def _not_ended(db: Db, which: ColumnElement[bool], why: Why) -> list[Agreed]:
    """The agreements that have not ended so, and were not withdrawn."""
    over = select(KnowledgeShareEnd.share_id).where(
        KnowledgeShareEnd.share_id == KnowledgeShare.id, KnowledgeShareEnd.why.in_({why, Why.WITHDRAWN})
    )
    wanted = select(KnowledgeShare).where(which, ~over.exists()).order_by(KnowledgeShare.id)
    return [queries.agreed(row, None) for row in db.scalars(wanted)]


def _end(
    db: Db, which: ColumnElement[bool], why: Why, *, by: UUID | None, last_day: date | None, now: datetime
) -> None:
    for each in _not_ended(db, which, why):
        if add_once(db, KnowledgeShareEnd(share_id=each.id, why=why, withdrawn_by=by, last_day=last_day, at=now)):
            fact = SharingEnded(
                about=each.learner_id,
                share_id=each.id,
                what=each.what,
                party=each.party,
                with_id=each.with_id,
                why=why,
            )
            record(db, fact, by=by, now=now)


def _count_since(db: Db, learner_id: UUID, since: datetime) -> int:
    of_learner = (KnowledgeShare.learner_id == learner_id) & (KnowledgeShare.agreed_at > since)
    return db.scalar(select(func.count()).select_from(KnowledgeShare).where(of_learner)) or 0
