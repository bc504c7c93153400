"""Standardisation meetings: called, attended, written up; and read by those who were asked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment.quality.events import StandardisationAttended
from lms.assessment.quality.meetings import queries, services
from lms.assessment.quality.meetings.services import Called
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from tests.assessment.doings import BrowserFor, text
from tests.assessment.quality.conftest import Quality
from tests.world import World

UNITS = ("cc-2025:CC1", "cc-2025:CC5")


def call(db: Db, quality: Quality, *, by: UUID | None = None, id: UUID | None = None, **given: object) -> UUID:
    content: dict[str, object] = {
        "on": london_day(quality.now),
        "at_time": "14:30",
        "place": "Room 2, step-free",
        "link": "",
        "units": UNITS,
        "asked": [quality.world.assessor, quality.second],
    }
    id = id or uuid4()
    services.call(
        db,
        id=id,
        authority_id=quality.world.authority,
        called=Called(**content | given),  # type: ignore[arg-type]
        by=by or quality.world.quality_assurer,
        now=quality.now,
    )
    return id


def test_a_meeting_is_called_attended_and_written_up(db: Db, quality: Quality, world: World) -> None:
    meeting = call(db, quality)
    call(db, quality, id=meeting)
    where = {"meeting_id": meeting, "authority_id": world.authority, "by": world.quality_assurer, "now": quality.now}
    assert services.note_attendance(db, **where, came=[world.assessor]) == 1  # type: ignore[arg-type]
    assert services.note_attendance(db, **where, came=[world.assessor]) == 0  # type: ignore[arg-type]
    services.note_agreed(db, **where, id=uuid4(), text="Two days apart is enough.")  # type: ignore[arg-type]
    found = queries.meeting(db, meeting, world.authority)
    assert found.came == {world.assessor}
    assert found.agreed == "Two days apart is enough."
    (there,) = queries.attended(db, world.assessor)
    assert (there.meeting_id, there.units) == (meeting, UNITS)
    assert queries.attended(db, quality.second) == ()
    (fact,) = db.scalars(select(EventRow).where(EventRow.kind == StandardisationAttended.__name__)).all()
    assert (fact.about, fact.data["units"]) == (world.assessor, list(UNITS))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"place": "", "link": ""}, "Say where it is"),
        ({"link": "javascript:alert(1)"}, "https"),
        ({"units": ()}, "Choose the standards"),
        ({"units": ("cc-2025:CC99",)}, "Choose the standards"),
        ({"asked": ()}, "who is asked"),
    ],
)
def test_what_a_meeting_needs(db: Db, quality: Quality, given: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        call(db, quality, **given)


def test_who_calls_and_who_is_asked(db: Db, quality: Quality, world: World) -> None:
    for stranger in (world.assessor, quality.far, world.verifier):
        with pytest.raises(NotFound):
            call(db, quality, by=stranger)
    with pytest.raises(Refused, match="assess or assure"):
        call(db, quality, asked=[world.pa])


def test_nothing_is_written_up_before_the_day(db: Db, quality: Quality, world: World) -> None:
    meeting = call(db, quality, on=london_day(quality.now) + timedelta(days=2))
    where = {"meeting_id": meeting, "authority_id": world.authority, "by": world.quality_assurer, "now": quality.now}
    with pytest.raises(Refused, match="from the day"):
        services.note_attendance(db, **where, came=[world.assessor])  # type: ignore[arg-type]
    with pytest.raises(Refused, match="from the day"):
        services.note_agreed(db, **where, id=uuid4(), text="x")  # type: ignore[arg-type]


def test_the_pages_of_meetings(house: House, quality: Quality, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.quality_assurer)
    form = {
        "on": ["21", "11", "2026"],
        "at_time": "14:30",
        "place": "Room 2",
        "units": ["cc-2025:CC1"],
        "asked": [str(world.assessor)],
    }
    assert "Choose a standard" in text(browser.submit("/quality/meetings/new", form | {"units": []}))
    assert browser.submit("/quality/meetings/new", form).status_code == 302
    with house.database.reading() as db:
        (line,), _total = queries.meetings_in(db, world.authority, offset=0, limit=5)
    path = f"/quality/meetings/{line.id}"
    assert browser.submit(path, {"came": [str(world.assessor)]}, to=f"{path}/attendance").status_code == 302
    assert browser.submit(path, {"text": "Ask twice."}, to=f"{path}/agreed").status_code == 302
    assert "Tick who was there" in text(browser.submit(path, {}, to=f"{path}/attendance"))
    assert "Ask twice." in text(browser_for(world.assessor).get(f"/meetings/{line.id}"))
    assert "You were there" in text(browser_for(world.assessor).get("/meetings"))
    assert browser_for(world.other_assessor).get(f"/meetings/{line.id}").status_code == 404
    assert browser_for(quality.far).get(path).status_code == 404
    assert "1 of 1 were there" in text(browser.get("/quality/meetings"))
