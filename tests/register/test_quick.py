"""The quick way to a verdict says what the slow one says: which day brings a change is not guessed."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lms.register.evidence import Asked
from lms.register.findings import finding, next_turn
from lms.register.held import Held
from lms.register.rules import AuthorityRules, Before, eligibility
from lms.register.settled import settled
from tests.register.strategies import BEFORE, DAYS, holding
from tests.register.test_rules_hold_in_general import ANY_RULES

LATE = st.dates(date(2028, 1, 1), date(2033, 12, 31))
"""Days after which little begins, so that the quick way is taken often."""


@given(st.data(), ANY_RULES, DAYS | LATE, st.booleans())
def test_the_next_day_of_change_is_the_one_found_by_asking_every_day(
    data: Any, rules: AuthorityRules, on: date, listed: bool
) -> None:
    held: Held = data.draw(holding(rules))
    asked = Asked(on, rules.remind_days, listed, settled(held, on), listed)
    for requirement in rules.requirements:
        found = finding(requirement, held, asked)
        slow = finding(requirement, held, Asked(on, rules.remind_days, listed, shown=listed))
        assert found == slow
        assert found.until == next_turn(requirement, held, asked, _bare(found))


@given(st.data(), ANY_RULES, LATE, BEFORE)
def test_a_whole_verdict_is_the_same(data: Any, rules: AuthorityRules, on: date, before: Before) -> None:
    held: Held = data.draw(holding(rules))
    verdict = eligibility(rules, held, on=on, before=before)
    asked = Asked(on, rules.remind_days, before.listed, shown=before.shown)
    assert verdict.findings == tuple(finding(each, held, asked) for each in rules.requirements)


def _bare(found: Any) -> Any:

    return found._replace(until=None)
