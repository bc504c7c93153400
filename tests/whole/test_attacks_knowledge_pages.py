"""Pages of knowledge that are put together of kept pieces, grow, or are looked at by two people at once."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, session
from sqlalchemy import select

from lms.assessment.crossing import services as crossing
from lms.assessment.knowledge import services
from lms.assessment.knowledge.conversations import conversations_of
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.sharing import services as sharing
from lms.assessment.sharing.rules import Party, What
from lms.core import shelves
from lms.core.content import Words
from lms.core.house import House
from lms.core.settings import Settings
from lms.extension import LMS, mount
from lms.learning.states import Judged
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.doings import text
from tests.assessment.knowledge import cck
from tests.assessment.knowledge.conftest import Knower, knower
from tests.assessment.lines.conftest import Desk
from tests.whole.test_query_counts import add_pas, counting
from tests.world import World

__all__ = ["knower"]

BrowserFor = Callable[..., Any]
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The built-in shelves with a small course CCK: standards 1, 4, 5 and 12."""
    return cck.load(tmp_path_factory.mktemp("pack"))


def heard(judged: Judged = Judged.NOT_YET) -> services.Heard:
    return services.Heard(
        module="CCK-5",
        outcomes=("CCK-5-K1",),
        on=date(2026, 11, 20),
        asked="a",
        said="b",
        judged=judged,
        word="More",
    )


def more_of_everything(house: House, world: World, knower: Knower, how_many: int) -> None:
    """More conversations, awards, showings and corrections of one learner, and more learners beside them."""
    add_pas(house, world, how_many)
    with house.database.writing() as db:
        for number in range(how_many):
            at = knower.now + timedelta(seconds=number)
            about = {"learner_id": world.pa, "by": world.coordinator, "now": at}
            services.hear(db, id=uuid4(), heard=heard(), **about)
            crossing.hold(
                db,
                id=uuid4(),
                framework=frameworks_for(db, world.authority).framework("cc-2015"),
                awarded_on=date(2019, 5, 1),
                day_known=True,
                signed_by=f"Place {number}",
                proof="",
                by=world.pa,
                now=at - timedelta(days=2),
            )
            Desk(db, world, at).confirm("5.2a")
        module = knower.module(db, "CCK-5")
        knower.show(db, "CCK-5", [outcome.code for outcome in module.outcomes[:how_many]])


@on_sqlite
def test_pages_of_knowledge_ask_as_often_however_much_there_is(
    house: House, world: World, knower: Knower, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        for what in What:
            sharing.agree(
                db,
                id=uuid4(),
                what=what,
                party=Party.EMPLOYER,
                with_id=world.employer,
                words="Yes.",
                language="en",
                by=world.pa,
                now=knower.now,
            )
    staff = f"/learners/{world.pa}/care-certificate"
    pages = {
        world.coordinator: [f"{staff}{each}" for each in ("", "/cc-2025", "/cc-2025/CC5", "/cc-2025/log.pdf", "/held")],
        world.pa: [
            f"/care-certificate{each}"
            for each in ("", "/cc-2025", "/2015-to-2025", "/2015-to-2025/top-up", "/sharing", "/held", "/how-sure")
        ],
        world.employer_person: [f"/my-pas/{world.pa}/care-certificate"],
        world.admin: ["/frameworks", "/frameworks/cc-2025", "/frameworks/cc-2025/lines/5.2a"],
    }
    browsers = {who: browser_for(who) for who in pages}
    asked = []
    for more in (2, 14):
        more_of_everything(house, world, knower, more)
        counts = {}
        for who, browser in browsers.items():
            for path in pages[who]:
                browser.get(path)
                with counting(house.database) as statements:
                    assert browser.get(path).status_code == 200, path
                counts[path] = len(statements)
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[1].values()) <= 30


@on_sqlite
def test_many_conversations_behind_one_wall_hide_none_behind_another(
    house: House, world: World, knower: Knower
) -> None:
    with house.database.writing() as db:
        people.give_role(
            db,
            person_id=world.pa,
            organisation_id=world.other_authority,
            role=Role.PA,
            by=None,
            now=knower.now,
        )
        there = services.start(db, learner_id=world.pa, authority_id=world.other_authority, now=knower.now)
        assert there
        first = knower.now - timedelta(minutes=5)
        about = {"learner_id": world.pa, "heard": replace(heard(), on=date(2026, 11, 21))}
        services.hear(db, id=uuid4(), by=world.other_coordinator, now=first, **about)
        for _many in range(3):
            services.hear(db, id=uuid4(), by=world.coordinator, now=knower.now, **about)
        assert len(conversations_of(db, world.pa, authority_id=world.other_authority, limit=3)) == 1
        assert len(conversations_of(db, world.pa, module="CCK-4", limit=3)) == 0


@on_sqlite
def test_a_kept_piece_follows_language_and_the_authoritys_own_correction(
    house: House, world: World, knower: Knower, browser_for: BrowserFor
) -> None:
    pages = ("/care-certificate/cc-2025", "/care-certificate/cc-2025/CC5", "/care-certificate/2015-to-2025")
    pa, other = browser_for(world.pa), browser_for(world.other_pa)
    before = [text(pa.get(page)) for page in pages]
    with house.database.writing() as db:
        Desk(db, world, knower.now).correct("5.2a", text=Words(en="Ours <i>alone</i>", cy="Yn Gymraeg"))
    for page, was in zip(pages, before, strict=True):
        shown = pa.get(page).get_data(as_text=True)
        assert "Ours &lt;i&gt;alone" in shown
        assert "Ours" not in was
        assert "Ours" not in text(other.get(page))
    pa.post("/language", {"language": "cy", "back": "/help"})
    for page in pages:
        assert "Yn Gymraeg" in text(pa.get(page))
    pa.post("/language", {"language": "en", "back": "/help"})
    for page in pages:
        assert "Yn Gymraeg" not in text(pa.get(page))


@on_sqlite
def test_two_sites_on_the_same_shelves_lead_each_to_their_own_pages(
    house: House, world: World, knower: Knower, settings: Settings
) -> None:
    for prefix in ("/one", "/two"):
        site = Flask("portal")
        site.secret_key = "a portal's own key, long enough for it"

        @site.get("/in/<person_id>")
        def log_in(person_id: str) -> str:
            session["portal_person"] = person_id
            return "in"

        def who() -> UUID | None:
            person = session.get("portal_person")
            return UUID(person) if person else None

        door = LMS(current_person=who, settings=settings)
        mount(site, replace(house, who=door._who), url_prefix=prefix)
        client = site.test_client()
        client.get(f"/in/{world.pa}")
        for page in ("", "/cc-2025", "/2015-to-2025"):
            html = client.get(f"{prefix}/care-certificate{page}").get_data(as_text=True)
            links = re.findall(r'(?:href|action|src)="([^"]+)"', html)
            assert links
            assert all(link.startswith((f"{prefix}/", "#", "?", "cc-20")) for link in links), links


@on_sqlite
def test_nobody_confirms_or_overwrites_what_they_have_not_seen(
    house: House, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        second = people.add_person(db, name="Bea Admin", email="bea@example.com", by=None, now=house.clock())
        people.give_role(
            db, person_id=second, organisation_id=world.authority, role=Role.ADMIN, by=None, now=house.clock()
        )
    one, two = browser_for(world.admin), browser_for(second)
    page = "/frameworks/cc-2025/lines/5.2a"
    seen = re.search(r'name="seen" value="([^"]+)"', one.get(page).get_data(as_text=True))
    assert seen
    where = {"looked_up_in": "Page 12"}
    new = where | {"text": "Say what matters.", "kind": "knowledge", "simulation": "yes"}
    assert two.submit(f"{page}/correct", new).status_code == 302
    told = "corrected after you opened the page"
    for address, sent in ((page, where), (f"{page}/correct", new | {"text": "Say something else."})):
        answer = one.submit(address, sent | {"seen": seen.group(1)})
        assert told in text(answer)
        assert "Say what matters." in text(answer)
    with house.database.reading() as db:
        assert len(list(db.scalars(select(LineCheckRow)))) == 1
    assert one.submit(page, where).status_code == 302
    assert one.submit(f"{page}/correct", new | {"text": "Say something else."}).status_code == 302
