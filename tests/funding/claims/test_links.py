"""What leads on from the page of a claim: to the figure that has to be confirmed, to evidence, to who pays."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from lms.core.words import Refused
from lms.funding.claims import services
from lms.funding.claims.models import Claim, ClaimLine
from tests.world import World

CONFIRM = re.compile(r'href="([^"]*/confirm\?[^"]*)"')


@pytest.fixture
def page(house, certified):
    """The address of the claim that the certificate opened."""
    with house.database.reading() as db:
        return f"/funding/claims/{db.scalars(select(Claim.id)).one()}"


def test_who_may_confirm_a_figure_is_led_to_it_and_others_are_told_whom_to_ask(browser_for, world: World, page):
    officer = browser_for(world.funding_officer)
    shown = officer.get(page).get_data(as_text=True)
    links = [unescape(each) for each in CONFIRM.findall(shown)]
    assert any("figure=days.PAI-1" in each for each in links)
    for each in links:
        assert officer.get(each).status_code == 200, each
    told = browser_for(world.coordinator).get(page).get_data(as_text=True)
    assert not CONFIRM.findall(told)
    assert "Ask a funding officer." in told


def test_days_that_are_an_example_stop_a_draft_until_they_are_confirmed(browser_for, world: World, steps):
    claim_id = steps.draft("DAYS-2026-27", "PAI-9")
    steps.cost(claim_id, 10000)
    desk, page = browser_for(world.funding_officer), f"/funding/claims/{claim_id}"
    shown = desk.get(page).get_data(as_text=True)
    assert "Claim sent in: these days are an example until your authority confirms them." in shown
    with pytest.raises(Refused, match="in the way"):
        steps.submit(claim_id)
    confirm = unescape(CONFIRM.search(shown).group(1))
    assert desk.submit(confirm, {"source": "Letter of 2 November 2026"}).status_code == 302
    assert "these days are an example" not in desk.get(page).get_data(as_text=True)
    steps.submit(claim_id)


def test_days_that_are_an_example_stop_nothing_that_was_sent_in_with_them(browser_for, world: World, steps):
    claim_id = steps.sent()
    with steps.writing() as (db, _now):
        line = db.scalars(select(ClaimLine).where(ClaimLine.claim_id == claim_id)).one()
        windows = {"submission": {"from": "2026-04-01", "to": "2027-03-31", "provenance": "illustrative"}}
        line.terms = {**line.terms, "windows": windows}
    steps.do(services.ask_action, claim_id=claim_id, reason="Send the invoice", by=world.coordinator)
    shown = browser_for(world.funding_officer).get(f"/funding/claims/{claim_id}").get_data(as_text=True)
    assert "Claim sent in: these days are an example until your authority confirms them." in shown
    steps.submit(claim_id)  # nothing stops it


def test_a_claim_leads_to_its_evidence_and_to_who_pays(browser_for, world: World, page):
    coordinator = browser_for(world.coordinator)
    shown = coordinator.get(page).get_data(as_text=True)
    leads = {"Evidence and pack": f"{page}/evidence", "Who pays for this training": f"/training-money/{world.pa}"}
    for words, link in leads.items():
        assert words in shown
        assert f'href="{link}"' in shown
        assert coordinator.get(link).status_code == 200
