"""Kinds that come with an upgrade or a pack: given to those who fulfil them already, and without a line of Python."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment.content import Frameworks
from lms.brought import ACROSS, LOADERS
from lms.certification import across, catching_up, content, follows, queries, services
from lms.certification.attendance.models import Attendance, Workshop
from lms.certification.attendance.rules import Place
from lms.certification.content import CertificateDesigns
from lms.certification.models import Certificate, KindRead
from lms.core import shelves
from lms.core.clock import Clock, london_day
from lms.core.content import Problems
from lms.core.db import Base, Database, Db
from lms.core.house import House
from lms.core.settings import Settings
from lms.core.shelves import builtin, shelf
from tests.certification import earning
from tests.certification.test_kinds import everything, held
from tests.conftest import house_of
from tests.world import World, make_world

PACK = Path(__file__).parent.parent.parent / "docs" / "examples" / "pack"


@pytest.fixture
def house(settings: Settings, clock: Clock) -> Iterator[House]:
    house = house_of(settings, everything(), clock)
    Base.metadata.create_all(house.database.engine)
    yield house
    house.database.close()


def without_kinds(house: House, *left: str) -> Database:
    """The same database, in a version of PALMS that has only these kinds."""
    designs = house.shelves[CertificateDesigns]
    older = CertificateDesigns({kind: design for kind, design in designs.by_kind.items() if kind in left})
    info = {**_info(house), "shelves": {**house.shelves, CertificateDesigns: older}}
    return Database(house.settings.database_url, info=info)


def _info(house: House) -> dict[str, Any]:
    with house.database.reading() as db:
        return {name: db.info[name] for name in ("reactions", "grounds")}


def test_whoever_fulfils_a_new_kind_is_given_it_once(
    house: House, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = without_kinds(house, "module")
    with before.writing() as db:
        for learner in (world.pa, world.second_pa):
            enrolment_id = earning.enrol(db, world, now, learner=learner)
            earning.study(db, enrolment_id, earning.SEVEN, now)
        earning.accept_code(db, world, now)
    before.close()
    later = now + timedelta(days=30)
    monkeypatch.setattr(catching_up, "AT_ONCE", 1)
    catching_up.catch_up(house, later)
    with house.database.reading() as db:
        (issued,) = held(db, world.pa, "induction")
        assert (issued.issued_on, issued.studied_on) == (london_day(later), london_day(now))
        assert held(db, world.second_pa, "induction") == [], "the code of conduct is not accepted"
        rows = db.scalars(select(KindRead)).all()
        assert {row.kind for row in rows} == house.shelves[CertificateDesigns].by_kind.keys() - {"attendance"}
        assert all(row.done_at == later for row in rows)
    assert catching_up.catch_up(house, later) == 0
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Certificate)) == 1


def test_a_changed_rule_is_looked_through_again_and_takes_nothing_away(
    house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        enrolment_id = earning.enrol(db, world, now)
        earning.study(db, enrolment_id, earning.SEVEN, now)
    catching_up.catch_up(house, now)
    designs: CertificateDesigns = house.shelves[CertificateDesigns]
    kind = designs.by_kind["induction"]
    needs = kind.needs.model_copy(update={"conduct_accepted": False})
    eased = CertificateDesigns({**designs.by_kind, "induction": kind.model_copy(update={"needs": needs})})
    shelves_ = {**house.shelves, CertificateDesigns: eased}
    database = Database(house.settings.database_url, info={**_info(house), "shelves": shelves_})
    newer = replace(house, database=database, shelves=shelves_)
    assert catching_up.catch_up(newer, now) == 1
    with database.reading() as db:
        assert len(held(db, world.pa, "induction")) == 1
    assert catching_up.catch_up(house, now) == 0, "the rule of before was looked through already"
    with house.database.reading() as db:
        assert len(held(db, world.pa, "induction")) == 1
    database.close()


def test_a_pack_adds_a_kind_without_python(settings: Settings, clock: Clock, now: datetime) -> None:
    house = house_of(settings, shelves.load(LOADERS, [PACK], across=ACROSS), clock)
    Base.metadata.create_all(house.database.engine)
    world = make_world(house, now)
    with house.database.writing() as db:
        enrolment_id = earning.enrol(db, world, now, course="HAND")
        earning.study(db, enrolment_id, ["HAND-1"], now)
        (way,) = (each for each in follows.on_the_way(db, world.pa, now) if each.kind == "hand-over")
        assert [line.endswith("is not signed off yet.") for line in way.lines(str, "en")] == [True] * (
            way.asked - way.met
        )
        units = [placed.unit.code for placed in _units(db)]
        earning.sign(db, enrolment_id, units, world, now)
        (issued,) = held(db, world.pa, "hand-over")
        assert (issued.code, issued.title) == ("HAND-CERT", "Handing over well")
        assert issued.lapses_on == london_day(now).replace(year=now.year + 2)
        assert [each["by"] for each in issued.achievements][1:] == ["Hannah Cole, assessor, Rivermere College"] * len(
            units
        )
    house.database.close()


def _units(db: Db) -> Any:
    return shelf(db, Frameworks).units_for("HAND", "2026.1")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("of: HAND", "of: HOND", "There is no course HOND."),
        ("modules_studied: true", "modules_studied: XYZ", "There is no course XYZ."),
        ("modules_studied: true", "knowledge_shown: cc-1999", "There is no framework cc-1999."),
        ("modules_studied: true", "certificates_held: [NOBODY]", "No kind of certificate has the code NOBODY."),
        ("renews: true", "refreshed_by: {modules: [HAND-9], within_months: 3}", "There is no module HAND-9."),
    ],
)
def test_what_a_rule_names_has_to_be_there(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    place = tmp_path / "hand-over"
    place.mkdir()
    text = (PACK / "certificates" / "hand-over" / "certificate.yaml").read_text(encoding="utf-8")
    assert right in text
    (place / "certificate.yaml").write_text(text.replace(right, wrong), encoding="utf-8")
    problems = Problems()
    with_pack = {**_loaded(), CertificateDesigns: content.load([builtin("certificates"), tmp_path], problems)}
    across.across(with_pack, problems)
    (found,) = problems.found
    assert found.message == said
    assert text.replace(right, wrong).splitlines()[found.line - 1].count(wrong.split(":", maxsplit=1)[0]) == 1


def test_kinds_that_need_each_other_are_named(tmp_path: Path) -> None:
    text = (PACK / "certificates" / "hand-over" / "certificate.yaml").read_text(encoding="utf-8")
    for kind, code, other in (("one", "ONE", "TWO"), ("two", "TWO", "ONE")):
        (tmp_path / kind).mkdir()
        own = text.replace("kind: hand-over", f"kind: {kind}").replace("code: HAND-CERT", f"code: {code}")
        own = own.replace("modules_studied: true", f"certificates_held: [{other}]")
        (tmp_path / kind / "certificate.yaml").write_text(own, encoding="utf-8")
    problems = Problems()
    across.across(
        {**_loaded(), CertificateDesigns: content.load([builtin("certificates"), tmp_path], problems)}, problems
    )
    assert [problem.message.split()[2] for problem in problems.found] == ["one", "two"]


def _loaded() -> shelves.Shelves:
    return shelves.load(LOADERS, [PACK], across=ACROSS)


def test_attendance_is_issued_by_hand_and_says_where_and_how_long(db: Db, world: World, now: datetime) -> None:
    workshop = Workshop(
        id=uuid4(),
        authority_id=world.authority,
        title="Hoists and slings",
        on_day=london_day(now) - timedelta(days=3),
        minutes=150,
        place=Place.IN_PERSON,
        led_by="Marcus Webb",
        recorded_by=world.coordinator,
        recorded_at=now,
    )
    there = Attendance(
        id=uuid4(), workshop_id=workshop.id, person_id=world.pa, noted_by=world.coordinator, noted_at=now
    )
    db.add(workshop)
    db.flush()
    db.add(there)
    db.flush()
    services.look_again(db, world.pa, now)
    assert held(db, world.pa, "attendance") == []
    came = services.issue(db, kind="attendance", source_id=there.id, by=world.coordinator, now=now)
    again = services.issue(db, kind="attendance", source_id=there.id, by=world.coordinator, now=now)
    assert again.already == came.certificate_id
    assert came.certificate_id is not None
    issued = queries.certificate(db, came.certificate_id)
    assert (issued.code, issued.enrolment_id, issued.source_id, issued.course_title) == (
        "WORKSHOP",
        None,
        there.id,
        None,
    )
    facts = {each["label"]: each["text"] for each in issued.shown}
    assert facts["Workshop"] == "Hoists and slings"
    assert (facts["Hours"], facts["Held"], facts["Led by"]) == ("2.5", "in person", "Marcus Webb")
    assert "Being there is not a test." in issued.does_not_prove[0]
