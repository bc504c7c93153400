"""What a coordinator does: suggest a mentor to somebody new, choose who fits, keep people apart, and end a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import households
from lms.people import queries as people
from lms.programme.contacts.staff import coordinates
from lms.programme.mentors import events, queries, services
from lms.programme.mentors.models import Mentor, MentorMatch, MentorRequest, MentorsApart
from lms.programme.mentors.queries import MentorView, RequestView
from lms.programme.mentors.rules import Side, fit, obstacle
from lms.programme.mentors.services import KINDS
from lms.programme.mentors.words import Kind, Obstacle


@dataclass(frozen=True)
class Candidate:
    """A mentor for a request, and why they cannot be it, if so."""

    mentor: MentorView
    name: str
    obstacle: Obstacle | None
    same_language: bool
    near: bool
    has: int


def _coordinator(db: Db, by: UUID, authority_id: UUID, now: datetime) -> None:
    if not coordinates(db, by, authority_id, london_day(now)):
        raise NotFound("authority")


def candidates(db: Db, asked: RequestView) -> Sequence[Candidate]:
    """Every mentor of the newcomer's kind, those who can be it first, and of these the best fit.

    Somebody of the newcomer's own household is not in it at all: a coordinator need not be told that they know each
    other. Five queries.
    """
    has, apart = queries.load_of(db, asked.authority_id), queries.apart_from(db, asked.authority_id, asked.newcomer_id)
    every = [each for each in queries.mentors_in(db, asked.authority_id) if each.kind is asked.kind]
    names = people.persons(db, {each.person_id for each in every})
    homes = households.ever_at_each(db, {asked.newcomer_id, *names})
    new = Side(asked.newcomer_id, asked.kind, asked.language, asked.area, homes[asked.newcomer_id])
    found = []
    for each in every:
        old = Side(each.person_id, each.kind, each.language, each.area, homes[each.person_id])
        why = obstacle(new, old, apart=each.person_id in apart, has=has.get(each.id, 0), room=each.room)
        if why not in {Obstacle.SELF, Obstacle.HOUSEHOLD}:
            same, near = fit(new, old, wants_near=asked.near)
            found.append(Candidate(each, names[each.person_id].name, why, same, near, has.get(each.id, 0)))
    return sorted(found, key=lambda one: (one.obstacle is not None, not one.same_language, not one.near, one.has))


def _side(db: Db, person_id: UUID, kind: Kind, language: str, area: str) -> Side:
    return Side(person_id, kind, language, area, households.ever_at(db, person_id))


_REFUSALS = {
    Obstacle.SELF: N_("Nobody is their own mentor. Choose somebody else."),
    Obstacle.OTHER_KIND: N_("A PA’s mentor is a PA, and an employer’s an employer. Choose somebody else."),
    Obstacle.HOUSEHOLD: N_("These two belong to one household, now or before. Choose somebody else."),
    Obstacle.APART: N_("These two are kept apart. Choose somebody else."),
    Obstacle.FULL: N_("This mentor has no room at the moment. Choose somebody else, or wait."),
}


def match(
    db: Db, *, once: UUID, authority_id: UUID, request_id: UUID, mentor_id: UUID, by: UUID, now: datetime
) -> None:
    """Pass a newcomer's details to a mentor. The same `once` again changes nothing.

    Refused before the newcomer agreed, when somebody has the details already, and when these two may not be a pair.
    """
    _coordinator(db, by, authority_id, now)
    if db.get(MentorMatch, once) is not None:
        return
    mentor = db.get(Mentor, mentor_id, with_for_update=True, populate_existing=True)  # so that room is counted rightly
    row = db.get(MentorRequest, request_id, with_for_update=True, populate_existing=True)
    if mentor is None or row is None or {mentor.authority_id, row.authority_id} != {authority_id}:
        raise NotFound("mentor")
    if mentor.ended_at is not None or row.ended_at is not None:
        raise Refused(N_("One of them has stopped meanwhile. Open the list again."))
    if row.agreed_at is None:
        raise Refused(N_("They have not agreed yet. Nothing is passed on before that."))
    why = obstacle(
        _side(db, row.newcomer_id, row.kind, str(row.language), row.area),
        _side(db, mentor.person_id, mentor.kind, str(mentor.language), mentor.area),
        apart=mentor.person_id in queries.apart_from(db, authority_id, row.newcomer_id),
        has=queries.load_of(db, authority_id).get(mentor_id, 0),
        room=mentor.room,
    )
    if why is not None:
        raise Refused(_REFUSALS[why])
    new = MentorMatch(
        id=once, authority_id=authority_id, request_id=request_id, mentor_id=mentor_id, matched_by=by, matched_at=now
    )
    if not add_once(db, new):
        raise Refused(N_("Somebody has these details already. Open the list again."))
    fact = events.MentorMatched(about=row.newcomer_id, authority_id=authority_id, match_id=once)
    record(db, fact, by=by, now=now, behalf=authority_id)


def suggest(db: Db, *, once: UUID, authority_id: UUID, newcomer_id: UUID, kind: Kind, by: UUID, now: datetime) -> None:
    """Suggest to somebody that they could have a mentor. Nothing is passed to anybody until they say yes themselves."""
    _coordinator(db, by, authority_id, now)
    someone = people.viewer_of(db, newcomer_id, london_day(now))
    if someone is None or authority_id not in someone.authorities(*KINDS[kind]):
        raise NotFound("person")
    row = MentorRequest(
        id=once,
        authority_id=authority_id,
        newcomer_id=newcomer_id,
        kind=kind,
        language=someone.language,
        area="",
        near=False,
        suggested_by=by,
        made_at=now,
        name="",
        address="",
    )
    if db.get(MentorRequest, once) is None:
        if not add_once(db, row):
            raise Refused(N_("They have asked already, or it was suggested to them before."))
        fact = events.MentorSuggested(about=newcomer_id, authority_id=authority_id, request_id=once)
        record(db, fact, by=by, now=now, behalf=authority_id)


def keep_apart(db: Db, *, authority_id: UUID, one: UUID, other: UUID, by: UUID, now: datetime) -> None:
    """Two people are never matched, whoever is the mentor; a pair they are already goes on until it is ended."""
    _coordinator(db, by, authority_id, now)
    if one == other:
        raise Refused(N_("Choose two different people."))
    _both_here(db, authority_id, one, other, now)
    first, second = sorted((one, other))
    row = MentorsApart(id=uuid4(), authority_id=authority_id, one_id=first, other_id=second, by=by, at=now)
    if add_once(db, row):
        fact = events.MentorsKeptApart(about=by, authority_id=authority_id, apart_id=row.id)
        record(db, fact, by=by, now=now, behalf=authority_id)


def keep_apart_no_more(db: Db, *, authority_id: UUID, one: UUID, other: UUID, by: UUID, now: datetime) -> None:
    """Take back that two people are never matched: what stood about them is deleted. A second time changes nothing.

    Raises NotFound for people who never stood there and are not the authority's.
    """
    _coordinator(db, by, authority_id, now)
    first, second = sorted((one, other))
    row = db.scalar(
        select(MentorsApart).where(
            MentorsApart.authority_id == authority_id, MentorsApart.one_id == first, MentorsApart.other_id == second
        )
    )
    if row is None:
        _both_here(db, authority_id, one, other, now)
        return
    db.delete(row)
    db.flush()
    fact = events.MentorsKeptApartNoMore(about=by, authority_id=authority_id, apart_id=row.id)
    record(db, fact, by=by, now=now, behalf=authority_id)


def _both_here(db: Db, authority_id: UUID, one: UUID, other: UUID, now: datetime) -> None:
    for each in (one, other):
        someone = people.viewer_of(db, each, london_day(now))
        if someone is None or authority_id not in someone.authorities(*KINDS[Kind.PA], *KINDS[Kind.EMPLOYER]):
            raise NotFound("person")


def end(db: Db, *, authority_id: UUID, match_id: UUID, by: UUID, now: datetime) -> None:
    """End a pair of the authority. Raises NotFound for another's."""
    _coordinator(db, by, authority_id, now)
    held = select(MentorMatch).where(MentorMatch.id == match_id, MentorMatch.authority_id == authority_id)
    row = db.scalar(held.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound("match")
    services.end_match(db, row, by=by, now=now)
