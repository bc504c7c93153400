"""The public page of a number: every fact on the paper, how it stands, and so much of the name as its holder chose."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, update

from lms.certification import services
from lms.certification.checking import looking
from lms.certification.checking.face import _day
from lms.certification.checking.rules import Way
from lms.certification.checking.slips import Slip, slip
from lms.certification.checking.views import EXAMPLE, looks
from lms.certification.holder import services as holder
from lms.certification.holder.rules import NameShown
from lms.certification.life import services as life
from lms.certification.life.reasons import SuspensionReason
from lms.certification.models import Certificate
from lms.certification.numbers import number_of
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.models import Person
from tests.world import World

NAME, LETTERS = "Pat Morgan", "P. M."
LABELS = re.compile(r"<dt[^>]*>([^<]+)</dt>")


def said(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True))


def facts(certificate: CertificateView) -> list[str]:
    """What is on the paper beside the name."""
    shown = [text for fact in certificate.shown for text in (fact["label"], fact["text"])]
    return [certificate.number, certificate.title, *shown, *certificate.proves, *certificate.does_not_prove]


def withdrawn(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        reason = WithdrawalReason.GROUND_FELL_AWAY
        services.withdraw(db, certificate_id=issued.id, reason=reason, by=world.coordinator, now=now)


def test_the_page_says_what_the_paper_says_in_its_order(open_as: Any, issued: CertificateView) -> None:
    answer = open_as(None, f"/verify/{issued.number}")
    assert answer.status_code == 200
    page = said(answer)
    assert "This certificate is on record and counts" in page
    assert "It has counted since 21 November 2026, and has no end date." in page
    assert "Only the name is shortened here; type it to compare it." in page
    assert {"label": "Answers for this certificate", "text": "Training coordinator, Rivermere Council"} in issued.shown
    assert len(issued.shown) > 2
    assert [label for label in LABELS.findall(page) if label not in {"Number", "Holder"}] == [
        fact["label"] for fact in issued.shown
    ]
    for each in facts(issued):
        assert each in page
    assert page.count("<h1") == 1
    assert "@example.com" not in page


def test_strangers_see_the_first_letters_of_the_name_and_nowhere_more(open_as: Any, issued: CertificateView) -> None:
    page = said(open_as(None, f"/verify/{issued.number}"))
    assert f"<bdi>{LETTERS}</bdi>" in page
    assert "Morgan" not in page
    assert "Pat" not in page.replace("PATCH", "")


def test_the_whole_name_where_the_holder_chose_so(
    *, open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        holder.choose(db, id=uuid4(), holder_id=world.pa, name_shown=NameShown.FULL, stays_checkable=True, now=now)
    page = said(open_as(None, f"/verify/{issued.number}"))
    assert f"<bdi>{NAME}</bdi>" in page
    assert 'name="name"' not in page  # nothing to compare it with


def test_a_name_that_fits_is_shown_and_one_that_does_not_learns_nothing(
    browser_at: Any, issued: CertificateView
) -> None:
    browser, address = browser_at("192.0.2.1"), f"/verify/{issued.number}"
    fits = said(browser.post(address, {"name": "MORGAN, pat"}))
    assert "The name you typed matches." in fits
    assert f"<bdi>{NAME}</bdi>" in fits
    for place, wrong in enumerate(("Sam Jones", "Pat", "P. M.", "Morgan", "<b>x</b>", "x" * 400, "ŵŷ \u202e")):
        page = said(browser_at(f"192.0.2.{place + 9}").post(address, {"name": wrong}))
        assert "This name does not match." in page
        assert "Morgan" not in page.replace('value="Morgan"', "")
        assert "<title>Error:" in page
    assert "Type the whole name." in said(browser.post(address, {"name": " "}))
    assert "Type a shorter name." in said(browser.post(address, {"name": "x" * 401}))


def test_withdrawn(open_as: Any, house: House, issued: CertificateView, world: World, now: datetime) -> None:
    withdrawn(house, issued, world, now)
    page = said(open_as(None, f"/verify/{issued.number}"))
    for each in ("This certificate was withdrawn", "Withdrawn on 21 November 2026.", "Do not rely on it."):
        assert each in page
    assert "Something it rested on no longer holds." in page
    assert all(each in page for each in facts(issued))
    assert "Morgan" not in page


def test_suspended_and_lifted(open_as: Any, house: House, issued: CertificateView, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        why = SuspensionReason.FACTS_LOOKED_AT
        life.suspend(
            db, id=uuid4(), certificate_id=issued.id, reason=why, word="We look.", by=world.coordinator, now=now
        )
    page = said(open_as(None, f"/verify/{issued.number}"))
    for each in ("This certificate does not count for now", "Suspended since 21 November 2026.", why.sentence):
        assert each in page
    assert all(each in page for each in facts(issued))
    with house.database.writing() as db:
        life.lift(db, id=uuid4(), certificate_id=issued.id, by=world.coordinator, now=now)
    assert "This certificate is on record and counts" in said(open_as(None, f"/verify/{issued.number}"))


def test_replaced(open_as: Any, house: House, issued: CertificateView, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        services.replace(db, certificate_id=issued.id, holder_name="Pat Morgan-Wyn", by=world.coordinator, now=now)
    page = said(open_as(None, f"/verify/{issued.number}"))
    for each in ("This certificate was replaced", "Replaced on 21 November 2026.", "Do not rely on it."):
        assert each in page
    numbers = set(re.findall(r"PALMS-\w{4}-\w{4}-\w", page))
    assert numbers == {issued.number}  # the other one's number is the holder's to give
    assert all(each in page for each in facts(issued))


def test_lapsed(*, open_as: Any, house: House, issued: CertificateView, now: datetime, clock: Any) -> None:
    with house.database.writing() as db:
        db.execute(update(Certificate).values(lapses_on=london_day(now) + timedelta(days=10)))
    page = said(open_as(None, f"/verify/{issued.number}"))
    assert "It has counted since 21 November 2026, and counts until 30 November 2026." in page
    clock.on(days=10)
    page = said(open_as(None, f"/verify/{issued.number}"))
    assert "This certificate no longer counts" in page
    assert "It counted until 30 November 2026." in page
    assert all(each in page for each in facts(issued))


def test_dated_in_the_future(*, open_as: Any, house: House, issued: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        db.execute(update(Certificate).values(issued_on=london_day(now) + timedelta(days=3)))
    page = said(open_as(None, f"/verify/{issued.number}"))
    assert "This certificate does not count yet" in page
    assert "It is dated 24 November 2026 and does not count before." in page
    assert "is on record" not in page


def test_a_closed_account_is_answered_for_only_where_its_holder_agreed(
    *, open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    def choose(*, stays: bool) -> str:
        with house.database.writing() as db:
            at = now + timedelta(minutes=stays)
            holder.choose(
                db, id=uuid4(), holder_id=world.pa, name_shown=NameShown.INITIALS, stays_checkable=stays, now=at
            )
        return said(open_as(None, f"/verify/{issued.number}"))

    assert "is on record" in choose(stays=False)  # the account is open
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == world.pa).values(closed_at=now))
    closed = choose(stays=False)
    assert "This certificate is not answered for any more" in closed
    assert issued.title not in closed
    assert "is on record" in choose(stays=True)


def test_nothing_is_listed_kept_or_framed(open_as: Any, issued: CertificateView) -> None:
    for path in ("/verify", f"/verify/{issued.number}", f"/verify/{number_of(77)}", "/verify/x"):
        answer = open_as(None, path)
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in said(answer)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_page_shows_what_was_issued(open_as: Any, house: House, issued: CertificateView, world: World) -> None:
    own = re.compile(r'value="[^"]+"')
    before = own.sub("", said(open_as(None, f"/verify/{issued.number}")))
    with house.database.writing() as db:
        people.change_details(
            db, person_id=world.pa, name="Kim Renamed", language="cy", access_needs="", now=house.clock()
        )
    assert own.sub("", said(open_as(None, f"/verify/{issued.number}"))) == before


def test_a_number_spelled_otherwise_leads_to_its_page(open_as: Any, issued: CertificateView) -> None:
    number = issued.number
    for spelled in (number.lower(), number.replace("-", ""), number.removeprefix("PALMS-")):
        answer = open_as(None, f"/verify/{spelled}")
        assert (answer.status_code, answer.location) == (302, f"/verify/{number}")


def test_the_form_leads_to_the_page_of_a_number(open_as: Any, issued: CertificateView) -> None:
    answer = open_as(None, f"/verify?number=+{issued.number.lower().replace('-', '+')}+")
    assert (answer.status_code, answer.location) == (302, f"/verify/{issued.number}")


def test_the_form_says_what_is_wrong(open_as: Any) -> None:
    first = said(open_as(None, "/verify"))
    assert "Error:" not in first
    assert 'name="number"' in first
    assert "Enter the number of a certificate." in said(open_as(None, "/verify?number="))
    mistyped = open_as(None, "/verify?number=PALMS-7K2M-9QXD-0<b>").get_data(as_text=True)
    assert "<title>Error:" in mistyped
    assert 'href="#number"' in mistyped
    assert "PALMS-7K2M-9QXD-0&lt;b&gt;" in mistyped
    assert "Enter a shorter number." in said(open_as(None, f"/verify?number={'x' * 500}"))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", Slip.SHORT),
        ("PALMS", Slip.SHORT),
        ("PALMS-7K2M-9QXD", Slip.SHORT),
        ("PALMS-7K2M-9QXD-PP", Slip.LONG),
        ("7K2M 9QXD 00", Slip.LONG),
        ("PALMS-7U2M-9QXD-P", Slip.LETTER),
        ("PALMS-7K2M-9QXD-é", Slip.LETTER),
        ("<script>", Slip.LETTER),
        ("PALMS-7K2M-9QXD-Z", Slip.CHECK),
        ("https://example.org/verify/PALMS-7K2M-9QXD-Z/", Slip.CHECK),
    ],
)
def test_a_slip_of_the_hand_is_named(typed: str, wrong: Slip) -> None:
    assert slip(typed) is wrong


def test_mistyped_and_unknown_are_told_apart(open_as: Any, issued: CertificateView) -> None:
    wrong = issued.number[:-1] + ("2" if issued.number[-1] != "2" else "3")
    mistyped = open_as(None, f"/verify/{wrong}")
    unknown = open_as(None, f"/verify/{number_of(12345)}")
    assert (mistyped.status_code, unknown.status_code) == (404, 404)
    assert Slip.CHECK.sentence in said(mistyped)
    assert "is not in our records" in said(unknown)
    example = open_as(None, f"/verify/{EXAMPLE}")
    assert example.status_code == 404
    assert "They show how a certificate looks, and certify nothing." in said(example)


def test_whatever_is_asked_is_answered(open_as: Any) -> None:
    for typed in ("<script>alert(1)</script>", "%00", "x" * 3000, "PALMS", "…", "file/", "%E2%80%AE", "%FF"):
        answer = open_as(None, f"/verify/{typed}")
        assert answer.status_code in {404, 302}
        assert "<script>alert" not in answer.get_data(as_text=True)


def test_looks_are_counted_by_day_and_way_and_not_the_holders_own(
    *, app: Any, house: House, browser_for: Any, issued: CertificateView, world: World, clock: Any
) -> None:
    address = f"/verify/{issued.number}"
    for who in (None, None, world.coordinator, world.pa):
        assert browser_for(who).get(address).status_code == 200
    browser_for().post(address, {"name": "Sam Jones"})
    browser_for().post(address, {"name": NAME})
    clock.on(days=1)
    browser_for().get(address)
    browser_for().get(f"/verify/{number_of(3)}")
    with app.app_context():
        looks().save()
        looks().save()
    with house.database.reading() as db:
        found = {(each.on.day, each.way): each.times for each in looking.looks_of(db, issued.id)}
        assert looking.times_of(db, issued.id) == 5
    assert found == {(21, Way.PAGE): 3, (21, Way.NAME): 1, (22, Way.PAGE): 1}


def test_looks_that_come_together_are_all_counted(house: House, issued: CertificateView, now: datetime) -> None:
    gathered = looking.Looks(house, every=None)
    for _ in range(3):
        for _ in range(4):
            gathered.note(issued.id, on=london_day(now), way=Way.SHARED)
        gathered.save()
    with house.database.reading() as db:
        assert looking.times_of(db, issued.id) == 12


def test_looks_are_written_by_themselves_soon(house: House, issued: CertificateView, now: datetime) -> None:
    gathered = looking.Looks(house, every=0)
    gathered.note(issued.id, on=london_day(now), way=Way.PAGE)
    timer = gathered._timer
    if timer is not None:  # else it has run already
        timer.join(10)
    with house.database.reading() as db:
        assert looking.times_of(db, issued.id) == 1


def test_a_look_asks_the_database_once_and_writes_nothing(
    browser_for: Any, house: House, issued: CertificateView
) -> None:
    browser, said_to_it = browser_for(), list[str]()
    browser.get("/help")
    listener = lambda *given: said_to_it.append(given[2])  # noqa: E731
    event.listen(house.database.engine, "before_cursor_execute", listener)
    assert browser.get(f"/verify/{issued.number}").status_code == 200
    event.remove(house.database.engine, "before_cursor_execute", listener)
    asked = [each for each in said_to_it if not each.startswith(("BEGIN", "PRAGMA"))]
    assert len(asked) == 1
    assert all(each.startswith("SELECT") for each in asked)


def test_looking_leaves_no_cookie(app: Any, issued: CertificateView) -> None:
    client = app.test_client()
    for path in (f"/verify/{issued.number}", f"/verify/{number_of(3)}", f"/verify/{issued.number}?language=cy"):
        assert "Set-Cookie" not in client.get(path).headers


def test_the_language_is_in_the_address_and_goes_along(open_as: Any, issued: CertificateView) -> None:
    page = said(open_as(None, f"/verify/{issued.number}?language=cy"))
    assert '<html lang="cy"' in page
    assert 'href="?language=en"' in page
    assert "/verify?language=cy" in page
    assert '<html lang="en"' in said(open_as(None, f"/verify/{issued.number}?language=xx"))
    answer = open_as(None, f"/verify?number={issued.number}&language=cy")
    assert answer.location == f"/verify/{issued.number}?language=cy"
    assert 'name="language" value="cy"' in said(open_as(None, "/verify?language=cy"))


def test_a_name_is_compared_without_a_session_and_not_for_other_sites(app: Any, issued: CertificateView) -> None:
    client, address = app.test_client(), f"/verify/{issued.number}"
    token = re.findall(r'name="lms_csrf_token" value="([^"]+)"', said(client.get(address)))[0]
    fits = client.post(address, data={"name": NAME, "lms_csrf_token": token})
    assert "The name you typed matches." in said(fits)
    for wrong in ("", "x", token[:-1], "é"):
        assert client.post(address, data={"name": NAME, "lms_csrf_token": wrong}).status_code == 400
    other = f"/verify/{number_of(3)}"
    assert client.post(other, data={"name": NAME, "lms_csrf_token": token}).status_code == 400
    assert client.post("/verify/file", data={"lms_csrf_token": token}).status_code == 400


def test_a_token_lasts_over_midnight_and_no_longer(app: Any, issued: CertificateView, clock: Any) -> None:
    client, address = app.test_client(), f"/verify/{issued.number}"
    token = re.findall(r'name="lms_csrf_token" value="([^"]+)"', said(client.get(address)))[0]
    codes = []
    for _ in range(3):
        codes.append(client.post(address, data={"name": NAME, "lms_csrf_token": token}).status_code)
        clock.on(days=1)
    assert codes == [200, 200, 400]


def test_somebody_signed_in_keeps_their_menu(open_as: Any, issued: CertificateView, world: World) -> None:
    page = said(open_as(world.coordinator, f"/verify/{issued.number}"))
    assert "Sign out" in page
    assert "govuk-service-navigation" in page
    assert page.count('name="robots"') == 1


def test_days_of_achievements_are_written_as_on_the_paper() -> None:
    assert _day("2026-11-04", "en") == "4 November 2026"
    assert _day("2026-11-04", "cy") == "4 Tachwedd 2026"
    assert _day("soon", "en") == "soon"
