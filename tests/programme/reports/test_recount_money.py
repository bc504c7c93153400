"""Whatever becomes of claims: what a report says of money is a recount over the facts, to the penny."""

import random
from collections import Counter
from datetime import date
from typing import Any

import pytest

from lms.core.clock import london_day
from lms.core.house import House
from lms.programme.reports.kinds import ReportKind
from lms.programme.reports.tables import TOTAL
from tests.funding.board.test_counting import _something
from tests.funding.claims.conftest import loaded, steps  # noqa: F401  the invented funds, and what people do with claims
from tests.funding.claims.steps import Steps
from tests.programme.reports.test_counting import values
from tests.programme.reports.test_recount import counted, day_of, on_the_edge, told, within
from tests.world import World

MONEY = ("claimed", "approved", "paid", "recovered")


@pytest.mark.parametrize("seed", range(3))
def test_money_in_and_out_is_what_the_record_says(
    steps: Steps,  # noqa: F811  the fixture
    house: House,
    world: World,
    clock: Any,
    seed: int,
) -> None:
    chance = random.Random(seed)  # noqa: S311  the same each time
    claims = [steps.draft(learner=steps.learner(f"Learner {place}")) for place in range(6)]
    for claim in claims:
        steps.cost(claim, chance.randrange(1, 20_000))
    for _step in range(45):
        _something(steps, chance, chance.choice(claims))
        clock.on(days=chance.choice([0, 0, 1, 5, 20]))
    kinds = ("ClaimSubmitted", "ClaimApproved", "MoneyReceived", "ClaimRecovered")
    period = on_the_edge(told(house), chance, *kinds)
    moved = amounts(house, period[1])
    expected: Counter[tuple[str, int]] = Counter()
    for what, scheme, day, pence in moved:
        if within(period, day):
            quarter = f"{day.year}-Q{(day.month + 2) // 3}"
            expected[f"{scheme} {quarter}", MONEY.index(what)] += pence
            expected[TOTAL, MONEY.index(what)] += pence
    table = values(counted(house, world, ReportKind.MONEY, period, london_day(clock())), "money")
    shown = {(key, place): pence for key, row in table.items() for place, pence in enumerate(row) if pence}
    assert shown == {key: pence for key, pence in expected.items() if pence}
    assert {what for what, *_rest in moved} == set(MONEY), "nothing of one kind happened: the history is too short"


def amounts(house: House, last: date) -> list[tuple[str, str, date, int]]:
    """Every amount that counts up to a day, read off the record alone."""
    scheme, first, final = dict[str, str](), dict[str, Any](), dict[str, Any]()
    found = []
    taken_back: Counter[str] = Counter()
    for row in told(house):
        line, day = row.data.get("line_id", ""), day_of(row)
        match row.kind:
            case "ClaimLineAdded":
                scheme[line] = row.data["scheme"]
            case "ClaimSubmitted":
                first.setdefault(line, ("claimed", scheme[line], day, row.data["payable_pence"]))
            case "ClaimApproved" if day <= last:
                final[line] = "approved", scheme[line], day, row.data["approved_pence"]
            case "MoneyReceived":
                paid_on = date.fromisoformat(row.data["paid_on"])
                found.append(("paid", scheme[line], paid_on, row.data["pence"]))
            case "ClaimRecovered":
                pence = row.data["recovered_pence"] - taken_back[line]  # the fact tells all that was taken back so far
                taken_back[line] += pence
                found.append(("recovered", scheme[line], day, pence))
    return [*first.values(), *final.values(), *found]
