"""The page behind a link: what it shows to whom, and that it ends."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select, update

from lms.certification import services as certificates
from lms.certification.holder import services
from lms.certification.holder.models import ShareLook
from lms.certification.holder.rules import NameShown
from lms.certification.life import services as life
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core.house import House
from lms.people.models import Person
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def text(page: Any) -> str:
    return page.get_data(as_text=True)  # type: ignore[no-any-return]


def make(browser: Any, issued: CertificateView, **more: str) -> str:
    """Makes a link as the holder does; returns its path as it stands on the page."""
    form = {"once": str(uuid4()), "for_whom": "Anna <i>", "until": "2026-12-21", "name_shown": "full", **more}
    assert browser.post(f"/certificates/{issued.id}/share", form).status_code == 302
    found = re.search(r'value="[^"]*(/shared/[0-9a-f]{40})"', text(browser.get(f"/certificates/{issued.id}/share")))
    assert found is not None
    return found[1]


def test_whoever_has_the_link_sees_the_certificate(
    open_as: Any, browser_for: Any, issued: CertificateView, world: World
) -> None:
    path = make(browser_for(world.pa), issued)
    answer = open_as(None, path)
    page = text(answer)
    assert answer.status_code == 200
    for said in ("This certificate is on record and counts", "Pat Morgan", issued.number, "21 December 2026"):
        assert said in page
    for said in (*issued.proves, *issued.does_not_prove, *(line["text"] for line in issued.shown)):
        assert said in page
    assert "Anna" not in page
    assert "@example.com" not in page
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    same = re.compile(r'<input type="hidden"[^>]*>')
    assert same.sub("", text(open_as(world.pa, path))) == same.sub("", page)  # whoever is signed in is overlooked


def test_initials_when_the_holder_chose_them(
    open_as: Any, browser_for: Any, issued: CertificateView, world: World
) -> None:
    page = text(open_as(None, make(browser_for(world.pa), issued, name_shown="initials")))
    assert "P. M." in page
    assert "Pat Morgan" not in page


def test_ended_and_never_made_say_the_same(
    *, open_as: Any, browser_for: Any, issued: CertificateView, world: World, clock: Any
) -> None:
    browser = browser_for(world.pa)
    path = make(browser, issued)
    shares = text(browser.get(f"/certificates/{issued.id}/share"))
    ending = re.search(r"/certificates/shared/[0-9a-f-]{36}/end", shares)
    assert ending is not None
    for _ in range(2):
        assert browser.post(ending[0]).status_code == 302
    same = re.compile(r'<input type="hidden"[^>]*>')
    pages = {same.sub("", text(open_as(None, each))) for each in (path, f"/shared/{'0' * 40}", "/shared/x")}
    assert len(pages) == 1
    assert "This link does not work" in pages.pop()
    assert open_as(None, path).status_code == 404
    for odd in (f"/shared/{'x' * 3000}", "/shared/%00", "/shared/<script>"):
        assert open_as(None, odd).status_code == 404
    later = make(browser, issued)
    clock.on(days=31)
    assert open_as(None, later).status_code == 404


def test_a_withdrawn_or_replaced_one_names_nobody(
    *, open_as: Any, browser_for: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    path = make(browser_for(world.pa), issued)
    with house.database.writing() as db:
        new = life.replace(
            db, id=uuid4(), certificate_id=issued.id, holder_name="Patrick Rees", by=world.coordinator, now=now
        )
    page = text(open_as(None, path))
    assert "This certificate was replaced" in page
    for hidden in ("Pat Morgan", "Patrick", "Being a personal assistant"):
        assert hidden not in page
    with house.database.writing() as db:
        reason = WithdrawalReason.ISSUED_IN_ERROR
        certificates.withdraw(db, certificate_id=new, reason=reason, by=world.coordinator, now=now)
    page = text(open_as(None, path))
    assert "This certificate was withdrawn" in page
    assert "Pat Morgan" not in page


def test_after_the_account_is_closed_it_shows_what_the_holder_agreed_to(
    *, open_as: Any, browser_for: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    path = make(browser_for(world.pa), issued)
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == world.pa).values(closed_at=now))
    assert open_as(None, path).status_code == 404
    with house.database.writing() as db:
        services.choose(db, id=uuid4(), holder_id=world.pa, name_shown=NameShown.FULL, stays_checkable=True, now=now)
    assert open_as(None, path).status_code == 200


def test_opening_it_again_and_again_writes_once(
    *, open_as: Any, browser_for: Any, house: House, issued: CertificateView, world: World, clock: Any
) -> None:
    path = make(browser_for(world.pa), issued)
    written: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            written.append(statement)

    open_as(None, path)
    event.listen(house.database.engine, "before_cursor_execute", note)
    for _ in range(5):
        open_as(None, path)
    event.remove(house.database.engine, "before_cursor_execute", note)
    assert written == []
    clock.on(minutes=11)
    open_as(None, path)
    with house.database.reading() as db:
        assert db.scalars(select(ShareLook.times)).all() == [2]
    page = text(browser_for(world.pa).get(f"/certificates/{issued.id}/share"))
    assert "Opened 2 times, last on 21 November 2026." in page
    assert "Anna &lt;i&gt;" in page


def test_what_is_wrong_is_said_at_its_field(browser_for: Any, issued: CertificateView, world: World) -> None:
    browser, address = browser_for(world.pa), f"/certificates/{issued.id}/share"
    page = text(browser.post(address, {"once": str(uuid4()), "until": "31 2 2027", "name_shown": "x"}))
    for said in ("<title>Error:", "Write who it is for", "Enter a real date", "Not a valid choice"):
        assert said in page
    late = {"once": str(uuid4()), "for_whom": "Anna", "until": "2031-01-01", "name_shown": "full"}
    assert "at most 365 days away" in text(browser.post(address, late))
