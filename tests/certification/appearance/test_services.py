"""Languages, logo and signatories: later certificates follow them, and nobody from elsewhere sets them."""

import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select

from lms.certification.appearance import queries, services
from lms.certification.appearance.models import Appearance
from lms.certification.appearance.rules import MOST_SIGNATORIES, Languages
from lms.certification.appearance.services import LogoChange, Named
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.files import Files
from lms.core.house import House
from lms.core.words import NotFound, Refused
from tests.world import World


def logo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (200, 80), "teal").save(made, "PNG")
    return made.getvalue()


def choose(
    db: Db,
    files: Files,
    world: World,
    now: datetime,
    change: LogoChange,
    *,
    id: UUID | None = None,
    by: UUID | None = None,
    languages: Languages = Languages.HOLDER,
) -> None:
    services.set_appearance(
        db,
        files,
        id=id or uuid4(),
        authority_id=world.authority,
        languages=languages,
        logo=change,
        by=by or world.coordinator,
        now=now,
    )


def name(
    db: Db, world: World, now: datetime, *, called: str = "Ŵyn Price", role: str = "Head", days: tuple[int, int | None]
) -> UUID:
    first, last = days
    today, id = london_day(now), uuid4()
    until = today + timedelta(days=last) if last is not None else None
    named = Named(called, role, "", "", today + timedelta(days=first), until)
    services.name_signatory(db, id=id, authority_id=world.authority, named=named, by=world.coordinator, now=now)
    return id


def test_before_anybody_chose_there_is_no_logo_and_the_holders_language(db: Db, world: World, now: datetime) -> None:
    found = queries.appearance_of(db, world.authority, london_day(now))
    assert (found.signatories, found.languages, found.logo_sha256) == ((), Languages.HOLDER, None)


def test_the_newest_choice_counts_and_a_logo_stays_until_it_is_taken_away(
    db: Db, house: House, world: World, now: datetime
) -> None:
    on = london_day(now)
    choose(db, house.files, world, now, LogoChange(picture=logo(), alt="Rivermere Council", alt_cy="Cyngor Rivermere"))
    first = queries.appearance_of(db, world.authority, on)
    assert first.logo_sha256 is not None
    assert house.files.get(first.logo_sha256).startswith(b"\x89PNG")
    assert (first.alt("cy"), first.alt("en")) == ("Cyngor Rivermere", "Rivermere Council")
    later = now + timedelta(minutes=1)
    choose(db, house.files, world, later, LogoChange(alt="Rivermere"), languages=Languages.BOTH)
    second = queries.appearance_of(db, world.authority, on)
    assert (second.logo_sha256, second.logo_alt, second.languages) == (first.logo_sha256, "Rivermere", Languages.BOTH)
    choose(db, house.files, world, later + timedelta(minutes=1), LogoChange(remove=True))
    assert queries.appearance_of(db, world.authority, on).logo_sha256 is None
    assert db.scalar(select(func.count()).select_from(Appearance)) == 3


def test_the_same_form_twice_is_one_choice(db: Db, house: House, world: World, now: datetime) -> None:
    once = uuid4()
    for _ in range(2):
        choose(db, house.files, world, now, LogoChange(), id=once)
    assert db.scalar(select(func.count()).select_from(Appearance)) == 1


@pytest.mark.parametrize("alt", ["", "  ", "\u200e\u202e", "x" * 201])
def test_a_logo_without_words_or_with_too_many_is_refused(
    db: Db, house: House, world: World, now: datetime, alt: str
) -> None:
    with pytest.raises(Refused):
        choose(db, house.files, world, now, LogoChange(picture=logo(), alt=alt))


def test_nobody_from_elsewhere_chooses(db: Db, house: House, world: World, now: datetime) -> None:
    for stranger in (world.other_coordinator, world.pa, world.quality_assurer):
        with pytest.raises(NotFound):
            choose(db, house.files, world, now, LogoChange(), by=stranger)
    choose(db, house.files, world, now, LogoChange(), by=world.admin)


def test_signatories_sign_from_their_first_day_to_their_last(db: Db, world: World, now: datetime) -> None:
    today = london_day(now)
    running = name(db, world, now, days=(0, None))
    name(db, world, now, called="Later", days=(5, None))
    name(db, world, now, called="Before", days=(-30, -1))

    def who(on: date) -> list[str]:
        return [each.name for each in queries.appearance_of(db, world.authority, on).signatories]

    assert who(today) == ["Ŵyn Price"]
    assert who(today - timedelta(days=1)) == ["Before"]
    assert who(today + timedelta(days=5)) == ["Ŵyn Price", "Later"]
    services.end_signatory(
        db, signatory_id=running, authority_id=world.authority, until=today, by=world.coordinator, now=now
    )
    assert who(today) == ["Ŵyn Price"]
    assert who(today + timedelta(days=1)) == []
    assert queries.appearance_of(db, world.other_authority, today).signatories == ()


def test_no_more_sign_at_once_than_fit_on_the_page(db: Db, world: World, now: datetime) -> None:
    for _ in range(MOST_SIGNATORIES):
        name(db, world, now, days=(0, 10))
    with pytest.raises(Refused, match="do not fit"):
        name(db, world, now, days=(10, None))
    name(db, world, now, days=(11, None))


@pytest.mark.parametrize(
    "wrong",
    [
        {"called": ""},
        {"role": ""},
        {"days": (0, -1)},
        {"days": (-400, None)},
        {"role": "x" * 121},
    ],
    ids=["nobody", "nothing", "backwards", "long ago", "a long story"],
)
def test_who_cannot_sign_is_refused(db: Db, world: World, now: datetime, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        name(db, world, now, **{"days": (0, None), **wrong})


def test_a_last_day_is_not_moved_on_and_not_before_the_first(db: Db, world: World, now: datetime) -> None:
    today, id = london_day(now), name(db, world, now, days=(0, 5))

    def end(days: int, authority: UUID = world.authority, by: UUID = world.coordinator) -> None:
        until = today + timedelta(days=days)
        services.end_signatory(db, signatory_id=id, authority_id=authority, until=until, by=by, now=now)

    end(5)
    end(3)
    for wrong in (4, -1):
        with pytest.raises(Refused):
            end(wrong)
    with pytest.raises(NotFound):
        end(1, world.other_authority, world.other_coordinator)
