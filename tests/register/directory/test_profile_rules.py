"""Profiles as plain values: what has no field, what employers see, what a profile is found by."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.db import Base
from lms.core.words import Refused
from lms.register.directory.profile import DAYS, PARTS, SEEN_AS, TIMES, Profile, clean_phone
from lms.register.directory.services import cleaned_profile
from lms.register.directory.tags import area_code, tags_of
from lms.register.directory.words import TagKind
from lms.register.vacancies.text import VacancyWords

SEES = st.frozensets(st.sampled_from(sorted({name for needs in SEEN_AS.values() for name in needs} | {"other"})))
PRIVATE = ("address", "postcode", "birth", "insurance", "national", "health", "street", "diagnos")


def test_there_is_no_field_for_what_nobody_needs() -> None:
    names = [field.name for kind in (Profile, VacancyWords) for field in fields(kind)]
    ours = ("lms.register.directory.", "lms.register.vacancies.")
    tables = [each.local_table for each in Base.registry.mappers if each.class_.__module__.startswith(ours)]
    names += [column.name for table in tables for column in table.columns]
    assert len(tables) == 19
    assert [name for name in names if any(part in name for part in PRIVATE)] == []
    assert "phone" not in {field.name for field in fields(VacancyWords)}


@given(SEES)
def test_what_employers_do_not_see_is_not_there(sees: frozenset[str]) -> None:
    whole = Profile(
        called="Jo",
        about="Hello",
        areas=("Here",),
        times=("mon_morning",),
        hours="to_10",
        languages=("en",),
        phone="01632 960 001",
        email="jo@example.com",
    )
    left = whole.only(sees)
    for name, needs in SEEN_AS.items():
        assert bool(getattr(left, name)) is bool(needs & sees)
    assert left.called == "Jo"


@given(st.builds(Profile, called=st.text(max_size=20), areas=st.tuples(st.text(max_size=9)), hours=st.text(max_size=9)))
def test_a_profile_comes_back_from_json_as_it_was(profile: Profile) -> None:
    assert Profile.of({**profile.data(), "home_address": "never"}) == profile


def test_only_what_stands_on_our_lists_is_kept() -> None:
    cleaned = cleaned_profile(
        Profile(
            called="  Jo \u202e B ",
            areas=("Here", "Nowhere"),
            times=("mon_morning", "someday"),
            hours="always",
            languages=("cy", "klingon"),
        ),
        ["Here"],
        frozenset({"profile"}),
    )
    assert cleaned == Profile(called="Jo B", areas=("Here",), times=("mon_morning",), languages=("cy",))


@pytest.mark.parametrize("about", ["Ring 01632 960 001", "jo@example.com", "12 Mill Lane", "x" * 801])
def test_a_profile_with_what_nobody_needs_is_refused(about: str) -> None:
    with pytest.raises(Refused):
        cleaned_profile(Profile(called="Jo", about=about), [], frozenset({"profile"}))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01632 960001", "01632 960 001"),
        ("+44 (0)7700 900 123", "07700 900 123"),
        ("", ""),
        ("07700-900-123", "07700 900 123"),
    ],
)
def test_a_telephone_number_has_one_spelling(typed: str, kept: str) -> None:
    assert clean_phone(typed) == kept


@pytest.mark.parametrize("typed", ["123", "999", "not a number", "00 33 1 23 45 67 89"])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        clean_phone(typed)


def test_a_week_has_every_part_of_every_day() -> None:
    assert len(TIMES) == len(set(TIMES)) == len(DAYS) * len(PARTS)


def test_a_profile_is_found_by_its_areas_however_they_are_spelled() -> None:
    assert area_code("Old  Harbour") == area_code("old-harbour") == "old-harbour"
    assert area_code("Môn") == "mon"
    tags = list(tags_of(Profile(areas=("Old Harbour", "OLD HARBOUR"), languages=("cy",))))
    assert tags == [(TagKind.AREA, "old-harbour"), (TagKind.LANGUAGE, "cy")]
