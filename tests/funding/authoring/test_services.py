"""Schemes written in the browser: drafts, editions from a day, confirmed figures, what is counted."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from lms.core.content import Problems
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.funding.asked import Asked
from lms.funding.authoring import deciding, queries, services
from lms.funding.authoring.editing import at, data_of, next_year
from lms.funding.content import Schemes, read, run_cases
from lms.funding.rules import claimable
from lms.funding.scheme import Covered
from lms.funding.standing import standings
from lms.funding.vocabulary import Provenance
from tests.world import World

PLACES = "RIVERMERE-PLACES-2026-27"


@pytest.fixture
def writing(house: House) -> Iterator[Db]:
    """A unit of work that writes; each test ends it itself."""
    db = house.database.unit(writing=True)
    yield db
    db.close()


@pytest.fixture
def today(now: datetime) -> date:
    """The day of the test."""
    return now.date()


def _draft(db: Db, world: World, now: datetime, *, code: str = PLACES, year_later: bool = False) -> UUID:
    return services.start_draft(
        db,
        once=uuid4(),
        authority_id=world.authority,
        based_on=code,
        year_later=year_later,
        by=world.coordinator,
        now=now,
    )


def _save(db: Db, world: World, now: datetime, draft_id: UUID, key: str, **values: object) -> None:
    one = queries.draft(db, draft_id, [world.authority])
    named = {path.replace("__", "."): value for path, value in values.items()}
    there = {path: at(services.entry(one.data, key), path) for path in named}
    services.save(
        db,
        once=uuid4(),
        draft_id=draft_id,
        authority_id=world.authority,
        key=key,
        values=named,
        was=services.digest(there),
        by=world.coordinator,
        now=now,
    )


def _publish(db: Db, world: World, now: datetime, draft_id: UUID, first: date) -> queries.PublishedView:
    one = queries.draft(db, draft_id, [world.authority])
    return services.publish(
        db,
        once=uuid4(),
        draft_id=draft_id,
        authority_id=world.authority,
        version=one.version,
        valid_from=first,
        by=world.coordinator,
        now=now,
    )


def _confirm(db: Db, world: World, now: datetime, key: str, *, until: date | None = None) -> UUID:
    found = queries.schemes_for(db, world.authority, on=now.date(), as_written=True)
    shown = next(
        s.values for s in standings(found.by_code[PLACES], found.adoption("RIVERMERE", PLACES)) if s.key == key
    )
    once = uuid4()
    deciding.confirm(
        db,
        once=once,
        authority_id=world.authority,
        scheme=PLACES,
        key=key,
        shown=shown,
        source="Letter of the council, 3 November 2026",
        until=until,
        by=world.coordinator,
        now=now,
    )
    return once


def test_an_edition_holds_from_its_day_for_its_authority_alone(writing, world, now, today):
    draft_id = _draft(writing, world, now)
    _save(writing, world, now, draft_id, "items/CLASS", max_amount_pence=8000)
    _save(writing, world, now, draft_id, "", cases=None)
    first = today + timedelta(days=3)
    done = _publish(writing, world, now, draft_id, first)
    writing.commit()
    assert done.edition == f"{today.year}.2"

    def most(authority: UUID | None, on: date) -> int:
        item = queries.schemes_for(writing, authority, on=on).by_code[PLACES].item("CLASS")
        assert item is not None
        return item.max_amount_pence

    assert most(world.authority, first) == 8000
    assert most(world.authority, first - timedelta(days=1)) == 7500
    assert most(world.other_authority, first) == 7500
    assert most(None, first) == 7500


def test_a_published_file_says_what_the_draft_said(writing, world, now, today):
    draft_id = _draft(writing, world, now, year_later=True)
    one = queries.draft(writing, draft_id, [world.authority])
    expected = queries.look_through(writing, one, on=today).scheme
    _publish(writing, world, now, draft_id, today)
    found = queries.schemes_for(writing, world.authority, on=today).by_code["RIVERMERE-PLACES-2027-28"]
    assert found == expected


@pytest.mark.parametrize("code", ["ULO-2026-27", "LDSS-2025-26", PLACES, "RIVERMERE-GRANT-2026-27", "WDF-2017-18"])
def test_next_year_is_a_copy_whose_cases_hold_and_whose_figures_are_not_official(schemes, code):
    from lms.funding.authoring.editing import look

    found = look(next_year(data_of(schemes.by_code[code])), schemes.by_code)
    assert (found.mistakes, found.disagreements) == ((), ())
    assert found.scheme is not None
    assert not any(s.provenance is Provenance.OFFICIAL for s in standings(found.scheme))
    assert found.scheme.claim_year.first.year == schemes.by_code[code].claim_year.first.year + 1
    assert found.scheme.code != code


def test_what_is_wrong_keeps_a_draft_from_being_published(writing, world, now, today):
    draft_id = _draft(writing, world, now)
    _save(writing, world, now, draft_id, "items/CLASS", max_amount_pence=-1)
    with pytest.raises(Refused, match="still wrong"):
        _publish(writing, world, now, draft_id, today)
    _save(writing, world, now, draft_id, "items/CLASS", max_amount_pence=100)
    with pytest.raises(Refused, match="still wrong"):  # the worked cases disagree
        _publish(writing, world, now, draft_id, today)


def test_a_day_that_is_gone_and_a_draft_that_changed_are_refused(writing, world, now, today):
    draft_id = _draft(writing, world, now)
    with pytest.raises(Refused, match="today or later"):
        _publish(writing, world, now, draft_id, today - timedelta(days=1))
    with pytest.raises(Refused, match="changed this draft"):
        services.publish(
            writing, once=uuid4(), draft_id=draft_id, authority_id=world.authority, version=9, valid_from=today,
            by=world.coordinator, now=now,
        )  # fmt: skip
    with pytest.raises(NotFound):
        queries.draft(writing, draft_id, [world.other_authority])


def test_two_people_in_the_same_place_lose_nothing(writing, world, now):
    draft_id = _draft(writing, world, now)
    one = queries.draft(writing, draft_id, [world.authority])
    was = services.digest({"max_amount_pence": at(services.entry(one.data, "items/CLASS"), "max_amount_pence")})
    _save(writing, world, now, draft_id, "items/CLASS", max_amount_pence=8000)
    with pytest.raises(services.ChangedMeanwhile) as told:
        services.save(
            writing, once=uuid4(), draft_id=draft_id, authority_id=world.authority, key="items/CLASS",
            values={"max_amount_pence": 9000}, was=was, by=world.coordinator, now=now,
        )  # fmt: skip
    assert told.value.theirs == {"max_amount_pence": 8000}


def test_an_edition_is_taken_back_before_its_day_only(writing, world, now, today):
    draft_id = _draft(writing, world, now, year_later=True)
    done = _publish(writing, world, now, draft_id, today + timedelta(days=1))
    services.take_back(writing, edition_id=done.id, authority_id=world.authority, by=world.coordinator, now=now)
    services.take_back(writing, edition_id=done.id, authority_id=world.authority, by=world.coordinator, now=now)
    later = queries.schemes_for(writing, world.authority, on=today + timedelta(days=1))
    assert "RIVERMERE-PLACES-2027-28" not in later.by_code
    held = _publish(writing, world, now, _draft(writing, world, now, year_later=True), today)
    with pytest.raises(Refused, match="holds already"):
        services.take_back(writing, edition_id=held.id, authority_id=world.authority, by=world.coordinator, now=now)


def test_a_figure_is_confirmed_by_its_value_until_its_day(writing, world, now, today):
    def open_figures(on: date) -> set[str]:
        schemes = queries.schemes_for(writing, world.authority, on=on)
        asked = Asked(item="CLASS", cost_paid=6000, completed_on=today)
        verdict = claimable(schemes.by_code[PLACES], asked, on=on)
        return {f.name.value for f in queries.unconfirmed(writing, world.authority, verdict.figures, on=on)}

    assert open_figures(today) == {"rate", "price_to_pa"}
    given = _confirm(writing, world, now, "items.CLASS", until=today)
    assert open_figures(today) == set()
    assert open_figures(today + timedelta(days=1)) == {"rate", "price_to_pa"}
    item = queries.schemes_for(writing, world.authority, on=today).by_code[PLACES].item("CLASS")
    assert item.amount_provenance is Provenance.CONFIRMED
    draft_id = _draft(writing, world, now)
    one = queries.draft(writing, draft_id, [world.authority])
    assert "confirmed" not in str(one.data)  # a file cannot confirm
    _save(writing, world, now, draft_id, "items/CLASS", max_amount_pence=8000)
    _save(writing, world, now, draft_id, "", cases=None)
    _publish(writing, world, now, draft_id, today)
    assert open_figures(today) == {"rate"}  # another value under the same key is not confirmed by it
    deciding.take_confirmation_back(
        writing, confirmed_id=given, authority_id=world.authority, reason="A slip", by=world.coordinator, now=now
    )
    assert open_figures(today) == {"rate", "price_to_pa"}


def test_what_was_undone_is_not_remembered(house, writing, world, now, today):
    _confirm(writing, world, now, "items.CLASS")
    assert (
        queries.schemes_for(writing, world.authority, on=today).by_code[PLACES].item("CLASS").amount_provenance.is_fact
    )
    writing.rollback()
    with house.database.reading() as db:
        assert (
            not queries.schemes_for(db, world.authority, on=today)
            .by_code[PLACES]
            .item("CLASS")
            .amount_provenance.is_fact
        )


def test_confirming_is_refused_without_a_source_or_for_other_figures(writing, world, now, today):
    def confirm(**other: object) -> None:
        given: dict = {
            "key": "items.CLASS",
            "shown": {"rate": "7500", "price_to_pa": "1000"},
            "source": "Letter",
            "until": None,
        }
        deciding.confirm(
            writing, once=uuid4(), authority_id=world.authority, scheme=PLACES, by=world.coordinator, now=now,
            **{**given, **other},
        )  # fmt: skip

    with pytest.raises(Refused, match="where the figure comes from"):
        confirm(source="  ")
    with pytest.raises(Refused, match="changed after you opened"):
        confirm(shown={"rate": "7600", "price_to_pa": "1000"})
    with pytest.raises(Refused, match="today or later"):
        confirm(until=today - timedelta(days=1))
    with pytest.raises(NotFound):
        confirm(key="items.NIGHT")


def test_what_is_counted_is_the_authoritys_own_decision(writing, world, now, today):
    def count(*covers: Covered) -> None:
        deciding.count(
            writing, once=uuid4(), authority_id=world.authority, scheme="ULO-2026-27", covers=covers, note="",
            by=world.coordinator, now=now,
        )  # fmt: skip

    count(Covered(training="PAI-2", item="TRAIN-DAY", days=Decimal("0.25")))
    schemes = queries.schemes_for(writing, world.authority, on=today)
    assert schemes.covering("RIVERMERE", "ULO-2026-27", "PAI-1") is None
    assert schemes.covering("RIVERMERE", "ULO-2026-27", "PAI-2").days == Decimal("0.25")
    assert schemes.adoption("RIVERMERE", "ULO-2026-27").provenance.is_fact
    with pytest.raises(Refused, match="no item NIGHT"):
        count(Covered(training="PAI-2", item="NIGHT"))
    count()
    assert queries.schemes_for(writing, world.authority, on=today).adoption("RIVERMERE", "ULO-2026-27") is None


def test_a_file_taken_along_loads_to_the_same(schemes: Schemes):
    from lms.funding.authoring.editing import as_yaml

    for scheme in schemes.all:
        problems = Problems()
        again = read("again.yaml", as_yaml(data_of(scheme)), problems)
        assert (problems.found, again) == ([], scheme)
        assert again is not None
        assert run_cases(Schemes({again.code: again}, {})) == []
