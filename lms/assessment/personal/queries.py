"""Read sign-offs for one person: by the PA, the household it is for, and the coordinators there. Nobody else.

Another employer of the same PA is given nothing, not even that there is one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from lms.assessment.knowledge.looking import look
from lms.assessment.personal.models import PersonalEnd, PersonalLook, PersonalSignOff
from lms.assessment.personal.rules import EndedWhy, Looked, RecordedAs, SignerRole, State, Task, last_day, state
from lms.assessment.reading.rules import As
from lms.core.db import Db
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.queries import OrganisationView
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 200
"""Of one PA, or of one household: more than anybody has."""


@dataclass(frozen=True)
class LookView:
    """One time it was looked at again."""

    looked: Looked
    looked_by: str
    word: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class EndView:
    """How it ended before its day. `by_name` is empty when a job's end ended it."""

    why: EndedWhy
    last_day: date
    word: str
    by_name: str


@dataclass(frozen=True)
class PersonalView:
    """A sign-off for one person as those see it who may. `state` and `last_day` are of the day asked about."""

    id: UUID
    learner_id: UUID
    learner_name: str
    employer_id: UUID
    employer_name: str
    person_code: str
    task: Task
    what: str
    limits: str
    signer_name: str
    signer_role: SignerRole
    signer_organisation: str
    known_by: str
    trained_on: date
    observed_on: date
    valid_until: date
    recorded_by_name: str
    recorded_as: RecordedAs
    recorded_at: datetime
    looks: tuple[LookView, ...]
    ends: tuple[EndView, ...]
    last_day: date
    state: State


@dataclass(frozen=True)
class Tie:
    """In which part somebody may write one down for a PA, for which organisation, and for which households."""

    recorded_as: RecordedAs
    behalf: UUID | None
    homes: tuple[OrganisationView, ...]


def own(db: Db, viewer: Viewer, on: date) -> list[PersonalView]:
    """Everything a PA was signed off for, what stands first. Five queries."""
    return _views(db, PersonalSignOff.learner_id == viewer.person_id, on)


def of_learner(db: Db, viewer: Viewer, learner_id: UUID, on: date) -> list[PersonalView]:
    """What somebody may see of one PA. Raises NotFound when the PA is nothing to them."""
    found = _views(db, (PersonalSignOff.learner_id == learner_id) & _shown_to(viewer), on)
    if not found:
        tie(db, viewer, learner_id, on, among=_SEEING)
    return found


def for_homes(db: Db, viewer: Viewer, on: date) -> list[PersonalView]:
    """What there is for the households somebody runs or acts for. Five queries."""
    homes = viewer.organisations(*_HOUSEHOLD)
    return _views(db, PersonalSignOff.employer_id.in_(homes), on) if homes else []


def one(db: Db, viewer: Viewer, id: UUID, on: date) -> PersonalView:
    """One of them. Raises NotFound for everybody it is not shown to."""
    mine = PersonalSignOff.learner_id == viewer.person_id
    found = _views(db, (PersonalSignOff.id == id) & or_(mine, _shown_to(viewer)), on)
    if not found:
        raise NotFound("sign-off")
    return found[0]


def tie(db: Db, viewer: Viewer, learner_id: UUID, on: date, *, among: Collection[RecordedAs] = ()) -> Tie:
    """How somebody may write for a PA today: the household first, then assessor or coordinator. Raises NotFound."""
    employers = people.employers_of(db, learner_id, on) if learner_id != viewer.person_id else []
    for part, role in ((RecordedAs.EMPLOYER, Role.EMPLOYER), (RecordedAs.REPRESENTATIVE, Role.REPRESENTATIVE)):
        homes = tuple(each for each in employers if each.id in viewer.organisations(role))
        if homes:
            return Tie(part, None, homes)
    found = look(db, viewer, learner_id, on)
    part = RecordedAs.ASSESSOR if found.capacity is As.ASSESSOR else RecordedAs.COORDINATOR
    if among and part not in among:
        raise NotFound("PA")
    return Tie(part, found.behalf, tuple(each for each in employers if each.wall == found.authority_id))


@dataclass(frozen=True)
class Reminded:
    """What a reminder is about: whose sign-off, for which household, and its last day."""

    learner_id: UUID
    employer_id: UUID
    valid_until: date


def reminded_of(db: Db, personal_id: UUID) -> Reminded:
    """Whom a reminder goes to. Raises NotFound."""
    row = db.get(PersonalSignOff, personal_id)
    if row is None:
        raise NotFound("sign-off")
    return Reminded(row.learner_id, row.employer_id, row.valid_until)


_HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)
_SEEING = frozenset(RecordedAs) - {RecordedAs.ASSESSOR}


def _shown_to(viewer: Viewer) -> ColumnElement[bool]:
    homes, walls = viewer.organisations(*_HOUSEHOLD), viewer.authorities(Role.COORDINATOR)
    others = PersonalSignOff.learner_id != viewer.person_id
    return others & or_(PersonalSignOff.employer_id.in_(homes), PersonalSignOff.authority_id.in_(walls))


def _views(db: Db, which: ColumnElement[bool], on: date) -> list[PersonalView]:
    newest = (PersonalSignOff.recorded_at.desc(), PersonalSignOff.id)
    rows = db.scalars(select(PersonalSignOff).where(which).order_by(*newest).limit(MOST)).all()
    if not rows:
        return []
    ids = [row.id for row in rows]
    looks = db.scalars(
        select(PersonalLook).where(PersonalLook.personal_id.in_(ids)).order_by(PersonalLook.at.desc(), PersonalLook.id)
    ).all()
    ends = db.scalars(
        select(PersonalEnd).where(PersonalEnd.personal_id.in_(ids)).order_by(PersonalEnd.last_day, PersonalEnd.why)
    ).all()
    acted = {one.by for one in looks} | {one.by for one in ends if one.by}
    known = people.persons(db, acted | {i for row in rows for i in (row.learner_id, row.recorded_by)})
    names = {id: each.name for id, each in known.items()}
    homes = people.organisations(db, {row.employer_id for row in rows})
    found = [
        _view(
            row,
            names=names,
            home=homes[row.employer_id].name,
            looks=[each for each in looks if each.personal_id == row.id],
            ends=[each for each in ends if each.personal_id == row.id],
            on=on,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: each.state is State.ENDED)


def _view(
    row: PersonalSignOff,
    *,
    names: dict[UUID, str],
    home: str,
    looks: Sequence[PersonalLook],
    ends: Iterable[PersonalEnd],
    on: date,
) -> PersonalView:
    ended = tuple(EndView(each.why, each.last_day, each.word, names[each.by] if each.by else "") for each in ends)
    last = last_day(row.valid_until, (each.last_day for each in ended))
    paused = bool(looks) and looks[0].looked is Looked.PAUSED
    return PersonalView(
        id=row.id,
        learner_id=row.learner_id,
        learner_name=names[row.learner_id],
        employer_id=row.employer_id,
        employer_name=home,
        person_code=row.person_code,
        task=row.task,
        what=row.what,
        limits=row.limits,
        signer_name=row.signer_name,
        signer_role=row.signer_role,
        signer_organisation=row.signer_organisation,
        known_by=row.known_by,
        trained_on=row.trained_on,
        observed_on=row.observed_on,
        valid_until=row.valid_until,
        recorded_by_name=names[row.recorded_by],
        recorded_as=row.recorded_as,
        recorded_at=row.recorded_at,
        looks=tuple(LookView(each.looked, each.looked_by, each.word, names[each.by], each.at) for each in looks),
        ends=ended,
        last_day=last,
        state=state(last, paused=paused, on=on),
    )
