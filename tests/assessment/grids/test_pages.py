"""Grids: who sees which learner, which units; a cohort narrowed; the record on paper; as many queries for many."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from lms.assessment import allocating
from lms.assessment.grids import queries
from lms.assessment.grids.queries import Narrowed
from lms.assessment.grids.rules import Wanted
from lms.assessment.knowledge.models import LogPrint
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.rules import Judgement
from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people import services as people_services
from tests.assessment.doings import counted, text
from tests.assessment.practising import FRAMEWORK, Practice
from tests.assessment.queues.test_pages import add_learners
from tests.assessment.queues.test_queue import DONE, second_assessor
from tests.world import World

EVERYBODY = (
    "pa",
    "second_pa",
    "employer_person",
    "representative",
    "second_employer_person",
    "assessor",
    "coordinator",
    "quality_assurer",
    "verifier",
    "other_pa",
    "other_assessor",
    "other_coordinator",
    "other_employer_person",
    "register_officer",
    "admin",
)
SEE = {"pa", "assessor", "coordinator", "quality_assurer"}


@pytest.fixture
def decided(house: House, world: World, practice: Practice) -> Practice:
    """One point of the first learner is met."""
    with house.database.writing() as db:
        piece = practice.offer(db, world.assessor, (DONE, "5.4b"))
        practice.decide(db, world.assessor, piece, (DONE,), Judgement.MET)
    return practice


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_learner_their_assessor_and_those_who_look_after_it_see_the_grid(
    world: World, decided: Practice, browser_for: Callable[..., Any]
) -> None:
    for path in (f"/grid/{decided.enrolment}", f"/grid/{decided.enrolment}/record.pdf"):
        for who in EVERYBODY:
            answer = browser_for(getattr(world, who)).get(path)
            assert (answer.status_code == 200) == (who in SEE), (who, path)
            assert who in SEE or answer.status_code in {403, 404}, (who, path)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_words_say_where_each_point_stands_and_how_much_speaks_to_it(
    world: World, decided: Practice, browser_for: Callable[..., Any]
) -> None:
    own = browser_for(world.pa).get("/practice/grid")
    assert own.status_code == 200
    page = text(own)
    assert "✓ Met 1 21 November 2026" in page
    assert "○ Offered, not decided 1 –" in page
    html = own.get_data(as_text=True)
    assert html.count('<th scope="row">') == 218
    assert 'data-is="met"' in html
    for answer in (own, browser_for(world.assessor).get(f"/grid/{decided.enrolment}")):
        assert answer.get_data(as_text=True).count("<table") == 16


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_assessor_of_one_standard_sees_that_and_no_other(
    house: House, world: World, decided: Practice, browser_for: Callable[..., Any]
) -> None:
    with house.database.writing() as db:
        other = second_assessor(db, world, decided, ("CC5",))
    browser = browser_for(other)
    assert browser.get(f"/grid/{decided.enrolment}").get_data(as_text=True).count("<table") == 1
    assert browser.get(f"/grid/{decided.enrolment}/record.pdf?unit=CC5").status_code == 200
    assert browser.get(f"/grid/{decided.enrolment}/record.pdf?unit=CC1").status_code == 404


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_when_the_allocation_ends_so_does_the_view(
    house: House, world: World, decided: Practice, browser_for: Callable[..., Any], now: datetime
) -> None:
    with house.database.writing() as db:
        allocating.end_allocations_of(
            db,
            learner_id=world.pa,
            authority_id=world.authority,
            until=london_day(now) - timedelta(days=1),
            now=now,
        )
    assert browser_for(world.assessor).get(f"/grid/{decided.enrolment}").status_code == 404


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_record_is_printed_with_decisions_and_evidence(
    house: House, world: World, decided: Practice, browser_for: Callable[..., Any], now: datetime
) -> None:
    browser, path = browser_for(world.pa), f"/grid/{decided.enrolment}/record.pdf?unit=CC5"
    assert "record" in text(browser.get(path)).lower()
    for _twice in range(2):
        assert browser.post(path).status_code == 302
    with house.database.reading() as db:
        html = db.scalars(select(LogPrint.html)).one()
    assert "2025 edition, 2025" not in html, "the edition stands once"
    assert "Rests on evidence" in html
    assert work.do_all(house, now=now) >= 1
    answer = browser.get(path)
    assert answer.mimetype == "application/pdf"
    assert answer.get_data().startswith(b"%PDF")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_cohort_is_for_coordinators_and_quality_assurers_of_the_authority(
    world: World, decided: Practice, browser_for: Callable[..., Any]
) -> None:
    for who in EVERYBODY:
        answer = browser_for(getattr(world, who)).get("/cohort")
        entered = who in {"coordinator", "quality_assurer", "other_coordinator"}
        assert answer.status_code == (200 if entered else 403), who
        assert ("Pat Morgan" in text(answer)) == (who in {"coordinator", "quality_assurer"}), who
    path = f"/cohort?authority={world.authority}"
    assert browser_for(world.other_coordinator).get(path).status_code == 404


def test_a_cohort_is_narrowed_and_its_totals_with_it(
    house: House, world: World, decided: Practice, now: datetime
) -> None:
    on = london_day(now)
    with house.database.reading() as db:
        framework = frameworks_for(db, world.authority).framework(FRAMEWORK)

        def names(**more: Any) -> list[str]:
            found = queries.cohort(db, world.authority, framework, on, narrowed=Narrowed(**more), limit=50)
            assert found.total == len(found.rows)
            assert found.totals.get("CC1", None) is None or found.totals["CC1"].learners == found.total
            return [row.name for row in found.rows]

        assert names() == ["Pat Morgan", "Sam Okoro"]
        assert names(search="sam") == ["Sam Okoro"]
        assert names(assessor=world.assessor) == ["Pat Morgan"]
        assert names(wanted=Wanted.WITHOUT_ASSESSOR) == ["Sam Okoro"]
        assert names(wanted=Wanted.SIGNED_OFF) == []
        assert names(wanted=Wanted.OPEN, unit="CC5") == ["Pat Morgan", "Sam Okoro"]
        assert names(wanted=Wanted.READY, search="nobody") == []
        first = queries.cohort(db, world.authority, framework, on, limit=1, offset=1)
        assert ([row.name for row in first.rows], first.total) == (["Sam Okoro"], 2)
        assert first.rows[0].cells["CC5"].needed == 25
        assert queries.cohort(db, world.other_authority, framework, on, limit=9).total == 0


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "asked", ["?unit=nowhere&wanted=x&assessor=y&name=%25", "?page=99999999", "?framework=cc-2025&wanted=ready"]
)
def test_filters_that_make_no_sense_narrow_nothing_or_find_nothing(
    world: World, decided: Practice, browser_for: Callable[..., Any], asked: str
) -> None:
    assert browser_for(world.coordinator).get(f"/cohort{asked}").status_code == 200


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_grids_ask_as_often_for_thirty_learners_as_for_three(
    house: House, world: World, decided: Practice, browser_for: Callable[..., Any], now: datetime
) -> None:
    pages = {"coordinator": "/cohort", "assessor": f"/grid/{decided.enrolment}"}
    asked = []
    for more in (1, 27):
        add_learners(house, world, decided, more, now)
        counts = []
        for who, path in pages.items():
            browser = browser_for(getattr(world, who))
            browser.get(path)
            with counted(house) as sent:
                assert browser.get(path).status_code == 200
            counts.append(len(sent))
        asked.append(counts)
    assert asked[0] == asked[1]


def test_decisions_stay_with_the_pa_when_the_employer_changes(
    house: House, world: World, decided: Practice, now: datetime
) -> None:
    later = now + timedelta(days=3)
    on = london_day(later)
    with house.database.writing() as db:
        before = _met(db, decided, world.assessor, london_day(now))
        people_services.end_employment(
            db, pa_id=world.pa, employer_id=world.employer, until=london_day(now), by=world.coordinator, now=now
        )
        home = world.second_employer
        assert people.employer_for(db, world.pa, [home], on) == home
        assert before == _met(db, decided, world.assessor, on) == 1
        for stranger in (world.employer_person, world.second_employer_person, world.representative):
            viewer = people.viewer_of(db, stranger, on)
            assert viewer
            enrolment = queries.enrolment_for(db, decided.enrolment)
            with pytest.raises(NotFound):
                queries.seen_units(db, viewer, enrolment, on)


def _met(db: Any, practice: Practice, by: Any, on: Any) -> int:
    viewer = people.viewer_of(db, by, on)
    assert viewer
    enrolment = queries.enrolment_for(db, practice.enrolment)
    units = queries.seen_units(db, viewer, enrolment, on)
    grid = queries.learner_grid(db, enrolment, units)
    return sum(grid.met_in(placed) for placed in units)
