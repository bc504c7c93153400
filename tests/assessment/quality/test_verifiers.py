"""Verifiers from outside read what was opened to them, for the days it was opened, and each look is logged."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.assessment.evidence import queries as evidence
from lms.assessment.quality import access
from lms.assessment.quality.models import VerifierAccess, VerifierLook
from lms.assessment.quality.verifiers import queries, services
from lms.assessment.quality.verifiers.rules import LONGEST, Access, opened, wrong
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.viewer import Viewer
from tests.assessment.conftest import UNIT
from tests.assessment.doings import BrowserFor, text
from tests.assessment.quality.conftest import Quality
from tests.world import World

ONE, OTHER = UUID(int=1), UUID(int=2)
DAY = date(2026, 11, 21)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(days, days, days, st.booleans())
def test_an_access_opens_its_own_days_and_no_others(since: date, until: date, on: date, ended: bool) -> None:
    given_ = Access(enrolment_id=ONE, since=since, until=until, ended_on=since if ended else None)
    assert opened([given_], ONE, "CC1", None, on) == (since <= on <= until and not ended)
    assert not opened([given_], OTHER, "CC1", None, on)


@given(days, days, days, days)
def test_a_standard_is_open_where_it_was_decided_in_those_days(a: date, b: date, first: date, last: date) -> None:
    given_ = Access(unit="cc:CC1", work_from=a, work_until=b, since=DAY, until=DAY)
    decided = (min(first, last), max(first, last))
    expected = decided[0] <= b and decided[1] >= a
    assert opened([given_], ONE, "cc:CC1", decided, DAY) == expected
    assert not opened([given_], ONE, "cc:CC2", decided, DAY)
    assert not opened([given_], ONE, "cc:CC1", None, DAY)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"until": DAY - timedelta(days=1)}, "last day"),
        ({"until": DAY + LONGEST + timedelta(days=1)}, "three months"),
        ({"enrolment_id": None}, "one learner, or one standard"),
        ({"unit": "cc:CC1"}, "one learner, or one standard"),
        ({"enrolment_id": None, "unit": "cc:CC1"}, "between which two days"),
    ],
)
def test_what_cannot_be_given(changed: dict[str, object], sentence: str) -> None:
    asked = {"enrolment_id": ONE, "since": DAY, "until": DAY + timedelta(days=7)} | changed
    assert sentence in (wrong(Access(**asked), DAY) or "")  # type: ignore[arg-type]


def give(db: Db, quality: Quality, **given_: object) -> UUID:
    on, id = london_day(quality.now), uuid4()
    content: dict[str, object] = {
        "enrolment_id": quality.course.enrolment,
        "since": on,
        "until": on + timedelta(days=7),
    } | {name: given_.pop(name) for name in list(given_) if name in Access.__dataclass_fields__}
    asked = {
        "id": id,
        "authority_id": quality.world.authority,
        "verifier_id": quality.world.verifier,
        "by": quality.world.quality_assurer,
        "now": quality.now,
    } | given_
    services.give(db, access=Access(**content), **asked)  # type: ignore[arg-type]
    return id


def by_unit(quality: Quality, **given_: object) -> dict[str, object]:
    on = london_day(quality.now)
    return {
        "enrolment_id": None,
        "unit": UNIT,
        "framework": "pai-practice",
        "work_from": on - timedelta(days=3),
        "work_until": on,
    } | given_


def looks(db: Db, quality: Quality, person: UUID, *, later: int = 0) -> bool:
    on = london_day(quality.now) + timedelta(days=later)
    viewer = people.viewer_of(db, person, on)
    assert viewer is not None
    asked = {"enrolment_id": quality.course.enrolment, "authority_id": quality.world.authority}
    return access.may_read(db, viewer, units=[UNIT], on=on, **asked)  # type: ignore[arg-type]


def test_a_verifier_reads_one_learner_for_a_week(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    assert not looks(db, quality, world.verifier)
    access_id = give(db, quality)
    assert looks(db, quality, world.verifier)
    assert looks(db, quality, world.verifier, later=7)
    assert not looks(db, quality, world.verifier, later=8)
    for other in (world.register_officer, world.second_pa, world.funding_officer, quality.far):
        assert not looks(db, quality, other)
    services.end(db, access_id=access_id, by=world.coordinator, now=quality.now)
    services.end(db, access_id=access_id, by=world.coordinator, now=quality.now)
    assert not looks(db, quality, world.verifier)


def test_a_verifier_reads_one_standard_of_everybody_it_was_decided_for(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    give(db, quality, **by_unit(quality))
    assert looks(db, quality, world.verifier)
    viewer = _viewer(db, world.verifier, quality)
    found, total = queries.readable_by(db, viewer, london_day(quality.now), offset=0, limit=50)
    assert total == 1, "the second learner's is not decided on"
    assert [(each.learner_name, each.placed.unit.code) for each in found] == [("Pat Morgan", UNIT)]
    asked = {"enrolment_id": quality.course.second, "authority_id": world.authority}
    assert not access.may_read(db, viewer, units=[UNIT], on=london_day(quality.now), **asked)  # type: ignore[arg-type]


def test_work_decided_before_stays_closed(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    on = london_day(quality.now)
    before = {"work_from": on - timedelta(days=9), "work_until": on - timedelta(days=5)}
    give(db, quality, **by_unit(quality, **before))
    assert not looks(db, quality, world.verifier)


def _viewer(db: Db, person: UUID, quality: Quality) -> Viewer:
    viewer = people.viewer_of(db, person, london_day(quality.now))
    assert viewer is not None
    return viewer


def test_a_verifier_sees_the_evidence_by_the_one_door(db: Db, quality: Quality, world: World) -> None:
    piece = evidence.piece(db, quality.course.look(db, world.assessor))
    viewer, on = _viewer(db, world.verifier, quality), london_day(quality.now)
    assert not evidence.may_see(db, viewer, piece, on)
    give(db, quality)
    assert evidence.may_see(db, viewer, piece, on)


def test_who_may_give_access_and_to_whom(db: Db, quality: Quality, world: World) -> None:
    for stranger in (world.assessor, world.register_officer, quality.far, world.other_coordinator):
        with pytest.raises(NotFound):
            give(db, quality, by=stranger)
    with pytest.raises(NotFound):
        give(db, quality, enrolment_id=quality.course.other)
    with pytest.raises(Refused, match="verifier of this authority"):
        give(db, quality, verifier_id=world.assessor)
    with pytest.raises(Refused, match="somebody here works on"):
        give(db, quality, **by_unit(quality, unit="CC99"))


def test_the_same_form_twice_is_one_access(db: Db, quality: Quality, world: World) -> None:
    id = uuid4()
    give(db, quality, id=id)
    give(db, quality, id=id)
    assert len(db.scalars(select(VerifierAccess)).all()) == 1


def test_the_pages_of_a_verifier(house: House, quality: Quality, world: World, browser_for: BrowserFor) -> None:
    record = f"/verify-records/{quality.course.enrolment}/{UNIT}"
    with house.database.writing() as db:
        quality.course.look(db, world.assessor)
    browser = browser_for(world.verifier)
    assert "Nothing is open to you" in text(browser.get("/verify-records"))
    assert browser.get(record).status_code == 404
    with house.database.writing() as db:
        access_id = give(db, quality)
    assert "Pat Morgan" in text(browser.get("/verify-records"))
    page = browser.get(record)
    assert page.status_code == 200
    assert "Pat asked A. before moving the boxes." in text(page)
    assert browser.get(f"/verify-records/{quality.course.second}/{UNIT}").status_code == 404
    with house.database.reading() as db:
        (look,) = db.scalars(select(VerifierLook)).all()
        assert (look.verifier_id, look.learner_id, look.unit, look.what) == (world.verifier, world.pa, UNIT, "record")
    assert "Vera Verifier" in text(browser_for(world.coordinator).get("/quality/verifiers"))
    with house.database.writing() as db:
        services.end(db, access_id=access_id, by=world.quality_assurer, now=quality.now)
    assert browser.get(record).status_code == 404


def test_access_is_given_and_ended_on_the_pages(
    house: House, quality: Quality, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.quality_assurer)
    form = {
        "verifier": str(world.verifier),
        "what": "learner",
        "enrolment": str(quality.course.enrolment),
        "since": ["21", "11", "2026"],
        "until": ["28", "11", "2026"],
    }
    assert browser.submit("/quality/verifiers/new", form | {"until": ["20", "11", "2026"]}).status_code == 200
    assert browser.submit("/quality/verifiers/new", form).status_code == 302
    with house.database.reading() as db:
        access_id = db.scalars(select(VerifierAccess.id)).one()
    assert browser_for(quality.far).post(f"/quality/verifiers/{access_id}/end").status_code == 404
    assert browser.post(f"/quality/verifiers/{access_id}/end").status_code == 302
    assert "ended on 21 November 2026" in text(browser.get("/quality/verifiers"))
