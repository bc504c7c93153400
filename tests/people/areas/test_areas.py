"""Areas are set by an authority for itself: named once, given to its own PAs and employers, and nobody else's."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.people.areas import queries, services
from tests.world import World


def add(db: Db, world: World, clock: Any, name: str, *, code: str = "", id: UUID | None = None) -> UUID:
    """An area of Rivermere."""
    id = id or uuid4()
    services.add_area(
        db, id=id, authority_id=world.authority, code=code or name[:3].upper(), name=name, name_cy="",
        by=world.coordinator, now=clock(),
    )  # fmt: skip
    return id


def give(db: Db, world: World, clock: Any, person: UUID, area: UUID | None) -> int:
    """Say where somebody belongs."""
    return services.give_areas(
        db, authority_id=world.authority, areas={person: area}, by=world.coordinator, now=clock()
    )


def test_an_area_is_added_once_and_called_in_both_languages(db: Db, world: World, clock: Any) -> None:
    id = uuid4()
    for _twice in range(2):
        add(db, world, clock, "North Rivermere", id=id)
    services.change_area(
        db, area_id=id, authority_id=world.authority, code="N-1", name="North", name_cy="Y Gogledd", closed=False,
        by=world.coordinator, now=clock(),
    )  # fmt: skip
    (found,) = queries.areas_of(db, world.authority)
    assert (found.code, found.called("en"), found.called("cy")) == ("N-1", "North", "Y Gogledd")
    assert queries.areas_of(db, world.other_authority) == []


@pytest.mark.parametrize(("code", "name"), [("NOR", "Another"), ("OTHER", "North"), ("", "West"), ("a b", "West")])
def test_a_name_or_code_that_is_taken_or_no_code_is_refused(
    db: Db, world: World, clock: Any, code: str, name: str
) -> None:
    add(db, world, clock, "North")
    with pytest.raises(Refused):
        services.add_area(
            db, id=uuid4(), authority_id=world.authority, code=code, name=name, name_cy="", by=world.coordinator,
            now=clock(),
        )  # fmt: skip


def test_giving_an_area_is_a_fact_once_and_none_takes_it_away(db: Db, world: World, clock: Any) -> None:
    north = add(db, world, clock, "North")
    assert [give(db, world, clock, world.pa, north) for _twice in range(2)] == [1, 0]
    assert queries.area_of_people(db, world.authority) == {world.pa: north}
    assert queries.area_of_people(db, world.authority, [world.second_pa]) == {}
    assert db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == "AreaGiven")) == 1
    assert give(db, world, clock, world.pa, None) == 1
    assert queries.area_of_people(db, world.authority) == {}


def test_an_employer_has_an_area_of_its_own_and_gives_it_to_nobody(db: Db, world: World, clock: Any) -> None:
    north = add(db, world, clock, "North")
    given = {"authority_id": world.authority, "by": world.coordinator, "now": clock()}
    assert services.give_employer_areas(db, areas={world.employer: north}, **given) == 1
    assert queries.area_of_employers(db, world.authority) == {world.employer: north}
    assert queries.area_of_people(db, world.authority) == {}
    assert queries.people_in_areas(db, world.authority) == {north: (0, 1)}


def test_a_closed_area_keeps_its_people_and_takes_no_more(db: Db, world: World, clock: Any) -> None:
    north = add(db, world, clock, "North")
    give(db, world, clock, world.pa, north)
    services.change_area(
        db, area_id=north, authority_id=world.authority, code="NOR", name="North", name_cy="", closed=True,
        by=world.coordinator, now=clock(),
    )  # fmt: skip
    assert queries.area_of_people(db, world.authority) == {world.pa: north}
    with pytest.raises(Refused, match="closed"):
        give(db, world, clock, world.second_pa, north)


def test_nothing_crosses_the_wall_between_two_authorities(db: Db, world: World, clock: Any) -> None:
    north = add(db, world, clock, "North")
    theirs = {"authority_id": world.other_authority, "by": world.other_coordinator, "now": clock()}
    with pytest.raises(NotFound):  # their PA into our area
        services.give_areas(db, areas={world.other_pa: north}, **theirs)
    with pytest.raises(NotFound):  # our PA by them
        services.give_areas(db, areas={world.pa: None} | {world.pa: _theirs(db, world, clock)}, **theirs)
    with pytest.raises(NotFound):  # our employer by them
        services.give_employer_areas(db, areas={world.employer: _theirs(db, world, clock)}, **theirs)
    with pytest.raises(NotFound):  # their coordinator renames our area
        services.change_area(db, area_id=north, code="X", name="X", name_cy="", closed=True, **theirs)
    with pytest.raises(NotFound):  # the number of our area taken for theirs
        services.add_area(db, id=north, code="X", name="X", name_cy="", **theirs)
    assert queries.area(db, north, world.authority).name == "North"
    with pytest.raises(NotFound):
        queries.area(db, north, world.other_authority)


def _theirs(db: Db, world: World, clock: Any) -> UUID:
    id = uuid4()
    services.add_area(
        db, id=id, authority_id=world.other_authority, code=id.hex[:8], name=f"Area {id.hex[:8]}", name_cy="",
        by=world.other_coordinator, now=clock(),
    )  # fmt: skip
    return id
