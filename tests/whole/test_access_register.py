"""Every page of the register, and who may open it: all others get nothing, as for what is not there.

One row for each page; whoever adds a page adds its row, and what stands in its address to `things`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import MethodNotAllowed

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.people.tokens import services as tokens
from lms.people.tokens.models import SystemToken
from lms.people.tokens.rules import Scope
from lms.register.authoring import services as authoring
from lms.register.authoring.models import RegisterDraft, RegisterEditionWithdrawn
from lms.register.checks import services as checks
from lms.register.checks.models import DisclosureReview, EmployerMayKnow, ReviewDecided, StatusConsent
from lms.register.conduct import services as conduct
from lms.register.conduct.models import ConductVersion
from lms.register.disclosures import Decision, FollowUp
from lms.register.feed.models import FeedAgreement
from lms.register.kinds import ListingState
from lms.register.listing import reviewing, waivers
from lms.register.listing.models import ListingMove, ListingReview, RemovalNotice, WaiverEnd, WaiverRow
from lms.register.listing.reasons import Reason
from lms.register.listing.waiving import SeenInstead, WaiverReason
from lms.register.merging import services as merging
from lms.register.merging.models import LikelyDouble, SamePerson
from lms.register.merging.reasons import LinkReason
from lms.register.models import DisclosureStep, RequirementRecord
from lms.register.reminding.models import BulkReminder
from tests.register.checks import world_of_checks
from tests.register.listing.conftest import Life
from tests.register.merging.conftest import add_twin
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

NOBODY = "nobody"
TEAM = {"register officer", "register manager"}
MANAGES = {"register manager"}
MANAGER = {"register manager"}
OWN = {"pa"}
TOKENS = {"register manager", "admin"}
HOME = {"employer", "other employer", "representative", "employer elsewhere"}

MAY: dict[str, set[str]] = {
    "/register/people/{authority}/{pa}/checks": TEAM,
    "/register/people/{authority}/{pa}/checks/RM-DBS/certificate": TEAM,
    "/register/people/{authority}/{pa}/checks/{open}/step": TEAM,
    "/register/people/{authority}/{pa}/checks/{invited}/invite": TEAM,
    "/register/people/{authority}/{pa}/checks/{decided}/status": TEAM,
    "/register/people/{authority}/{pa}/checks/{reviewed}/review": TEAM,
    "/register/{authority}/checks": OWN | {"second pa"},
    "/register/{authority}/checks/consent": OWN | {"second pa"},
    "/register/{authority}/checks/{decided}/review": OWN,
    "/register/{authority}/checks/{decided}/employers": OWN,
    "/register/told": HOME,
    "/register/rules/to-come": TEAM,
    "/register/{authority}/apply": OWN | {"second pa"},
    "/register/{authority}/listing": OWN,
    "/register/{authority}/listing/pause": OWN,
    "/register/{authority}/listing/review": OWN,
    "/register/people/{authority}/{pa}/listing": TEAM,
    "/register/people/{authority}/{pa}/listing/suspend": TEAM,
    "/register/people/{authority}/{pa}/listing-notice": MANAGER,
    "/register/people/{authority}/{pa}/reviews/{listing_review}": MANAGER,
    "/register/people/{authority}/{pa}/waive/RM-MCA": MANAGER,
    "/register/people/{authority}/{pa}/waivers/{waiver}": MANAGER,
    "/register/rules?authority={authority}": TEAM,
    "/register/rules/{authority}/editions/2026.1": TEAM,
    "/register/rules/{authority}/editions/2026.1/file": TEAM,
    "/register/rules/{authority}/editions/2026.1/pack": TEAM,
    "/register/rules/drafts/{draft}": MANAGES,
    "/register/rules/drafts/{draft}/file": MANAGES,
    "/register/rules/drafts/{draft}/impact": MANAGES,
    "/register/rules/drafts/{draft}/parts/renewal": MANAGES,
    "/register/rules/drafts/{draft}/requirements/new": MANAGES,
    "/register/rules/drafts/{draft}/requirements/new/fee": MANAGES,
    "/register/rules/drafts/{draft}/requirements/RM-REF": MANAGES,
    "/register/rules/drafts/{draft}/cases/new": MANAGES,
    "/register/rules/drafts/{draft}/cases/rivermere-complete": MANAGES,
    "/register/rules/drafts/{draft}/publish": MANAGES,
    "/register/rules/drafts/{draft}/throw-away": MANAGES,
    "/register/contact?authority={authority}": TOKENS,
    "/register/desk": TEAM,
    "/register/people": TEAM,
    "/register/people.csv": TEAM,
    "/register/people.xlsx": TEAM,
    "/register/people/{authority}/{pa}": TEAM,
    "/register/people/{authority}/{pa}/record/RM-ID": TEAM,
    "/register/people/{authority}/{pa}/twice": TEAM,
    "/register/{authority}/code-of-conduct": OWN | {"second pa"},
    "/register/{authority}/code-of-conduct/versions": OWN | {"second pa"} | TEAM,
    "/register/{authority}/code-of-conduct/versions/2026-1": OWN | {"second pa"} | TEAM,
    "/register/conduct": TEAM,
    "/register/conduct/{authority}/accepted/2026-1": TEAM,
    "/register/conduct/new": MANAGES,
    "/register/conduct/{conduct}": MANAGES,
    "/register/conduct/{conduct}/publish": MANAGES,
    "/register/doubles": TEAM,
    "/register/doubles/{authority}/{pa}/{second_pa}": TEAM,
    "/register/doubles/links/{link}": TEAM,
    "/register/reminders": TEAM,
    "/register/reminders/new": TEAM,
    "/register/{authority}/feed": OWN | {"second pa"},
    "/register/feed?authority={authority}": TEAM,
    "/systems?authority={authority}": TOKENS,
    "/systems/new?authority={authority}": TOKENS,
    "/systems/{token}/end": TOKENS,
}
"""Who opens what; a redirect counts as opening, except to the page that asks to sign in."""
POSTS: dict[str, set[str]] = {
    "/register/rules/{authority}/editions/2026.1/draft": MANAGES,
    "/register/rules/{authority}/editions/{published}/take-back": MANAGES,
    "/register/rules/drafts/{draft}/remove": MANAGES,
    "/register/rules/drafts/{draft}/up": MANAGES,
    "/register/people/{authority}/{pa}/checks/{decided}/risk-review": TEAM,
    "/register/conduct/{conduct}/take-back": MANAGES,
    "/register/conduct/{conduct}/discard": MANAGES,
    "/register/doubles/look": TEAM,
    "/register/doubles/{authority}/{pa}/{second_pa}/two": TEAM,
    "/register/{authority}/feed/take-back": OWN | {"second pa"},
}
WRITTEN = (
    ListingMove,
    RemovalNotice,
    ListingReview,
    WaiverRow,
    WaiverEnd,
    RequirementRecord,
    DisclosureStep,
    DisclosureReview,
    ReviewDecided,
    StatusConsent,
    EmployerMayKnow,
    RegisterDraft,
    RegisterEditionWithdrawn,
    ConductVersion,
    SamePerson,
    LikelyDouble,
    BulkReminder,
    SystemToken,
    FeedAgreement,
)
PREFIXES = (
    "/register/people/<uuid:authority_id>/<uuid:person_id>/listing",
    "/register/people/<uuid:authority_id>/<uuid:person_id>/wai",
    "/register/<uuid:authority_id>/listing",
    "/register/<uuid:authority_id>/apply",
    "/register/people/<uuid:authority_id>/<uuid:person_id>/checks",
    "/register/<uuid:authority_id>/checks",
    "/register/rules/drafts",
    "/register/rules/<uuid:authority_id>",
    "/register/desk",
    "/register/people",
    "/register/conduct",
    "/register/<uuid:authority_id>/code-of-conduct",
    "/register/doubles",
    "/register/reminders",
    "/register/feed",
    "/register/<uuid:authority_id>/feed",
    "/systems",
)
"""Parts of the register of which every page has to be in these tables."""


@pytest.fixture
def who(world: World) -> dict[str, UUID | None]:
    """Everybody who might come by."""
    return {
        NOBODY: None,
        "pa": world.pa,
        "second pa": world.second_pa,
        "other pa": world.other_pa,
        "employer": world.employer_person,
        "other employer": world.second_employer_person,
        "employer elsewhere": world.other_employer_person,
        "representative": world.representative,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "verifier": world.verifier,
        "coordinator": world.coordinator,
        "coordinator elsewhere": world.other_coordinator,
        "register officer": world.register_officer,
        "register manager": world.register_manager,
        "funding officer": world.funding_officer,
        "admin": world.admin,
    }


def rules_written(db: Db, world: World, now: datetime) -> tuple[UUID, UUID]:
    """A draft, and an edition that is published and still to come."""
    draft, published = uuid4(), uuid4()
    for each, days in ((published, 40), (draft, 80)):
        authoring.start_draft(
            db,
            once=each,
            authority_id=world.authority,
            based_on="2026.1",
            valid_from=london_day(now) + timedelta(days=days),
            by=world.register_manager,
            now=now,
        )
    authoring.publish(
        db,
        once=published,
        draft_id=published,
        authority_id=world.authority,
        version=1,
        by=world.register_manager,
        now=now,
    )
    return draft, published


@pytest.fixture
def things(house: House, world: World, now: datetime) -> dict[str, UUID]:
    """What stands in the addresses."""
    with house.database.writing() as db:
        draft, published = rules_written(db, world, now)
        reviewed = world_of_checks.decided(db, world, now, Decision.DO_NOT_PROCEED)
        checks.ask_review(db, once=uuid4(), record_id=reviewed, authority_id=world.authority, by=world.pa, now=now)
        invited = world_of_checks.certificate(db, world, now, result="has_content")
        world_of_checks.step(db, world, now, invited, FollowUp.INVITED)
        return {
            **_a_listing(db, world, now),
            **_at_the_desk(db, world, now),
            "authority": world.authority,
            "draft": draft,
            "published": published,
            "pa": world.pa,
            "second_pa": world.second_pa,
            "open": world_of_checks.certificate(db, world, now, result="has_content"),
            "invited": invited,
            "decided": world_of_checks.decided(db, world, now, Decision.BARRED),
            "reviewed": reviewed,
            "token": _a_token(db, world, now),
        }


def _at_the_desk(db: Db, world: World, now: datetime) -> dict[str, UUID]:
    """A draft of a code of conduct, and two records read as one."""
    draft, link = uuid4(), uuid4()
    conduct.begin(db, once=draft, authority_id=world.authority, version="2027-1", by=world.register_manager, now=now)
    merging.link(
        db,
        once=link,
        authority_id=world.authority,
        kept_id=world.second_pa,
        other_id=add_twin(db, world, now, "Sam Okoro"),
        reason=LinkReason.ADDED_TWICE,
        by=world.register_officer,
        now=now,
    )
    return {"conduct": draft, "link": link}


def _a_token(db: Db, world: World, now: datetime) -> UUID:
    """A token of a system."""
    token = uuid4()
    tokens.make(
        db,
        once=token,
        authority_id=world.authority,
        system="Council website",
        scopes=[Scope.LISTINGS],
        ends_on=london_day(now),
        by=world.admin,
        now=now,
    )
    return token


def _a_listing(db: Db, world: World, now: datetime) -> dict[str, UUID]:
    """A PA who is listed, with a waiver, and a suspension whose review waits."""
    life = Life(db, world, now, world.pa)
    life.apply()
    waiver, review = uuid4(), uuid4()
    waivers.give(
        db,
        once=waiver,
        code="RM-INT",
        reason=WaiverReason.DELAYED,
        seen=SeenInstead.LETTER,
        ends_on=now.date(),
        by=world.register_manager,
        now=now,
        **life.who,
    )
    life.move(ListingState.CHECKING)
    life.move(ListingState.REFUSED, reason=Reason.NOT_FINISHED)
    reviewing.ask(db, once=review, now=now, **life.who)
    return {"waiver": waiver, "listing_review": review}


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    browsers = {name: browser_for(person) for name, person in who.items()}
    wrong = {}
    for pattern, may in MAY.items():
        opened = set()
        for name, browser in browsers.items():
            answer = browser.get(pattern.format_map(things))
            answer.close()
            assert answer.status_code in {200, 302, 403, 404}, (pattern, name, answer.status_code)
            asked = answer.status_code == 302 and "/sign-in" in answer.location
            if answer.status_code in {200, 302} and not asked:
                opened.add(name)
        if opened != may:
            wrong[pattern] = {"too many": opened - may, "too few": may - opened}
    assert wrong == {}


def test_nobody_else_writes_anything(
    who: dict[str, UUID | None], things: dict[str, UUID], house: House, browser_for: BrowserFor
) -> None:
    def counted() -> list[int]:
        with house.database.reading() as db:
            return [db.scalar(select(func.count()).select_from(table)) or 0 for table in WRITTEN]

    everything = {
        "seen_on": "2026-11-20",
        "done_on": "2026-11-21",
        "level": "enhanced_adults_list",
        "workforce": "adult",
        "issue_date": "2026-11-01",
        "result": "no_content",
        "place": "Tuesday at ten",
        "outcome": "stands",
        "given": "yes",
    }
    before, wrong = counted(), {}
    for name, person in who.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if name not in may:
                answer = browser.post(pattern.format_map(things), {**everything, "once": str(uuid4())})
                answer.close()
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, name] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, UUID]) -> None:
    adapter = app.url_map.bind("localhost")
    known = set()
    for pattern in MAY | POSTS:
        for method in ("GET", "POST"):
            try:
                known.add(adapter.match(pattern.format_map(things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours
    assert ours - known == set()
