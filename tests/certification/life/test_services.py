"""Certificates are suspended, lifted, withdrawn and replaced: once, on record, by whoever may, and never back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.certification import queries
from lms.certification import services as certificates
from lms.certification.life import queries as lives
from lms.certification.life import services
from lms.certification.life.conditions import stands
from lms.certification.life.models import LifeWord, Suspension, SuspensionLift
from lms.certification.life.queries import Happened, Wanted
from lms.certification.life.reasons import SuspensionReason
from lms.certification.life.rules import stood
from lms.certification.models import Certificate
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing, WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.rules import Role
from tests.world import World

WORD = "We look at how this was signed off."


def suspend(db: Db, issued: CertificateView, by: UUID, now: datetime, **more: Any) -> None:
    reason = more.pop("reason", SuspensionReason.GROUND_LOOKED_AT)
    services.suspend(db, id=more.pop("id", uuid4()), certificate_id=issued.id, reason=reason, word=WORD, by=by, now=now)


def lift(db: Db, issued: CertificateView, by: UUID, now: datetime, id: UUID | None = None) -> None:
    services.lift(db, id=id or uuid4(), certificate_id=issued.id, by=by, now=now)


def withdraw(db: Db, issued: CertificateView, by: UUID, now: datetime, **more: Any) -> None:
    reason = more.get("reason", WithdrawalReason.GROUND_FELL_AWAY)
    services.withdraw(db, id=uuid4(), certificate_id=issued.id, reason=reason, word=WORD, by=by, now=now)


def replace(db: Db, issued: CertificateView, by: UUID, now: datetime, id: UUID | None = None) -> UUID:
    return services.replace(
        db, id=id or uuid4(), certificate_id=issued.id, holder_name="Pat Morgan-Rees", by=by, now=now
    )


def facts(db: Db, kind: str) -> list[EventRow]:
    return list(db.scalars(select(EventRow).where(EventRow.kind == kind)))


def standing(db: Db, id: UUID, now: datetime) -> Standing:
    return queries.certificate(db, id).standing(london_day(now))


def test_a_suspended_one_does_not_count_and_is_on_record(
    db: Db, issued: CertificateView, world: World, now: datetime
) -> None:
    suspend(db, issued, world.coordinator, now)
    found = queries.certificate(db, issued.id)
    assert found.standing(london_day(now)) is Standing.SUSPENDED
    assert (found.suspended_since, found.suspended_because) == (london_day(now), SuspensionReason.GROUND_LOOKED_AT)
    assert queries.certificates_of(db, world.pa) == []
    (fact,) = facts(db, "CertificateSuspended")
    assert (fact.about, fact.by, fact.behalf) == (world.pa, world.coordinator, world.authority)
    assert fact.data["reason"] == "ground_looked_at"
    assert WORD not in str(fact.data)


def test_lifted_it_counts_as_before(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    suspend(db, issued, world.coordinator, now)
    lift(db, issued, world.coordinator, now + timedelta(days=3))
    assert queries.certificates_of(db, world.pa) == [issued]
    (fact,) = facts(db, "CertificateSuspensionLifted")
    assert fact.by == world.coordinator
    suspend(db, issued, world.coordinator, now + timedelta(days=5))
    assert [row.turn for row in db.scalars(select(Suspension).order_by(Suspension.turn))] == [1, 2]
    life = lives.days_of(db, queries.certificate(db, issued.id))
    on = london_day(now)
    assert [stood(life, on + timedelta(days=days)) for days in (-1, 0, 2, 3, 4, 5, 99)] == [
        None,
        Standing.SUSPENDED,
        Standing.SUSPENDED,
        Standing.VALID,
        Standing.VALID,
        Standing.SUSPENDED,
        Standing.SUSPENDED,
    ]


def test_a_form_sent_twice_moves_once(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    form, other = uuid4(), uuid4()
    for _ in range(2):
        suspend(db, issued, world.coordinator, now, id=form)
    for _ in range(2):
        lift(db, issued, world.coordinator, now, id=other)
    assert len(facts(db, "CertificateSuspended")) == len(facts(db, "CertificateSuspensionLifted")) == 1
    with pytest.raises(Refused, match="Something was saved"):
        lift(db, issued, world.coordinator, now, id=form)
    with pytest.raises(Refused, match="Something was saved"):
        suspend(db, issued, world.quality_assurer, now, id=form)


def test_a_withdrawn_one_never_comes_back(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    suspend(db, issued, world.coordinator, now)
    withdraw(db, issued, world.coordinator, now)
    assert standing(db, issued.id, now) is Standing.WITHDRAWN
    later = now + timedelta(days=1)
    for move in (suspend, lift, withdraw, replace):
        with pytest.raises(Refused, match="never comes back"):
            move(db, issued, world.coordinator, later)  # type: ignore[operator]
    assert standing(db, issued.id, later) is Standing.WITHDRAWN
    assert len(facts(db, "CertificateWithdrawn")) == 1


def test_a_right_name_is_a_new_number(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    form = uuid4()
    new = replace(db, issued, world.coordinator, now, form)
    assert replace(db, issued, world.coordinator, now, form) == new
    old, found = queries.certificate(db, issued.id), queries.certificate(db, new)
    assert (found.holder_name, old.holder_name) == ("Pat Morgan-Rees", "Pat Morgan")
    assert found.number != old.number
    assert (old.replaced_by, found.replaces) == (found.number, old.number)
    assert old.standing(london_day(now)) is Standing.REPLACED
    assert found.standing(london_day(now)) is Standing.VALID
    assert (found.title, found.proves, found.lapses_on, found.issued_on) == (
        old.title,
        old.proves,
        old.lapses_on,
        old.issued_on,
    )
    assert [each.id for each in queries.certificates_of(db, world.pa)] == [new]
    with pytest.raises(Refused, match="was replaced"):
        replace(db, issued, world.coordinator, now)
    (fact,) = facts(db, "CertificateReplaced")
    assert fact.by == world.coordinator


def test_the_name_has_to_be_another(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    for name, said in (("Pat  Morgan ", "on it already"), ("  ", "Enter a name"), ("x" * 121, "at most 120")):
        with pytest.raises(Refused, match=said):
            services.replace(db, id=uuid4(), certificate_id=issued.id, holder_name=name, by=world.coordinator, now=now)
    assert len(queries.every_certificate_of(db, world.pa, offset=0, limit=9)) == 1


def test_withdrawing_the_new_one_withdraws_the_old(
    db: Db, issued: CertificateView, world: World, now: datetime
) -> None:
    new = queries.certificate(db, replace(db, issued, world.coordinator, now))
    withdraw(db, new, world.coordinator, now)
    assert standing(db, issued.id, now) is Standing.WITHDRAWN
    assert queries.certificates_of(db, world.pa) == []


def test_a_quality_assurer_speaks_about_the_work_and_nothing_else(
    db: Db, issued: CertificateView, world: World, now: datetime
) -> None:
    for reason in (SuspensionReason.FACTS_LOOKED_AT, SuspensionReason.HOLDER_ASKED):
        with pytest.raises(Refused, match="Ask a coordinator"):
            suspend(db, issued, world.quality_assurer, now, reason=reason)
    with pytest.raises(Refused, match="Ask a coordinator"):
        replace(db, issued, world.quality_assurer, now)
    suspend(db, issued, world.coordinator, now, reason=SuspensionReason.FACTS_LOOKED_AT)
    with pytest.raises(Refused, match="Ask a coordinator"):
        lift(db, issued, world.quality_assurer, now)
    lift(db, issued, world.coordinator, now)
    suspend(db, issued, world.quality_assurer, now)
    lift(db, issued, world.quality_assurer, now)
    with pytest.raises(Refused, match="Ask a coordinator"):
        withdraw(db, issued, world.quality_assurer, now, reason=WithdrawalReason.ISSUED_IN_ERROR)
    withdraw(db, issued, world.quality_assurer, now)


STRANGERS = (
    "pa",
    "second_pa",
    "employer_person",
    "representative",
    "assessor",
    "verifier",
    "register_officer",
    "register_manager",
    "funding_officer",
    "admin",
    "other_coordinator",
)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nobody_else_moves_anything(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    for who in STRANGERS:
        for move in (suspend, lift, withdraw, replace):
            with pytest.raises(NotFound):
                move(db, issued, getattr(world, who), now)  # type: ignore[operator]
    with pytest.raises(NotFound):
        services.lift(db, id=uuid4(), certificate_id=uuid4(), by=world.coordinator, now=now)
    assert standing(db, issued.id, now) is Standing.VALID
    assert db.scalar(select(func.count()).select_from(LifeWord)) == 0


def test_nobody_moves_their_own(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    people.give_role(db, person_id=world.pa, organisation_id=world.authority, role=Role.COORDINATOR, by=None, now=now)
    for move in (suspend, withdraw, replace):
        with pytest.raises(Refused, match="your own"):
            move(db, issued, world.pa, now)  # type: ignore[operator]


def test_the_holder_is_told_why(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    with pytest.raises(Refused, match="Write to the holder why"):
        services.suspend(
            db,
            id=uuid4(),
            certificate_id=issued.id,
            reason=SuspensionReason.HOLDER_ASKED,
            word=" \n ",
            by=world.coordinator,
            now=now,
        )
    with pytest.raises(Refused, match="at most 1000"):
        services.withdraw(
            db,
            id=uuid4(),
            certificate_id=issued.id,
            reason=WithdrawalReason.HOLDER_ASKED,
            word="x" * 1001,
            by=world.coordinator,
            now=now,
        )
    assert standing(db, issued.id, now) is Standing.VALID
    suspend(db, issued, world.coordinator, now)
    assert lives.latest_words(db, [issued.id]) == {issued.id: WORD}


def test_the_whole_life_in_its_order(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    suspend(db, issued, world.quality_assurer, now + timedelta(days=1))
    lift(db, issued, world.coordinator, now + timedelta(days=2))
    new = replace(db, issued, world.coordinator, now + timedelta(days=3))
    life = lives.life_of(db, queries.certificate(db, issued.id), london_day(now) + timedelta(days=9))
    assert [each.what for each in life] == ["issued", "suspended", "lifted", "replaced"]
    assert all(each.by_name for each in life[1:])
    assert life[1].word == WORD
    assert life[3].other_id == new


def test_one_of_many_who_suspend_at_once(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    def go(_number: int) -> str:
        try:
            with house.database.writing() as db:
                suspend(db, issued, world.coordinator, now)
        except Refused as refusal:
            return refusal.message
        return "done"

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(go, range(8)))
    assert sorted(said)[-1] == "done"
    assert said.count("done") == 1
    assert {each for each in said if each != "done"} == {"This certificate is suspended. Lift that first."}
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Suspension)) == 1
        assert db.scalar(select(func.count()).select_from(SuspensionLift)) == 0


def test_the_database_says_how_it_stands_as_the_rule_does(
    db: Db, issued: CertificateView, world: World, now: datetime
) -> None:
    def agrees() -> None:
        for days in (0, 40, 400):
            on = london_day(now) + timedelta(days=days)
            for each in Standing:
                ids = set(db.scalars(select(Certificate.id).where(stands(each, on))))
                every = queries.every_certificate_of(db, world.pa, offset=0, limit=99)
                assert ids == {one.id for one in every if one.standing(on) is each}

    steps: list[Callable[[], Any]] = [
        lambda: None,
        lambda: suspend(db, issued, world.coordinator, now),
        lambda: lift(db, issued, world.coordinator, now),
        lambda: db.get_one(Certificate, issued.id).__setattr__("lapses_on", london_day(now) + timedelta(days=40)),
        lambda: suspend(db, issued, world.coordinator, now),
        lambda: lift(db, issued, world.coordinator, now),
        lambda: replace(db, issued, world.coordinator, now),
        lambda: withdraw(db, queries.certificates_of(db, world.pa)[0], world.coordinator, now),
    ]
    for step in steps:
        step()
        db.flush()
        agrees()


def test_staff_find_by_number_name_kind_and_standing(
    db: Db, issued: CertificateView, world: World, now: datetime
) -> None:
    on = london_day(now)

    def found(wanted: Wanted, authority: UUID = world.authority) -> int:
        items, total = lives.issued_in(db, authority, wanted, on, offset=0, limit=10)
        assert len(items) == total
        return total

    assert found(Wanted()) == 1
    assert found(Wanted(), world.other_authority) == 0
    for search in ("morgan", "PAT", issued.number, issued.number.lower().replace("-", " "), issued.number[6:10]):
        assert found(Wanted(search=search)) == 1, search
    for search in ("Nobody", "%", "_", "PALMS-0000-0000-0"):
        assert found(Wanted(search=search)) == 0, search
    assert found(Wanted(kind="module")) == 1
    assert found(Wanted(kind="induction")) == 0
    assert lives.kinds_in(db, world.authority) == ["module"]
    assert {each: found(Wanted(standing=each)) for each in Standing} == {
        each: int(each is Standing.VALID) for each in Standing
    }


def test_a_rule_that_withdraws_needs_nobody(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    reason = WithdrawalReason.GROUND_FELL_AWAY
    certificates.withdraw(db, certificate_id=issued.id, reason=reason, by=world.employer_person, now=now)
    assert lives.moved_by(db, issued.id, now) is None
    assert lives.life_of(db, queries.certificate(db, issued.id), london_day(now))[-1].what is Happened.WITHDRAWN
