"""Write what comes of a list, some rows at a time, as the services for one person would, with the same facts."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, write_rows, write_values
from lms.core.events import record_all
from lms.learning import enrolling
from lms.people import bringing as people
from lms.people import invitations
from lms.people.bringing import Link, NewPerson
from lms.people.rules import Role
from lms.programme.intake.events import CertificateClaimed
from lms.programme.intake.matching import Matched
from lms.programme.intake.models import ClaimedCertificate, IntakeLine
from lms.programme.intake.rules import folded
from lms.programme.intake.words import Fate

AT_ONCE = 500
"""Rows that are written in one turn of the writer."""


@dataclass
class _Made:
    """What came of one row: the columns of IntakeLine."""

    row: int
    fate: Fate
    person_id: UUID | None = None
    employer_id: UUID | None = None
    employer_person_id: UUID | None = None
    enrolment_id: UUID | None = None
    course: str | None = None
    since: date | None = None
    made_person: bool = False
    made_role: bool = False
    made_employer: bool = False
    made_employment: bool = False
    claim_id: UUID | None = None
    invitation_id: UUID | None = None


@dataclass
class Carrier:
    """Carries out the lines of one list. `employers` are those there are, by folded name; new ones join them.

    `by` None: an operator, for whom learners enrol themselves. `batch_id` None: nothing is kept for undoing.
    """

    authority_id: UUID
    employers: dict[str, UUID]
    by: UUID | None
    now: datetime
    course: str | None = None
    batch_id: UUID | None = None
    invite: bool = False
    made_people: int = 0
    made_employers: int = 0
    _persons: dict[int, UUID] = field(default_factory=dict)
    _taken: set[str] | None = None

    def carry(self, db: Db, some: Sequence[Matched]) -> None:
        """Write these lines. Raises sqlalchemy's IntegrityError when somebody else was first with an address."""
        lines = {each.line.row: _Made(each.line.row, each.fate) for each in some}
        self._homes(db, some, lines)
        self._people(db, some, lines)
        self._work(db, some, lines)
        self._courses(db, some, lines)
        self._claims(db, some, lines)
        self._invitations(db, some, lines)
        if self.batch_id is not None:
            same = {"batch_id": self.batch_id}
            write_values(db, IntakeLine, [{**same, **vars(line)} for line in lines.values()])

    @property
    def _today(self) -> date:
        return london_day(self.now)

    def _homes(self, db: Db, some: Sequence[Matched], lines: Mapping[int, _Made]) -> None:
        new: dict[UUID, str] = {}
        acting: dict[UUID, Matched] = {}
        for each in some:
            if each.fate is Fate.OUT or not each.line.employer:
                continue
            line, key = lines[each.line.row], folded(each.line.employer)
            if key not in self.employers:
                self.employers[key] = id = uuid4()
                new[id] = each.line.employer
                line.made_employer = True
                if each.line.employer_email:
                    acting[id] = each
            line.employer_id = self.employers[key]
        people.add_employers(db, new, authority_id=self.authority_id, now=self.now)
        self.made_employers += len(new)
        self._who_acts(db, acting, lines)

    def _who_acts(self, db: Db, acting: Mapping[UUID, Matched], lines: Mapping[int, _Made]) -> None:
        """The employer of a new home, where the list gives an address that is nobody's yet."""
        there = people.accounts_by_email(db, {each.line.employer_email or "" for each in acting.values()})
        new: dict[str, NewPerson] = {}
        holders = []
        for home, each in acting.items():
            email = each.line.employer_email or ""
            if email in there:  # they are invited from the employer's own page, by whoever knows them
                continue
            if email not in new:
                new[email] = NewPerson(uuid4(), each.line.employer or "", email, None, each.line.language)
                lines[each.line.row].employer_person_id = new[email].id
            holders.append((new[email].id, home))
        people.add_people(db, list(new.values()), by=self.by, now=self.now)
        people.give_roles(db, holders, role=Role.EMPLOYER, since=self._today, by=self.by, now=self.now)

    def _people(self, db: Db, some: Sequence[Matched], lines: Mapping[int, _Made]) -> None:
        new: list[NewPerson] = []
        for each in some:
            line, said = lines[each.line.row], each.line
            if each.fate not in {Fate.NEW, Fate.HERE}:
                continue
            if each.same_as is not None:
                line.person_id = each.person_id or self._persons[each.same_as]
            elif each.fate is Fate.NEW:
                line.person_id, line.made_person = uuid4(), True
                username = said.username or (None if said.email else self._free_username(db, said.name or "", some))
                new.append(NewPerson(line.person_id, said.name or "", said.email, username, said.language))
            else:
                line.person_id = each.person_id
            assert line.person_id is not None
            self._persons[said.row] = line.person_id
        people.add_people(db, new, by=self.by, now=self.now)
        self.made_people += len(new)
        holders = {line.person_id: line for line in reversed(list(lines.values())) if line.person_id}
        given = people.give_roles(
            db,
            [(person_id, self.authority_id) for person_id in holders],
            role=Role.PA,
            since=self._today,
            by=self.by,
            now=self.now,
        )
        for person_id, _place in given:
            holders[person_id].made_role = True

    def _free_username(self, db: Db, name: str, some: Sequence[Matched]) -> str:
        if self._taken is None:
            self._taken = set()
        stem = stem_of(name)
        if f"{stem}*" not in self._taken:
            stems = {stem_of(each.line.name or "") for each in some if not each.line.email and not each.line.username}
            self._taken |= people.usernames_beginning(db, stems) | {f"{each}*" for each in stems}
        free = stem
        number = 2
        while free in self._taken:
            free, number = f"{stem}{number}", number + 1
        self._taken.add(free)
        return free

    def _work(self, db: Db, some: Sequence[Matched], lines: Mapping[int, _Made]) -> None:
        links: dict[Link, _Made] = {}
        for each in some:
            line = lines[each.line.row]
            if line.person_id and line.employer_id:
                line.since = each.line.started_on or self._today
                links.setdefault(Link(line.person_id, line.employer_id, line.since), line)
        for link in people.start_employments(db, links, by=self.by, now=self.now):
            links[link].made_employment = True

    def _courses(self, db: Db, some: Sequence[Matched], lines: Mapping[int, _Made]) -> None:
        wanted: dict[tuple[UUID, str], _Made] = {}
        for each in some:
            line, course = lines[each.line.row], each.line.course or self.course
            if line.person_id and course:
                wanted.setdefault((line.person_id, course), line)
        made = enrolling.enrol_many(db, wanted, authority_id=self.authority_id, by=self.by, now=self.now)
        for enrolment in made:
            line = wanted[enrolment.learner_id, enrolment.course]
            line.enrolment_id, line.course = enrolment.id, enrolment.course

    def _claims(self, db: Db, some: Sequence[Matched], lines: Mapping[int, _Made]) -> None:
        wanted: dict[tuple[UUID, str, date | None], _Made] = {}
        for each in some:
            line = lines[each.line.row]
            if line.person_id and each.line.certificate:
                wanted.setdefault((line.person_id, each.line.certificate, each.line.certified_on), line)
        if not wanted:
            return
        mine = ClaimedCertificate.authority_id == self.authority_id
        there = select(ClaimedCertificate.person_id, ClaimedCertificate.title, ClaimedCertificate.earned_on)
        held = {
            tuple(row)
            for row in db.execute(there.where(mine, ClaimedCertificate.person_id.in_({k[0] for k in wanted})))
        }
        rows = []
        for (person_id, title, earned_on), line in wanted.items():
            if (person_id, title, earned_on) not in held:
                line.claim_id = uuid4()
                same = {"authority_id": self.authority_id, "batch_id": self.batch_id, "claimed_at": self.now}
                rows.append(
                    ClaimedCertificate(id=line.claim_id, person_id=person_id, title=title, earned_on=earned_on, **same)
                )
        write_rows(db, rows)
        facts = [CertificateClaimed(about=r.person_id, authority_id=self.authority_id, claim_id=r.id) for r in rows]
        record_all(db, facts, by=self.by, now=self.now, behalf=self.authority_id)

    def _invitations(self, db: Db, some: Sequence[Matched], lines: Mapping[int, _Made]) -> None:
        """By the usual way, and only where somebody asked for it: those to be asked first, and new people by e-mail."""
        if not self.invite:
            return
        for each in some:
            if each.same_as is None and each.line.email and each.fate in {Fate.ASK, Fate.NEW}:
                line = lines[each.line.row]
                line.invitation_id = uuid4()
                invitations.invite(
                    db,
                    id=line.invitation_id,
                    name=each.line.name or "",
                    email=each.line.email,
                    role=Role.PA,
                    organisation_id=self.authority_id,
                    authority_id=self.authority_id,
                    by=self.by,
                    now=self.now,
                    language=each.line.language,
                    employer_id=line.employer_id if each.fate is Fate.ASK else None,
                    course=(each.line.course or self.course) if each.fate is Fate.ASK else None,
                )


def stem_of(name: str) -> str:
    """What a username made of a name begins with, such as mair.pritchard."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = ".".join(re.findall(r"[a-z0-9]+", letters))[:34].rstrip(".") or "pa"
    return stem if len(stem) > 2 else f"{stem}.pa"
