"""Awards that learners say they hold: told, taken back, and their proof seen by somebody else; both databases."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.assessment.content import Frameworks
from lms.assessment.crossing import services
from lms.assessment.crossing.models import HeldAward, HeldAwardSeen
from lms.assessment.crossing.queries import awards_of
from lms.assessment.crossing.rules import trouble_with_award
from lms.assessment.knowledge.models import KnowledgeShown
from lms.certification import queries as certificates
from lms.core.db import Base, Db, add_once
from lms.core.models import EventRow
from lms.core.shelves import shelf
from lms.core.words import NotFound, Refused
from tests.assessment.conftest import Course
from tests.world import World

DAY = date(2019, 5, 14)


def hold(db: Db, by: UUID, now: datetime, **more: object) -> UUID:
    id_ = uuid4()
    asked: dict[str, object] = {
        "id": id_,
        "framework": shelf(db, Frameworks).framework("cc-2015"),
        "awarded_on": DAY,
        "day_known": True,
        "signed_by": "Rivermere Home Care",
        "proof": "In my folder.",
    }
    services.hold(db, by=by, now=now, **asked | more)  # type: ignore[arg-type]
    return id_


def rows(db: Db, table: type[Base]) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def test_an_award_is_kept_as_it_was_told_and_is_nothing_more(db: Db, world: World, now: datetime) -> None:
    id_ = hold(db, world.pa, now, day_known=False, signed_by="  Rivermere\n Home\tCare ")
    (award,) = awards_of(db, world.pa)
    assert (award.id, award.awarded_on, award.day_known) == (id_, date(2019, 5, 1), False)
    assert (award.signed_by, award.seen) == ("Rivermere Home Care", None)
    assert awards_of(db, world.second_pa) == ()
    assert rows(db, KnowledgeShown) == 0
    assert certificates.certificates_of(db, world.pa) == []
    facts = db.scalars(select(EventRow).where(EventRow.kind == "AwardHeld")).all()
    assert len(facts) == 1
    assert "Rivermere" not in str(facts[0].data)


def test_telling_twice_is_once_and_taking_back_is_the_holders(db: Db, world: World, now: datetime) -> None:
    id_ = hold(db, world.pa, now)
    hold(db, world.pa, now, id=id_)
    with pytest.raises(Refused, match="from this page before"):
        hold(db, world.pa, now, id=id_, signed_by="Another")
    assert [each.signed_by for each in awards_of(db, world.pa)] == ["Rivermere Home Care"]
    for who in (world.second_pa, world.coordinator):
        with pytest.raises(NotFound):
            services.take_back(db, award_id=id_, by=who, now=now)
    for _ in range(2):
        services.take_back(db, award_id=id_, by=world.pa, now=now)
    with pytest.raises(Refused, match="from this page before"):
        hold(db, world.pa, now, id=id_)
    assert awards_of(db, world.pa) == ()
    assert rows(db, HeldAward) == 1


def test_an_award_that_cannot_be_is_refused(db: Db, world: World, now: datetime) -> None:
    for wrong in (
        {"awarded_on": date(2027, 1, 1)},
        {"awarded_on": date(2014, 12, 1)},
        {"signed_by": " \u202e "},
        {"signed_by": "x" * 161},
        {"proof": "x" * 301},
        {"framework": shelf(db, Frameworks).framework("cc-2025")},
    ):
        with pytest.raises(Refused):
            hold(db, world.pa, now, **wrong)
    assert awards_of(db, world.pa) == ()


def test_the_month_in_which_an_edition_began_counts() -> None:
    assert trouble_with_award(date(2015, 4, 1), "2015-04", date(2026, 1, 1)) is None
    assert trouble_with_award(date(2015, 3, 31), "2015-04", date(2026, 1, 1))


def test_somebody_who_looks_after_the_learner_sees_the_proof_and_nobody_else(
    db: Db, course: Course, world: World, now: datetime
) -> None:
    assert course.enrolment
    id_ = hold(db, world.pa, now)
    see = {"award_id": id_, "learner_id": world.pa, "now": now}
    strangers = (
        world.pa,
        world.second_pa,
        world.other_coordinator,
        world.other_assessor,
        world.employer_person,
        world.admin,
    )
    for who in strangers:
        with pytest.raises(NotFound):
            services.see(db, by=who, **see)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        services.see(db, award_id=id_, learner_id=world.second_pa, by=world.coordinator, now=now)
    services.see(db, by=world.assessor, **see)  # type: ignore[arg-type]
    services.see(db, by=world.coordinator, **see)  # type: ignore[arg-type]
    (award,) = awards_of(db, world.pa)
    assert award.seen is not None
    assert (award.seen.by_name, award.seen.behalf) == ("Dai Assessor", world.college)
    assert rows(db, HeldAwardSeen) == 1
    services.take_back(db, award_id=id_, by=world.pa, now=now)
    with pytest.raises(NotFound):
        services.see(db, by=world.coordinator, **see)  # type: ignore[arg-type]


def test_the_database_lets_nobody_see_their_own_or_anothers_under_their_name(
    db: Db, world: World, now: datetime
) -> None:
    id_ = hold(db, world.pa, now)
    for learner, who in ((world.pa, world.pa), (world.second_pa, world.coordinator)):
        row = HeldAwardSeen(award_id=id_, learner_id=learner, seen_by=who, behalf=world.authority, at=now)
        with pytest.raises(IntegrityError):
            add_once(db, row)


def test_nobody_fills_the_disk_with_awards(
    db: Db, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 1)
    hold(db, world.pa, now)
    with pytest.raises(Refused):
        hold(db, world.pa, now + timedelta(minutes=1))
    hold(db, world.pa, now + timedelta(days=2))
