"""Read links: one by its secret, those about a learner, the answers so far, and the proof afterwards."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from lms.assessment.evidence.rules import Part
from lms.assessment.links import rules
from lms.assessment.links.models import (
    Link,
    LinkAnswer,
    LinkDays,
    LinkEnd,
    LinkNote,
    LinkProof,
    LinkReminded,
    LinkSecret,
)
from lms.assessment.links.rules import Asks, End, State
from lms.assessment.rules import Capacity
from lms.assessment.standing import standings
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.secrets import digest
from lms.people.viewer import Viewer

MOST = 200
WHO, LANGUAGE = "who", "language"
"""Answers that are no questions of the pages: that they are who was asked, and the language they chose."""


@dataclass(frozen=True)
class LinkView:
    """A link as pages and services see it. `sent_to` is masked; the whole address is for the sending alone."""

    id: UUID
    enrolment_id: UUID
    learner_id: UUID
    authority_id: UUID
    framework: str
    edition: str
    unit: str
    lines: tuple[str, ...]
    part: Part
    person_id: UUID | None
    household_id: UUID | None
    name: str
    sent_to: str
    by_text: bool
    relation: str
    language: str
    asked_by: UUID
    asked_as: Asks
    asked_at: datetime
    expires_at: datetime
    end: End | None
    ended_at: datetime | None
    started: bool
    reminded: bool

    def state(self, now: datetime) -> State:
        """Where it stands at a moment."""
        return rules.state(end=self.end, started=self.started, expires_at=self.expires_at, now=now)

    def is_open(self, now: datetime) -> bool:
        """Whether it can be answered."""
        return self.state(now) in {State.WAITING, State.STARTED}


@dataclass(frozen=True)
class AnswerView:
    """One answer: as a code or text, and as both question and answer were read."""

    value: str
    shown: str
    said: str
    language: str
    at: datetime


@dataclass(frozen=True)
class ProofView:
    """What proves who was asked and what they said; `whole` is False when the record was changed since."""

    link_id: UUID
    evidence_id: UUID | None
    kept_out: str
    record: Mapping[str, Any]
    digest: str
    at: datetime
    whole: bool


@dataclass(frozen=True)
class NoteView:
    """What somebody said afterwards was not right."""

    text: str
    at: datetime


def _links() -> Select[*tuple[Any, ...]]:
    started = exists().where(LinkAnswer.link_id == Link.id, LinkAnswer.question == WHO)
    reminded = exists().where(LinkReminded.link_id == Link.id)
    return select(Link, LinkEnd, started, reminded).outerjoin(LinkEnd, LinkEnd.link_id == Link.id)


def _view(row: Any) -> LinkView:
    link, end, started, reminded = row
    return LinkView(
        id=link.id,
        enrolment_id=link.enrolment_id,
        learner_id=link.learner_id,
        authority_id=link.authority_id,
        framework=link.framework,
        edition=link.edition,
        unit=link.unit,
        lines=tuple(link.lines),
        part=link.part,
        person_id=link.person_id,
        household_id=link.household_id,
        name=link.name,
        sent_to=rules.masked_email(link.email) if link.email else rules.masked_phone(link.phone),
        by_text=link.email is None,
        relation=link.relation,
        language=link.language,
        asked_by=link.asked_by,
        asked_as=link.asked_as,
        asked_at=link.asked_at,
        expires_at=link.expires_at,
        end=end.why if end else None,
        ended_at=end.at if end else None,
        started=bool(started),
        reminded=bool(reminded),
    )


def by_secret(db: Db, secret: str) -> LinkView:
    """The link a secret opens, whether it is still open or not. Raises NotFound for an unknown or altered one."""
    known = select(LinkSecret.link_id).where(LinkSecret.digest == digest(secret[:200])).scalar_subquery()
    return _one(db, _links().where(Link.id == known))


def link(db: Db, link_id: UUID) -> LinkView:
    """A link by its id. Raises NotFound."""
    return _one(db, _links().where(Link.id == link_id))


def _one(db: Db, wanted: Select[*tuple[Any, ...]]) -> LinkView:
    row = db.execute(wanted).one_or_none()
    if row is None:
        raise NotFound("link")
    return _view(row)


def links_of(db: Db, enrolment_id: UUID) -> list[LinkView]:
    """The links about a learner, the newest first."""
    newest = _links().where(Link.enrolment_id == enrolment_id).order_by(Link.asked_at.desc(), Link.id).limit(MOST)
    return [_view(row) for row in db.execute(newest)]


def unanswered_by(db: Db, person_id: UUID, *, since: datetime, now: datetime) -> list[LinkView]:
    """The links somebody asked by that ended without an answer since a moment, and were not asked anew.

    One query, and one more when there are any.
    """
    ended = columns(db, UNANSWERED, {"person_id": person_id, "since": since, "now": now}).scalars().all()
    if not ended:
        return []
    return [_view(row) for row in db.execute(_links().where(Link.id.in_(ended)).order_by(Link.asked_at, Link.id))]


def _unanswered() -> Select[UUID]:
    newer, since = aliased(Link), bindparam("since", type_=Link.expires_at.type)
    again = exists().where(
        newer.enrolment_id == Link.enrolment_id,
        newer.unit == Link.unit,
        newer.asked_by == Link.asked_by,
        newer.asked_at > Link.asked_at,
    )
    ran_out = and_(LinkEnd.link_id.is_(None), Link.expires_at <= bindparam("now"), Link.expires_at > since)
    by_another = and_(LinkEnd.why == End.SOMEBODY_ELSE, LinkEnd.at > since)
    wanted = select(Link.id).outerjoin(LinkEnd, LinkEnd.link_id == Link.id)
    wanted = wanted.where(Link.asked_by == bindparam("person_id"), or_(ran_out, by_another), ~again)
    return wanted.order_by(Link.asked_at, Link.id).limit(MOST)


# Put together once: every queue of an assessor asks it, and mostly there is nothing.
UNANSWERED = _unanswered()


def address_of(db: Db, link_id: UUID) -> str:
    """Where a link goes: an e-mail address, or tel: and a number. For the sending alone."""
    email, phone = db.execute(select(Link.email, Link.phone).where(Link.id == link_id)).one()
    return str(email) if email else f"tel:{phone}"


def answers_of(db: Db, link_id: UUID) -> dict[str, AnswerView]:
    """The answers so far, by the code of their question."""
    rows = db.scalars(select(LinkAnswer).where(LinkAnswer.link_id == link_id))
    return {row.question: AnswerView(row.value, row.shown, row.said, row.language, row.at) for row in rows}


def proof(db: Db, link_id: UUID) -> ProofView | None:
    """What proves an answer; None while there is none."""
    from lms.assessment.links.proving import sealed  # noqa: PLC0415  it reads through this file

    row = db.get(LinkProof, link_id)
    if row is None:
        return None
    whole = sealed(row.record, row.salt) == row.digest
    return ProofView(link_id, row.evidence_id, row.kept_out, row.record, row.digest, row.at, whole)


def notes_of(db: Db, link_id: UUID) -> list[NoteView]:
    """What was said afterwards, in order."""
    rows = db.scalars(select(LinkNote).where(LinkNote.link_id == link_id).order_by(LinkNote.at).limit(MOST))
    return [NoteView(row.text, row.at) for row in rows]


def days_of(db: Db, authority_id: UUID) -> int:
    """How many days links of an authority work."""
    latest = select(LinkDays.days).where(LinkDays.authority_id == authority_id).order_by(LinkDays.at.desc()).limit(1)
    return db.scalar(latest) or rules.DAYS


def sendings(db: Db, link_id: UUID) -> int:
    """How often the asker sent a link, its reminder not counted."""
    sent = select(func.count()).select_from(LinkSecret).where(LinkSecret.link_id == link_id)
    return db.scalar(sent.where(~LinkSecret.reminder)) or 0


def to_remind(db: Db, *, now: datetime, limit: int = MOST) -> list[UUID]:
    """Open links whose one reminder is due; a day before the end it is too late to be gentle."""
    ended = exists().where(LinkEnd.link_id == Link.id)
    reminded = exists().where(LinkReminded.link_id == Link.id)
    due = select(Link.id).where(Link.remind_at <= now, Link.expires_at > now + timedelta(hours=12), ~ended, ~reminded)
    return list(db.scalars(due.order_by(Link.remind_at).limit(limit)))


def asks_as(db: Db, viewer: Viewer, enrolment: EnrolmentView, *, today: date, unit: str | None = None) -> Asks | None:
    """In which part somebody may ask about a learner's work; None for a stranger.

    `unit`: about this one, which an assessor has to be allocated to; None: about any.
    """
    if viewer.person_id == enrolment.learner_id:
        return Asks.LEARNER if viewer.has(Role.PA) else None
    if standings(db, viewer, enrolment, on=today, today=today, among={Capacity.ASSESSOR}, unit=unit):
        return Asks.ASSESSOR
    return Asks.COORDINATOR if enrolment.authority_id in viewer.authorities(Role.COORDINATOR) else None


def may_see_proof(db: Db, viewer: Viewer, enrolment: EnrolmentView, *, today: date, unit: str | None = None) -> bool:
    """Whether somebody may read who was asked and what they said: those who assess, look after it, or check it.

    `unit`: what was said about this one, which an assessor has to be allocated to.
    """
    if viewer.person_id == enrolment.learner_id:
        return False
    if enrolment.authority_id in viewer.authorities(Role.COORDINATOR, Role.QUALITY_ASSURER):
        return True
    return bool(standings(db, viewer, enrolment, on=today, today=today, among={Capacity.ASSESSOR}, unit=unit))


@dataclass(frozen=True)
class Candidate:
    """Somebody of a learner's household who can be asked. Without an `email` on record the asker gives an address.

    `person_id` is set only for somebody who is asked at the address on record: an address that the asker types does
    not make whoever answers there a known person.
    """

    key: str
    part: Part
    name: str
    household_id: UUID
    person_id: UUID | None
    email: str | None


_HOME = ((Role.EMPLOYER, Part.EMPLOYER), (Role.REPRESENTATIVE, Part.REPRESENTATIVE))


def candidates(db: Db, enrolment: EnrolmentView, *, today: date) -> tuple[Candidate, ...]:
    """Whom of a learner's households one can ask today: who has a role there, else the household by its name."""
    found: list[Candidate] = []
    for home in people.employers_of(db, enrolment.learner_id, today):
        if home.authority_id != enrolment.authority_id:
            continue
        here = [
            Candidate(f"{part}.{home.id}.{one.id}", part, one.name, home.id, one.id if one.email else None, one.email)
            for role, part in _HOME
            for one in people.holders_of(db, role, [home.id], today)
            if one.id != enrolment.learner_id
        ]
        found += here or [Candidate(f"{Part.EMPLOYER}.{home.id}.", Part.EMPLOYER, home.name, home.id, None, None)]
    return tuple(found)


def open_about(db: Db, enrolment_id: UUID, *, now: datetime) -> int:
    """How many links about a learner are open."""
    ended = exists().where(LinkEnd.link_id == Link.id)
    running = select(func.count()).select_from(Link).where(Link.enrolment_id == enrolment_id, Link.expires_at > now)
    return db.scalar(running.where(~ended)) or 0


def asked_since(db: Db, person_id: UUID, since: datetime) -> int:
    """How many links somebody asked for since a moment."""
    asked = select(func.count()).select_from(Link).where(Link.asked_by == person_id, Link.asked_at > since)
    return db.scalar(asked) or 0


def from_links(db: Db, evidence_ids: Collection[UUID]) -> Mapping[UUID, LinkView]:
    """The links that pieces of evidence came from, by the piece; one query."""
    if not evidence_ids:
        return {}
    wanted = _links().join(LinkProof, LinkProof.link_id == Link.id).add_columns(LinkProof.evidence_id)
    rows: Sequence[Any] = db.execute(wanted.where(LinkProof.evidence_id.in_(evidence_ids))).all()
    return {row[4]: _view(row[:4]) for row in rows}
