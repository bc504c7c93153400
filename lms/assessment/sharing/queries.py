"""Read who is to see what: whom a learner can choose, what they agreed to, and what somebody may look at today."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from lms.assessment import allocated
from lms.assessment.knowledge.looking import Look
from lms.assessment.reading.rules import As
from lms.assessment.sharing.models import KnowledgeShare, KnowledgeShareEnd
from lms.assessment.sharing.rules import Ended, Party, What, Why, holds
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 500
"""Agreements of one learner that are read, the newest first."""


@dataclass(frozen=True)
class Choice:
    """Somebody a learner can let see something today. `since` is the first day of the tie, where it has one."""

    party: Party
    id: UUID
    name: str
    name_cy: str | None
    since: date | None

    def called(self, language: str) -> str:
        """The name in a language."""
        return (self.name_cy or self.name) if language == "cy" else self.name


@dataclass(frozen=True)
class Agreed:
    """An agreement: with whom, what, when (aware UTC), in which words, and whether and how it has ended."""

    id: UUID
    learner_id: UUID
    what: What
    party: Party
    with_id: UUID
    words: str
    language: str
    at: datetime
    ended: Ended | None
    ended_at: datetime | None

    @property
    def stopped_on(self) -> date | None:
        """The last day on which it held; None while nothing has ended it."""
        if self.ended is None or self.ended_at is None:
            return None
        return self.ended.last_day or london_day(self.ended_at)


def choices(db: Db, learner_id: UUID, on: date) -> tuple[Choice, ...]:
    """Everybody a learner can choose on a day: employers, assessors they were given, the coordinators' authorities."""
    employed = people.employed_since(db, learner_id, on)
    employers = people.organisations(db, list(employed)).values()
    assessors = allocated.assessors_of(db, [each.id for each in learning.enrolments_of(db, learner_id)], on)
    found = [Choice(Party.EMPLOYER, each.id, each.name, each.name_cy, employed[each.id]) for each in employers]
    found += [Choice(Party.ASSESSOR, a.assessor_id, a.assessor_name, None, a.since) for a in _oldest(assessors)]
    for each in people.authorities_of(db, learner_id, on):
        found.append(Choice(Party.COORDINATOR, each.id, each.name, each.name_cy, None))
    order = list(Party)
    return tuple(sorted(found, key=lambda each: (order.index(each.party), each.name, each.id)))


def _oldest(assessors: Iterable[allocated.AllocationView]) -> Iterable[allocated.AllocationView]:
    """Each assessor once, by the first of their ties that runs: a tie added later does not break an agreement."""
    by_person = {each.assessor_id: each for each in sorted(assessors, key=lambda each: each.since, reverse=True)}
    return by_person.values()


def choice(db: Db, learner_id: UUID, party: Party, with_id: UUID, on: date) -> Choice:
    """One of them. Raises NotFound for anybody the learner has no such tie to."""
    found = (each for each in choices(db, learner_id, on) if (each.party, each.id) == (party, with_id))
    one = next(found, None)
    if one is None:
        raise NotFound("party")
    return one


def agreements_of(db: Db, learner_id: UUID) -> tuple[Agreed, ...]:
    """Everything a learner agreed to, the newest first, with how it ended. One query."""
    newest = _agreements().where(KnowledgeShare.learner_id == learner_id)
    return _read(db, newest.order_by(KnowledgeShare.agreed_at.desc(), KnowledgeShare.id).limit(MOST))


def holding(agreed: Iterable[Agreed], known: Iterable[Choice], on: date) -> dict[tuple[What, Party, UUID], Agreed]:
    """The agreements that hold on a day, by what and with whom, among those a learner has ties to."""
    ties = {(each.party, each.id): each for each in known}
    found: dict[tuple[What, Party, UUID], Agreed] = {}
    for each in agreed:
        tie = ties.get((each.party, each.with_id))
        if holds(each.ended, tied=tie is not None and _made_in(tie.since, each), on=on):
            found[each.what, each.party, each.with_id] = each
    return found


def _made_in(since: date | None, agreed: Agreed) -> bool:
    """Whether an agreement was made within the tie that runs now, and not within an earlier one."""
    return since is None or since <= london_day(agreed.at)


def shared_with_household(db: Db, viewer: Viewer, learner_id: UUID, on: date) -> frozenset[What]:
    """What of a learner somebody may see today who employs them, or acts for who does. At most two queries."""
    return shared_with_households(db, viewer, on, among=[learner_id]).get(learner_id, frozenset())


def shared_with_households(
    db: Db, viewer: Viewer, on: date, *, among: Collection[UUID] | None = None
) -> Mapping[UUID, frozenset[What]]:
    """What somebody may see today of each PA of theirs who let them, by person. At most two queries."""
    homes = viewer.organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    if not homes:
        return {}
    asked = and_(KnowledgeShare.party == Party.EMPLOYER, KnowledgeShare.organisation_id.in_(homes))
    running = and_(_WITHDRAWN.share_id.is_(None), or_(_OUT.share_id.is_(None), _OUT.last_day >= on))
    found = _agreements().where(asked, running)
    if among is not None:
        found = found.where(KnowledgeShare.learner_id.in_(among))
    agreed = _read(db, found)
    ties = people.employed_by(db, homes, {each.learner_id for each in agreed}, on) if agreed else {}
    seen: dict[UUID, set[What]] = {}
    for each in agreed:
        since = ties.get((each.learner_id, each.with_id))
        if holds(each.ended, tied=since is not None and _made_in(since, each), on=on):
            seen.setdefault(each.learner_id, set()).add(each.what)
    return {learner: frozenset(what) for learner, what in seen.items()}


def confidence_shared_with(db: Db, viewer: Viewer, tie: Look, on: date) -> bool:
    """Whether the learner somebody may look at today lets them see how sure they feel. At most six queries."""
    authorities = viewer.authorities(Role.COORDINATOR)
    mine = or_(
        and_(KnowledgeShare.party == Party.ASSESSOR, KnowledgeShare.person_id == viewer.person_id),
        and_(KnowledgeShare.party == Party.COORDINATOR, KnowledgeShare.organisation_id.in_(authorities)),
    )
    confidence = KnowledgeShare.what == What.CONFIDENCE
    wanted = _agreements().where(mine, KnowledgeShare.learner_id == tie.learner_id, confidence)
    found = _read(db, wanted.order_by(KnowledgeShare.agreed_at.desc()).limit(MOST))
    if not found:
        return False
    known = choices(db, tie.learner_id, on)
    # Whoever was allocated and no longer holds the role, or not in a place that may, looks in no other part.
    if tie.capacity is not As.ASSESSOR:
        known = tuple(each for each in known if each.party is not Party.ASSESSOR)
    return bool(holding(found, known, on))


_WITHDRAWN, _OUT = aliased(KnowledgeShareEnd), aliased(KnowledgeShareEnd)


def _agreements() -> Select[Any, Any, Any]:
    """Agreements, each with how it was withdrawn and how its tie ended, where it did."""
    return (
        select(KnowledgeShare, _WITHDRAWN, _OUT)
        .outerjoin(_WITHDRAWN, and_(_WITHDRAWN.share_id == KnowledgeShare.id, _WITHDRAWN.why == Why.WITHDRAWN))
        .outerjoin(_OUT, and_(_OUT.share_id == KnowledgeShare.id, _OUT.why == Why.TIE_ENDED))
    )


def _read(db: Db, wanted: Select[Any, Any, Any]) -> tuple[Agreed, ...]:
    return tuple(agreed(row, withdrawn or out) for row, withdrawn, out in db.execute(wanted))


def agreed(row: KnowledgeShare, end: KnowledgeShareEnd | None) -> Agreed:
    """An agreement as pages and services see it."""
    with_id = row.organisation_id or row.person_id
    assert with_id is not None  # the table says so
    return Agreed(
        id=row.id,
        learner_id=row.learner_id,
        what=row.what,
        party=row.party,
        with_id=with_id,
        words=row.words,
        language=row.language,
        at=row.agreed_at,
        ended=Ended(end.why, end.last_day) if end else None,
        ended_at=end.at if end else None,
    )
