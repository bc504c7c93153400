"""The phone in the learner's hands: what it shows, what it keeps shut, and whose secret opens what."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from lms.assessment.evidence import queries as evidence
from lms.assessment.together import queries
from lms.assessment.together.rules import Step
from lms.people.models import SignedInSession
from tests.assessment.conftest import CRITERION, UNIT
from tests.assessment.together.conftest import HERS, HIS, Phone, Sitters

Make = Callable[..., Phone]
BrowserFor = Callable[..., Any]


def last(sitters: Sitters, phone: Phone) -> Step:
    with sitters.house.database.reading() as db:
        return queries.sitting(db, phone.id).last.step


def pieces(sitters: Sitters) -> int:
    with sitters.house.database.reading() as db:
        return len(evidence.evidence_of(db, sitters.course.enrolment))


def test_from_the_assessors_page_to_evidence(sitters: Sitters, phone: Make) -> None:
    held = phone()
    page = held.text()
    assert "Pat Morgan, is this right?" in page
    assert "How do you know what A. wants?" in page
    assert held.says(text="I also ask A. afterwards.").location == "/together/phone/back"
    assert "You said: yes, this is right." in held.text()
    saved = held.back()
    assert saved.location == f"/evidence/{held.id}"
    shown = held.text(f"/evidence/{held.id}")
    assert "I also ask A. afterwards." in shown
    assert "Dai Assessor" in shown
    assert last(sitters, held) is Step.RECORDED


def test_while_it_is_handed_over_every_address_leads_back_and_the_account_is_shut(
    sitters: Sitters, phone: Make
) -> None:
    held = phone()
    for path in ("/", "/assess", "/account", "/messages", f"/together/{held.id}", "/sign-in", "/nowhere", "/help"):
        answer = held.browser.get(path)
        assert (answer.status_code, answer.location) == (302, "/together/phone"), path
    dropped = held.browser.post_raw(f"/together/{held.id}/drop")
    assert (dropped.status_code, dropped.location) == (302, "/together/phone")
    with sitters.house.database.reading() as db:
        assert all(row.ended_at is not None for row in db.scalars(select(SignedInSession)))
    with held.browser._client.session_transaction() as cookie:
        cookie.pop("lms_handed_over")
    assert held.browser.get("/assess").location.startswith("/sign-in")
    assert last(sitters, held) is Step.HANDED_OVER


def test_a_cookie_from_before_opens_nothing(sitters: Sitters, phone: Make) -> None:
    held = phone(handed=False)
    with held.browser._client.session_transaction() as cookie:
        before = dict(cookie)
    held.hand_over()
    with held.browser._client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(before)
    assert held.browser.get("/assess").location.startswith("/sign-in")


def test_the_learners_secret_does_not_confirm_for_the_assessor_nor_the_other_way_round(
    sitters: Sitters, phone: Make
) -> None:
    held = phone()
    assert "This is not the password of Pat Morgan." in held.says(password=HIS).get_data(as_text=True)
    assert last(sitters, held) is Step.HANDED_OVER
    held.says(text="Yes.")
    assert "This is not the password of Dai Assessor." in held.back(HERS).get_data(as_text=True)
    assert held.browser.get("/assess").location == "/together/phone"
    assert pieces(sitters) == 0


def test_a_wrong_secret_keeps_what_was_typed_and_guessing_is_slowed(sitters: Sitters, phone: Make) -> None:
    held = phone()
    for _try in range(5):
        page = held.says(password="not this one", text="My own words.").get_data(as_text=True)
        assert "My own words." in page
        assert "not this one" not in page
    assert "too many tries" in held.says().get_data(as_text=True)
    sitters.clock.on(hours=1)
    assert held.says().location == "/together/phone/back"


def test_a_no_needs_a_word_and_no_secret(sitters: Sitters, phone: Make) -> None:
    held = phone()
    assert "Say in a word what is not right." in held.says("no", password="").get_data(as_text=True)
    assert held.says("no", password="", text="That was not me.").location == "/together/phone/back"
    answer = held.back()
    assert answer.location == f"/together/{held.id}"
    assert "That was not me." in held.text(answer.location)
    assert pieces(sitters) == 0


def test_a_yes_needs_a_secret(sitters: Sitters, phone: Make) -> None:
    held = phone()
    assert "Enter your own password" in held.says(password="").get_data(as_text=True)


def test_handing_it_back_without_an_answer(sitters: Sitters, phone: Make) -> None:
    held = phone()
    assert "has not answered" in held.text("/together/phone/back")
    assert held.back().location == f"/together/{held.id}"
    assert last(sitters, held) is Step.TAKEN_UP
    assert held.browser.get("/assess").status_code == 200


def test_taken_up_or_dropped_on_another_phone_this_one_shows_nothing(
    sitters: Sitters, phone: Make, browser_for: BrowserFor
) -> None:
    held = phone()
    other = browser_for(sitters.world.assessor)
    assert "has not come back" in other.get(f"/together/{held.id}").get_data(as_text=True)
    other.post(f"/together/{held.id}/take-up")
    assert held.browser.get("/together/phone").status_code == 404
    assert held.browser.get("/assess").location.startswith("/sign-in")


def test_confirmed_on_a_phone_that_was_lost_it_is_recorded_from_another(
    sitters: Sitters, phone: Make, browser_for: BrowserFor
) -> None:
    held = phone()
    held.says()
    other = browser_for(sitters.world.assessor)
    wrong = other.submit(f"/together/{held.id}/record", {"password": HERS}).get_data(as_text=True)
    assert "not the password of Dai Assessor" in wrong
    assert other.submit(f"/together/{held.id}/record", {"password": HIS}).location == f"/evidence/{held.id}"
    assert held.browser.get("/together/phone").status_code == 404


def test_a_second_step_is_asked_for_as_for_signing_in(sitters: Sitters, phone: Make) -> None:
    from lms.people import second_factor

    secret = second_factor.new_secret()
    held = phone(handed=False)
    with sitters.house.database.writing() as db:
        code = second_factor.code_now(secret, sitters.clock())
        second_factor.turn_on(db, person_id=sitters.world.assessor, secret=secret, code=code, now=sitters.clock())
    held.hand_over()
    held.says()
    sitters.clock.on(minutes=2)
    assert "This code is not right." in held.back().get_data(as_text=True)
    code = second_factor.code_now(secret, sitters.clock())
    done = held.browser.submit("/together/phone/back", {"password": HIS, "code": code})
    assert done.location == f"/evidence/{held.id}"


def test_a_double_tap_records_once(sitters: Sitters, phone: Make) -> None:
    held = phone()
    for _tap in range(2):
        held.says()
    held.back()
    held.back()
    assert pieces(sitters) == 1


def test_who_may_open_the_assessors_pages(sitters: Sitters, phone: Make, browser_for: BrowserFor) -> None:
    world, made = sitters.world, phone(handed=False).id
    begin = f"/together/start/{sitters.course.enrolment}/{UNIT}"
    paths = ("/together", begin, f"/together/{made}", f"/together/{made}/change", f"/together/{made}/record")
    table = {
        "assessor": [200] * 5,
        "other_assessor": [200, 404, 404, 404, 404],
        "pa": [403] * 5,
        "coordinator": [403] * 5,
    }
    for name, expected in table.items():
        browser = browser_for(getattr(world, name))
        assert [browser.get(path).status_code for path in paths] == expected, name
    stranger = browser_for(world.other_assessor)
    for what in ("hand-over", "take-up", "drop"):
        assert stranger.post(f"/together/{made}/{what}").status_code == 404
    nobody = browser_for()
    assert nobody.get("/together/phone").status_code == 404
    assert nobody.get("/together/phone/back").status_code == 404


def test_begin_on_the_page_and_write_it_anew(sitters: Sitters, browser_for: BrowserFor) -> None:
    browser = browser_for(sitters.world.assessor)
    begin = f"/together/start/{sitters.course.enrolment}/{UNIT}"
    given: dict[str, Any] = {
        "kind": "oral_questions",
        "asked": "",
        "text": "She answered.",
        "on": ["20", "11", "2026"],
        "setting": "own_home",
        "lines": CRITERION,
    }
    assert "Write what you asked" in browser.submit(begin, given).get_data(as_text=True)
    made = browser.submit(begin, given | {"asked": "What do you do first?"}).location
    assert "What do you do first?" in browser.get(made).get_data(as_text=True)
    assert browser.submit(f"{made}/change", given | {"kind": "direct_observation"}).location == made
    assert "Going over what I saw" in browser.get(made).get_data(as_text=True)
    assert "Going over what I saw" in browser.get("/together").get_data(as_text=True)
    assert browser.post(f"{made}/drop").location == "/together"
    assert "Nothing is open" in browser.get("/together").get_data(as_text=True)
