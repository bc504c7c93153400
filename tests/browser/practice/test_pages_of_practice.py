"""Pages about practice in the states they have: no accessibility fault, no sideways scroll, light for a phone."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page

from lms.assessment.competence.rules import Employers, Policy
from lms.assessment.competence.services import set_policy
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Judgement
from lms.assessment.signing import services as signing
from lms.assessment.signing.rules import Declaration, How
from tests.assessment.practising import Practice, begun
from tests.browser.site import Site, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""

LIGHT = 100_000
"""Bytes a page may have before its style sheet and scripts, which are kept by the browser."""


@pytest.fixture
def signed(site: Site) -> tuple[Practice, UUID, UUID]:
    """Somebody with every kind of line, a piece of their own, and a standard signed off."""
    practice, world = begun(site.house, site.world, site.clock()), site.world
    with site.house.database.writing() as db:
        set_policy(
            db,
            authority_id=world.authority,
            policy=Policy(employers=Employers.COUNTERSIGNED),
            by=world.coordinator,
            now=site.clock(),
        )
        lines = ("12.1a", "12.1b", "12.1c", "1.1c", "1.2d", "5.4a")
        seen = practice.offer(db, world.assessor, lines)
        practice.decide(db, world.assessor, seen, lines[:4], Judgement.MET, reason="Seen all of it.")
        practice.decide(db, world.assessor, seen, ("5.4a",), Judgement.NOT_YET_MET, feedback="Look around the room.")
        practice.decide(db, world.assessor, seen, ("5.4a",), Judgement.MORE_EVIDENCE, feedback="Better. Once more.")
        own = practice.offer(db, world.pa, ("1.1a", "5.2b"), kind=EvidenceKind.REFLECTIVE_ACCOUNT)
        end = signing.sign_off(
            db,
            id=uuid4(),
            enrolment_id=practice.enrolment,
            unit="CC12",
            declaration=Declaration("Dai Assessor", "assessor", How.SUPPORTER, "Ruth Yusuf", "She nodded."),
            by=world.assessor,
            now=site.clock(),
        )
    return practice, own, end


def pages(world: object, practice: Practice, own: UUID, end: UUID) -> dict[str, tuple[str, ...]]:
    """Who opens what."""
    own_practice, learner = f"/practice/{practice.enrolment}", f"/learners/{world.pa}/practice"  # type: ignore[attr-defined]
    home, desk = f"/my-pas/{practice.enrolment}", f"/assess/{practice.enrolment}"
    return {
        "pat.morgan": (
            "/practice",
            f"{own_practice}/CC5",
            f"{own_practice}/CC12",
            f"{own_practice}/offer?unit=CC5",
            f"/evidence/{own}",
            f"/evidence/{own}/take-back",
            "/practice/begin",
        ),
        "dai.assessor": (desk, f"{desk}/CC5", f"{desk}/record", f"{desk}/decide/{own}", f"{desk}/drafts"),
        "cora.coordinator": (learner, f"{learner}/CC5", f"{learner}/begin", f"/sign-off/{end}/withdraw"),
        "amina.yusuf": ("/my-pas", home, f"{home}/5.4a", f"{home}/5.3~assessing"),
    }


def states(
    site: Site, new_page: Callable[..., Page], width: int, signed: tuple[Practice, UUID, UUID]
) -> Iterator[tuple[str, Page]]:
    for who, paths in pages(site.world, *signed).items():
        page = new_page(width=width)
        sign_in(page, f"{who}@example.com")
        for path in paths:
            page.goto(path)
            yield path, page
            button = page.locator("main form[method=post] button[type=submit]:not([name])").last
            if button.count() and "begin" not in path and "drafts" not in path:
                with page.expect_navigation():
                    button.click()
                yield f"{path}, sent empty", page


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_practice_have_no_fault(
    site: Site, new_page: Callable[..., Page], signed: tuple[Practice, UUID, UUID], width: int
) -> None:
    found: list[str] = []
    for name, page in states(site, new_page, width, signed):
        found += faults(page)
        assert page.locator("h1").count() == 1, name
        if scrolls_sideways(page):
            found.append(f"{name} scrolls sideways at {width}")
        size = len(page.content().encode())
        if size > LIGHT:
            found.append(f"{name} has {size} bytes")
    assert found == []
