"""Pages: one's own certificates, who else may open one, the PDF, and the public check page."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import event, update

from lms.certification import queries, services
from lms.certification.home import cards
from lms.certification.models import Certificate
from lms.certification.numbers import number_of
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import queries as people_queries
from lms.people import services as people
from tests.certification import steps
from tests.world import World


def text(page: Any) -> str:
    return page.get_data(as_text=True)  # type: ignore[no-any-return]


def withdrawn(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        reason = WithdrawalReason.GROUND_FELL_AWAY
        services.withdraw(db, certificate_id=issued.id, reason=reason, by=world.coordinator, now=now)


def test_my_certificates(open_as: Any, issued: CertificateView, world: World) -> None:
    page = open_as(world.pa, "/certificates")
    assert page.status_code == 200
    assert issued.number in text(page)
    assert f"/certificates/{issued.id}" in text(page)
    assert "You have no certificate yet." in text(open_as(world.second_pa, "/certificates"))
    assert open_as(None, "/certificates").status_code == 302


def test_a_certificate_says_what_it_proves_and_what_not(open_as: Any, issued: CertificateView, world: World) -> None:
    page = text(open_as(world.pa, f"/certificates/{issued.id}"))
    assert issued.does_not_prove[0] in page
    assert "What it proves" in page
    assert "What it does not prove" in page
    assert page.count("<h1") == 1


def test_before_the_pdf_is_made_the_page_says_so(
    open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    address = f"/certificates/{issued.id}"
    assert "The PDF is being made" in text(open_as(world.pa, address))
    early = open_as(world.pa, f"{address}/pdf")
    assert (early.status_code, early.location) == (302, address)
    work.do_all(house, now=now)
    page = text(open_as(world.pa, address))
    assert "The PDF is being made" not in page
    assert f'href="{address}/pdf"' in page


def test_the_pdf_comes_as_a_file(
    open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    work.do_all(house, now=now)
    answer = open_as(world.pa, f"/certificates/{issued.id}/pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{issued.number}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"%PDF")


OPENS = {"pa", "coordinator", "employer_person", "second_employer_person", "representative"}
DOES_NOT_OPEN = {
    "second_pa",
    "assessor",
    "quality_assurer",
    "register_officer",
    "register_manager",
    "funding_officer",
    "admin",
    "other_coordinator",
    "other_employer_person",
    "other_assessor",
    "other_pa",
}


def test_who_opens_it(open_as: Any, house: House, issued: CertificateView, world: World, now: datetime) -> None:
    work.do_all(house, now=now)
    for ending in ("", "/pdf"):
        answers = {
            who: open_as(getattr(world, who), f"/certificates/{issued.id}{ending}").status_code
            for who in OPENS | DOES_NOT_OPEN
        }
        assert answers == {**dict.fromkeys(OPENS, 200), **dict.fromkeys(DOES_NOT_OPEN, 404)}


def test_what_is_not_there_answers_the_same(open_as: Any, issued: CertificateView, world: World) -> None:
    for ending in ("", "/pdf"):
        hidden = open_as(world.second_pa, f"/certificates/{issued.id}{ending}")
        absent = open_as(world.second_pa, f"/certificates/{uuid4()}{ending}")
        assert (hidden.status_code, absent.status_code) == (404, 404)
        # The language switch carries the address that was asked for and a fresh token; nothing else may differ.
        own = re.compile(r'<input type="hidden"[^>]*>')
        assert own.sub("", text(hidden)) == own.sub("", text(absent))


def test_who_employed_the_holder_once_does_not(
    open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        people.end_employment(
            db,
            pa_id=world.pa,
            employer_id=world.employer,
            until=london_day(now) - timedelta(days=1),
            by=world.coordinator,
            now=now,
        )
    assert open_as(world.employer_person, f"/certificates/{issued.id}").status_code == 404


def test_only_the_holder_reads_who_signed_off(open_as: Any, issued: CertificateView, world: World) -> None:
    address = f"/certificates/{issued.id}"
    assert "Amina Yusuf signed off" in text(open_as(world.pa, address))
    for other in (world.coordinator, world.second_employer_person):
        assert "Amina Yusuf" not in text(open_as(other, address))
    assert "Amina Yusuf" not in text(open_as(None, f"/verify/{issued.number}"))


def test_anybody_can_check_a_number(open_as: Any, issued: CertificateView) -> None:
    answer = open_as(None, f"/verify/{issued.number}")
    assert answer.status_code == 200
    page = text(answer)
    for said in (
        "This certificate is genuine",
        "Pat Morgan",
        issued.title,
        "Rivermere Council",
        "21 November 2026",
        "an individual employer",
        *issued.proves,
        *issued.does_not_prove,
    ):
        assert said in page
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert "@example.com" not in page


def test_the_check_page_shows_what_was_issued(
    open_as: Any, house: House, issued: CertificateView, world: World
) -> None:
    address = f"/verify/{issued.number}"
    before = re.sub(r'value="[^"]+"', "", text(open_as(None, address)))
    with house.database.writing() as db:
        people.change_details(db, person_id=world.pa, name="Pat Renamed", language="cy", access_needs="")
    assert re.sub(r'value="[^"]+"', "", text(open_as(None, address))) == before


def test_a_number_spelled_otherwise_leads_to_its_page(open_as: Any, issued: CertificateView) -> None:
    number = issued.number
    for spelled in (number.lower(), number.replace("-", ""), number.removeprefix("PALMS-")):
        answer = open_as(None, f"/verify/{spelled}")
        assert (answer.status_code, answer.location) == (302, f"/verify/{number}")


def test_the_form_leads_to_the_page_of_a_number(open_as: Any, issued: CertificateView) -> None:
    answer = open_as(None, f"/verify?number=+{issued.number.lower().replace('-', '+')}+")
    assert (answer.status_code, answer.location) == (302, f"/verify/{issued.number}")


def test_the_form_says_what_is_wrong(open_as: Any) -> None:
    first = text(open_as(None, "/verify"))
    assert "Error:" not in first
    assert 'name="number"' in first
    empty = text(open_as(None, "/verify?number="))
    assert "Enter the number of a certificate." in empty
    mistyped = text(open_as(None, "/verify?number=PALMS-7K2M-9QXD-0<b>"))
    assert "<title>Error:" in mistyped
    assert 'href="#number"' in mistyped
    assert "PALMS-7K2M-9QXD-0&lt;b&gt;" in mistyped
    assert "Enter a shorter number." in text(open_as(None, f"/verify?number={'x' * 500}"))


def test_mistyped_and_unknown_are_told_apart(open_as: Any, issued: CertificateView) -> None:
    wrong = issued.number[:-1] + ("2" if issued.number[-1] != "2" else "3")
    mistyped = open_as(None, f"/verify/{wrong}")
    unknown = open_as(None, f"/verify/{number_of(12345)}")
    assert (mistyped.status_code, unknown.status_code) == (404, 404)
    assert "was mistyped" in text(mistyped)
    assert "is not in our records" in text(unknown)
    assert "noindex" in unknown.headers["X-Robots-Tag"]


def test_whatever_is_asked_is_answered(open_as: Any) -> None:
    for typed in ("<script>alert(1)</script>", "%00", "x" * 3000, "PALMS", "…"):
        answer = open_as(None, f"/verify/{typed}")
        assert answer.status_code == 404
        assert "<script>alert" not in text(answer)


def test_a_withdrawn_certificate_says_when_and_why_and_nothing_more(
    open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    withdrawn(house, issued, world, now)
    page = text(open_as(None, f"/verify/{issued.number}"))
    for said in ("This certificate was withdrawn", "21 November 2026", "Something it rested on no longer holds."):
        assert said in page
    for hidden in ("Pat Morgan", "Rivermere", "Being a personal assistant", issued.does_not_prove[0]):
        assert hidden not in page
    own = text(open_as(world.pa, f"/certificates/{issued.id}"))
    assert "Withdrawn on 21 November 2026." in own
    assert "Withdrawn" in text(open_as(world.pa, "/certificates"))


def test_a_lapsed_certificate_says_so(
    *, open_as: Any, house: House, issued: CertificateView, world: World, now: datetime, clock: Any
) -> None:
    with house.database.writing() as db:
        db.execute(update(Certificate).values(lapses_on=london_day(now) + timedelta(days=10)))
    assert "This certificate is genuine" in text(open_as(None, f"/verify/{issued.number}"))
    clock.on(days=10)
    page = text(open_as(None, f"/verify/{issued.number}"))
    assert "This certificate no longer counts" in page
    assert "It counted until 30 November 2026." in page


def test_a_new_certificate_is_news_for_two_weeks(
    house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    def news(person: Any, at: datetime) -> list[str]:
        with house.database.reading() as db:
            someone = people_queries.viewer_of(db, person, london_day(at))
            assert someone is not None
            return [str(card.args["certificate_id"]) for card in cards(db, someone, at)]

    assert news(world.pa, now) == [str(issued.id)]
    assert news(world.pa, now + timedelta(days=14)) == []
    assert news(world.second_pa, now) == []
    assert news(world.coordinator, now) == []
    withdrawn(house, issued, world, now)
    assert news(world.pa, now) == []


def test_a_list_costs_the_same_however_long(
    app: Flask, browser_for: Any, house: House, world: World, now: datetime
) -> None:
    def asked(path: str) -> int:
        browser, seen = browser_for(world.pa), []
        event.listen(house.database.engine, "before_cursor_execute", count := lambda *_: seen.append(1))
        assert browser.get(path).status_code == 200
        event.remove(house.database.engine, "before_cursor_execute", count)
        return len(seen)

    with house.database.writing() as db:
        steps.earns(db, world, now)
        (issued,) = queries.certificates_of(db, world.pa)
        kept = db.get_one(Certificate, issued.id)
    few = asked("/certificates")
    with house.database.writing() as db:
        for turn in range(60):
            copied = {c.key: getattr(kept, c.key) for c in Certificate.__table__.columns}
            db.add(Certificate(**{**copied, "id": uuid4(), "number": number_of(turn), "enrolment_id": uuid4()}))
    assert asked("/certificates") == few
    assert asked("/certificates?page=2") == few
