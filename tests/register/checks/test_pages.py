"""The pages of checks as the register team, the PA, an employer and strangers meet them."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from lms.core.house import House
from lms.people.rules import Role
from lms.people.services import give_role
from lms.register.checks.queries import disclosure_behind, disclosures_of
from lms.register.disclosures import Decision, FollowUp
from tests.register.checks.world_of_checks import NUMBER, certificate, consent, decided, step, steps_of
from tests.world import World

Browsers = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
DAY = {"done_on": ["21", "11", "2026"]}
SEEN = {
    "seen_on": ["20", "11", "2026"],
    "level": "enhanced_adults_list",
    "workforce": "adult",
    "issue_date": ["1", "11", "2026"],
    "result": "has_content",
}


def text(page: Any) -> str:
    assert page.status_code == 200, page.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)))


def of_pa(world: World, rest: str = "") -> str:
    return f"/register/people/{world.authority}/{world.pa}/checks{rest}"


def own(world: World, rest: str = "") -> str:
    return f"/register/{world.authority}/checks{rest}"


def only(house: House, world: World) -> UUID:
    with house.database.reading() as db:
        (view,) = disclosures_of(db, world.pa, world.authority)
        return view.id


def test_from_a_certificate_with_content_to_a_decision_and_a_review(
    browser_for: Browsers, world: World, house: House
) -> None:
    officer, manager, pa = (
        browser_for(world.register_officer),
        browser_for(world.register_manager),
        browser_for(world.pa),
    )
    assert officer.submit(of_pa(world, "/RM-DBS/certificate"), SEEN).status_code == 302
    page = text(officer.get(of_pa(world)))
    assert "Invite the PA to show the certificate and explain" in page
    assert "Has content" in page
    step_page = of_pa(world, f"/{only(house, world)}/step")
    offence = officer.submit(step_page, {**DAY, "place": "About your c0nviction for th3ft"})
    assert "Nothing about an offence" in text(offence)
    assert "c0nviction" in text(offence), "what was typed is not lost"
    assert officer.submit(step_page, {**DAY, "place": "Tuesday 24 November at 10:30, Town Hall"}).status_code == 302
    mine = text(pa.get(own(world)))
    assert "Bring your certificate and tell your side Tuesday 24 November at 10:30, Town Hall" in mine
    assert "The register team would like to talk with you" in text(pa.get("/"))
    assert officer.submit(step_page, DAY).status_code == 302
    assert "Tick what you weighed." in text(officer.submit(step_page, DAY))
    assert officer.submit(step_page, {**DAY, "factors": ["relevance_to_role", "openness"]}).status_code == 302
    assert "Choose what was decided." in text(officer.submit(step_page, DAY))
    assert officer.submit(step_page, {**DAY, "decision": "do_not_proceed"}).status_code == 302
    other = "You made the decision, so somebody else of the register team looks at it."
    assert other in text(officer.get(of_pa(world)))
    assert 'name="agrees"' not in officer.get(step_page).get_data(as_text=True)
    assert 'name="agrees"' in manager.get(step_page).get_data(as_text=True)
    own_agreement = officer.post(step_page, {**DAY, "agrees": "agreed", "step": "agreed", "once": str(uuid4())})
    assert "Somebody other than the person who decided" in text(own_agreement)
    assert "The register team does not go on" not in text(pa.get(own(world)))
    assert manager.submit(step_page, {**DAY, "agrees": "agreed"}).status_code == 302
    assert officer.get(step_page).status_code == 404
    mine = text(pa.get(own(world)))
    assert "The register team does not go on" in mine
    assert "How openly the PA talks about it" in mine
    assert "A second person agreed : Do not go on 21 November 2026 by Max Manager" in mine
    review = own(world, f"/{only(house, world)}/review")
    assert pa.submit(review).status_code == 302
    assert pa.get(review).status_code == 404
    assert "You asked for a review on 21 November 2026." in text(pa.get(own(world)))
    decide = of_pa(world, f"/{only(house, world)}/review")
    assert "Pat Morgan asked for a review" in text(officer.get(of_pa(world)))
    assert "You had a part in this decision" in text(officer.get(decide))
    assert "Nobody else is on your team: what to do" in text(officer.get(decide))
    assert "Your administrators: Ada Admin." in text(officer.get(decide))
    refused = officer.submit(of_pa(world, f"/{only(house, world)}/review"), {"outcome": "stands"})
    assert "had no part in the decision" in text(refused)
    with house.database.writing() as db:
        give_role(
            db,
            person_id=world.other_coordinator,
            organisation_id=world.authority,
            role=Role.REGISTER_OFFICER,
            by=world.admin,
            now=house.clock(),
        )
    lent = text(officer.get(decide))
    assert "These can do it, and it waits on their desk too: Owain Coordinator." in lent
    assert "Nobody else is on your team" not in lent
    assert browser_for(world.other_coordinator).submit(decide, {"outcome": "stands"}).status_code == 302


def test_what_was_sent_twice_is_there_once(browser_for: Browsers, world: World, house: House) -> None:
    officer = browser_for(world.register_officer)
    once = str(uuid4())
    for _twice in range(2):
        sent = officer.submit(of_pa(world, "/RM-DBS/certificate"), {**SEEN, "once": once})
        assert sent.status_code == 302
    step_page, once = of_pa(world, f"/{only(house, world)}/step"), str(uuid4())
    for _twice in range(2):
        sent = officer.post(
            step_page,
            {**DAY, "place": "Tuesday", "once": once, "step": "invited"},
        )
        assert sent.status_code == 302
    with house.database.reading() as db:
        assert steps_of(db, world, only(house, world)) == [FollowUp.INVITED]


def test_the_number_is_asked_for_only_with_consent_and_shown_to_nobody_else(
    browser_for: Browsers, world: World, house: House
) -> None:
    officer, pa = browser_for(world.register_officer), browser_for(world.pa)
    where = of_pa(world, "/RM-DBS/certificate")
    assert 'name="number"' not in officer.get(where).get_data(as_text=True)
    assert pa.submit(own(world, "/consent")).status_code == 302
    assert "You agreed on 21 November 2026" in text(pa.get(own(world)))
    seen = {**SEEN, "result": "no_content", "number": NUMBER}
    assert "12 digits" in text(officer.submit(where, {**seen, "number": "12"}))
    assert officer.submit(where, seen).status_code == 302
    assert NUMBER in text(officer.get(of_pa(world)))
    mine = text(pa.get(own(world)))
    assert NUMBER not in mine
    assert "It is deleted on 22 May 2027." in mine
    assert "until 1 December 2026" in mine, "the update service can be joined for 30 days"
    status = of_pa(world, f"/{only(house, world)}/status")
    assert NUMBER in text(officer.get(status))
    assert officer.submit(status, {**DAY, "result": "no_change_no_content"}).status_code == 302
    assert "No change, no content" in text(pa.get(own(world)))
    assert pa.submit(own(world, "/consent")).status_code == 302
    assert "You took back your agreement" in text(pa.get(own(world)))
    assert "has not agreed" in text(officer.get(status))


def test_who_may_start_a_check_depends_on_the_day(browser_for: Browsers, world: World) -> None:
    pa = browser_for(world.pa)
    assert "Yes, since 21 January 2026" in text(pa.get(own(world)))
    assert "Before 21 January 2026 a PA could not" in text(pa.get(own(world, "?on=20&on=1&on=2026")))
    assert "Yes, since 21 January 2026" in text(pa.get(own(world, "?on=21&on=1&on=2026")))
    for odd in ("?on=x", "?on=31&on=2&on=2026", "?on=1&on=1&on=99999", "?on=" + "9" * 5000):
        assert "Yes, since 21 January 2026" in text(pa.get(own(world, odd)))


def test_an_employer_reads_it_only_when_the_pa_agreed(
    browser_for: Browsers, world: World, house: House, now: datetime
) -> None:
    with house.database.writing() as db:
        seen = decided(db, world, now, Decision.WITH_CONDITIONS)
    pa, employer, other = (
        browser_for(world.pa),
        browser_for(world.employer_person),
        browser_for(world.second_employer_person),
    )
    assert "Nothing at the moment." in text(employer.get("/register/told"))
    where = own(world, f"/{seen}/employers")
    assert pa.submit(where, {"employers": [str(world.employer)]}).status_code == 302
    assert "Amina Yusuf" in text(pa.get(own(world)))
    told = text(employer.get("/register/told"))
    assert "Pat Morgan" in told
    assert "Go on with conditions" in told
    assert "How openly" not in told
    assert "Nothing at the moment." in text(other.get("/register/told"))
    assert pa.post(where, {"employers": []}).status_code in {302, 400}
    assert pa.submit(where, {"employers": [str(world.other_employer)]}).status_code == 200


def test_walls(browser_for: Browsers, world: World, house: House, now: datetime) -> None:
    with house.database.writing() as db:
        seen = decided(db, world, now, Decision.DO_NOT_PROCEED)
    team = [of_pa(world, rest) for rest in ("", "/RM-DBS/certificate", f"/{seen}/step", f"/{seen}/status")]
    for someone in (world.pa, world.coordinator, world.employer_person, world.other_coordinator, world.admin):
        browser = browser_for(someone)
        for path in team:
            assert browser.get(path).status_code in {403, 404}, path
    officer = browser_for(world.register_officer)
    for path in (
        f"/register/people/{world.other_authority}/{world.other_pa}/checks",
        f"/register/people/{world.authority}/{world.other_pa}/checks",
        f"/register/people/{world.authority}/{world.second_pa}/checks/{seen}/step",
        of_pa(world, f"/{uuid4()}/status"),
        of_pa(world, "/RM-ID/certificate"),
        of_pa(world, "/nothing/certificate"),
    ):
        assert officer.get(path).status_code == 404, path
    for rest in ("", f"/{seen}/review", f"/{seen}/employers", "/consent"):
        assert browser_for(world.other_pa).get(own(world, rest)).status_code == 404, rest
        assert browser_for(world.register_officer).get(own(world, rest)).status_code in {403, 404}, rest
    for rest in (f"/{seen}/review", f"/{seen}/employers"):
        assert browser_for(world.second_pa).get(own(world, rest)).status_code == 404, rest


def test_pages_cost_the_same_queries_for_few_certificates_and_many(
    browser_for: Browsers, world: World, house: House, now: datetime
) -> None:
    def counted(browser: Any, path: str) -> int:
        browser.get(path)
        seen: list[str] = []

        def count(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(house.database.engine, "before_cursor_execute", count)
        try:
            assert browser.get(path).status_code == 200
        finally:
            event.remove(house.database.engine, "before_cursor_execute", count)
        return len(seen)

    with house.database.writing() as db:
        decided(db, world, now, Decision.DO_NOT_PROCEED)
    officer, pa = browser_for(world.register_officer), browser_for(world.pa)
    few = [counted(officer, of_pa(world)), counted(pa, own(world))]
    with house.database.writing() as db:
        for _each in range(8):
            decided(db, world, now, Decision.DO_NOT_PROCEED)
    assert [counted(officer, of_pa(world)), counted(pa, own(world))] == few


def test_another_time_can_be_offered(browser_for: Browsers, world: World, house: House, now: datetime) -> None:
    with house.database.writing() as db:
        consent(db, world, now)
        seen = certificate(db, world, now, result="has_content")
        step(db, world, now, seen, FollowUp.INVITED)
    officer = browser_for(world.register_officer)
    again = of_pa(world, f"/{seen}/invite")
    assert again in officer.get(of_pa(world, f"/{seen}/step")).get_data(as_text=True)
    assert officer.submit(again, {**DAY, "place": "Friday at four"}).status_code == 302
    with house.database.reading() as db:
        view = disclosure_behind(db, seen, [world.authority])
        assert view.invitation is not None
        assert view.invitation.place == "Friday at four"


def test_the_team_records_how_the_right_to_work_was_looked_at(browser_for: Browsers, world: World) -> None:
    officer = browser_for(world.register_officer)
    where = f"/register/people/{world.authority}/{world.pa}/record/RM-RTW"
    day = {"seen_on": ["20", "11", "2026"]}
    assert "Say how you checked it." in text(officer.submit(where, {**day, "no_end": "y"}))
    ends = {"ends_on": ["30", "6", "2028"]}
    assert "has no last day" in text(officer.submit(where, {**day, **ends, "shown": "list_a"}))
    assert "has a last day" in text(officer.submit(where, {**day, "no_end": "y", "shown": "list_b_group_1"}))
    assert officer.submit(where, {**day, **ends, "shown": "online_share_code"}).status_code == 302
    page = text(officer.get(of_pa(world)))
    assert "The online check with a share code" in page
    assert "It counts until 30 June 2028." in page
    assert "The online check with a share code" in text(browser_for(world.pa).get(own(world)))
