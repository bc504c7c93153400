"""Many people at once: everybody sees their own page and nobody else's; a thousand taps make one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from lms.core.house import House
from lms.core.models import EventRow
from lms.learning import queries as learning
from lms.learning import services
from tests.world import World

PEOPLE = ("pa", "second_pa", "other_pa", "coordinator", "assessor", "employer_person", "register_officer", "admin")


def test_everybody_sees_only_their_own_home_page(house: House, world: World, browser_for: Callable[..., Any]) -> None:
    browsers = {name: browser_for(getattr(world, name)) for name in PEOPLE}
    names = {
        "pa": "Pat Morgan",
        "second_pa": "Sam Okoro",
        "other_pa": "Olwen Price",
        "coordinator": "Cora Coordinator",
        "assessor": "Dai Assessor",
        "employer_person": "Amina Yusuf",
        "register_officer": "Rae Officer",
        "admin": "Ada Admin",
    }

    def look(who: str) -> list[str]:
        return [browsers[who].get("/").get_data(as_text=True) for _time in range(12)]

    with ThreadPoolExecutor(8) as pool:
        for who, pages in zip(PEOPLE, pool.map(look, PEOPLE), strict=True):
            for page in pages:
                assert f"Hello, {names[who]}" in page
                assert not [other for key, other in names.items() if key != who and f"Hello, {other}" in page]


def test_fifty_taps_on_the_same_lesson_make_one_fact(
    house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    with house.database.writing() as db:
        enrolment_id = services.enrol(
            db,
            learner_id=world.pa,
            authority_id=world.authority,
            course="PAI",
            by=world.coordinator,
            now=house.clock(),
        )
    path = f"/learning/{enrolment_id}/PAI-1/lessons/PAI-1-L1"
    browsers = [browser_for(world.pa) for _tab in range(5)]
    tokens = [browser.token() for browser in browsers]

    def tap(number: int) -> int:
        browser, token = browsers[number % 5], tokens[number % 5]
        status: int = browser.post_raw(path, {"lms_csrf_token": token}).status_code
        return status

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(tap, range(50)))
    assert set(answers) == {302}
    with house.database.reading() as db:
        facts = select(func.count()).select_from(EventRow).where(EventRow.kind == "LessonStudied")
        assert db.scalar(facts) == 1
        assert learning.studied(db, enrolment_id).lessons == {"PAI-1-L1"}


def test_reading_pages_while_others_write_never_fails(
    house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    readers = [browser_for(world.coordinator) for _n in range(3)]
    writer = browser_for(world.coordinator)
    token = writer.token()

    def write(number: int) -> int:
        form = {
            "lms_csrf_token": token,
            "name": f"Somebody {number}",
            "email": f"{uuid4()}@example.com",
            "language": "en",
            "employer": "",
            "once": str(uuid4()),
        }
        status: int = writer.post_raw("/people/invite", form).status_code
        return status

    def read(number: int) -> int:
        status: int = readers[number % 3].get("/people").status_code
        return status

    with ThreadPoolExecutor(4) as pool:
        written = [pool.submit(write, n) for n in range(15)]
        read_ = [pool.submit(read, n) for n in range(30)]
    assert {job.result() for job in written} == {302}
    assert {job.result() for job in read_} == {200}
