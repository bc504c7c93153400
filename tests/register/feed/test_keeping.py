"""What the calendar asks of the feed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lms.core import work
from lms.core.house import House
from lms.people.models import Person
from lms.register.feed import keeping, queries
from lms.register.feed.models import FeedEntry
from lms.register.kinds import ListingState
from tests.register.feed.conftest import Stage
from tests.register.feed.test_feed import in_list, replayed


def a_day(house: House, clock: Any, **by: float) -> None:
    clock.on(**by)
    keeping.each_day(house, clock())
    work.do_all(house, now=clock())


def test_everybody_is_looked_at_once_a_day(house: House, clock: Any, listed: UUID, stage: Stage) -> None:
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == listed).values(name="Patricia Morgan"))
    a_day(house, clock)
    with house.database.reading() as db:
        assert [one["display_name"] for one in in_list(db, stage.authority).values()] == ["Patricia Morgan"]
        assert queries.head(db, stage.authority).last == 2
    a_day(house, clock, minutes=1)
    with house.database.reading() as db:
        assert queries.head(db, stage.authority).last == 2


def test_what_tells_nothing_any_more_is_forgotten_and_who_begins_at_zero_is_told_all(
    house: House, clock: Any, listed: UUID, stage: Stage, ask: Any
) -> None:
    with house.database.writing() as db:
        token = stage.token(db, ends_on=stage.now.date() + timedelta(days=400))
        other = stage.pa(db, "Somebody Else")
        stage.stands(db, other, ListingState.LISTED)
        stage.agrees(db, other)
    with house.database.writing() as db:
        stage.stands(db, listed, ListingState.PAUSED)
    a_day(house, clock, days=398)
    with house.database.reading() as db:
        assert len(queries.changes(db, stage.authority, 0)) == 3
    with house.database.writing() as db:
        db.execute(update(FeedEntry).values(at=stage.now - timedelta(days=10)))
    a_day(house, clock, days=1)
    with house.database.reading() as db:
        assert queries.head(db, stage.authority) == queries.Head(3, 3)
        assert list(db.scalars(select(FeedEntry.seq))) == [2]
        assert list(replayed(db, stage.authority)) == list(in_list(db, stage.authority)) == [other]
    assert ask("RIVERMERE/changes?after=0", token).status_code == 200
    assert ask("RIVERMERE/changes?after=3", token).json["entries"] == []
    gone = ask("RIVERMERE/changes?after=1", token)
    assert (gone.status_code, gone.json["head"], gone.json["type"]) == (410, 3, "urn:palms:problem:too-far-back")
