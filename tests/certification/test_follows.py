"""What pages of study say comes after a module: nothing that PALMS does not do."""

from datetime import datetime

import pytest

from lms.certification.follows import can_come, what_follows
from lms.certification.rules import Needs
from lms.core.db import Db
from tests.certification import steps
from tests.world import World

BOTH = Needs(module_studied=True, practice_signed_off=True)


@pytest.mark.parametrize(
    ("needs", "practised", "studied", "comes"),
    [
        (BOTH, True, True, True),
        (BOTH, False, True, False),
        (BOTH, True, False, False),
        (Needs(module_studied=True, practice_signed_off=False), False, True, True),
        (Needs(module_studied=False, practice_signed_off=True), True, False, True),
    ],
)
def test_a_certificate_is_told_of_only_where_its_rule_can_be_met(
    needs: Needs, practised: bool, studied: bool, comes: bool
) -> None:
    assert can_come(needs, practised=practised, studied=studied) is comes


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_practice_and_certificate_follow_the_first_module_and_nothing_the_others(
    db: Db, world: World, now: datetime
) -> None:
    before = what_follows(db, steps.enrolled(db, world, now, learner=world.second_pa))
    assert before.keys() == {"PAI-1"}
    assert (before["PAI-1"].to_show, before["PAI-1"].earns, before["PAI-1"].certificate) == (True, True, None)
    after = what_follows(db, steps.earns(db, world, now))["PAI-1"]
    assert not after.to_show
    assert after.certificate is not None
    assert after.certificate.code == "PAI-1"
