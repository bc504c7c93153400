"""Nothing that happens later reaches a certificate: edits and deletions of what it was made from, a wrong name put
right, a row that somebody changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from lms.assessment.content import Frameworks
from lms.certification import drafting, queries, services
from lms.certification.chains import chain_of
from lms.certification.content import CertificateDesigns
from lms.certification.freezing import FROZEN, digest_of
from lms.certification.models import Certificate
from lms.certification.printing.letters import printed
from lms.certification.rules import Standing, WithdrawalReason
from lms.core.clock import Clock, london_day
from lms.core.db import Base, Database, Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.settings import Settings
from lms.core.words import Refused
from lms.learning.catalogue import Courses
from lms.people import services as people
from tests.certification import earning
from tests.certification.test_kinds import everything, held
from tests.conftest import house_of
from tests.world import World


@pytest.fixture
def house(settings: Settings, clock: Clock) -> Iterator[House]:
    house = house_of(settings, everything(), clock)
    Base.metadata.create_all(house.database.engine)
    yield house
    house.database.close()


@pytest.fixture
def certificate_id(house: House, world: World, now: datetime) -> UUID:
    """An induction certificate, committed."""
    with house.database.writing() as db:
        enrolment_id = earning.enrol(db, world, now)
        earning.accept_code(db, world, now)
        earning.study(db, enrolment_id, earning.SEVEN, now)
        return held(db, world.pa, "induction")[0].id


def row_of(db: Db, certificate_id: UUID) -> dict[str, Any]:
    row = db.get_one(Certificate, certificate_id, populate_existing=True)
    return {name: getattr(row, name) for name in (*FROZEN, "frozen_digest")}


def test_the_digest_is_of_all_it_says(house: House, certificate_id: UUID) -> None:
    with house.database.reading() as db:
        row = row_of(db, certificate_id)
    assert row["frozen_digest"] == digest_of(row)
    for name in FROZEN:
        assert digest_of(row | {name: "another"}) != row["frozen_digest"], name


def test_editing_everything_it_was_made_from_changes_nothing(
    house: House, certificate_id: UUID, world: World, now: datetime
) -> None:
    with house.database.reading() as db:
        before = row_of(db, certificate_id)
    with house.database.writing() as db:
        people.change_details(
            db, person_id=world.pa, name="Other Name", language="cy", access_needs="", now=house.clock()
        )
        db.execute(text("UPDATE lms_organisation SET name = 'Elsewhere Council', name_cy = 'Cyngor'"))
        db.execute(text("UPDATE lms_module_studied SET edition = 'changed'"))
        db.execute(text("UPDATE lms_enrolment SET edition = 'changed', ended_at = enrolled_at"))
    designs = house.shelves[CertificateDesigns]
    edited = designs.by_kind["induction"].model_copy(update={"html": "<p>{{ holder }}</p>", "edition": "9"})
    gone = {
        **house.shelves,
        Courses: Courses({}, {}),
        Frameworks: Frameworks({}),
        CertificateDesigns: CertificateDesigns({"induction": edited}),
    }
    database = Database(house.settings.database_url, info={"shelves": gone})
    with database.reading() as db:
        assert row_of(db, certificate_id) == before
        view = queries.certificate(db, certificate_id)
        assert (view.holder_name, view.authority_name) == ("Pat Morgan", "Rivermere Council")
        assert queries.by_number(db, view.number) == view
    database.close()


def test_deleting_what_it_rests_on_changes_nothing(house: House, certificate_id: UUID) -> None:
    with house.database.reading() as db:
        before = row_of(db, certificate_id)
    with house.database.writing() as db:
        db.execute(text("DELETE FROM lms_module_studied"))
        db.execute(text("DELETE FROM lms_requirement_record"))
    with house.database.reading() as db:
        assert row_of(db, certificate_id) == before


@pytest.mark.parametrize("name", ["Siân Ŵyn ap Ŷnyr", "محمد الأحمد", "A" * 120, "<b>Bobby</b> {{ number }}"])
def test_a_right_name_is_a_new_number_and_all_else_stays(
    house: House, certificate_id: UUID, world: World, now: datetime, name: str
) -> None:
    later = now + timedelta(days=400)
    with house.database.writing() as db:
        old = row_of(db, certificate_id)
        new_id = services.replace(db, certificate_id=certificate_id, holder_name=name, by=world.coordinator, now=later)
    changed = {"id", "number", "turn", "holder_name", "replaces_id", "face", "html", "issued_at", "frozen_digest"}
    with house.database.reading() as db:
        assert row_of(db, certificate_id) == old
        new = row_of(db, new_id)
        assert {each for each in new if new[each] != old[each]} == changed
        assert new["frozen_digest"] == digest_of(new)
        assert "Pat Morgan" not in new["html"]
        assert old["number"] not in new["html"]
        assert new["number"] in new["html"]
        assert "<b>Bobby" not in new["html"]
        first, second = chain_of(db, queries.certificate(db, new_id))
        assert (first.standing(london_day(later)), second.standing(london_day(later))) == (
            Standing.REPLACED,
            Standing.VALID,
        )
        assert (first.replaced_by, second.replaces, first.replaced_on) == (
            second.number,
            first.number,
            london_day(later),
        )
        assert [each.id for each in held(db, world.pa, "induction")] == [new_id]
        kinds = list(db.scalars(select(EventRow.kind).where(EventRow.kind.like("Certificate%"))))
        assert kinds == ["CertificateIssued", "CertificateReplaced"]
    assert printed(name) or new["face"]["holder"] == ""


def test_replacing_twice_gives_the_same_and_a_withdrawn_one_cannot_be(
    house: House, certificate_id: UUID, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        one = services.replace(db, certificate_id=certificate_id, holder_name="A B", by=world.coordinator, now=now)
        two = services.replace(db, certificate_id=certificate_id, holder_name="C D", by=world.coordinator, now=now)
        assert one == two
        third = services.replace(db, certificate_id=one, holder_name="C D", by=world.coordinator, now=now)
        reason = WithdrawalReason.HOLDER_ASKED
        services.withdraw(db, certificate_id=third, reason=reason, by=world.coordinator, now=now)
        every = queries.every_certificate_of(db, world.pa, offset=0, limit=9)
        assert {each.withdrawn_because for each in every} == {reason}, "all three numbers are of the one certificate"
        with pytest.raises(Refused):
            services.replace(db, certificate_id=third, holder_name="E F", by=world.coordinator, now=now)
        assert services.look_again(db, world.pa, now) is None
        assert held(db, world.pa, "induction") == []


def test_one_from_before_faces_were_kept_is_replaced_with_its_own_words(
    house: House, certificate_id: UUID, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        db.execute(text("UPDATE lms_certificate SET face = NULL, design_sha256 = NULL"))
    with house.database.writing() as db:
        new_id = services.replace(db, certificate_id=certificate_id, holder_name="A B", by=world.coordinator, now=now)
    with house.database.reading() as db:
        old, new = row_of(db, certificate_id), row_of(db, new_id)
    assert old["face"] is None
    assert "A B" in new["html"]
    assert all(each["text"] in new["html"] for each in old["shown"])
    assert new["proves"] == old["proves"]


def test_nothing_is_half_written_when_a_design_cannot_be_filled(
    db: Db, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolment_id = earning.enrol(db, world, now)
    earning.accept_code(db, world, now)
    earning.study(db, enrolment_id, earning.SEVEN[:-1], now)

    def fail(*_args: object) -> str:
        raise ValueError("cannot be filled")

    monkeypatch.setattr(drafting.designs, "fill", fail)
    with pytest.raises(ValueError, match="filled"), db.begin_nested():
        earning.study(db, enrolment_id, ["PAI-7"], now)
    assert db.scalar(select(func.count()).select_from(Certificate)) == 0
