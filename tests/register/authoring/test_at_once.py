"""Two managers at the same moment, on both databases: one is told, nothing is lost, nothing is made twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.register.authoring import queries, services
from lms.register.authoring.models import RegisterEdition
from lms.register.authoring.sections import digest, section
from tests.register.test_at_once import at_once
from tests.world import World


def begun(house: House, world: World, now: datetime, days: int = 30) -> UUID:
    """A draft that could be published."""
    with house.database.writing() as db:
        return services.start_draft(
            db,
            once=uuid4(),
            authority_id=world.authority,
            based_on="2026.1",
            valid_from=london_day(now) + timedelta(days=days),
            by=world.register_manager,
            now=now,
        )


def data(house: House, world: World, draft_id: UUID) -> dict[str, Any]:
    with house.database.reading() as db:
        return dict(queries.draft(db, draft_id, [world.authority]).data)


def save(  # noqa: PLR0917  what every test names
    house: House, world: World, now: datetime, draft_id: UUID, key: str, once: UUID, **changes: Any
) -> Callable[[], str]:
    """Somebody opened a section, changed something, and now saves."""
    opened = section(data(house, world, draft_id), key)

    def saved() -> str:
        with house.database.writing() as db:
            try:
                services.save_section(
                    db,
                    once=once,
                    draft_id=draft_id,
                    authority_id=world.authority,
                    key=key,
                    value={**opened, **changes},
                    was=digest(opened),
                    by=world.register_manager,
                    now=now,
                )
            except services.ChangedMeanwhile:
                return "told"
        return "saved"

    return saved


def outcomes(calls: list[Callable[[], str]]) -> list[str]:
    found: list[str] = []
    at_once([lambda call=call: found.append(call()) for call in calls])  # type: ignore[misc]
    return sorted(found)


def test_of_two_who_write_in_one_section_one_is_told(house: House, world: World, now: datetime) -> None:
    draft = begun(house, world, now)
    calls = [save(house, world, now, draft, "renewal", uuid4(), grace_days=days) for days in (7, 21)]
    assert outcomes(calls) == ["saved", "told"]
    assert data(house, world, draft)["renewal"]["grace_days"] in {7, 21}


def test_those_who_write_in_different_sections_all_keep_theirs(house: House, world: World, now: datetime) -> None:
    draft = begun(house, world, now)
    calls = [
        save(house, world, now, draft, "renewal", uuid4(), grace_days=21),
        save(house, world, now, draft, "removal", uuid4(), notice_days=30),
        save(house, world, now, draft, "requirements/RM-REF", uuid4(), count=3),
        save(house, world, now, draft, "requirements/RM-DECL", uuid4(), validity_months=24),
    ]
    assert outcomes(calls) == ["saved"] * 4
    after = data(house, world, draft)
    assert (after["renewal"]["grace_days"], after["removal"]["notice_days"]) == (21, 30)
    assert section(after, "requirements/RM-REF")["count"] == 3
    assert section(after, "requirements/RM-DECL")["validity_months"] == 24


def test_one_form_sent_many_times_at_once_is_saved_once(house: House, world: World, now: datetime) -> None:
    draft, once = begun(house, world, now), uuid4()
    fee = {"kind": "fee", "code": "RM-FEE", "mandatory": False, "recommended": True, "visible": "none"}
    assert outcomes([save(house, world, now, draft, "requirements/", once, **fee)] * 5) == ["saved"] * 5
    codes = [each["code"] for each in data(house, world, draft)["requirements"]]
    assert codes.count("RM-FEE") == 1


def publish(house: House, world: World, now: datetime, draft_id: UUID, once: UUID) -> Callable[[], str]:
    def published() -> str:
        with house.database.writing() as db:
            try:
                services.publish(
                    db,
                    once=once,
                    draft_id=draft_id,
                    authority_id=world.authority,
                    version=1,
                    by=world.register_manager,
                    now=now,
                )
            except Refused:
                return "refused"
        return "published"

    return published


def test_of_two_drafts_for_one_day_one_is_published(house: House, world: World, now: datetime) -> None:
    drafts = [begun(house, world, now) for _ in range(2)]
    assert outcomes([publish(house, world, now, each, uuid4()) for each in drafts]) == ["published", "refused"]
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(RegisterEdition)) == 1
        facts = select(func.count()).select_from(EventRow).where(EventRow.kind == "RulesPublished")
        assert db.scalar(facts) == 1


def test_a_double_tap_on_publish_is_one_edition(house: House, world: World, now: datetime) -> None:
    draft, once = begun(house, world, now), uuid4()
    assert outcomes([publish(house, world, now, draft, once)] * 4) == ["published"] * 4
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(RegisterEdition)) == 1


def test_an_edition_that_holds_cannot_be_taken_back(house: House, world: World, now: datetime) -> None:
    draft, once = begun(house, world, now), uuid4()
    assert publish(house, world, now, draft, once)() == "published"
    with house.database.writing() as db, pytest.raises(Refused):
        services.take_back(
            db, edition_id=once, authority_id=world.authority, by=world.register_manager, now=now + timedelta(days=30)
        )
    with house.database.writing() as db, pytest.raises(NotFound):
        services.take_back(db, edition_id=once, authority_id=world.other_authority, by=world.admin, now=now)


def test_numbers_are_never_used_twice(house: House, world: World, now: datetime) -> None:
    first = uuid4()
    publish(house, world, now, begun(house, world, now), first)()
    with house.database.writing() as db:
        services.take_back(db, edition_id=first, authority_id=world.authority, by=world.register_manager, now=now)
    again = uuid4()
    assert publish(house, world, now, begun(house, world, now), again)() == "published"
    with house.database.reading() as db:
        made = queries.published_in(db, world.authority)
    assert len({one.edition for one in made}) == 2
    assert [one.withdrawn_at is None for one in made] == [False, True]
