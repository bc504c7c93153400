"""Two people of one name on a list: the wrong one must not be kept apart from somebody, written to or called."""

import html
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role, told_apart
from tests.world import World


def test_only_who_shares_a_name_has_an_address_behind_it() -> None:
    one, two, three, four = (uuid4() for _each in range(4))
    listed = [(one, "Pat Morgan", "p@example.com"), (two, "pat  morgan", None), (three, "Sam", "s@example.com")]
    assert told_apart([*listed, (four, "PAT MORGAN", "pat.m")]) == [
        (one, "Pat Morgan (p@example.com)"),
        (two, "pat  morgan"),
        (three, "Sam"),
        (four, "PAT MORGAN (pat.m)"),
    ]


@pytest.fixture
def namesake(house: House, world: World) -> UUID:
    """A second Pat Morgan."""
    now = house.clock()
    with house.database.writing() as db:
        id = people.add_person(db, name="Pat Morgan", email="second.pat@example.com", by=None, now=now)
        people.give_role(db, person_id=id, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    return id


@pytest.mark.parametrize(
    "path", ["/desk/mentors/apart", "/desk/mentors/suggest", "/desk/messages/who", "/desk/contacts"]
)
def test_two_of_one_name_are_told_apart(
    path: str, world: World, namesake: UUID, browser_for: Callable[..., Any]
) -> None:
    page = html.unescape(browser_for(world.coordinator).get(path).get_data(as_text=True))
    assert "Pat Morgan (second.pat@example.com)" in page
    assert "Pat Morgan (pat.morgan@example.com)" in page
    assert not re.search(r"Sam Okoro \(", page)
