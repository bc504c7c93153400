"""A list brought in and taken back: what is written is what one person after the other would have written."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from lms.core import work
from lms.core.db import Base, Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.learning.models import Enrolment
from lms.people import services as people
from lms.people.bringing import TAKEN_BACK
from lms.people.models import Employment, Organisation, Person, RoleHeld
from lms.people.rules import Role
from lms.programme.contacts.models import CallBack
from lms.programme.intake import services, undoing, working
from lms.programme.intake.models import ClaimedCertificate, IntakeBatch, IntakeMistake, IntakeQuestion
from lms.programme.intake.words import State
from tests.programme.intake.conftest import LIST, Take, batch_of, undo
from tests.world import World

Carry = Callable[..., IntakeBatch]
NOT_COMPARED = {"lms_event", "lms_seal", "lms_work", "lms_file", "lms_notice", "lms_feed_head"}


def rows(db: Db) -> Counter[tuple[Any, ...]]:
    """Every row of every table that is no record and no note of a list, but for whoever was taken back."""
    found: Counter[tuple[Any, ...]] = Counter()
    for table in Base.metadata.sorted_tables:
        if table.name in NOT_COMPARED or table.name.startswith("lms_intake_"):
            continue
        for row in db.execute(select(table)):
            gone = table.name == "lms_organisation" and row.name == TAKEN_BACK and row.authority_id is None
            if not gone and (table.name != "lms_person" or row.closed_at is None):
                found[table.name, str(tuple(row))] += 1
    return found


def test_a_list_brings_people_employers_work_courses_and_claims(
    house: House, world: World, take: Take, carry: Carry
) -> None:
    batch = take(LIST)
    seen = batch_of(house, batch)
    assert seen.state is State.LOOKED_AT
    assert (seen.tally["new"], seen.tally["employers"], seen.tally["wrong"]) == (3, 1, 0)
    with house.database.reading() as db:
        assert db.scalar(select(Person).where(Person.email == "nia.bowen@example.com")) is None, "a look writes nothing"
    assert carry(batch).state is State.DONE
    with house.database.reading() as db:
        nia = db.scalars(select(Person).where(Person.email == "nia.bowen@example.com")).one()
        assert (nia.name, str(nia.language)) == ("Nia Bowen", "cy")
        ali = db.scalars(select(Person).where(Person.username == "ali.khan")).one()
        role = db.scalars(select(RoleHeld).where(RoleHeld.person_id == nia.id)).one()
        assert (role.role, role.organisation_id) == (Role.PA, world.authority)
        job = db.scalars(select(Employment).where(Employment.pa_id == nia.id)).one()
        assert (job.employer_id, job.since) == (world.employer, date(2026, 10, 13))
        stone = db.scalars(select(Organisation).where(Organisation.name == "Olive Stone")).one()
        assert db.scalars(select(Employment.employer_id).where(Employment.pa_id == ali.id)).one() == stone.id
        assert db.scalars(select(Enrolment.course).where(Enrolment.learner_id == nia.id)).one() == "PAI"
        claim = db.scalars(select(ClaimedCertificate).where(ClaimedCertificate.person_id == nia.id)).one()
        assert (claim.title, claim.earned_on) == ("First aid", date(2025, 2, 14))
        kinds = Counter(db.scalars(select(EventRow.kind).where(EventRow.about == nia.id)))
        assert kinds == Counter(
            ["PersonAdded", "RoleGiven", "EmploymentStarted", "LearnerEnrolled", "CertificateClaimed"]
        )
        assert db.scalar(select(func.count()).select_from(CallBack).where(CallBack.pa_id == nia.id))
        assert db.scalar(text("SELECT count(*) FROM lms_notice")) == 0, "nobody gets a mail unasked"


def test_undoing_gives_the_rows_as_they_were(
    house: House, world: World, now: datetime, take: Take, carry: Carry
) -> None:
    with house.database.reading() as db:
        before = rows(db)
    batch = take(LIST)
    carry(batch)
    assert undo(house, world, batch, now).state is State.UNDONE
    with house.database.reading() as db:
        after = rows(db)
        assert after == before
        gone = db.scalars(select(Person).where(Person.closed_at.is_not(None))).all()
        assert {(each.name, each.email, each.username) for each in gone} == {("–", None, None)}
        told = set(db.scalars(select(EventRow.kind)))
        assert {"PersonTakenBack", "RoleTakenBack", "EmploymentTakenBack", "EnrolmentTakenBack"} <= told
    assert carry(take(LIST)).state is State.DONE, "the addresses are free again"


def test_what_something_was_built_on_is_not_taken_back(
    house: House, world: World, now: datetime, take: Take, carry: Carry
) -> None:
    batch = take(LIST)
    carry(batch)
    with house.database.writing() as db:
        nia = db.scalars(select(Person.id).where(Person.email == "nia.bowen@example.com")).one()
        people.start_employment(
            db, pa_id=nia, employer_id=world.second_employer, since=date(2026, 11, 1), by=None, now=now
        )
    stopped = undo(house, world, batch, now)
    assert (stopped.state, stopped.stopped) == (State.DONE, undoing.BUILT_ON)
    with house.database.reading() as db:
        assert [each.id for each in undoing.built_on(db, stopped, limit=5)] == [nia]


def test_an_employer_for_whom_somebody_else_works_is_not_taken_back(
    house: House, world: World, now: datetime, take: Take, carry: Carry
) -> None:
    batch = take("Employer\tOther\nOlive Stone\t\nAnn Dale\t\n")
    carry(batch)
    with house.database.writing() as db:
        stone = db.scalars(select(Organisation.id).where(Organisation.name == "Olive Stone")).one()
        people.start_employment(db, pa_id=world.pa, employer_id=stone, since=now.date(), by=None, now=now)
    stopped = undo(house, world, batch, now)
    assert stopped.state is State.DONE
    with house.database.reading() as db:
        assert [each.id for each in undoing.built_on(db, stopped, limit=5)] == [stone]


@pytest.mark.parametrize("what", ["the employer", "the PA"])
def test_what_is_built_while_the_long_look_goes_on_is_found_too(  # noqa: PLR0917  fixtures
    house: House, world: World, now: datetime, take: Take, carry: Carry, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    batch = take(LIST)
    carry(batch)
    look = undoing.built_on

    def looked(db: Db, row: IntakeBatch, *, limit: int) -> list[undoing.Built]:
        found = look(db, row, limit=limit)
        with house.database.writing() as other:
            nia = other.scalars(select(Person.id).where(Person.email == "nia.bowen@example.com")).one()
            stone = other.scalars(select(Organisation.id).where(Organisation.name == "Olive Stone")).one()
            pa, employer = (world.pa, stone) if what == "the employer" else (nia, world.second_employer)
            people.start_employment(other, pa_id=pa, employer_id=employer, since=date(2026, 11, 1), by=None, now=now)
        return found

    monkeypatch.setattr(undoing, "built_on", looked)
    assert undo(house, world, batch, now).stopped == undoing.BUILT_ON


def test_the_same_list_again_brings_nobody_in_twice(house: House, take: Take, carry: Carry) -> None:
    carry(take(LIST))
    with house.database.reading() as db:
        before = rows(db)
    batch = take(LIST)
    seen = batch_of(house, batch)
    assert (seen.tally["new"], seen.tally["here"], seen.tally["employers"]) == (0, 3, 0)
    carry(batch)
    with house.database.reading() as db:
        assert rows(db) == before


def test_somebody_elses_people_are_asked_and_not_shown(house: House, world: World, take: Take, carry: Carry) -> None:
    text_ = "Name,Email\nO Price,olwen.price@example.com\nNew One,new.one@example.com\n"
    batch = take(text_)
    seen = batch_of(house, batch)
    assert (seen.tally["ask"], seen.tally["new"]) == (1, 1)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(IntakeQuestion)) == 0
    carry(batch)
    with house.database.reading() as db:
        roles = db.scalars(select(RoleHeld.organisation_id).where(RoleHeld.person_id == world.other_pa)).all()
        assert roles == [world.other_authority]
        assert db.scalar(text("SELECT count(*) FROM lms_invitation")) == 0


def test_invitations_go_out_only_when_asked_for(house: House, take: Take, carry: Carry) -> None:
    carry(take("Name,Email\nO Price,olwen.price@example.com\nNew One,new.one@example.com\n"), invite=True)
    with house.database.reading() as db:
        found = set(db.scalars(text("SELECT email FROM lms_invitation")))
    assert found == {"olwen.price@example.com", "new.one@example.com"}


def test_who_is_unclear_is_asked_and_the_answer_kept(
    house: House, world: World, now: datetime, take: Take, carry: Carry
) -> None:
    batch = take("Name,Email,Employer\nPat Morgan,,Somebody Else\n")
    with house.database.writing() as db:
        asked = db.scalars(select(IntakeQuestion)).one()
        assert asked.maybe == [str(world.pa)]
        services.answer(db, batch_id=batch, row=2, said=str(world.pa), by=world.coordinator, now=now)
    assert carry(batch).state is State.DONE
    with house.database.reading() as db:
        names = set(
            db.scalars(
                select(Organisation.name)
                .join(Employment, Employment.employer_id == Organisation.id)
                .where(Employment.pa_id == world.pa)
            )
        )
        assert "Somebody Else" in names


def test_mistakes_stand_by_row_and_cell_and_nobody_comes_in(house: House, take: Take, carry: Carry) -> None:
    batch = take("Name,Email,Start date,Employer\nA B,not an address,41/13/2026,X Y\n,c@example.com,,\n")
    with house.database.reading() as db:
        found = [(each.row, each.place) for each in db.scalars(select(IntakeMistake).order_by(IntakeMistake.number))]
    assert found == [(2, 1), (2, 2), (3, 0)]
    with pytest.raises(services.Refused):
        carry(batch)


def test_somebody_who_was_first_meanwhile_stops_the_whole_list(
    house: House, now: datetime, take: Take, monkeypatch: pytest.MonkeyPatch, carry: Carry
) -> None:
    batch = take(LIST)
    with house.database.reading() as db:
        before = rows(db)
    monkeypatch.setattr(working, "AT_ONCE", 1)
    whole = working.Carrier.carry

    def late(self: Any, db: Db, some: Any) -> None:
        if some[0].line.name == "Tom Brook":
            people.add_person(db, name="T", email="tom.brook@example.com", by=None, now=now)
        whole(self, db, some)

    monkeypatch.setattr(working.Carrier, "carry", late)
    stopped = carry(batch)
    assert (stopped.state, stopped.stopped) == (State.LOOKED_AT, working.FIRST)
    with house.database.reading() as db:
        assert rows(db) == before, "all of it, or nobody"


def test_one_that_was_cut_off_begins_anew(
    house: House, take: Take, monkeypatch: pytest.MonkeyPatch, carry: Carry, now: datetime
) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 1)
    batch, whole, calls = take(LIST), working.Carrier.carry, []

    def killed(self: Any, db: Db, some: Any) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("killed")
        whole(self, db, some)

    monkeypatch.setattr(working.Carrier, "carry", killed)
    assert carry(batch).state is State.RUNNING
    work.do_all(house, now=now + timedelta(hours=1))
    assert batch_of(house, batch).state is State.DONE
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Person).where(Person.name == "Nia Bowen")) == 1


def test_two_lists_at_once_are_refused(house: House, world: World, now: datetime, take: Take) -> None:
    first, second = take(LIST), take("Name,Email\nNew One,new.one@example.com\n")

    def go(batch: UUID) -> None:
        with house.database.writing() as db:
            services.start(
                db, batch_id=batch, course=None, courses=frozenset(), invite=False, by=world.coordinator, now=now
            )

    go(first)
    with pytest.raises(services.Refused, match="Another list"):
        go(second)


def test_days_that_can_be_read_two_ways_are_asked_about(house: House, take: Take) -> None:
    batch = take(LIST.replace("13/10/2026", "10/13/2026"), order=None)
    seen = batch_of(house, batch)
    assert seen.state is State.COLUMNS
    assert "how days are written" in (seen.stopped or "")
