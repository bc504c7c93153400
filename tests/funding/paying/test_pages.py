"""The pages: what a funding officer sees and does with a payer's list, and what everybody else does not."""

import io
import re
from uuid import uuid4

import pytest

from lms.funding.paying.words import Choice

ROW = "{0},75.00,20/11/2026,B-1"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.fixture
def officer(browser_for, world):
    return browser_for(world.funding_officer)


def chosen(data: bytes, name="remittance.csv"):
    return {"file": (io.BytesIO(data), name), "once": str(uuid4())}


def test_a_list_is_taken_in_looked_at_and_confirmed(officer, approved, desk):
    claim = approved()
    file = f"Claim reference,Amount,Payment date\n{claim.reference},75.00,20/11/2026\n".encode()
    answer = officer.post("/funding/payments/new", data=chosen(file), content_type="multipart/form-data")
    address = answer.headers["Location"]
    asked = officer.get(address, follow_redirects=True)
    assert "What the columns say" in text_of(asked)
    columns = {"reference": "Claim reference", "amount": "Amount", "day": "Payment date"}
    officer.post(asked.request.path, data=columns)
    shown = officer.get(address)
    assert "Agrees" in text_of(shown)
    assert "Confirm: write down £75.00" in text_of(shown)
    seen = re.search(r'name="seen" value="(\w+)"', shown.get_data(as_text=True))[1]
    done = officer.post(f"{address}/confirm", data={"seen": seen}, follow_redirects=True)
    assert "All of it is written down" in text_of(done)
    assert "Written down: £75.00" in text_of(done)
    money = officer.get(f"/funding/payments/claims/{claim.claim_id}")
    assert "£75.00 came on 20 November 2026. By the list remittance.csv." in text_of(money)
    listed = officer.get("/funding/payments")
    assert "Confirmed" in text_of(listed)


def test_a_wrong_file_says_what_is_wrong_at_the_form(officer):
    for data, says in ((b"%PDF-1.7", "not a CSV file"), (b"Claim,Amount\n", "no row below")):
        answer = officer.post("/funding/payments/new", data=chosen(data), content_type="multipart/form-data")
        assert says in text_of(answer)
        assert "<title>Error:" in answer.get_data(as_text=True)
    answer = officer.post("/funding/payments/new", data={"once": str(uuid4())}, content_type="multipart/form-data")
    assert "Choose the payer" in text_of(answer)


def test_a_row_that_differs_is_decided_with_a_reason(officer, approved, desk):
    remittance = desk.take_in(f"{approved().reference},70.00,20/11/2026,B-1")
    address = f"/funding/payments/{remittance}"
    assert "Confirm: write down" not in text_of(officer.get(address))
    page = officer.get(f"{address}/rows/2")
    assert "The payer paid a part" in text_of(page)
    situation = re.search(r'name="situation"[^>]*value="(\w+)"', page.get_data(as_text=True))[1]
    posted = {"situation": situation, "choice": Choice.TAKE.value, "reason": ""}
    assert "Say why you decide so" in text_of(officer.post(f"{address}/rows/2", data=posted))
    done = officer.post(f"{address}/rows/2", data={**posted, "reason": "The rest comes in May"}, follow_redirects=True)
    assert "Confirm: write down £70.00" in text_of(done)
    assert "Fay Funding: The rest comes in May" in text_of(done)


def test_a_list_that_changed_since_is_not_confirmed(officer, approved, desk):
    remittance = desk.take_in(ROW.format(approved().reference))
    done = officer.post(f"/funding/payments/{remittance}/confirm", data={"seen": "0" * 64}, follow_redirects=True)
    assert "Something changed since you looked" in text_of(done)
    assert "Confirm: write down £75.00" in text_of(done)


def test_a_formula_in_a_cell_leaves_as_text(officer, desk, approved):
    approved()
    remittance = desk.take_in('"=HYPERLINK(""http://x"")",1.00,20/11/2026,B-1')
    sheet = officer.get(f"/funding/payments/{remittance}/rows.csv").get_data(as_text=True)
    assert "'=HYPERLINK" in sheet
    assert ",=HYPERLINK" not in sheet
    assert '"=HYPERLINK' not in sheet


def test_coordinators_look_and_do_not_write(browser_for, world, approved, desk):
    claim = approved()
    remittance = desk.take_in(ROW.format(claim.reference))
    coordinator = browser_for(world.coordinator)
    assert "Agrees" in text_of(coordinator.get(f"/funding/payments/{remittance}"))
    for address in (
        "/funding/payments/new",
        f"/funding/payments/{remittance}/rows/2",
        f"/funding/payments/{remittance}/columns",
        f"/funding/payments/lines/{claim.line_id}/receive",
    ):
        assert coordinator.get(address).status_code in {403, 404}
    assert coordinator.post(f"/funding/payments/{remittance}/confirm").status_code in {403, 404}


def test_another_authority_finds_nothing(browser_for, world, approved, desk):
    claim = approved()
    remittance = desk.take_in(ROW.format(claim.reference))
    far = browser_for(world.other_coordinator)
    for address in (
        f"/funding/payments/{remittance}",
        f"/funding/payments/{remittance}/rows.csv",
        f"/funding/payments/claims/{claim.claim_id}",
    ):
        assert far.get(address).status_code == 404
    assert "remittance.csv" not in text_of(far.get("/funding/payments"))


def test_money_is_written_down_by_hand_once(officer, approved):
    claim = approved()
    address = f"/funding/payments/lines/{claim.line_id}/receive"
    form = {"once": str(uuid4()), "amount": "50.00", "paid_on": ["20", "11", "2026"]}
    for _ in range(2):
        done = officer.post(address, data=form, follow_redirects=True)
    assert text_of(done).count("£50.00 came on") == 1
    assert "£25.00" in text_of(done)
    for amount, says in (("12.345", "pounds and pence"), ("-5.00", "pounds and pence"), ("90.00", "Say in the note")):
        answer = officer.post(address, data={**form, "once": str(uuid4()), "amount": amount})
        assert says in text_of(answer)
    settle = f"/funding/payments/lines/{claim.line_id}/settle/rest_closed"
    done = officer.post(settle, data={"once": str(uuid4()), "reason": "The payer rounds"}, follow_redirects=True)
    assert "Rest closed: the payer pays no more, £25.00. The payer rounds" in text_of(done)
