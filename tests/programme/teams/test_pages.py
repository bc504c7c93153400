"""Pages of teams, and of study for employers and staff: what each shows, and the numbers in the files."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from lms.core.house import House
from lms.learning import leaving
from lms.learning import services as study
from lms.programme.teams import queries, services
from tests.programme.teams.conftest import bring, finish, make_team
from tests.whole.test_query_counts import counting
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_a_coordinator_makes_a_team_brings_people_in_and_sees_the_share(
    house: House, world: World, browser_for: BrowserFor, now: datetime
) -> None:
    coordinator = browser_for(world.coordinator)
    wrong = coordinator.submit("/desk/teams/new", {"name": "Front door", "whom": "staff", "target": "200"})
    assert "from 1 to 100" in text(wrong)
    assert "Front door" in text(wrong), "nothing that was typed is lost"
    assert (
        coordinator.submit("/desk/teams/new", {"name": "Front door", "whom": "staff", "target": "80"}).status_code
        == 302
    )
    with house.database.reading() as db:
        (team,) = queries.teams(db, world.authority)
    path = f"/desk/teams/{team.id}"
    found = text(coordinator.get(f"{path}/people?name=Lena"))
    assert "Bring in: Lena Learner" in found
    assert "Pat Morgan" not in text(coordinator.get(f"{path}/people"))
    for _twice in range(2):
        assert coordinator.post(f"{path}/people/{world.learner}/add").status_code == 302
    assert coordinator.post(f"{path}/people/{world.pa}/add").status_code == 404
    assert "1 person in the team is not on this course" in text(coordinator.get(path))
    assert coordinator.post(f"{path}/enrol", {"course": "AWARENESS"}).status_code == 302
    assert "On the course, not finished yet" in text(coordinator.get(path))
    page = text(browser_for(world.learner).get("/"))
    assert "My learning" in page
    assert "Direct payments awareness" in page
    with house.database.writing() as db:
        here = {"authority_id": world.authority, "course": "AWARENESS", "by": world.coordinator, "now": now}
        finish(db, study.enrol(db, learner_id=world.learner, **here), now)  # type: ignore[arg-type]
    assert "1 of 1 trained (100 percent)" in text(coordinator.get(path))
    assert "The target of 80 percent is met" in text(coordinator.get("/desk/teams"))
    rows = list(csv.DictReader(io.StringIO(text(coordinator.get("/desk/teams.csv")).removeprefix("\ufeff"))))
    assert len(rows) == 12
    assert (rows[-1]["Team"], rows[-1]["In the team"], rows[-1]["Trained"]) == ("Front door", "1", "1")
    assert coordinator.get(f"/desk/teams.xlsx?team={team.id}").status_code == 200
    assert coordinator.get(f"/desk/teams.csv?team={world.pa}").status_code == 404
    assert coordinator.post(f"{path}/people/{world.learner}/take-out").status_code == 302
    assert "Nobody is in it yet" in text(coordinator.get(path))


def test_a_learner_of_staff_sees_their_own_study_and_nothing_else(
    house: House, world: World, browser_for: BrowserFor, now: datetime
) -> None:
    with house.database.writing() as db:
        here = {"authority_id": world.authority, "by": world.coordinator, "now": now}
        mine = study.enrol(db, learner_id=world.learner, course="AWARENESS", **here)  # type: ignore[arg-type]
        theirs = study.enrol(db, learner_id=world.employer_person, course="EMPLOYING", **here)  # type: ignore[arg-type]
    for person, own, other in ((world.learner, mine, theirs), (world.employer_person, theirs, mine)):
        browser = browser_for(person)
        assert browser.get(f"/learning/{own}").status_code == 200
        assert browser.get(f"/learning/{other}").status_code == 404
    learner = browser_for(world.learner)
    for path in ("/desk", "/people", "/my-pas", "/register", "/learners", "/desk/teams", "/mentoring"):
        assert learner.get(path).status_code in {403, 404}, path
    course = text(learner.get(f"/learning/{mine}"))
    for never in ("Further modules", "What you learned before", "induction"):
        assert never not in course
    with house.database.writing() as db:
        finish(db, mine, now)
    done = text(learner.get(f"/learning/{mine}"))
    assert "Certificate of study: direct payments awareness" in done
    for never in ("The register", "Practice at work", "Care Certificate"):
        assert never not in done.split("<main")[1]
    module = text(learner.get(f"/learning/{mine}/AWARENESS-1"))
    assert "I have learned some of this before" not in module


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(
    house: House, world: World, browser_for: BrowserFor, now: datetime
) -> None:
    coordinator, asked = browser_for(world.coordinator), []
    with house.database.writing() as db:
        team = make_team(db, world, now)
        bring(db, world, team, world.learner, now)
    for _round in range(2):
        for path in ("/desk/teams", f"/desk/teams/{team.id}"):
            coordinator.get(path)
            with counting(house.database) as count:
                coordinator.get(path)
            asked.append(len(count))
        with house.database.writing() as db:
            for person in (world.admin, world.funding_officer, world.register_officer, world.coordinator):
                bring(db, world, team, person, now)
            services.enrol_everybody(db, team, course="AWARENESS", by=world.coordinator, now=now)
            for _more in range(3):
                make_team(db, world, now)
    assert asked[:2] == asked[2:]


def test_my_learning_is_in_the_menu_of_employers_who_are_on_a_course_alone(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    def has(person: UUID, address: str = "/account") -> bool:
        return 'href="/learning"' in browser_for(person).get(address).get_data(as_text=True)

    assert has(world.pa)
    assert has(world.learner)
    assert not has(world.employer_person)
    with house.database.writing() as db:
        enrolment = study.enrol(
            db, learner_id=world.employer_person, authority_id=world.authority, course="EMPLOYING",
            by=world.coordinator, now=now,
        )  # fmt: skip
    assert has(world.employer_person)
    assert not has(world.second_employer_person)
    with house.database.writing() as db:
        leaving.leave(db, enrolment_id=enrolment, by=world.employer_person, now=now)
    assert not has(world.employer_person)
