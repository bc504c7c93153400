"""How sure a learner feels is kept as it was said, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.assessment.confidence import queries, services
from lms.assessment.confidence.models import SelfAssessment
from lms.assessment.confidence.rules import Sure
from lms.assessment.content import Framework, Frameworks
from lms.core.db import Db
from lms.core.models import EventRow
from lms.core.shelves import shelf
from lms.core.words import NotFound, Refused
from tests.conftest import NOON as NOW
from tests.world import World


def framework(db: Db, code: str = "cc-2025") -> Framework:
    return shelf(db, Frameworks).framework(code)


def test_what_was_said_last_counts_and_what_was_said_before_is_kept(db: Db, world: World) -> None:
    standards = framework(db)
    services.say(db, framework=standards, said={"CC1": Sure.NOT_YET, "CC2": Sure.SURE}, by=world.pa, now=NOW)
    later = NOW + timedelta(days=3)
    assert services.say(db, framework=standards, said={"CC1": Sure.MOSTLY}, by=world.pa, now=later) == 1
    last = queries.latest(db, world.pa, standards)
    assert {unit: said.sure for unit, said in last.items()} == {"CC1": Sure.MOSTLY, "CC2": Sure.SURE}
    before = queries.earlier(db, world.pa, standards)
    assert {unit: [said.sure for said in each] for unit, each in before.items()} == {"CC1": [Sure.NOT_YET]}
    assert queries.latest(db, world.pa, framework(db, "cc-2015")) == {}
    assert queries.latest(db, world.second_pa, standards) == {}


def test_saying_the_same_again_changes_nothing(db: Db, world: World) -> None:
    said = {"CC1": Sure.NOT_YET}
    for minutes in (0, 1):
        services.say(db, framework=framework(db), said=said, by=world.pa, now=NOW + timedelta(minutes=minutes))
    assert db.scalar(select(func.count()).select_from(SelfAssessment)) == 1
    facts = db.scalars(select(EventRow).where(EventRow.kind == "SelfAssessed")).all()
    assert len(facts) == 1
    assert "not_yet" not in str(facts[0].data)


def test_going_back_and_forth_is_kept_each_time(db: Db, world: World) -> None:
    for day, sure in enumerate((Sure.NOT_YET, Sure.SURE, Sure.NOT_YET, Sure.SURE)):
        now = NOW + timedelta(days=day)
        assert services.say(db, framework=framework(db), said={"CC1": sure}, by=world.pa, now=now) == 1
    assert [each.sure for each in queries.earlier(db, world.pa, framework(db))["CC1"]] == [
        Sure.NOT_YET,
        Sure.SURE,
        Sure.NOT_YET,
    ]


def test_a_standard_that_is_not_there_is_not_found_and_nothing_is_kept(db: Db, world: World) -> None:
    with pytest.raises(NotFound):
        services.say(db, framework=framework(db), said={"CC1": Sure.SURE, "CC99": Sure.SURE}, by=world.pa, now=NOW)
    assert queries.latest(db, world.pa, framework(db)) == {}


def test_nobody_fills_the_disk_with_it(db: Db, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 2)
    for hour, sure in enumerate((Sure.NOT_YET, Sure.SURE)):
        services.say(db, framework=framework(db), said={"CC1": sure}, by=world.pa, now=NOW + timedelta(hours=hour))
    with pytest.raises(Refused):
        services.say(db, framework=framework(db), said={"CC1": Sure.MOSTLY}, by=world.pa, now=NOW + timedelta(hours=3))
    assert services.say(
        db, framework=framework(db), said={"CC1": Sure.MOSTLY}, by=world.pa, now=NOW + timedelta(days=2)
    )
