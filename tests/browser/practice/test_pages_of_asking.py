"""Pages of asking for an assessor and of competence: no accessibility fault, no sideways scroll, light for a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from lms.assessment.asking import services as asking
from lms.assessment.competence import services
from lms.assessment.competence.models import CompetenceRow
from lms.assessment.competence.rules import Mark, Policy
from lms.assessment.deciding.models import Decision
from lms.assessment.models import Allocation
from lms.assessment.rules import Judgement
from tests.assessment.practising import Practice, begun, second_assessor
from tests.browser.practice.test_pages_of_practice import LIGHT
from tests.browser.site import Site, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""


@dataclass(frozen=True)
class Asked:
    """A learner with a decision that waits for a second look, and one for whom an assessor was asked for."""

    practice: Practice
    request: UUID
    competence: UUID
    allocation: UUID
    decision: UUID


@pytest.fixture
def asked(site: Site) -> Asked:
    practice, world, now = begun(site.house, site.world, site.clock()), site.world, site.clock()
    with site.house.database.writing() as db:
        second = second_assessor(db, practice, world)
        common = {"authority_id": world.authority, "by": world.coordinator, "now": now}
        services.set_policy(db, policy=Policy(first=3), **common)
        services.mark(db, person_id=second, mark=Mark.EXPERIENCED, reason="Years of it.", **common)
        piece = practice.offer(db, world.assessor, ("5.2b",))
        practice.decide(db, world.assessor, piece, ("5.2b",), Judgement.NOT_YET_MET, feedback="Ask first.")
        request = asking.ask(
            db,
            id=uuid4(),
            learner_id=world.second_pa,
            authority_id=world.authority,
            units=["CC1", "CC3"],
            place="BS3",
            needs="A dog.",
            by=world.second_pa,
            now=now,
        )
        mine = select(CompetenceRow.id).where(CompetenceRow.person_id == world.assessor)
        given = select(Allocation.id).where(Allocation.assessor_id == world.assessor)
        return Asked(
            practice,
            request,
            db.scalars(mine).first(),  # type: ignore[arg-type]
            db.scalars(given).first(),  # type: ignore[arg-type]
            db.scalars(select(Decision.id)).one(),
        )


def pages(world: object, asked: Asked) -> dict[str, tuple[str, ...]]:
    """Who opens what."""
    pa, assessor = world.pa, f"/assessors/people/{world.assessor}"  # type: ignore[attr-defined]
    one = f"/assessor-requests/{asked.request}"
    return {
        "cora.coordinator": (
            "/assessors",
            "/assessors/people",
            assessor,
            f"{assessor}/add",
            f"{assessor}/training",
            f"{assessor}/mark",
            f"/assessors/competence/{asked.competence}/end",
            "/assessors/policy",
            "/assessor-requests",
            one,
            f"{one}/choose/{world.assessor}",  # type: ignore[attr-defined]
            f"{one}/close",
            "/assessors/invite",
            f"/assessors/invite/for?learner={asked.practice.enrolment}",
            f"/people/{pa}/ties",
            f"/people/{pa}/assessor",
            f"/people/{pa}/assessor/{asked.allocation}/hand-over",
        ),
        "quinn.assurer": (
            "/assess/what-i-may",
            "/assess/my-time",
            "/assess/countersign",
            f"/assess/countersign/{asked.decision}",
            f"/assess/{asked.practice.enrolment}/tie",
            f"/assess/{asked.practice.enrolment}/before-you-come",
        ),
        "pat.morgan": ("/practice/assessor", "/practice/ties"),
        "sam.okoro": ("/practice/assessor",),
        "amina.yusuf": (f"/my-pas/{pa}/assessor",),
    }


def states(site: Site, new_page: Callable[..., Page], width: int, asked: Asked) -> Iterator[tuple[str, Page]]:
    for who, paths in pages(site.world, asked).items():
        page = new_page(width=width)
        sign_in(page, f"{who}@example.com")
        for path in paths:
            page.goto(path)
            yield path, page
            button = page.locator("main form[method=post]:not([action]) button[type=submit]").last
            if button.count() and "policy" not in path and "my-time" not in path and "choose" not in path:
                with page.expect_navigation():
                    button.click()
                yield f"{path}, sent empty", page


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_asking_have_no_fault(site: Site, new_page: Callable[..., Page], asked: Asked, width: int) -> None:
    found: list[str] = []
    for name, page in states(site, new_page, width, asked):
        found += [f"{name}: {fault}" for fault in faults(page)]
        assert page.locator("h1").count() == 1, name
        if scrolls_sideways(page):
            found.append(f"{name} scrolls sideways at {width}")
        size = len(page.content().encode())
        if size > LIGHT:
            found.append(f"{name} has {size} bytes")
    assert found == []
