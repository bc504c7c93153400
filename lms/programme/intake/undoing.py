"""Take back what came of a list, as long as nothing was built on it; and say what was.

Facts are never deleted: each is followed by one that says it was taken back. What was worked out from them goes, as do
the enrolments, employments and roles. The rows of people and employers stay, closed or out of the authority's sight
and without a name, because facts name them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, delete, select, union

from lms.core.clock import london_day
from lms.core.db import Base, Db
from lms.core.events import record, record_all
from lms.core.house import House
from lms.core.told import told_since
from lms.core.words import N_
from lms.learning import enrolling
from lms.learning.enrolling import Enrolled
from lms.people import bringing as people
from lms.people import invitations
from lms.people.bringing import Link
from lms.people.rules import Role
from lms.programme.intake import services
from lms.programme.intake.events import CertificateClaimTakenBack, PeopleTakenBack
from lms.programme.intake.models import ClaimedCertificate, IntakeBatch, IntakeLine
from lms.programme.intake.words import State

AT_ONCE = 500
BUILT_ON = N_("It cannot be taken back, because something was built on it. The list below says what.")

FROM_THE_LIST = frozenset(
    {"PersonAdded", "RoleGiven", "EmploymentStarted", "LearnerEnrolled", "CertificateClaimed", "PersonInvited"}
)
"""Facts that come of a list itself."""

WORKED_OUT = frozenset({"VerdictChanged"})
"""Facts the system says by itself of what a list brought."""

FOLLOWS = frozenset(
    {
        "lms_role",
        "lms_employment",
        "lms_enrolment",
        "lms_standing",
        "lms_standing_lack",
        "lms_feed_entry",
        "lms_prospect",
        "lms_prospect_standing",
        "lms_desk_standing",
        "lms_learner_unit",
        "lms_call_back",
        "lms_claimed_certificate",
        "lms_notice",
        "lms_session",
        "lms_sign_in_link",
        "lms_invitation",
    }
)
"""Tables in which a row about somebody is no more than what the list brought, or follows from it; what was done with
such a row says a fact of its own, or stands in a table that names it."""


@dataclass(frozen=True)
class Built:
    """Somebody, or an employer, on whom something was built; `what` is a message id."""

    id: UUID
    what: str


STUDIED = N_("They have begun to study.")
SIGNED_IN = N_("They have signed in.")
JOINED = N_("They have joined by their invitation.")
CALLED = N_("Somebody has called them back.")
OTHERS = N_("Others work or act there.")
MORE = N_("Something was recorded about them since.")
_KINDS = {
    "SignedIn": SIGNED_IN,
    "PasswordSet": SIGNED_IN,
    "InvitationAccepted": JOINED,
    "LessonStudied": STUDIED,
    "ActivityWritten": STUDIED,
    "CheckMarked": STUDIED,
}


def built_on(db: Db, row: IntakeBatch, *, limit: int) -> list[Built]:
    """On whom of a batch something was built, each once. One query for each table that names people or places."""
    found: dict[UUID, str] = {}
    for some in chain(_quick_looks(db, row, limit), _slow_looks(db, row, limit)):
        for id, what in some:
            if id is not None:
                found.setdefault(id, what)
        if len(found) >= limit:
            break
    return [Built(id, what) for id, what in list(found.items())[:limit]]


def built_lately(db: Db, row: IntakeBatch) -> bool:
    """Whether anything was built on a batch, as far as four quick questions tell: for a second look, a moment later."""
    return any(_quick_looks(db, row, limit=1))


def _quick_looks(db: Db, row: IntakeBatch, limit: int) -> Iterator[list[tuple[UUID | None, str]]]:
    persons, _homes, _enrolments = _made(row.id)
    after = row.last_event or 0
    facts = told_since(db, persons, after=after, beside=FROM_THE_LIST, never=WORKED_OUT, limit=limit)
    yield [(about, _KINDS.get(kind, MORE)) for about, kind in facts]
    yield [(id, CALLED) for id in db.scalars(_called(row.id).limit(limit))]
    yield [
        (id, OTHERS) for id in db.scalars(_others_at(row.id, "lms_role", "organisation_id", "person_id").limit(limit))
    ]
    yield [(id, OTHERS) for id in db.scalars(_others_at(row.id, "lms_employment", "employer_id", "pa_id").limit(limit))]


def _slow_looks(db: Db, row: IntakeBatch, limit: int) -> Iterator[list[tuple[UUID | None, str]]]:
    """Every table that names somebody of a batch, one after the other."""
    persons, homes, enrolments = _made(row.id)
    mine = {"lms_person": persons, "lms_organisation": homes, "lms_enrolment": enrolments}
    for column, of in _naming():
        ids = db.scalars(select(column).where(column.in_(mine[of])).distinct().limit(limit)).all()
        if of == "lms_enrolment" and ids:
            ids = db.scalars(select(IntakeLine.person_id).where(IntakeLine.enrolment_id.in_(ids))).all()
        yield [(id, STUDIED if of == "lms_enrolment" else MORE) for id in ids]


def _made(batch_id: UUID) -> tuple[Any, Any, Any]:
    """The people, employers and enrolments a batch made, as parts of a statement."""
    mine = IntakeLine.batch_id == batch_id
    persons = union(
        select(IntakeLine.person_id).where(mine, IntakeLine.made_person.is_(True)),
        select(IntakeLine.employer_person_id).where(mine, IntakeLine.employer_person_id.is_not(None)),
    )
    homes = select(IntakeLine.employer_id).where(mine, IntakeLine.made_employer.is_(True))
    enrolments = select(IntakeLine.enrolment_id).where(mine, IntakeLine.enrolment_id.is_not(None))
    return persons, homes, enrolments


def _naming() -> Iterator[tuple[Column[Any], str]]:
    """Every column of every room that names a person, an organisation or an enrolment, and which of them."""
    for table in Base.metadata.sorted_tables:
        if table.name in FOLLOWS or table.name.startswith("lms_intake_"):
            continue
        for column in table.columns:
            for key in column.foreign_keys:
                of = key.column.table.name
                if of in {"lms_person", "lms_organisation", "lms_enrolment"}:
                    yield column, of


def _others_at(batch_id: UUID, table_name: str, place: str, person: str) -> Select[Any]:
    """Employers of a batch where somebody acts or works who did not come with it."""
    table = Base.metadata.tables[table_name]
    _persons, homes, _enrolments = _made(batch_id)
    mine = IntakeLine.batch_id == batch_id
    came = union(
        select(IntakeLine.employer_person_id).where(mine, IntakeLine.employer_person_id.is_not(None)),
        select(IntakeLine.person_id).where(mine, IntakeLine.person_id.is_not(None)),
    )
    return select(table.c[place]).where(table.c[place].in_(homes), table.c[person].not_in(came)).distinct()


def _called(batch_id: UUID) -> Select[Any]:
    """PAs of a batch's employments whom somebody has called back, or tried to."""
    calls = Base.metadata.tables["lms_call_back"]
    worked = select(IntakeLine.person_id).where(
        IntakeLine.batch_id == batch_id,
        IntakeLine.made_employment.is_(True),
        IntakeLine.person_id == calls.c.pa_id,
        IntakeLine.employer_id == calls.c.employer_id,
        IntakeLine.since == calls.c.since,
    )
    touched: ColumnElement[bool] = calls.c.ended_at.is_not(None)
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table is calls for key in column.foreign_keys):
                touched |= select(column).where(column == calls.c.id).exists()
    return select(calls.c.pa_id).where(worked.exists(), touched).distinct()


def take_back(house: House, row: IntakeBatch, now: datetime) -> None:
    """Take back whatever came of a batch, some rows at a time, the last first; nothing may be built on it."""
    total, done = None, 0
    while True:
        with house.database.writing() as db:
            wanted = select(IntakeLine).where(IntakeLine.batch_id == row.id).order_by(IntakeLine.row.desc())
            some = list(db.scalars(wanted.limit(AT_ONCE)))
            if not some:
                return
            _take_back(db, row, some, now)
            for each in some:
                db.expunge(each)
            rows = [each.row for each in some]
            db.execute(delete(IntakeLine).where(IntakeLine.batch_id == row.id, IntakeLine.row.in_(rows)))
            done += len(some)
            total = total or max(row.total, len(some))
            services.progress(db, row.id, row.run, done, max(done, total))


def _take_back(db: Db, row: IntakeBatch, lines: Sequence[IntakeLine], now: datetime) -> None:
    by, authority_id = row.undone_by or row.started_by, row.authority_id
    _claims(db, lines, authority_id, by, now)
    made = [Enrolled(x.enrolment_id, x.person_id, x.course or "") for x in lines if x.enrolment_id and x.person_id]
    enrolling.take_back(db, made, authority_id=authority_id, by=by, now=now)
    links = [
        Link(x.person_id, x.employer_id, x.since)
        for x in lines
        if x.made_employment and x.person_id and x.employer_id and x.since
    ]
    people.take_back_employments(db, links, by=by, now=now)
    since = _began(row, now)
    roles = [(x.person_id, authority_id) for x in lines if x.made_role and x.person_id]
    people.take_back_roles(db, roles, role=Role.PA, since=since, by=by, now=now)
    acting = [(x.employer_person_id, x.employer_id) for x in lines if x.employer_person_id and x.employer_id]
    people.take_back_roles(db, acting, role=Role.EMPLOYER, since=since, by=by, now=now)
    invitations.take_back(db, [x.invitation_id for x in lines if x.invitation_id])
    gone = [x.person_id for x in lines if x.made_person and x.person_id]
    gone += [x.employer_person_id for x in lines if x.employer_person_id]
    people.take_back_people(db, gone, by=by, now=now)
    people.take_back_employers(db, [x.employer_id for x in lines if x.made_employer and x.employer_id])


def _began(row: IntakeBatch, now: datetime) -> date:
    """The day on which roles of a batch began."""
    return london_day(row.carried_at or now)


def _claims(db: Db, lines: Sequence[IntakeLine], authority_id: UUID, by: UUID | None, now: datetime) -> None:
    claims = {x.claim_id: x.person_id for x in lines if x.claim_id and x.person_id}
    db.execute(delete(ClaimedCertificate).where(ClaimedCertificate.id.in_(list(claims))))
    facts = [
        CertificateClaimTakenBack(about=person_id, authority_id=authority_id, claim_id=id)
        for id, person_id in claims.items()
    ]
    record_all(db, facts, by=by, now=now, behalf=authority_id)


def end(db: Db, batch_id: UUID, now: datetime) -> None:
    """Say that a batch was taken back whole; twice is once."""
    row = db.get_one(IntakeBatch, batch_id, with_for_update=True, populate_existing=True)
    if row.state is not State.UNDOING:
        return
    row.state, row.undone_at = State.UNDONE, now
    fact = PeopleTakenBack(
        about=row.undone_by or row.authority_id,
        authority_id=row.authority_id,
        batch_id=row.id,
        people=row.tally.get("made_people", 0),
        employers=row.tally.get("made_employers", 0),
    )
    record(db, fact, by=row.undone_by, now=now, behalf=row.authority_id)
