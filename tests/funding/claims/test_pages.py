"""The pages: what a coordinator and a funding officer see and do, and what everybody else does not."""

import re
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, event, select

from lms.core.db import Db
from lms.funding import trainings
from lms.funding.authoring import deciding
from lms.funding.authoring.queries import schemes_for
from lms.funding.board.models import ClaimInShort
from lms.funding.claims import home
from lms.funding.claims.models import Claim, ClaimCost, ClaimLine, ClaimMove
from lms.funding.standing import standings
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.rules import Role
from tests.certification import steps
from tests.funding.conftest import certify


class Certificate(NamedTuple):
    """As much of a certificate as these pages ask for."""

    id: UUID
    code: str
    module_title: str
    issued_on: date
    enrolment_id: UUID
    authority_id: UUID


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.fixture
def claim_id(house, certified):
    with house.database.reading() as db:
        return db.scalars(select(Claim.id)).one()


@pytest.fixture
def coordinator(browser_for, world):
    return browser_for(world.coordinator)


@pytest.fixture
def certificate(monkeypatch, world, certified, now):
    """What certification would say, were its certificate there as a row."""
    held = Certificate(
        certified.fact.certificate_id, "PAI-1", "Being a PA", now.date(), certified.enrolment_id, world.authority
    )
    asked = lambda db, learner_id: [held] if learner_id == world.pa else []  # noqa: E731
    monkeypatch.setattr(trainings.certification, "certificates_of", asked)
    return held


def test_the_list_shows_the_draft_with_what_is_missing(browser_for, world, claim_id):
    for person in (world.coordinator, world.funding_officer):
        shown = text_of(browser_for(person).get("/funding/claims"))
        for words in (
            "1 claim", "RIVERMERE-2026-0001", "Pat Morgan", "Being a personal assistant", "Draft",
            "up to £75.00 (example)", "What the training cost",
            "Training up to 28 February 2027 counts", "User-led organisation training fund 2026-27",
        ):  # fmt: skip
            assert words in shown


def test_the_list_is_narrowed_by_state_and_a_wrong_one_shows_all(coordinator, claim_id):
    assert "Pat Morgan" in text_of(coordinator.get("/funding/claims?state=draft"))
    assert "Pat Morgan" not in text_of(coordinator.get("/funding/claims?state=paid"))
    assert "Pat Morgan" in text_of(coordinator.get("/funding/claims?state=nonsense&page=x"))


def test_the_claim_page_says_because_and_how_sure_each_figure_is(coordinator, claim_id):
    shown = text_of(coordinator.get(f"/funding/claims/{claim_id}"))
    for words in (
        "Claimable: up to £75.00",
        "Because:",
        "inside the delivery window (from 9 September 2026 to 28 February 2027)",
        "Official figure",
        "Example figure your authority must confirm",
        "Rivermere Independent Living",
        "At least three quarters of its board are disabled people.",
        "opened by the service",
    ):
        assert words in shown


def test_a_figure_that_was_confirmed_is_said_as_confirmed(house, world, coordinator, claim_id, now):
    scheme = "ULO-2026-27"
    with house.database.writing() as db:
        there = schemes_for(db, world.authority, on=now.date(), as_written=True)
        for each in standings(there.by_code[scheme], there.adoption("RIVERMERE", scheme)):
            if not each.is_fact:
                deciding.confirm(
                    db, once=uuid4(), authority_id=world.authority, scheme=scheme, key=each.key, shown=each.values,
                    source="Minutes", until=None, by=world.coordinator, now=now,
                )  # fmt: skip
    shown = text_of(coordinator.get(f"/funding/claims/{claim_id}"))
    assert "Confirmed by your authority" in shown
    assert "It rests on a figure your authority must confirm" not in shown


def test_a_training_is_said_by_its_title(coordinator, claim_id):
    shown = text_of(coordinator.get(f"/funding/claims/{claim_id}"))
    assert "Your authority counts Being a personal assistant under this scheme." in shown


def test_in_welsh_the_page_still_answers(coordinator, claim_id):
    coordinator.post("/language", {"language": "cy"})
    assert coordinator.get(f"/funding/claims/{claim_id}").status_code == 200


def test_a_cost_is_recorded_once_however_often_it_is_sent(house, coordinator, claim_id):
    path = f"/funding/claims/{claim_id}/cost"
    once = re.search(r'name="once" value="([^"]+)"', coordinator.get(path).get_data(as_text=True)).group(1)
    for _ in range(2):
        sent = coordinator.post(path, {"once": once, "cost": "£40.00", "paid_on": ["20", "11", "2026"]})
        assert sent.status_code == 302
    with house.database.reading() as db:
        assert [c.cost_pence for c in db.scalars(select(ClaimCost))] == [4000]
    assert "£40.00, paid on 20 November 2026" in text_of(coordinator.get(f"/funding/claims/{claim_id}"))


WRONG_COSTS = [
    ({"cost": "", "paid_on": ["20", "11", "2026"]}, "Enter what the training cost."),
    ({"cost": "forty", "paid_on": ["20", "11", "2026"]}, "Enter an amount in pounds and pence"),
    ({"cost": "40.5", "paid_on": ["20", "11", "2026"]}, "Enter an amount in pounds and pence"),
    ({"cost": "-40.00", "paid_on": ["20", "11", "2026"]}, "Enter an amount in pounds and pence"),
    ({"cost": "0.00", "paid_on": ["20", "11", "2026"]}, "above £0.00"),
    ({"cost": "40", "paid_on": ["31", "2", "2026"]}, "Enter a real date"),
    ({"cost": "40", "paid_on": ["", "", ""]}, "Enter a date."),
    ({"cost": "40", "paid_on": ["22", "11", "2026"]}, "today or in the past"),
]


def test_a_wrong_cost_is_named_and_keeps_what_was_typed(house, coordinator, claim_id):
    for typed, says in WRONG_COSTS:
        response = coordinator.submit(f"/funding/claims/{claim_id}/cost", typed)
        shown = response.get_data(as_text=True)
        assert response.status_code == 200
        assert says in shown
        assert "Error:" in shown
        assert f'value="{typed["cost"]}"' in shown or not typed["cost"]
    with house.database.reading() as db:
        assert db.scalars(select(ClaimCost)).all() == []


def test_withdrawing_asks_why_and_shows_it(coordinator, claim_id):
    path = f"/funding/claims/{claim_id}/withdraw"
    assert "Say why you withdraw this claim." in text_of(coordinator.submit(path, {"reason": ""}))
    assert coordinator.submit(path, {"reason": "Paid by another fund"}).status_code == 302
    shown = text_of(coordinator.get(f"/funding/claims/{claim_id}"))
    assert "Withdrawn" in shown
    assert "Paid by another fund" in shown
    assert "Withdraw this claim" not in shown
    again = coordinator.submit(path, {"reason": "Once more"})
    assert "This claim has moved on already" in text_of(again)


def test_what_could_pay_says_yes_and_why_not(coordinator, world, claim_id, certificate):
    shown = text_of(coordinator.get(f"/funding/people/{world.pa}"))
    for words in (
        "What could pay for the training of Pat Morgan",
        "Certificate of 21 November 2026",
        "Open the claim",
        "Rivermere Independent Living would claim",
        "Not claimable",
        "The claim would come from an individual employer, who cannot claim from this scheme.",
        "The learner is a PA of an individual employer. This scheme does not pay for their training.",
        "closed schemes",
    ):
        assert words in shown


def test_a_certificate_of_another_authority_stays_behind_its_wall(coordinator, world, certificate, monkeypatch):
    far = certificate._replace(authority_id=world.other_authority, code="PAI-11", module_title="Far away")
    monkeypatch.setattr(trainings.certification, "certificates_of", lambda db, learner_id: [far])
    assert "Far away" not in text_of(coordinator.get(f"/funding/people/{world.pa}"))
    assert coordinator.get(f"/funding/people/{world.pa}?training=PAI-11").status_code == 404


def test_a_certificate_that_was_really_issued_leads_to_its_claim(house, coordinator, world, now):
    with house.database.writing() as db:
        enrolment_id = steps.enrolled(db, world, now)
        steps.studies(db, enrolment_id, world.pa, now)
        steps.is_seen(db, enrolment_id, world.employer_person, now)
        steps.signs_off(db, enrolment_id, world.employer_person, now)
    shown = text_of(coordinator.get(f"/funding/people/{world.pa}"))
    assert "Certificate of 21 November 2026" in shown
    assert "Claimable: up to £75.00" in shown
    assert "Open the claim" in shown


def test_before_the_certificate_it_says_what_could_pay_later(house, coordinator, world, now):
    with house.database.writing() as db:
        certify(db, world.second_pa, world.authority, by=world.coordinator, now=now, code="PAI-7")
    shown = text_of(coordinator.get(f"/funding/people/{world.second_pa}"))
    assert "Not finished yet." in shown
    assert "A draft claim opens by itself when the certificate is issued." in shown
    assert coordinator.get(f"/funding/people/{world.second_pa}?training=PAI-99").status_code == 404


def test_somebody_on_no_course_has_nothing_to_ask_about(coordinator, world):
    assert "There is no training to ask about" in text_of(coordinator.get(f"/funding/people/{world.second_pa}"))


def test_a_draft_can_be_opened_by_hand_and_only_once(house, coordinator, world, certified, certificate):
    with house.database.writing() as db:
        for table in (ClaimInShort, ClaimMove, ClaimLine, Claim):
            db.execute(delete(table))
    path = f"/funding/people/{world.pa}"
    assert "Open a draft claim from this scheme" in text_of(coordinator.get(path))
    for _ in range(2):
        sent = coordinator.post(f"{path}/claims", {"scheme": "ULO-2026-27", "training": "PAI-1"})
        assert sent.status_code == 302
        assert "/funding/claims/" in sent.location
    with house.database.reading() as db:
        assert len(db.scalars(select(Claim)).all()) == 1
    refused = coordinator.post(f"{path}/claims", {"scheme": "LDSS-2025-26", "training": "PAI-1"})
    assert path in refused.location
    assert coordinator.post(f"{path}/claims", {"scheme": "NONE", "training": "PAI-1"}).status_code == 404
    assert coordinator.post(f"{path}/claims", {"scheme": "ULO-2026-27"}).status_code == 404


def doors(world, claim_id):
    return [f"/funding/claims/{claim_id}{end}" for end in ("", "/cost", "/withdraw")] + [f"/funding/people/{world.pa}"]


def test_another_authoritys_coordinator_finds_nothing(browser_for, house, world, claim_id):
    stranger = browser_for(world.other_coordinator)
    for door in doors(world, claim_id):
        assert stranger.get(door).status_code == 404
    assert "Pat Morgan" not in text_of(stranger.get("/funding/claims"))
    nowhere = uuid4()
    typed = {"cost": "1.00", "paid_on": ["20", "11", "2026"], "reason": "mine now"}
    for end in ("cost", "withdraw"):
        assert stranger.post(f"/funding/claims/{claim_id}/{end}", typed).status_code == 404
        assert stranger.post(f"/funding/claims/{nowhere}/{end}", typed).status_code == 404
    body = {"scheme": "ULO-2026-27", "training": "PAI-1"}
    assert stranger.post(f"/funding/people/{world.pa}/claims", body).status_code == 404
    with house.database.reading() as db:
        assert db.scalars(select(Claim.state)).one() == "draft"


def test_other_roles_are_told_it_is_not_theirs(browser_for, world, claim_id):
    for person in (world.pa, world.employer_person, world.assessor, world.register_officer, world.admin):
        for door in ["/funding/claims", *doors(world, claim_id)]:
            assert browser_for(person).get(door).status_code == 403
    assert browser_for().get("/funding/claims").status_code == 302


def test_home_says_that_drafts_wait(house, world, claim_id, now):
    def cards_of(person: str) -> list[str]:
        with house.database.reading() as db:
            viewer = people.viewer_of(db, getattr(world, person), now.date())
            return [card.endpoint for card in home.cards(db, viewer, now)]

    assert cards_of("coordinator") == ["lms.funding.claims"]
    assert cards_of("funding_officer") == ["lms.funding.claims"]
    assert cards_of("other_coordinator") == []
    assert cards_of("pa") == []


def test_the_list_costs_the_same_for_two_claims_and_for_sixty(house, browser_for, world, claim_id, now):
    officer = browser_for(world.funding_officer)

    def queries_of(path: str) -> int:
        seen: list[str] = []
        count = lambda *sent: seen.append(sent[2])  # noqa: E731
        event.listen(house.database.engine, "before_cursor_execute", count)
        try:
            assert officer.get(path).status_code == 200
        finally:
            event.remove(house.database.engine, "before_cursor_execute", count)
        return len([said for said in seen if said.startswith("SELECT")])

    add_claims(house, world, now, 1)
    few = queries_of("/funding/claims")
    add_claims(house, world, now, 60, first=1)
    assert queries_of("/funding/claims") == few
    assert "62 claims" in text_of(officer.get("/funding/claims"))
    assert queries_of("/funding/claims?page=2") == few


def add_claims(house, world, now, number, first=0):
    def add(db: Db, i: int) -> None:
        name = f"Learner {i:02d}"
        learner = people_services.add_person(db, name=name, email=f"l{i}@example.com", by=None, now=now)
        people_services.give_role(
            db, person_id=learner, organisation_id=world.authority, role=Role.PA, by=None, now=now,
            since=(now - timedelta(days=1)).date(),
        )  # fmt: skip
        certify(db, learner, world.authority, by=world.coordinator, now=now)

    with house.database.writing() as db:
        for i in range(first, first + number):
            add(db, i)
