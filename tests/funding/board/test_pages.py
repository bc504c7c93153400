"""The board's pages: every number opens a list of just as many claims, and no other authority sees any of it."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from lms.core import work
from lms.core.house import House
from lms.funding.board import keeping
from lms.funding.claims.models import Claim
from tests.funding.conftest import Certified
from tests.world import World

BrowserFor = Callable[..., Any]


@pytest.fixture
def board(house: House, world: World, certified: Certified, browser_for: BrowserFor, now: datetime) -> Any:
    """The coordinator's browser, with the drafts of one certificate looked at by the worker."""
    keeping.sweep(house, now)
    return browser_for(world.coordinator)


def test_every_number_opens_its_list(board: Any) -> None:
    page = board.get("/funding/board").text
    found = re.findall(r'<a class="govuk-link palms-number" href="([^"]+)">(\d+)</a>', page)
    assert len(found) >= 3
    for address, number in found:
        said = board.get(address.replace("&amp;", "&")).text
        counted = re.search(r'class="palms-count" role="status">\s*(\d+) ', said)
        assert counted, address
        assert counted[1] == number, address


def test_a_list_says_whom_to_ask(board: Any) -> None:
    said = board.get("/funding/board/claims?state=draft").text
    assert "Still missing: What the training cost" in said
    assert "Ask: The claimant" in said


def test_another_authority_sees_none_of_it(browser_for: BrowserFor, world: World, board: Any) -> None:
    elsewhere = browser_for(world.other_coordinator)
    assert "RIVERMERE-" not in elsewhere.get("/funding/board/claims").text
    assert elsewhere.get(f"/funding/board?authority={world.authority}").status_code == 404
    assert elsewhere.get(f"/funding/board/claims.csv?authority={world.authority}").status_code == 404


def test_the_files_have_every_line_with_its_identifiers(board: Any) -> None:
    answer = board.get("/funding/board/claims.csv?state=draft")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows
    assert all(row["Claim"].startswith("RIVERMERE-2026-") and len(row["Line identifier"]) == 36 for row in rows)
    book = board.get("/funding/board/claims.xlsx?state=draft")
    assert zipfile.is_zipfile(io.BytesIO(book.data))


def test_what_an_address_asks_wrongly_narrows_nothing(board: Any) -> None:
    plain = board.get("/funding/board/claims").text
    odd = board.get("/funding/board/claims?state=nonsense&age=-1&due=31&_external=1&endpoint=x")
    assert odd.status_code == 200
    assert re.findall(r"RIVERMERE-2026-\d+", odd.text) == re.findall(r"RIVERMERE-2026-\d+", plain)


def test_a_statement_is_made_once_and_printed(board: Any, house: House, now: datetime) -> None:
    page = board.get("/funding/statements").text
    claimant = re.search(r'<option value="([0-9a-f-]{36})"', page[page.index('name="claimant"') :])
    assert claimant
    typed = {"claimant": claimant[1], "year": "2026", "as_at": ["21", "11", "2026"]}
    answer = board.post("/funding/statements", typed)
    assert answer.status_code == 302, answer.text
    shown = board.get(answer.location).text
    assert "RIVERMERE-YEAR-2026-0001" in shown
    assert "The PDF is being made" in shown
    work.do_all(house, now=now)
    assert "Save as PDF" in board.get(answer.location).text
    pdf = board.get(f"{answer.location}.pdf")
    assert pdf.data.startswith(b"%PDF")


def test_a_day_to_come_is_refused(board: Any) -> None:
    page = board.get("/funding/statements").text
    claimant = re.search(r'<option value="([0-9a-f-]{36})"', page[page.index('name="claimant"') :])
    assert claimant
    typed = {"claimant": claimant[1], "year": "2026", "as_at": ["22", "11", "2026"]}
    answer = board.post("/funding/statements", typed)
    assert answer.status_code == 200
    assert "has to be today or in the past" in answer.text


def test_a_claim_leads_to_its_audit_file(house: House, board: Any) -> None:
    with house.database.reading() as db:
        claim_id = db.scalars(select(Claim.id).limit(1)).one()
    assert f'href="/funding/claims/{claim_id}/audit"' in board.get(f"/funding/claims/{claim_id}").text
