"""Pages of contacts, call-backs and alerts: what each shows, and that an alert stands nowhere else."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.core import work
from lms.core.house import House
from lms.core.models import EventRow
from lms.notifications.models import Notice
from lms.people import queries as people
from lms.people.beginnings import Begun
from lms.people.rules import Nation, Role
from lms.programme.contacts import calling, planning
from lms.programme.contacts.calling import Given
from lms.programme.contacts.models import ContactNote, NamedContact, SafeguardingAlert, SafeguardingPerson
from lms.programme.contacts.planning import Plan
from lms.programme.contacts.questions import newest
from lms.programme.contacts.words import Standing, Whom
from tests.programme.contacts.conftest import MARK, begin, harm, name
from tests.whole.test_query_counts import add_pas, counting
from tests.world import World

BrowserFor = Callable[..., Any]
ENGLAND = Nation.ENGLAND
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def calls(house: House, world: World, now: datetime) -> dict[Whom, UUID]:
    """Call-backs that are due; the register manager and the funding officer are named."""
    with house.database.writing() as db:
        name(db, world, world.register_manager, now)
        name(db, world, world.funding_officer, now)
        return begin(db, world, now)


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_a_contact_is_named_and_seen_on_ones_own_page(house: House, world: World, browser_for: BrowserFor) -> None:
    coordinator = browser_for(world.coordinator)
    for kind, id in (("pa", world.pa), ("employer", world.employer)):
        path = f"/desk/contacts/{kind}/{id}"
        wrong = coordinator.submit(path, {"contact": str(world.coordinator)})
        assert "Give an e-mail address or a telephone number" in text(wrong)
        given = {"contact": str(world.coordinator), "phone": "01632 960 140", "email": "cora@example.com"}
        for _twice in range(2):
            assert coordinator.submit(path, given).status_code == 302
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(NamedContact)) == 2
    for person in (world.pa, world.employer_person, world.representative):
        page = text(browser_for(person).get("/my-contact"))
        assert "Cora Coordinator" in page
        assert 'href="tel:01632960140"' in page
        assert "Your contact at the council: Cora Coordinator" in text(browser_for(person).get("/"))
    for person in (world.second_pa, world.second_employer_person, world.other_pa):
        assert "Cora" not in text(browser_for(person).get("/my-contact"))
    assert coordinator.submit(path, {"contact": ""}).status_code == 302
    assert "has not named somebody" in text(browser_for(world.employer_person).get("/my-contact"))


def test_notes_are_written_corrected_and_taken_out(house: House, world: World, browser_for: BrowserFor) -> None:
    coordinator, path = browser_for(world.coordinator), f"/desk/contacts/pa/{world.pa}"
    note = {"on": ["20", "11", "2026"], "way": "telephone", "with_whom": "pa", "said": "=Asked about <b>payslips</b>"}
    refused = coordinator.submit(f"{path}/notes/new", {**note, "said": "Was convicted of theft"})
    assert "Was convicted of theft" in text(refused), "nothing that was typed is lost"
    assert "may not be written down" in text(refused)
    assert coordinator.submit(f"{path}/notes/new", note).status_code == 302
    with house.database.reading() as db:
        first = db.scalars(select(ContactNote.id)).one()
    assert "&lt;b&gt;payslips" in text(coordinator.get(path))
    assert coordinator.submit(f"{path}/notes/{first}", {**note, "said": "Asked about pensions"}).status_code == 302
    again = coordinator.submit(f"{path}/notes/{first}", {**note, "said": "Asked about shoes"})
    assert "corrected this note already" in text(again)
    page = text(coordinator.get(path))
    assert "Corrected by a newer note" in page
    assert "pensions" in page
    sheet = text(coordinator.post(f"{path}/notes.csv"))
    assert "'=Asked about <b>payslips</b>" in sheet
    assert "pensions" in sheet
    with house.database.reading() as db:
        kinds = db.scalars(select(EventRow.kind)).all()
        assert "ContactNotesExported" in kinds
        assert "payslips" not in str(db.scalars(select(EventRow.data)).all())


def test_a_call_is_made_on_one_page_and_nothing_is_lost(
    house: House, world: World, calls: dict[Whom, UUID], browser_for: BrowserFor
) -> None:
    coordinator, path = browser_for(world.coordinator), f"/desk/call-backs/{calls[Whom.PA]}"
    assert "Sam Okoro" in text(coordinator.get("/desk/call-backs"))
    assert "People to call back" in text(coordinator.get("/"))
    assert "call 999 first" in text(coordinator.get(path))
    some = {"going": "mixed", "going-note": "Long days", "save": "1"}
    assert coordinator.submit(path, some).status_code == 302
    assert "Long days" in text(coordinator.get(path))
    early = coordinator.submit(path, {"safe": "harmed", "safe-note": MARK, "finish": "1"})
    assert "Questions without an answer: 7" in text(early)
    assert MARK in text(early), "what was typed is shown"
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SafeguardingAlert)) == 1, "the alert is out all the same"
    page = text(coordinator.get(path))
    assert "It went to: Max Manager." in page
    assert "Fay Funding" not in page
    rest = {question.code: "not_said" for question in newest(Whom.PA).questions if question.code != "safe"}
    done = coordinator.submit(path, {**rest, "safe": "harmed", "safe-note": MARK, "finish": "1"})
    assert done.status_code == 302
    assert "They did not want to say" in text(coordinator.get(path))
    assert "Sam Okoro" in text(coordinator.get("/desk/call-backs?state=done"))


def test_who_was_not_reached_says_since_when_and_when_again(
    house: House, world: World, calls: dict[Whom, UUID], browser_for: BrowserFor, now: datetime
) -> None:
    with house.database.writing() as db:
        calling.not_reached(db, once=uuid4(), call_back_id=calls[Whom.PA], by=world.coordinator, now=now)
    pages = [text(browser_for(world.coordinator).get(f"/desk/call-backs?state={each}")) for each in Standing]
    assert any("Not reached yet: try again on 23 November 2026" in page for page in pages)


def test_nobody_is_called_while_nobody_is_named(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        call = begin(db, world, now)[Whom.PA]
    coordinator = browser_for(world.coordinator)
    page = text(coordinator.get(f"/desk/call-backs/{call}"))
    assert "Nobody is named who hears of it" in page
    assert 'href="/desk/safeguarding' in page
    assert 'name="safe"' not in page
    answer = coordinator.post(f"/desk/call-backs/{call}", {"once": str(uuid4()), "safe": "harmed"})
    assert "Nobody is named who hears of it" in text(answer)
    given = {"person": str(world.register_manager), "since": ["21", "11", "2026"]}
    assert coordinator.submit("/desk/safeguarding", given).status_code == 302
    assert 'name="safe"' in text(coordinator.get(f"/desk/call-backs/{call}"))


def test_an_alert_is_read_taken_and_closed_by_who_is_named(
    house: House, world: World, now: datetime, calls: dict[Whom, UUID], browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        harm(db, calls[Whom.PA], by=world.coordinator, now=now)
        alert = db.scalars(select(SafeguardingAlert.id)).one()
    named = browser_for(world.register_manager)
    assert "There is an alert" in text(named.get("/"))
    assert "Nobody has it yet" in text(named.get("/desk/alerts"))
    shown = text(named.get(f"/desk/alerts/{alert}"))
    assert MARK in shown
    assert "21 November 2026, 12:00: Max Manager was told" in shown
    for _twice in range(2):
        assert named.post(f"/desk/alerts/{alert}/have-it").status_code == 302
    refused = named.submit(f"/desk/alerts/{alert}", {"referral": "no_further_action"})
    assert "Say why nothing further is done" in text(refused)
    closed = {"referral": "adult_safeguarding", "said": "Rang the duty desk"}
    assert named.submit(f"/desk/alerts/{alert}", closed).status_code == 302
    page = text(named.get(f"/desk/alerts/{alert}"))
    assert "Referred to the adult safeguarding team" in page
    assert "Rang the duty desk" in page
    assert "Rang the duty desk" not in text(browser_for(world.coordinator).get(f"/desk/call-backs/{calls[Whom.PA]}"))
    assert str(alert) in text(named.get("/desk/alerts?state=closed"))


def test_an_alert_stands_nowhere_else(  # noqa: PLR0917  fixtures
    app: Flask,
    house: House,
    world: World,
    now: datetime,
    calls: dict[Whom, UUID],
    browser_for: BrowserFor,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Every page without a place in its address, and every page of the people concerned, for everybody not named."""
    caplog.set_level(logging.DEBUG)
    with house.database.writing() as db:
        harm(db, calls[Whom.PA], by=world.coordinator, now=now)
        harm(db, calls[Whom.EMPLOYER], by=world.coordinator, now=now)
        alerts = [str(id) for id in db.scalars(select(SafeguardingAlert.id))]
        assert len(alerts) == 2
        facts = db.execute(select(EventRow.kind, EventRow.about, EventRow.data)).all()
        notices = str([(row.kind, row.values, row.name) for row in db.scalars(select(Notice))])
    work.do_all(house, now=now)
    concerned = {world.second_pa, world.employer_person, world.representative}
    assert not [row for row in facts if row.about in concerned and "lert" in row.kind]
    assert not any(MARK in str(row.data) or any(id in str(row.data) for id in alerts) for row in facts)
    assert MARK not in notices
    values = {"person_id": world.second_pa, "pa_id": world.second_pa, "id": world.second_pa, "kind": "pa"}
    values |= {"employer_id": world.employer, "authority_id": world.authority, "learner_id": world.second_pa}
    paths = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.arguments <= set(values) and "sign-out" not in rule.rule:
                given: dict[str, Any] = {each: values[each] for each in rule.arguments}
                try:
                    paths.append(adapter.build(rule.endpoint, given))
                except Exception:  # noqa: BLE001, S112  an address that other ids stand in
                    continue
    assert len(paths) > 150
    others = [
        world.coordinator,
        world.admin,
        world.second_pa,
        world.employer_person,
        world.register_officer,
    ]
    for person in others:
        browser = browser_for(person)
        for path in sorted(set(paths)):
            answer = browser.get(path)
            said = answer.get_data()
            answer.close()
            assert MARK.encode() not in said, (person, path)
            assert not any(id.encode() in said for id in alerts), (person, path)
    for person in (world.admin, world.register_officer):
        assert browser_for(person).get("/desk/alerts").status_code == 404
    assert "There is an alert" not in text(browser_for(world.coordinator).get("/"))
    shown = text(browser_for(world.admin).get("/messages")) + text(browser_for(world.second_pa).get("/"))
    assert "alert" not in shown.lower().replace("who hears of alerts", "").replace('role="alert"', "")
    written = caplog.text + "".join(capfd.readouterr())
    assert MARK not in written
    assert not any(id in written for id in alerts)
    outbox = house.settings.data / "outbox"
    mails = [path.read_text(encoding="utf-8") for path in outbox.rglob("*") if path.is_file()]
    assert not any(MARK in mail for mail in mails)
    about_alerts = [mail for mail in mails if "There is an alert" in mail]
    for mail in about_alerts:
        body = mail.partition("\n\n")[2]
        assert not any(known in body for known in ("Sam", "Okoro", "Amina", "Yusuf", "Cora", "Max"))


def test_lists_cost_the_same_however_long(
    house: House, world: World, now: datetime, calls: dict[Whom, UUID], browser_for: BrowserFor
) -> None:
    coordinator = browser_for(world.coordinator)
    paths = ("/", "/desk/call-backs", "/desk/contacts", "/desk/contacts?of=employer")

    def asked(path: str) -> int:
        coordinator.get(path)
        with counting(house.database) as said:
            assert coordinator.get(path).status_code == 200
        return len(said)

    before = {path: asked(path) for path in paths}
    add_pas(house, world, 30)
    with house.database.writing() as db:
        for pa in people.people_in(db, world.authority, Role.PA, now.date()):
            begun = Begun(UUID(int=0), pa.id, world.employer, now.date() - timedelta(days=31), world.authority, ENGLAND)
            planning.make(db, begun, Plan(), now)
    assert {path: asked(path) for path in paths} == before


def test_everything_that_was_told_stands_on_the_alert(
    house: House, world: World, now: datetime, calls: dict[Whom, UUID], browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        harm(db, calls[Whom.PA], by=world.coordinator, now=now)
        alert = db.scalars(select(SafeguardingAlert.id)).one()
        calm = {"safe": Given("not_said", "Said no more")}
        calling.save(db, call_back_id=calls[Whom.PA], answers=calm, by=world.coordinator, now=now)
    page = text(browser_for(world.register_manager).get(f"/desk/alerts/{alert}"))
    assert MARK in page, "what was said first stays, also when the answer was changed later"
    assert "Said no more" in page


def test_when_whoever_was_named_has_left_those_who_name_are_told(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    on = now.date()
    with house.database.writing() as db:
        name(db, world, world.register_manager, now)
    assert "Nobody hears of alerts" not in text(browser_for(world.coordinator).get("/"))
    with house.database.writing() as db:
        row = db.scalars(select(SafeguardingPerson)).one()
        row.since, row.until = on - timedelta(days=3), on - timedelta(days=1)
    for person in (world.coordinator, world.admin):
        assert "Nobody hears of alerts" in text(browser_for(person).get("/"))
    for person in (world.register_officer, world.pa, world.other_coordinator):
        assert "Nobody hears of alerts" not in text(browser_for(person).get("/"))
