"""The pages of a listing: the PA's own and the team's, with what each may see and do."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from lms.core.house import House
from lms.notifications.models import Notice
from lms.register.kinds import ListingState
from lms.register.listing import queries
from lms.register.listing.models import WaiverRow
from lms.register.listing.reasons import Reason
from tests.register.listing.conftest import Life
from tests.world import World

Browsers = Callable[..., Any]
State = ListingState
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def text(page: Any) -> str:
    assert page.status_code == 200, page.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)))


class Scene:
    """A PA's listing, seen from outside, and a place to change it from inside."""

    def __init__(self, house: House, world: World, now: datetime) -> None:
        self.house, self.world, self.now = house, world, now
        self.place = f"/register/people/{world.authority}/{world.pa}"
        self.own = f"/register/{world.authority}"

    @contextmanager
    def life(self) -> Iterator[Life]:
        """Move it, and commit."""
        with self.house.database.writing() as db:
            yield Life(db, self.world, self.now, self.world.pa)

    @property
    def state(self) -> State | None:
        """Where it stands."""
        with self.house.database.reading() as db:
            found = queries.listing_of(db, self.world.pa, self.world.authority)
        return found.state if found else None

    def kinds(self) -> set[str]:
        """The notices the PA was written about their listing, by kind."""
        with self.house.database.reading() as db:
            wanted = select(Notice.kind).where(Notice.person_id == self.world.pa)
            return {kind for kind in db.scalars(wanted) if kind.startswith("listing")}


@pytest.fixture
def scene(house: House, world: World, now: datetime) -> Scene:
    """The small world's PA at Rivermere."""
    return Scene(house, world, now)


def test_a_pa_applies_once_and_the_team_takes_it_up(browser_for: Browsers, scene: Scene, world: World) -> None:
    pa = browser_for(world.pa)
    assert "You have not applied yet" in text(pa.get("/register"))
    assert "You can apply now and bring these later" in text(pa.get(f"{scene.own}/apply"))
    once = str(uuid4())
    for _twice in range(2):
        assert pa.post(f"{scene.own}/apply", {"once": once}).status_code == 302
    assert scene.state is State.SUBMITTED
    page = text(pa.get("/register"))
    assert "Your application is sent" in page
    assert "within 10 working days" in page
    assert pa.get(f"{scene.own}/apply").status_code == 302
    officer = browser_for(world.register_officer)
    assert "Take up the application" in text(officer.get(f"{scene.place}/listing"))
    assert officer.submit(f"{scene.place}/listing/take-up").status_code == 302
    assert scene.state is State.CHECKING
    page = text(officer.get(f"{scene.place}/listing"))
    assert "not yet, because something is missing" in page
    assert "See which, or record what you saw" in page
    assert scene.kinds() == {"listing_send", "listing_take_up"}


def test_a_draft_is_nobody_elses(browser_for: Browsers, scene: Scene, world: World) -> None:
    from lms.register.listing import services

    with scene.life() as life:
        services.start(life.db, now=life.now, **life.who)
    assert "has not applied" in text(browser_for(world.register_officer).get(f"{scene.place}/listing"))
    assert "You have begun an application" in text(browser_for(world.pa).get("/register"))
    assert scene.kinds() == set()


def test_a_pa_pauses_goes_on_and_leaves_each_after_reading_what_follows(
    browser_for: Browsers, scene: Scene, world: World
) -> None:
    with scene.life() as life:
        life.get_listed()
    pa = browser_for(world.pa)
    assert "You are on the register" in text(pa.get("/register"))
    assert "You are hidden from employers at once." in text(pa.get(f"{scene.own}/listing/pause"))
    assert pa.submit(f"{scene.own}/listing/pause").status_code == 302
    assert scene.state is State.PAUSED
    paused = text(pa.get("/register"))
    assert paused.index("Be shown on the register again") < paused.index("What the rules say"), "the next step"
    assert pa.submit(f"{scene.own}/listing/go-on").status_code == 302
    assert scene.state is State.LISTED
    assert pa.get(f"{scene.own}/listing/go-on").status_code == 302
    assert pa.submit(f"{scene.own}/listing/leave").status_code == 302
    assert scene.state is State.REMOVED
    page = text(pa.get("/register"))
    assert "You are not on the register any more" in page
    assert "Apply again" in page
    happened = text(pa.get(f"{scene.own}/listing"))
    assert happened.index("Left the register") < happened.index("Paused by the PA") < happened.index("Application sent")


def test_who_has_only_applied_takes_the_application_back(browser_for: Browsers, scene: Scene, world: World) -> None:
    pa = browser_for(world.pa)
    assert pa.submit(f"{scene.own}/apply").status_code == 302
    assert "Take my application back" in text(pa.get("/register"))
    page = text(pa.get(f"{scene.own}/listing/leave"))
    assert "Take your application back" in page
    assert "You are off the register at once" not in page
    assert "pause instead" not in page
    assert pa.submit(f"{scene.own}/listing/leave").status_code == 302
    assert scene.state is State.REMOVED


def test_a_suspension_shows_its_reason_and_the_way_to_a_review(
    browser_for: Browsers, scene: Scene, world: World
) -> None:
    with scene.life() as life:
        life.get_listed()
    officer, pa = browser_for(world.register_officer), browser_for(world.pa)
    where = f"{scene.place}/listing/suspend"
    assert "Choose why." in text(officer.submit(where))
    assert "Do not tell the PA the reason" not in text(officer.get(where))
    assert officer.submit(where, {"reason": "concern"}).status_code == 302
    page = text(pa.get("/register"))
    assert "Somebody told the register team of a concern." in page
    assert "Ask for a review" in page
    assert pa.submit(f"{scene.own}/listing/review").status_code == 302
    assert "You asked for a review on 21 November 2026." in text(pa.get("/register"))
    assert "You made the decision, so another register manager has to answer." in text(
        officer.get(f"{scene.place}/listing")
    )
    manager = browser_for(world.register_manager)
    page = manager.get(f"{scene.place}/listing").get_data(as_text=True)
    answer = re.search(r'href="(/register/people/[^"]+/reviews/[^"]+)"', page)
    assert answer
    assert "Choose what you decide." in text(manager.submit(answer.group(1)))
    assert manager.submit(answer.group(1), {"changed": "yes"}).status_code == 302
    assert scene.state is State.LISTED
    assert scene.kinds() >= {"listing_lift", "listing_review_changed"}


def test_a_removal_says_how_soon_each_reason_works(browser_for: Browsers, scene: Scene, world: World) -> None:
    with scene.life() as life:
        life.get_listed()
    manager, where = browser_for(world.register_manager), f"{scene.place}/listing/remove"
    page = text(manager.get(where))
    assert "At once: A declaration was not true." in page
    assert "With notice, on 6 December 2026: No answer for a long time." in page
    assert manager.submit(where, {"reason": "no_answer"}).status_code == 302
    assert scene.state is State.LISTED
    page = text(manager.get(f"{scene.place}/listing"))
    assert "The listing ends on 6 December 2026." in page
    assert "If nothing else happens" not in page, "it ends before that day"
    assert "Your listing ends on 6 December 2026." in text(browser_for(world.pa).get("/register"))
    assert "Your place on the register ends on 6 December 2026" in text(browser_for(world.pa).get("/"))
    assert manager.submit(f"{scene.place}/listing-notice").status_code == 302
    assert "Your listing ends" not in text(browser_for(world.pa).get("/register"))
    assert scene.kinds() >= {"listing_notice", "listing_notice_back"}


def test_an_officer_does_not_reach_what_only_a_manager_may(browser_for: Browsers, scene: Scene, world: World) -> None:
    with scene.life() as life:
        life.get_listed()
    officer = browser_for(world.register_officer)
    assert officer.get(f"{scene.place}/listing/remove").status_code == 302
    refused = officer.post(f"{scene.place}/listing/remove", {"once": str(uuid4()), "reason": "barred"})
    assert refused.status_code == 200
    assert scene.state is State.LISTED
    for path in ("listing-notice", "waive/RM-MCA", f"waivers/{uuid4()}", f"reviews/{uuid4()}"):
        assert officer.get(f"{scene.place}/{path}").status_code == 403


def test_a_reason_that_is_withheld_is_not_on_the_pas_pages(browser_for: Browsers, world: World, house: House) -> None:
    """Told with the row itself, since this authority's rules do not allow it."""
    scene = Scene(house, world, datetime.fromisoformat("2026-11-21T12:00:00+00:00"))
    with scene.life() as life:
        life.get_listed()
        life.move(State.SUSPENDED, reason=Reason.SAFEGUARDING_ENQUIRY)
        from lms.register.listing.models import Listing, ListingMove

        for row in (*life.db.scalars(select(Listing)), *life.db.scalars(select(ListingMove))):
            row.withheld = row.reason is not None
    pa = browser_for(world.pa)
    for path in ("/register", f"{scene.own}/listing"):
        page = text(pa.get(path))
        assert "safeguarding" not in page.lower().replace("safeguarding and speaking up", "")
    assert "The PA was not told the reason." in text(browser_for(world.register_officer).get(f"{scene.place}/listing"))


def test_a_waiver_is_given_renewed_and_ended(browser_for: Browsers, scene: Scene, world: World) -> None:
    with scene.life() as life:
        life.have_everything(lacks=("RM-MCA", "RM-DECL"))
        life.apply()
        life.move(State.CHECKING)
    manager = browser_for(world.register_manager)
    page = text(manager.get(f"{scene.place}/listing"))
    assert "Nobody can do without:" in page
    where = f"{scene.place}/waive/RM-MCA"
    assert manager.get(f"{scene.place}/waive/RM-DECL").status_code == 404
    assert "Choose why." in text(manager.submit(where))
    sent = {"reason": "check_delayed_not_pa_fault", "seen": "letter", "ends_on": ["1", "6", "2027"]}
    assert "at most 180 days" in text(manager.submit(where, sent))
    assert manager.submit(where, {**sent, "ends_on": ["1", "2", "2027"]}).status_code == 302
    assert "until 1 February 2027" in text(manager.get(f"{scene.place}/listing"))
    with scene.house.database.reading() as db:
        waiver = db.scalars(select(WaiverRow.id)).one()
    assert manager.submit(f"{scene.place}/waivers/{waiver}").status_code == 302
    assert "Waiver ended early" in text(manager.get(f"{scene.place}/listing"))
    assert scene.kinds() >= {"listing_waiver", "listing_waiver_ended"}
    assert "A check is late, and not because of them." in text(browser_for(world.pa).get(f"{scene.own}/listing"))


def test_another_authority_finds_nothing(browser_for: Browsers, scene: Scene, world: World, house: House) -> None:
    with scene.life() as life:
        life.get_listed()
    for person in (world.other_coordinator, world.coordinator, world.pa):
        assert browser_for(person).get(f"{scene.place}/listing").status_code == 403
    other = browser_for(world.other_pa)
    for path in ("apply", "listing", "listing/pause", "listing/review"):
        assert other.get(f"{scene.own}/{path}").status_code == 404
    officer = browser_for(world.register_officer)
    wrong = f"/register/people/{world.other_authority}/{world.other_pa}"
    for path in ("listing", "listing/suspend"):
        assert officer.get(f"{wrong}/{path}").status_code == 404
    assert officer.get(f"{scene.place}/listing/nonsense").status_code == 404


def test_the_home_page_speaks_of_what_runs_out(browser_for: Browsers, scene: Scene, world: World) -> None:
    with scene.life() as life:
        life.get_listed(declared_days_ago=362)
    assert "Something for the register runs out" in text(browser_for(world.pa).get("/"))


def test_a_listing_page_costs_the_same_however_long_its_history(
    browser_for: Browsers, scene: Scene, world: World, house: House
) -> None:
    with scene.life() as life:
        life.get_listed()
    officer = browser_for(world.register_officer)

    def count() -> int:
        asked: list[str] = []

        def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        officer.get(f"{scene.place}/listing")
        event.listen(house.database.engine, "before_cursor_execute", note)
        officer.get(f"{scene.place}/listing")
        event.remove(house.database.engine, "before_cursor_execute", note)
        return len(asked)

    before = count()
    for _time in range(5):
        with scene.life() as life:
            life.move(State.PAUSED, by=world.pa)
            life.move(State.LISTED, by=world.pa)
    assert count() == before
