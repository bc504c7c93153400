"""The pages of one claim from draft to money, and what they say on the way."""

import re
from uuid import uuid4

import pytest

from lms.funding.claims import services
from lms.funding.vocabulary import ClaimState


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.fixture
def officer(browser_for, world):
    return browser_for(world.funding_officer)


@pytest.fixture
def coordinator(browser_for, world):
    return browser_for(world.coordinator)


def test_from_draft_to_approval_by_the_pages(steps, officer, coordinator):
    claim_id = steps.draft()
    path = f"/funding/claims/{claim_id}"
    shown = text_of(coordinator.get(path))
    assert "Before it can be sent in" in shown
    assert "Missing: What the training cost." in shown
    assert "Nobody has accepted the scheme's terms" in shown.replace("&#39;", "'")
    steps.cost(claim_id, 10000)
    unable = text_of(coordinator.get(f"{path}/submit"))
    assert "A funding officer of your authority has to accept" in unable
    assert "Send in the claim" not in unable
    for shown in (text_of(officer.get(path)), text_of(officer.get(f"{path}/submit"))):
        assert "Nobody has accepted" not in shown
        assert "Ask a funding officer" not in shown
    assert "Ready to be sent in" in text_of(officer.get(path))
    refused = coordinator.submit(f"{path}/submit", {"accept": "y"})
    assert "You cannot accept the terms" in text_of(refused)
    assert officer.submit(f"{path}/submit", {"accept": "y"}).status_code == 302
    assert steps.claim(claim_id).state is ClaimState.SUBMITTED
    assert "Record what was approved" in text_of(coordinator.get(path))
    line = steps.line(claim_id)
    wrong = coordinator.submit(f"{path}/decide", {f"approved-{line.id}": "12.345"})
    assert "Enter an amount in pounds and pence" in text_of(wrong)
    assert 'value="12.345"' in wrong.get_data(as_text=True)
    assert "Say why less" in text_of(coordinator.submit(f"{path}/decide", {f"approved-{line.id}": "90.00"}))
    typed = {f"approved-{line.id}": "90.00", f"note-{line.id}": "One hour less"}
    assert coordinator.submit(f"{path}/decide", typed).status_code == 302
    shown = text_of(coordinator.get(path))
    for words in ("Approved", "£90.00", "One hour less", "What was decided, line by line"):
        assert words in shown


def test_a_claim_sent_in_twice_from_two_pages_is_told_plainly(steps, officer):
    claim_id = steps.draft()
    steps.cost(claim_id, 10000)
    path = f"/funding/claims/{claim_id}/submit"
    officer.submit(path, {"accept": "y"})
    assert "sent in this claim already" in text_of(officer.submit(path, {"accept": "y"}))


def test_the_payer_asks_and_rejects_and_it_is_asked_anew(steps, coordinator, world):
    claim_id = steps.sent()
    path = f"/funding/claims/{claim_id}"
    assert "Say what the payer wants." in text_of(coordinator.submit(f"{path}/action", {"reason": ""}))
    assert coordinator.submit(f"{path}/action", {"reason": "The receipt"}).status_code == 302
    shown = text_of(coordinator.get(path))
    assert "The payer asks" in shown
    assert shown.index("The receipt") < shown.index("Before it can be sent in")
    steps.submit(claim_id)
    assert "The payer asks" not in text_of(coordinator.get(path))
    assert coordinator.submit(f"{path}/reject", {"reason": "Wrong form"}).status_code == 302
    assert "Ask anew with a new draft" in text_of(coordinator.get(path))
    sent = coordinator.post(f"{path}/again", {"once": str(uuid4())})
    assert sent.status_code == 302
    assert "Follows the rejected claim" in text_of(coordinator.get(sent.location))
    assert "Ask anew with a new draft" not in text_of(coordinator.get(path))
    assert coordinator.post(f"{path}/again", {"once": "nonsense"}).status_code == 302


def test_drafts_are_put_together_and_a_line_has_its_own_page(steps, coordinator):
    drafts = [steps.draft(learner=steps.learner(name)) for name in ("Ann One", "Ben Two")]
    path = f"/funding/claims/{drafts[0]}"
    assert "RIVERMERE-2026-0002" in text_of(coordinator.get(f"{path}/join"))
    assert "Choose at least two drafts." in text_of(coordinator.submit(f"{path}/join", {"draft": []}))
    assert coordinator.submit(f"{path}/join", {"draft": [str(drafts[1])]}).status_code == 302
    shown = text_of(coordinator.get(path))
    assert "2 lines" in shown
    assert "Ann One" in shown
    assert "Ben Two" in shown
    assert "2 people, 2 lines" in text_of(coordinator.get("/funding/claims?state=draft"))
    line = steps.claim(drafts[0]).lines[1]
    assert "Take this line out" in text_of(coordinator.get(f"{path}/lines/{line.id}"))
    assert coordinator.post(f"{path}/lines/{line.id}/take-out", {}).status_code == 302
    assert "Ben Two" not in text_of(coordinator.get(path)).split("What happened")[0]
    assert coordinator.get(f"{path}/lines/{line.id}").status_code == 404


def test_a_claim_of_one_person_says_whose_it_is_however_many_lines_it_has(steps, coordinator):
    ann = steps.learner("Ann One")
    steps.draft(training="PAI-4", learner=ann, into=steps.draft(learner=ann))
    assert "Ann One, 2 lines" in text_of(coordinator.get("/funding/claims"))


def test_the_list_is_narrowed_by_scheme_claimant_age_and_text(steps, coordinator, world):
    steps.draft(learner=steps.learner("Ann One"))
    steps.draft("PARTS-2026-27", "PAI-5", learner=steps.learner("Ben Two"))
    shown = lambda asked: text_of(coordinator.get(f"/funding/claims?{asked}"))  # noqa: E731
    assert "2 claims" in shown("")
    assert "Ben Two" not in shown("scheme=PLAIN-2026-27")
    assert "1 claim" in shown("text=ben")
    assert "1 claim" in shown("text=2026-0001")
    assert "0 claims" in shown("text=nobody")
    assert "2 claims" in shown(f"claimant={world.support}")
    assert "0 claims" in shown(f"claimant={world.employer}")
    assert "0 claims" in shown("age=30")
    assert "2 claims" in shown("age=x&claimant=x&scheme=&state=nonsense")


def test_a_certificate_that_falls_after_the_sending_is_looked_at(steps, coordinator):
    claim_id = steps.sent()
    line = steps.line(claim_id)
    with steps.writing() as (db, later):
        for _ in range(2):
            services.raise_look(db, certificate_id=line.certificate_id, what="certificate_withdrawn", now=later)
    path = f"/funding/claims/{claim_id}"
    shown = coordinator.get(path)
    assert "was withdrawn after this claim was sent in" in text_of(shown)
    assert "1 claim" in text_of(coordinator.get("/funding/claims?look=yes"))
    assert "Look at that first" in text_of(coordinator.submit(f"{path}/decide", {}))
    look = re.search(r"/looks/([0-9a-f-]+)", shown.get_data(as_text=True)).group(1)
    assert coordinator.submit(f"{path}/looks/{look}", {"reason": "Rang the college"}).status_code == 302
    assert "Rang the college" in text_of(coordinator.get(path))
    assert "0 claims" in text_of(coordinator.get("/funding/claims?look=yes"))


def test_a_first_part_is_opened_before_the_training_is_finished(house, steps, coordinator, world):
    steps.draft(training="PAI-3")  # somebody on a course
    path = f"/funding/people/{world.pa}"
    assert "Open a draft for the first part" in text_of(coordinator.get(f"{path}?training=PAI-5"))
    sent = coordinator.post(f"{path}/claims", {"scheme": "PARTS-2026-27", "training": "PAI-5", "part": "first"})
    assert "First part" in text_of(coordinator.get(sent.location))
    again = coordinator.post(f"{path}/claims", {"scheme": "PARTS-2026-27", "training": "PAI-5", "part": "first"})
    assert again.location == sent.location


def test_every_page_is_behind_the_wall(browser_for, steps, world):
    claim_id = steps.sent()
    line = steps.line(claim_id)
    ends = [
        "",
        "/submit",
        "/decide",
        "/action",
        "/reject",
        "/join",
        "/why",
        f"/lines/{line.id}",
        f"/lines/{line.id}/cost",
    ]
    stranger, pa = browser_for(world.other_coordinator), browser_for(world.pa)
    for end in ends:
        assert stranger.get(f"/funding/claims/{claim_id}{end}").status_code == 404
        assert pa.get(f"/funding/claims/{claim_id}{end}").status_code == 403
    for end in ("/accept", "/terms", "/again", f"/lines/{line.id}/take-out"):
        assert stranger.post(f"/funding/claims/{claim_id}{end}", {"once": str(uuid4())}).status_code == 404
        assert pa.post(f"/funding/claims/{claim_id}{end}", {}).status_code == 403
