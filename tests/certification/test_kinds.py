"""Every kind on the shelf: what it asks for, that it comes by itself from whichever side the last of it comes, and what
it says and does not say."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lms.assessment.events import SignOffWithdrawn
from lms.assessment.signing.models import SignOffWithdrawal
from lms.assessment.signing.rules import Withdrawer
from lms.brought import ACROSS, LOADERS
from lms.certification import follows, queries, services
from lms.certification.chains import chain_of
from lms.certification.models import Certificate
from lms.certification.queries import CertificateView
from lms.certification.rules import Need, Standing, WithdrawalReason
from lms.core import shelves
from lms.core.clock import Clock, london_day
from lms.core.db import Base, Db
from lms.core.events import record
from lms.core.house import House
from lms.core.settings import Settings
from lms.core.words import NotFound
from tests.certification import earning
from tests.conftest import house_of
from tests.world import World

DAY = timedelta(days=1)


@cache
def everything() -> shelves.Shelves:
    return shelves.load(LOADERS, across=ACROSS)


@pytest.fixture
def house(settings: Settings, clock: Clock) -> Iterator[House]:
    """A house with every room wired, as people use it."""
    house = house_of(settings, everything(), clock)
    Base.metadata.create_all(house.database.engine)
    yield house
    house.database.close()


def held(db: Db, person_id: UUID, kind: str) -> list[CertificateView]:
    return [each for each in queries.certificates_of(db, person_id) if each.kind == kind]


def lines(db: Db, person_id: UUID, kind: str, now: datetime) -> list[str]:
    (way,) = (each for each in follows.on_the_way(db, person_id, now) if each.kind == kind)
    return way.lines(str, "en")


def induction(db: Db, world: World, now: datetime) -> tuple[UUID, CertificateView]:
    enrolment_id = earning.enrol(db, world, now)
    earning.accept_code(db, world, now)
    earning.study(db, enrolment_id, earning.SEVEN, now)
    (issued,) = held(db, world.pa, "induction")
    return enrolment_id, issued


def test_the_induction_certificate_comes_with_the_last_module(db: Db, world: World, now: datetime) -> None:
    enrolment_id = earning.enrol(db, world, now)
    earning.accept_code(db, world, now)
    earning.study(db, enrolment_id, earning.SEVEN[:-1], now)
    assert held(db, world.pa, "induction") == []
    (said,) = lines(db, world.pa, "induction", now)
    assert said.startswith("Module PAI-7 ")
    assert said.endswith(" is not studied yet.")
    earning.study(db, enrolment_id, earning.SEVEN[-1:], now + DAY)
    (issued,) = held(db, world.pa, "induction")
    assert (issued.code, issued.title) == ("PAI-CERT", "Personal Assistant Induction Certificate")
    assert issued.issued_on == london_day(now + DAY)
    assert [each["code"] for each in issued.achievements] == list(earning.SEVEN)
    assert issued.achievements[0]["on"] == london_day(now).isoformat()
    assert {"label": "Code of conduct accepted", "text": "21 November 2026"} in issued.shown
    assert "all 7 modules" in issued.proves[0]
    assert "not the Care Certificate" in issued.does_not_prove[0]
    assert "Knowledge is not competence" in issued.does_not_prove[0]
    assert issued.lapses_on is None
    assert {each["what"] for each in issued.relied_on} == {"module_studied", "conduct_accepted"}
    assert all(len(each["digest"]) == 64 for each in issued.relied_on)


def test_the_code_of_conduct_can_be_the_last_thing(db: Db, world: World, now: datetime) -> None:
    enrolment_id = earning.enrol(db, world, now)
    earning.study(db, enrolment_id, earning.SEVEN, now)
    assert held(db, world.pa, "induction") == []
    assert lines(db, world.pa, "induction", now) == ["The code of conduct is not accepted yet."]
    earning.accept_code(db, world, now + DAY)
    (issued,) = held(db, world.pa, "induction")
    assert issued.studied_on == london_day(now)


def test_a_dry_run_names_everything_that_is_missing_and_writes_nothing(db: Db, world: World, now: datetime) -> None:
    enrolment_id = earning.enrol(db, world, now)
    earning.study(db, enrolment_id, ["PAI-2"], now)
    verdict = services.dry_run(db, kind="induction", source_id=enrolment_id, now=now)
    said = verdict.lines(str, "en")
    assert [line.split()[1] for line in said[:-1]] == ["PAI-1", "PAI-3", "PAI-4", "PAI-5", "PAI-6", "PAI-7"]
    assert said[-1] == "The code of conduct is not accepted yet."
    assert [each.what for each in verdict.missing] == [Need.MODULES_STUDIED, Need.CONDUCT_ACCEPTED]
    assert db.scalar(select(func.count()).select_from(Certificate)) == 0
    came = services.issue(db, kind="induction", source_id=enrolment_id, now=now)
    assert (came.certificate_id, came.missing) == (None, verdict.missing)


def test_asked_again_it_says_which_one_stands(db: Db, world: World, now: datetime) -> None:
    enrolment_id, issued = induction(db, world, now)
    came = services.issue(db, kind="induction", source_id=enrolment_id, by=world.coordinator, now=now)
    assert (came.certificate_id, came.already) == (None, issued.id)
    assert not services.dry_run(db, kind="induction", source_id=enrolment_id, now=now).issuable
    with pytest.raises(NotFound):
        services.issue(db, kind="further", source_id=enrolment_id, now=now)


def test_prior_learning_is_said_on_its_face(db: Db, world: World, now: datetime) -> None:
    enrolment_id = earning.enrol(db, world, now)
    earning.accept_code(db, world, now)
    earning.study(db, enrolment_id, earning.SEVEN[:-1], now)
    earning.study(db, enrolment_id, ["PAI-7"], now, prior=("PAI-7.1",))
    (issued,) = held(db, world.pa, "induction")
    assert "In 1 of them, all or part was not studied here" in issued.proves[0]
    assert issued.achievements[-1]["by"] == "accepted as prior learning"


def test_the_knowledge_statement_comes_for_each_edition_and_never_says_competence(
    db: Db, world: World, now: datetime
) -> None:
    enrolment_id = earning.enrol(db, world, now, course="CCK")
    earning.know(db, enrolment_id, world, now, but=frozenset({"CCK-3"}))
    assert held(db, world.pa, "knowledge") == []
    assert any("Knowledge for standard CC3 " in line for line in lines(db, world.pa, "knowledge", now))
    earning.know(db, enrolment_id, world, now + DAY)
    issued = {each.code: each for each in held(db, world.pa, "knowledge")}
    assert issued.keys() == {"CC-KNOWLEDGE-2015", "CC-KNOWLEDGE-2025"}
    one = issued["CC-KNOWLEDGE-2015"]
    assert one.framework_edition == "2015"
    assert one.studied_on == london_day(now + DAY)
    assert "not the Care Certificate" in one.does_not_prove[0]
    assert "Knowledge is not competence" in one.does_not_prove[1]
    assert len(one.achievements) == 14, "one of the fifteen standards asks for no knowledge"
    assert "in all 14 standards that ask for any" in one.proves[0]
    assert held(db, world.pa, "care-certificate") == []


def certified(db: Db, world: World, now: datetime) -> tuple[UUID, list[UUID], CertificateView]:
    enrolment_id = earning.enrol(db, world, now, course="CCK")
    units = earning.open_standards(db, enrolment_id, world, "cc-2015", now)
    ends = earning.sign(db, enrolment_id, units[:-1], world, now)
    assert held(db, world.pa, "care-certificate") == []
    ends += earning.sign(db, enrolment_id, units[-1:], world, now + DAY)
    (issued,) = held(db, world.pa, "care-certificate")
    return enrolment_id, ends, issued


def test_the_care_certificate_needs_every_standard_and_names_who_signed(db: Db, world: World, now: datetime) -> None:
    _enrolment, ends, issued = certified(db, world, now)
    assert (issued.code, issued.lapses_on) == ("CARE-CERT-2015", None)
    assert len(issued.achievements) == len(ends) == 15
    assert {each["by"] for each in issued.achievements} == {"Hannah Cole, assessor, Rivermere College"}
    assert {each["id"] for each in issued.relied_on} == {str(end) for end in ends}
    said = " ".join(issued.does_not_prove)
    assert "not a qualification" in said
    assert "no end date" in said
    assert "Nobody has to have it" in said


def test_the_care_certificate_waits_for_its_samples(
    db: Db, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolment_id = earning.enrol(db, world, now, course="CCK")
    units = earning.open_standards(db, enrolment_id, world, "cc-2015", now)
    since = london_day(now)
    monkeypatch.setattr("lms.certification.waiting.units_waiting_of", lambda _db, _who: {(enrolment_id, "CC3"): since})
    earning.sign(db, enrolment_id, units, world, now)
    came = services.issue(db, kind="care-certificate", source_id=enrolment_id, code="CARE-CERT-2015", now=now)
    assert (came.certificate_id, came.missing, came.waits_since) == (None, (), since)
    monkeypatch.undo()
    services.look(db, enrolment_id, now + DAY, needs={Need.STANDARDS_SIGNED_OFF})
    assert len(held(db, world.pa, "care-certificate")) == 1


def withdraw_sign_off(db: Db, world: World, enrolment_id: UUID, end: UUID, now: datetime) -> None:
    db.add(
        SignOffWithdrawal(sign_off_id=end, by=world.assessor, role=next(iter(Withdrawer)), reason="A mistake.", at=now)
    )
    db.flush()
    fact = SignOffWithdrawn(about=world.pa, enrolment_id=enrolment_id, unit="CC5", sign_off_id=end, module=None)
    record(db, fact, by=world.assessor, now=now)


def test_it_falls_with_one_sign_off_and_comes_anew_with_the_next(db: Db, world: World, now: datetime) -> None:
    enrolment_id, ends, first = certified(db, world, now)
    withdraw_sign_off(db, world, enrolment_id, ends[4], now + 2 * DAY)
    assert held(db, world.pa, "care-certificate") == []
    gone = queries.certificate(db, first.id)
    assert gone.standing(london_day(now + 2 * DAY)) is Standing.WITHDRAWN
    assert gone.withdrawn_because is WithdrawalReason.GROUND_FELL_AWAY
    earning.sign(db, enrolment_id, ["CC5"], world, now + 3 * DAY, turn=2)
    (again,) = held(db, world.pa, "care-certificate")
    assert (again.turn, again.number != first.number, again.renews) == (2, True, None)


def refresh(db: Db, world: World, before: UUID, now: datetime) -> UUID:
    earning.leave(db, before, now)
    enrolment_id = earning.enrol(db, world, now)
    earning.study(db, enrolment_id, ["PAI-4"], now)
    return enrolment_id


def test_a_refresher_needs_the_certificate_and_modules_studied_again(db: Db, world: World, now: datetime) -> None:
    enrolment_id, issued = induction(db, world, now)
    assert held(db, world.pa, "refresher") == []
    later = now + timedelta(days=700)
    again = refresh(db, world, enrolment_id, later)
    said = lines(db, world.pa, "refresher", later)
    assert [line.split()[1] for line in said] == ["PAI-6"]
    assert "again" in said[0]
    earning.study(db, again, ["PAI-6"], later + DAY)
    (first,) = held(db, world.pa, "refresher")
    assert first.lapses_on == date(2031, 10, 22)
    assert {each["id"] for each in first.relied_on if each["what"] == "certificate"} == {str(issued.id)}
    assert {"label": "Builds on the certificate", "text": issued.title} in first.shown
    assert len(held(db, world.pa, "induction")) == 1, "the induction itself is earned once"


def test_refreshers_make_a_chain_in_which_all_can_still_be_found(db: Db, world: World, now: datetime) -> None:
    enrolment_id, _issued = induction(db, world, now)
    numbers = []
    for turn in (1, 2, 3):
        at = now + timedelta(days=700 * turn)
        enrolment_id = refresh(db, world, enrolment_id, at)
        earning.study(db, enrolment_id, ["PAI-6"], at)
        numbers.append(held(db, world.pa, "refresher")[0].number)
    newest = held(db, world.pa, "refresher")[0]
    chain = chain_of(db, queries.certificate(db, newest.id))
    assert [each.number for each in chain] == numbers
    assert [each.renews for each in chain] == [None, *numbers[:-1]]
    assert [each.renewed_by for each in chain] == [*numbers[1:], None]
    assert chain_of(db, chain[0]) == chain
    assert [each.standing(london_day(now + timedelta(days=2110))) for each in chain] == [
        Standing.LAPSED,
        Standing.VALID,
        Standing.VALID,
    ]
    assert len({each.frozen_digest for each in chain}) == 3


def test_studying_too_long_ago_does_not_refresh(db: Db, world: World, now: datetime) -> None:
    enrolment_id, _issued = induction(db, world, now)
    again = refresh(db, world, enrolment_id, now + timedelta(days=300))
    earning.study(db, again, ["PAI-6"], now + timedelta(days=700))
    assert held(db, world.pa, "refresher") == []


def test_what_builds_on_a_withdrawn_certificate_falls_with_it(db: Db, world: World, now: datetime) -> None:
    enrolment_id, issued = induction(db, world, now)
    again = refresh(db, world, enrolment_id, now + 2 * DAY)
    earning.study(db, again, ["PAI-6"], now + 2 * DAY)
    services.withdraw(
        db,
        certificate_id=issued.id,
        reason=WithdrawalReason.ISSUED_IN_ERROR,
        by=world.coordinator,
        now=now + 3 * DAY,
    )
    (gone,) = [
        each for each in queries.every_certificate_of(db, world.pa, offset=0, limit=9) if each.kind == "refresher"
    ]
    assert gone.withdrawn_because is WithdrawalReason.GROUND_FELL_AWAY
    services.look_again(db, world.pa, now + 4 * DAY)
    assert held(db, world.pa, "induction") == []


def test_the_end_of_a_course_says_what_is_missing_for_its_certificate(
    house: House, world: World, now: datetime, browser_for: Callable[[UUID], Any]
) -> None:
    with house.database.writing() as db:
        enrolment_id = earning.enrol(db, world, now)
        earning.study(db, enrolment_id, earning.SEVEN, now)
    page = " ".join(browser_for(world.pa).get(f"/learning/{enrolment_id}").text.split())
    assert "Personal Assistant Induction Certificate" in page
    assert "The code of conduct is not accepted yet." in page
    assert "none for the whole induction" not in page
    with house.database.writing() as db:
        earning.accept_code(db, world, now)
        (issued,) = held(db, world.pa, "induction")
    page = " ".join(browser_for(world.pa).get(f"/learning/{enrolment_id}").text.split())
    assert f"/certificates/{issued.id}" in page
    assert "The code of conduct is not accepted yet." not in page
