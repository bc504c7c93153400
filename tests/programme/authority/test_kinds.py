"""Every door of the site is sorted by what is behind it, so that "who can see what" cannot drift from the doors."""

import pytest
from flask import Flask

from lms.people.guards import EVERYBODY
from lms.programme.authority.kinds import Kind, kind_of, sorted_doors, sorted_rooms

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_every_door_has_its_kind(app: Flask) -> None:
    assert sorted(door for door in app.view_functions if kind_of(door) is None) == []


def test_every_name_in_the_map_is_a_door(app: Flask) -> None:
    assert sorted(sorted_doors() - app.view_functions.keys()) == []
    rooms = {door.split(".")[1] for door in app.view_functions if door.count(".") > 1}
    assert sorted(sorted_rooms() - rooms - {"demo"}) == [], "the room of a demonstration is there only in one"


def test_what_strangers_may_open_is_public_and_nothing_else_is(app: Flask) -> None:
    wrong = {}
    for door, view in app.view_functions.items():
        roles = getattr(view, "roles", frozenset())
        if (kind_of(door) is Kind.PUBLIC) != (not roles) and door != "lms.entrance.sign_out":
            wrong[door] = kind_of(door)
    assert wrong == {}


def test_a_door_for_everybody_is_ones_own_or_judges_each_thing_itself(app: Flask) -> None:
    own = {Kind.OWN, Kind.PRACTICE, Kind.FILES, Kind.CERTIFICATES}
    open_to_all = {door for door, view in app.view_functions.items() if getattr(view, "roles", None) == EVERYBODY}
    assert {door for door in open_to_all if kind_of(door) not in own} == {"lms.entrance.sign_out"}
