"""Both sides hear what becomes of a certificate, each once, in their language, and no message says why."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from lms.certification import queries
from lms.certification import services as certificates
from lms.certification.holder.home import cards
from lms.certification.life import services as life
from lms.certification.life.reasons import SuspensionReason
from lms.certification.life.reminding import remind
from lms.certification.models import Certificate
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.i18n import say_in
from lms.notifications.models import Notice
from lms.notifications.texts import write
from lms.people import queries as people_queries
from lms.people import services as people
from lms.people.rules import Role
from tests.certification import steps
from tests.world import World

WORD = "Words of the coordinator."


@pytest.fixture
def issued(house: House, world: World, now: datetime) -> CertificateView:
    """The certificate of the world's PA, and a second coordinator."""
    with house.database.writing() as db:
        steps.earns(db, world, now)
        other = people.add_person(db, name="Second Coordinator", email="second@example.com", by=None, now=now)
        people.give_role(db, person_id=other, organisation_id=world.authority, role=Role.COORDINATOR, by=None, now=now)
        return queries.certificates_of(db, world.pa)[0]


def kinds_of(db: Db, person: UUID) -> list[str]:
    rows = db.scalars(select(Notice).where(Notice.person_id == person).order_by(Notice.made_at))
    return [row.kind for row in rows if row.kind.startswith("certificate_")]


def move(db: Db, issued: CertificateView, world: World, now: datetime, what: str) -> Any:
    same: dict[str, Any] = {"id": uuid4(), "certificate_id": issued.id, "by": world.coordinator, "now": now}
    match what:
        case "suspend":
            return life.suspend(db, reason=SuspensionReason.FACTS_LOOKED_AT, word=WORD, **same)
        case "lift":
            return life.lift(db, word=WORD, **same)
        case "withdraw":
            return life.withdraw(db, reason=WithdrawalReason.ISSUED_IN_ERROR, word=WORD, **same)
        case _:
            return life.replace(db, holder_name="Pat Rees", word=WORD, **same)


def test_both_sides_hear_of_each_move_and_not_why(house: House, issued: CertificateView, world: World) -> None:
    now = house.clock()
    with house.database.writing() as db:
        for minutes, what in enumerate(("suspend", "lift", "withdraw")):
            move(db, issued, world, now + timedelta(minutes=minutes), what)
        assert kinds_of(db, world.pa) == [
            "certificate_issued",
            "certificate_suspended",
            "certificate_lifted",
            "certificate_withdrawn",
        ]
        assert kinds_of(db, world.coordinator) == []  # they did it
        second = [row for row in db.scalars(select(Notice)) if row.name == "Second Coordinator"]
        assert [row.kind for row in second] == ["certificate_moved"] * 3
        for row in db.scalars(select(Notice)):
            for tongue in ("en", "cy"):
                written = write(row.kind, {**row.values, "name": row.name}, "https://x", say_in(tongue))
                assert WORD not in written.body + written.subject
                assert "mistake" not in written.body + written.subject
        for row in second:
            assert "Pat" not in str(row.values)


def test_a_new_number_is_one_message_and_no_praise(house: House, issued: CertificateView, world: World) -> None:
    with house.database.writing() as db:
        new = move(db, issued, world, house.clock(), "replace")
        assert kinds_of(db, world.pa) == ["certificate_issued", "certificate_replaced"]
        row = db.scalars(select(Notice).where(Notice.kind == "certificate_replaced")).one()
        assert row.values["number"] == queries.certificate(db, new).number
        certificates.withdraw(
            db,
            certificate_id=new,
            reason=WithdrawalReason.ISSUED_IN_ERROR,
            by=world.coordinator,
            now=house.clock() + timedelta(minutes=1),
        )
        assert kinds_of(db, world.pa).count("certificate_withdrawn") == 1


def test_holders_are_told_in_time_in_their_language(house: House, issued: CertificateView, world: World) -> None:
    now = house.clock()
    with house.database.writing() as db:
        db.execute(update(Certificate).values(lapses_on=london_day(now) + timedelta(days=100)))
        people.change_details(db, person_id=world.pa, name="Pat Morgan", language="cy", access_needs="", now=now)
    for days in (10, 70, 100):
        remind(house, now + timedelta(days=days))
    with house.database.reading() as db:
        assert kinds_of(db, world.pa)[1:] == ["certificate_ends_soon"] * 2 + ["certificate_ended"]
        row = db.scalars(select(Notice).where(Notice.kind == "certificate_ended")).one()
        assert row.language == "cy"
        assert row.values["last"] == "28 Chwefror 2027"


def test_home_says_what_changed(house: House, issued: CertificateView, world: World) -> None:
    now = house.clock()

    def titles(person: UUID, at: datetime) -> list[str]:
        with house.database.reading() as db:
            someone = people_queries.viewer_of(db, person, london_day(at))
            assert someone is not None
            return [card.title for card in cards(db, someone, at)]

    assert titles(world.pa, now) == titles(world.coordinator, now) == []
    with house.database.writing() as db:
        move(db, issued, world, now, "suspend")
    assert titles(world.pa, now + timedelta(days=99)) == ["Your certificate is suspended"]
    assert titles(world.coordinator, now) == titles(world.quality_assurer, now) == ["Suspended certificates"]
    assert titles(world.other_coordinator, now) == titles(world.second_pa, now) == []
    with house.database.writing() as db:
        move(db, issued, world, now, "lift")
        db.execute(update(Certificate).values(lapses_on=london_day(now) + timedelta(days=100)))
    assert titles(world.coordinator, now) == []
    expected = {9: [], 10: ["Your certificate ends soon"], 100: ["Your certificate no longer counts"], 114: []}
    assert {days: titles(world.pa, now + timedelta(days=days)) for days in expected} == expected
    with house.database.writing() as db:
        move(db, issued, world, now, "replace")
    assert titles(world.pa, now) == ["Your certificate has a new number"]
    with house.database.writing() as db:
        new = queries.certificates_of(db, world.pa)[0]
        move(db, new, world, now, "withdraw")
    assert titles(world.pa, now) == ["Your certificate was withdrawn"] * 2
    assert titles(world.pa, now + timedelta(days=14)) == []
