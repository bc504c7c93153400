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
