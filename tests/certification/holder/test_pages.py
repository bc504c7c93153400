"""A holder's pages: one's certificates, one of them, its files, who else may open one, and what others see."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, update

from lms.assessment.sharing import services as sharing
from lms.assessment.sharing.rules import Party, What
from lms.certification import queries, services
from lms.certification.home import cards
from lms.certification.life import services as life
from lms.certification.life.reasons import SuspensionReason
from lms.certification.models import Certificate
from lms.certification.numbers import number_of, spoken
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import queries as people_queries
from lms.people import services as people
from tests.certification import steps
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def text(page: Any) -> str:
    return page.get_data(as_text=True)  # type: ignore[no-any-return]


def withdrawn(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        reason = WithdrawalReason.GROUND_FELL_AWAY
        services.withdraw(db, certificate_id=issued.id, reason=reason, by=world.coordinator, now=now)


def suspended(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        life.suspend(
            db,
            id=uuid4(),
            certificate_id=issued.id,
            reason=SuspensionReason.GROUND_LOOKED_AT,
            word="We ask the person who signed.",
            by=world.coordinator,
            now=now,
        )


def test_my_certificates(open_as: Any, issued: CertificateView, world: World) -> None:
    page = open_as(world.pa, "/certificates")
    assert page.status_code == 200
    assert "What counts" in text(page)
    assert issued.number in text(page)
    assert f"/certificates/{issued.id}" in text(page)
    assert "You have no certificate that counts yet." in text(open_as(world.second_pa, "/certificates"))
    assert open_as(None, "/certificates").status_code == 302


def test_what_counts_stands_apart_from_what_was_before(
    *, open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    suspended(house, issued, world, now)
    page = text(open_as(world.pa, "/certificates"))
    assert "None of your certificates counts today." in page
    assert "What was before, or does not count now" in page
    assert "Suspended since 21 November 2026" in page
    assert "Something it rests on is being looked at again." in page
    assert "We ask the person who signed." in page
    own = text(open_as(world.pa, f"/certificates/{issued.id}"))
    assert "We ask the person who signed." in own
    employer = text(open_as(world.employer_person, f"/certificates/{issued.id}"))
    assert "Suspended since 21 November 2026" in employer
    assert "We ask the person who signed." not in employer


def test_what_is_on_the_way_says_what_is_missing(open_as: Any, house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        enrolment_id = steps.enrolled(db, world, now)
        steps.studies(db, enrolment_id, world.pa, now)
    page = text(open_as(world.pa, "/certificates"))
    assert "What is on the way" in page
    assert "is not signed off yet" in page


def test_a_certificate_says_what_it_proves_and_what_not(open_as: Any, issued: CertificateView, world: World) -> None:
    page = text(open_as(world.pa, f"/certificates/{issued.id}"))
    assert issued.does_not_prove[0] in page
    assert "What it proves" in page
    assert "What it does not prove" in page
    assert page.count("<h1") == 1


def test_the_page_says_the_same_as_the_paper(open_as: Any, issued: CertificateView, world: World) -> None:
    page = text(open_as(world.pa, f"/certificates/{issued.id}/page"))
    assert page.count("<h1") == 1
    assert issued.shown
    for line in issued.shown:
        assert f">{line['text']}</dd>" in page
    for said in (*issued.proves, *issued.does_not_prove, issued.number, issued.holder_name):
        assert said in page
    assert spoken(issued.number, "en") in page


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
    assert "share-file.js" in page
    assert "share-file.js" not in text(open_as(world.coordinator, address))


def test_the_pdf_comes_as_a_file_with_a_clear_name(
    open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    work.do_all(house, now=now)
    answer = open_as(world.pa, f"/certificates/{issued.id}/pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="certificate-PAI-1-{issued.number}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"%PDF")


def test_what_is_not_there_answers_the_same(open_as: Any, issued: CertificateView, world: World) -> None:
    for ending in ("", "/pdf", "/page", "/share", "/looks"):
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
    assert "Amina Yusuf" not in text(open_as(world.coordinator, f"/certificates/issued/{issued.id}"))


def test_a_withdrawn_certificate_says_so_to_its_holder(
    open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    withdrawn(house, issued, world, now)
    own = text(open_as(world.pa, f"/certificates/{issued.id}"))
    assert "Withdrawn on 21 November 2026." in own
    assert "Withdrawn" in text(open_as(world.pa, "/certificates"))


def test_one_that_ends_says_until_when(
    *, open_as: Any, house: House, issued: CertificateView, world: World, now: datetime, clock: Any
) -> None:
    with house.database.writing() as db:
        db.execute(update(Certificate).values(lapses_on=london_day(now) + timedelta(days=10)))
    page = text(open_as(world.pa, "/certificates"))
    assert "Counts until 30 November 2026" in page
    assert "Ends soon" in page
    clock.on(days=10)
    page = text(open_as(world.pa, "/certificates"))
    assert "It counted until 30 November 2026." in page
    assert "No longer counts" in page
    one = text(open_as(world.pa, f"/certificates/{issued.id}"))
    assert "Counted until" in one
    assert "You can earn a new one" in one


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


def test_what_others_see_is_chosen(open_as: Any, browser_for: Any, issued: CertificateView, world: World) -> None:
    address = "/certificates/what-others-see"
    browser = browser_for(world.pa)
    page = text(browser.get(address))
    assert "Your initials are “P. M.”" in page
    assert 'value="initials" checked' in page
    assert page.count('" checked>') == 1  # nothing is presumed about a closed account
    wrong = text(browser.post(address, {"once": str(uuid4()), "name_shown": "full"}))
    assert "Choose yes or no." in wrong
    assert "Until you do, they cannot" in text(browser.get("/certificates"))
    form = {"once": str(uuid4()), "name_shown": "full", "stays": "yes"}
    for _ in range(2):
        assert browser.post(address, form).location == "/certificates"
    page = text(browser.get("/certificates"))
    assert "sees your full name" in page
    assert "your certificates can still be checked" in page
    assert "initials only" in text(open_as(world.second_pa, "/certificates"))


def test_a_list_costs_the_same_however_long(browser_for: Any, house: House, world: World, now: datetime) -> None:
    def asked(person: Any, path: str) -> int:
        browser, seen = browser_for(person), []
        browser.get("/messages")
        event.listen(house.database.engine, "before_cursor_execute", count := lambda *_: seen.append(1))
        assert browser.get(path).status_code == 200
        event.remove(house.database.engine, "before_cursor_execute", count)
        return len(seen)

    with house.database.writing() as db:
        steps.earns(db, world, now)
        (issued,) = queries.certificates_of(db, world.pa)
        kept = db.get_one(Certificate, issued.id)
    lists = (
        (world.pa, "/certificates"),
        (world.employer_person, "/certificates/of-my-pas"),
        (world.coordinator, "/certificates/issued"),
    )
    few = [asked(*each) for each in lists]
    with house.database.writing() as db:
        for turn in range(60):
            copied = {c.key: getattr(kept, c.key) for c in Certificate.__table__.columns}
            fresh = {"id": uuid4(), "number": number_of(turn), "source_id": (source := uuid4()), "enrolment_id": source}
            db.add(Certificate(**{**copied, **fresh}))
    assert [asked(*each) for each in lists] == few
    assert all(asked(person, f"{path}?page=2") <= most for (person, path), most in zip(lists, few, strict=True))


def test_an_employer_finds_the_certificates_of_their_pas(
    *, open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    path = "/certificates/of-my-pas"
    assert f'href="{path}"' in text(open_as(world.employer_person, "/my-pas"))
    page = text(open_as(world.employer_person, path))
    assert f'href="/certificates/{issued.id}"' in page
    assert issued.title in page
    assert re.search(r"Counts\s*</strong>", page)
    assert open_as(world.employer_person, f"/certificates/{issued.id}").status_code == 200
    suspended(house, issued, world, now)
    page = text(open_as(world.employer_person, path))
    assert re.search(r"Suspended\s*</strong>", page)
    assert "We ask the person who signed." not in page
    assert "Amina Yusuf" not in text(open_as(world.second_employer_person, path))
    for nobody in (world.pa, world.coordinator):
        assert open_as(nobody, path).status_code == 403


def test_what_a_pa_knows_is_theirs_to_share(
    open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        db.execute(update(Certificate).values(kind="knowledge"))
    path = "/certificates/of-my-pas"
    own = f"/certificates/{issued.id}"
    assert "There is no certificate to see yet." in text(open_as(world.employer_person, path))
    assert open_as(world.employer_person, own).status_code == 404
    assert open_as(world.employer_person, f"{own}/page").status_code == 404
    with house.database.writing() as db:
        sharing.agree(
            db,
            id=uuid4(),
            what=What.RECORD,
            party=Party.EMPLOYER,
            with_id=world.employer,
            words="Yes.",
            language="en",
            by=world.pa,
            now=now,
        )
    assert str(issued.id) in text(open_as(world.employer_person, path))
    assert open_as(world.employer_person, own).status_code == 200


def test_an_employer_of_before_and_of_others_finds_none(
    open_as: Any, house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    until = london_day(now) - timedelta(days=1)
    with house.database.writing() as db:
        people.end_employment(
            db, pa_id=world.pa, employer_id=world.employer, until=until, by=world.coordinator, now=now
        )
    for path in ("/certificates/of-my-pas", "/my-pas"):
        page = open_as(world.employer_person, path)
        assert page.status_code == 200
        assert str(issued.id) not in text(page)
    assert issued.title not in text(open_as(world.employer_person, "/certificates/of-my-pas"))
    assert open_as(world.employer_person, f"/certificates/{issued.id}").status_code == 404


def test_the_page_in_two_languages_says_all_twice(
    open_as: Any, house: House, issued: CertificateView, world: World
) -> None:
    achieved = [{"code": "A", "title": "Gweithio’n dda", "on": "2026-11-20", "by": "Dai, asesydd"}]
    also = {"title": "Tystysgrif", "proves": ["Profwyd."], "does_not_prove": ["Nid hyn."], "shown": []}
    say = {
        "proves": "Yr hyn y mae’n ei brofi",
        "does_not_prove": "Yr hyn nad yw’n ei brofi",
        "achievements": "Yr hyn a gyflawnwyd",
        "achieved_what": "Beth",
        "achieved_on": "Diwrnod",
        "achieved_by": "Llofnodwyd gan",
    }
    with house.database.writing() as db:
        kept = db.get_one(Certificate, issued.id)
        values = {
            "also": {"cy": {**also, "achievements": achieved}},
            "face": {**(kept.face or {}), "also": {"say": say}},
        }
        db.execute(update(Certificate).values(**values))
    page = text(open_as(world.pa, f"/certificates/{issued.id}/page"))
    second = page[page.index('<section lang="cy">') :]
    for heading in ("proves", "does_not_prove", "achievements"):
        assert f'<h3 class="govuk-heading-m">{say[heading]}</h3>' in second
    assert 'data-label="Llofnodwyd gan">Dai, asesydd</td>' in second
    assert "Gweithio’n dda" in second
    with house.database.writing() as db:
        db.execute(update(Certificate).values(face=None))
    page = text(open_as(world.pa, f"/certificates/{issued.id}/page"))
    assert page.count("What it does not prove</h") == 2
