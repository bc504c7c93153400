"""Pages of evidence as the desk, a household and strangers see them."""

import io
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core import work
from lms.core.clock import london_day
from lms.funding.claims import proving
from lms.funding.claims import queries as claims
from lms.funding.claims import services as claiming
from lms.funding.evidence import queries
from lms.funding.evidence.needs import Needs, NumberNeeded
from lms.funding.evidence.queries import FileView
from lms.funding.evidence.vocabulary import NumberKind
from lms.funding.permissions import queries as permissions
from lms.funding.permissions import services as permitting
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.funding.rules import claimable
from lms.funding.trainings import training_of
from lms.funding.vocabulary import ClaimantKind
from lms.learning import queries as learning
from lms.people import queries as people
from tests.funding.evidence import papers
from tests.funding.evidence.conftest import Claimed
from tests.funding.permissions.conftest import GRANT, given

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def page(claimed: Claimed) -> str:
    """The address of the evidence of the claim."""
    return f"/funding/claims/{claimed.claim_id}/evidence"


@pytest.fixture
def desk(claimed: Claimed, browser_for: Any) -> Any:
    """The coordinator's browser."""
    return browser_for(claimed.world.coordinator)


def hand_in(browser: Any, page: str, claimed: Claimed, data: bytes, **more: Any) -> Any:
    """Choose a file in the form and send it."""
    answers = {"line": str(claimed.line_id), "kind": "quote", "file": (io.BytesIO(data), "my quote.pdf"), **more}
    return browser.submit(f"{page}/add", answers)


def files(claimed: Claimed) -> list[FileView]:
    with claimed.house.database.reading() as db:
        return queries.files_of(db, [claimed.claim_id]).get(claimed.claim_id, [])


def test_the_page_says_what_is_missing_and_what_palms_has(desk: Any, page: str) -> None:
    html = desk.get(page).get_data(as_text=True)
    assert "2 things have to be mended first" in html
    assert "Quote from the provider" in html
    assert "by itself" in html


def test_a_file_goes_in_and_comes_out_the_same(desk: Any, page: str, claimed: Claimed) -> None:
    data = papers.invoice_pdf()
    assert hand_in(desk, page, claimed, data).status_code == 302
    (file,) = files(claimed)
    answer = desk.get(f"/funding/evidence/{file.id}/file")
    assert answer.get_data() == data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "my quote.pdf" in desk.get(page).get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (papers.locked_pdf(), "locked with a password"),
        (papers.acting_pdf(), "carries a program"),
        (b"MZ" + b"\0" * 100, "neither a picture"),
        (b"", "empty"),
    ],
)
def test_a_file_nobody_can_take_is_refused_beside_the_form(
    desk: Any, page: str, claimed: Claimed, data: bytes, says: str
) -> None:
    answer = hand_in(desk, page, claimed, data)
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    assert says in html
    assert "<title>Error:" in html
    assert files(claimed) == []


def test_no_file_and_no_kind_are_said_at_their_fields(desk: Any, page: str, claimed: Claimed) -> None:
    html = desk.submit(f"{page}/add", {"line": str(claimed.line_id)}).get_data(as_text=True)
    assert "Say what the file shows." in html
    html = desk.submit(f"{page}/add", {"line": str(claimed.line_id), "kind": "quote"}).get_data(as_text=True)
    assert "Choose a file." in html


def test_a_line_of_another_claim_cannot_be_chosen(desk: Any, page: str, claimed: Claimed, second: Claimed) -> None:
    answer = hand_in(desk, page, claimed, papers.invoice_pdf(), line=str(second.line_id))
    assert answer.status_code == 200
    assert files(claimed) == files(second) == []


def test_a_file_is_taken_out(desk: Any, page: str, claimed: Claimed) -> None:
    hand_in(desk, page, claimed, papers.invoice_pdf())
    (file,) = files(claimed)
    assert desk.submit(f"/funding/evidence/{file.id}/take-out").status_code == 302
    assert files(claimed) == []
    assert desk.get(f"/funding/evidence/{file.id}/file").status_code == 404


def test_what_an_invoice_says_is_typed_once(desk: Any, page: str, claimed: Claimed) -> None:
    hand_in(desk, page, claimed, papers.invoice_pdf())
    (file,) = files(claimed)
    says = f"/funding/evidence/{file.id}/says"
    form = desk.get(says).get_data(as_text=True)
    assert 'value="Rivermere Independent Living"' in form  # who claims is known
    answers = {
        "payer": "Rivermere Independent Living",
        "payee": "College",
        "course": "PA induction",
        "amount": "£1,234.567",
        "learners": "1",
        "invoiced_on": ["20", "11", "2026"],
        "paid_shown": "marked_paid",
        "paid_on": ["", "", ""],
    }
    wrong = desk.submit(says, answers).get_data(as_text=True)
    assert "Enter an amount in pounds and pence" in wrong
    assert 'value="PA induction"' in wrong  # nothing that was typed is lost
    assert desk.submit(says, {**answers, "amount": "£1,234.56"}).status_code == 302
    read = files(claimed)[0].read
    assert read is not None
    assert (read.amount, read.paid_on) == (123_456, None)


def test_a_pack_is_asked_for_made_and_downloaded(desk: Any, page: str, claimed: Claimed) -> None:
    once = str(uuid4())
    where = desk.post(f"/funding/claims/{claimed.claim_id}/packs", {"once": once}).headers["Location"]
    assert desk.post(f"/funding/claims/{claimed.claim_id}/packs", {"once": once}).headers["Location"] == where
    assert "being made" in desk.get(where).get_data(as_text=True)
    assert desk.get(f"{where}/zip").status_code == 404
    work.do_all(claimed.house, now=claimed.now)
    assert "Download the ZIP" in desk.get(where).get_data(as_text=True)
    answer = desk.get(f"{where}/zip")
    assert answer.mimetype == "application/zip"
    assert answer.get_data().startswith(b"PK")


@pytest.fixture
def numbered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheme that asks for a number: no open one of those built in does."""
    asks = Needs(numbers=(NumberNeeded(NumberKind.NATIONAL_INSURANCE_NUMBER),))
    monkeypatch.setattr(proving, "needs_of", lambda *_: asks)


def test_a_number_nobody_asks_for_is_not_kept(desk: Any, claimed: Claimed) -> None:
    where = f"/funding/claims/{claimed.claim_id}/learners/{claimed.world.pa}/numbers"
    assert desk.post(where, {"kind": "national_insurance_number", "number": "AB123456C"}).status_code == 404
    assert "asks for no numbers" in desk.get(where).get_data(as_text=True)


@pytest.mark.usefixtures("numbered")
def test_numbers_are_kept_shown_and_deleted(desk: Any, claimed: Claimed) -> None:
    where = f"/funding/claims/{claimed.claim_id}/learners/{claimed.world.pa}/numbers"
    kept = desk.post(where, {"kind": "national_insurance_number", "number": "ab 12 34 56 c"})
    assert kept.status_code == 302
    html = desk.get(where).get_data(as_text=True)
    assert "AB123456C" not in html
    assert "AB123456C" in desk.post(f"{where}/show").get_data(as_text=True)
    listed = desk.post(f"/funding/claims/{claimed.claim_id}/numbers.csv")
    assert "AB123456C" in listed.get_data(as_text=True)
    assert "no-store" in listed.headers["Cache-Control"]
    desk.post(f"{where}/delete")
    assert "AB123456C" not in desk.post(f"{where}/show").get_data(as_text=True)


@pytest.mark.usefixtures("numbered")
def test_a_wrong_number_is_said_at_its_field(desk: Any, claimed: Claimed) -> None:
    where = f"/funding/claims/{claimed.claim_id}/learners/{claimed.world.pa}/numbers"
    desk.post(where, {"kind": "national_insurance_number", "number": "AB123456C"})
    html = desk.post(where, {"kind": "national_insurance_number", "number": "nonsense"}).get_data(as_text=True)
    assert "This is not a National Insurance number." in html
    assert 'value="nonsense"' in html
    assert desk.post(where, {"kind": "shoe size", "number": "42"}).status_code == 404


def test_numbers_of_somebody_outside_the_claim_are_not_there(desk: Any, claimed: Claimed) -> None:
    where = f"/funding/claims/{claimed.claim_id}/learners/{claimed.world.second_pa}/numbers"
    assert desk.get(where).status_code == 404


@pytest.mark.parametrize("who", ["other_coordinator", "employer_person", "second_employer_person", "adviser"])
def test_who_has_no_business_with_a_claim_finds_nothing(
    browser_for: Any, claimed: Claimed, page: str, who: str, desk: Any
) -> None:
    hand_in(desk, page, claimed, papers.invoice_pdf())
    (file,) = files(claimed)
    browser = browser_for(getattr(claimed.world, who))
    for path in (page, f"{page}/add", f"/funding/evidence/{file.id}/file", f"/funding/evidence/{file.id}/says"):
        assert browser.get(path).status_code == 404, path


@pytest.mark.parametrize("who", ["pa", "assessor", "register_officer"])
def test_others_do_not_enter(browser_for: Any, claimed: Claimed, page: str, who: str) -> None:
    assert browser_for(getattr(claimed.world, who)).get(page).status_code == 403


def test_ids_that_are_nowhere(desk: Any, claimed: Claimed) -> None:
    nowhere = UUID(int=7)
    for path in (
        f"/funding/claims/{nowhere}/evidence",
        f"/funding/evidence/{nowhere}/file",
        f"/funding/evidence/{nowhere}/says",
        f"/funding/claims/{claimed.claim_id}/packs/{nowhere}",
    ):
        assert desk.get(path).status_code == 404


@pytest.fixture
def application(claimed: Claimed) -> UUID:
    """An application of Amina's household for Pat's course."""
    world, now, on = claimed.world, claimed.now, london_day(claimed.now)
    with claimed.house.database.writing() as db:
        (enrolment,) = learning.enrolments_of(db, world.pa)
        about = training_of(db, enrolment.id, "PAI-2", completed_on=None, certificate_id=None, on=on)
        found = next(f for f in claims.verdicts_for(db, about, on=on) if f.scheme.code == GRANT)
        asked = replace(
            found.asked, item="COURSE", cost_quoted=15_000, claimant=ClaimantKind.INDIVIDUAL_EMPLOYER, started_on=None
        )
        employer = people.organisation(db, world.employer)
        wanted = replace(found, asked=asked, claimant=employer, verdict=claimable(found.scheme, asked, on=on))
        made = claiming.open_draft(db, training=about, found=wanted, by=world.employer_person, now=now)
    assert made
    return made


@pytest.mark.parametrize("who", ["employer_person", "representative", "coordinator"])
def test_a_household_hands_in_its_own(browser_for: Any, claimed: Claimed, application: UUID, who: str) -> None:
    browser = browser_for(getattr(claimed.world, who))
    where = f"/funding/claims/{application}/evidence"
    assert browser.get(where).status_code == 200
    sent = browser.submit(f"{where}/add", {"kind": "quote", "file": (io.BytesIO(papers.invoice_pdf()), "q.pdf")})
    assert sent.status_code == 302
    numbers = f"/funding/claims/{application}/learners/{claimed.world.pa}/numbers"
    assert (browser.get(numbers).status_code == 200) is (who == "coordinator")
    with claimed.house.database.reading() as db:
        (file,) = queries.files_of(db, [application])[application]
    stranger = browser_for(claimed.world.second_employer_person)
    assert stranger.get(f"/funding/evidence/{file.id}/file").status_code == 404


def test_an_adviser_hands_in_only_while_they_are_let(browser_for: Any, claimed: Claimed, application: UUID) -> None:
    world, now = claimed.world, claimed.now
    adviser, where = browser_for(world.adviser), f"/funding/claims/{application}/evidence"
    assert adviser.get(where).status_code == 404
    with claimed.house.database.writing() as db:
        permission = given(db, world, now, actions=[Action.UPLOAD_EVIDENCE])
    chosen = {"kind": "quote", "file": (io.BytesIO(papers.invoice_pdf()), "q.pdf")}
    assert adviser.submit(f"{where}/add", chosen).status_code == 302
    with claimed.house.database.reading() as db:
        assert [use.deed for use in permissions.uses_of(db, [permission])] == [Deed.EVIDENCE_ADDED]
    with claimed.house.database.writing() as db:
        permitting.withdraw(db, permission_id=permission, by=world.employer_person, now=now)
    assert adviser.get(where).status_code == 404
    assert adviser.post(f"{where}/add", {"kind": "quote"}).status_code == 404
