"""The pages of budgets: pots opened and changed, one pot with charts and tables, and nothing of other authorities."""

import re
from uuid import uuid4

import pytest

SCHEME = "ULO-2026-27"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.fixture
def officer(browser_for, world):
    return browser_for(world.funding_officer)


@pytest.fixture
def pot(officer, certified):
    form = {"once": str(uuid4()), "scheme": SCHEME, "amount": "1,000.00", "reason": "Letter of 1 April"}
    answer = officer.post("/funding/budgets/new", data=form)
    return answer.headers["Location"]


def test_a_pot_is_opened_and_shows_its_charts_with_the_tables_beside_them(officer, pot):
    page = officer.get(pot)
    shown = text_of(page)
    assert "£1,000.00 of £1,000.00 is left" in shown
    assert "Letter of 1 April" in shown
    assert "Money by stage" in shown
    assert "At the end of each month" in shown
    html = page.get_data(as_text=True)
    for chart in re.findall(r'<svg class="palms-chart".*?</svg>', html, re.DOTALL):
        assert 'role="img"' in chart
        title, desc = re.search(r'aria-labelledby="(\S+) (\S+)"', chart).groups()
        assert f'<title id="{title}">' in chart
        assert f'<desc id="{desc}">' in chart
        assert "style=" not in chart
    assert len(re.findall('class="palms-chart"', html)) == 2


def test_the_list_adds_up_and_goes_into_a_spreadsheet(officer, pot):
    assert "All together £1,000.00" in text_of(officer.get("/funding/budgets"))
    sheet = officer.get("/funding/budgets/pots.csv").get_data(as_text=True)
    assert f"{SCHEME},2026-27,,1000.00," in sheet


def test_a_pot_is_changed_with_a_reason_and_wrong_amounts_are_refused(officer, pot):
    form = {"once": str(uuid4()), "way": "out", "amount": "200.00", "reason": "Moved to travel"}
    for _ in range(2):
        shown = text_of(officer.post(f"{pot}/change", data=form, follow_redirects=True))
    assert "£800.00 of £800.00 is left" in shown
    for amount, says in (("12.345", "pounds and pence"), ("-1.00", "pounds and pence"), ("900.00", "only £800.00")):
        answer = officer.post(f"{pot}/change", data={**form, "once": str(uuid4()), "amount": amount})
        assert says in text_of(answer)
    answer = officer.post(f"{pot}/change", data={**form, "once": str(uuid4()), "reason": ""})
    assert "Say where this money comes from" in text_of(answer)


def test_coordinators_look_and_do_not_write_and_others_find_nothing(browser_for, world, pot):
    coordinator = browser_for(world.coordinator)
    assert coordinator.get(pot).status_code == 200
    assert coordinator.get(f"{pot}/change").status_code in {403, 404}
    assert coordinator.get("/funding/budgets/new").status_code in {403, 404}
    far = browser_for(world.other_coordinator)
    assert far.get(pot).status_code == 404
    assert "1,000.00" not in text_of(far.get("/funding/budgets"))
    assert browser_for(world.pa).get(pot).status_code in {403, 404}
