"""Who may withdraw a sign-off: worked cases."""

from uuid import UUID

import pytest

from lms.assessment.rules import Capacity, Standing
from lms.assessment.signing.rules import Withdrawer, still_stands, withdrawer
from lms.people.rules import Role

SIGNER, LEARNER, OTHER = (UUID(int=n) for n in (1, 2, 3))
HOME, ANOTHER_HOME, COLLEGE, AGENCY = (UUID(int=n) for n in (11, 12, 13, 14))
AT_HOME = Standing(Capacity.EMPLOYER, HOME)
ASSESSING = Standing(Capacity.ASSESSOR, COLLEGE)


@pytest.mark.parametrize(
    ("signed", "today", "stands"),
    [
        (AT_HOME, {AT_HOME}, True),
        (AT_HOME, set(), False),  # the PA works elsewhere now, or they are no longer the employer
        (AT_HOME, {Standing(Capacity.EMPLOYER, ANOTHER_HOME)}, False),  # the PA came along to another home of theirs
        (AT_HOME, {Standing(Capacity.REPRESENTATIVE, HOME)}, False),  # they signed as the employer, and act for one now
        (AT_HOME, {ASSESSING}, False),
        (ASSESSING, {ASSESSING}, True),
        (ASSESSING, {Standing(Capacity.ASSESSOR, AGENCY)}, True),  # changed the place, kept the learner
        (ASSESSING, {AT_HOME}, False),
        (ASSESSING, set(), False),
    ],
)
def test_a_signer_stands_as_they_signed(signed: Standing, today: set[Standing], stands: bool) -> None:  # a case
    assert still_stands(signed, today) is stands


@pytest.mark.parametrize(
    ("by", "roles", "stands", "part"),
    [
        (SIGNER, set(), True, Withdrawer.SIGNER),
        (SIGNER, set(), False, None),
        (SIGNER, {Role.COORDINATOR}, False, Withdrawer.COORDINATOR),
        (OTHER, {Role.QUALITY_ASSURER}, False, Withdrawer.QUALITY_ASSURER),
        (OTHER, {Role.ASSESSOR}, True, None),  # stands to the learner, and did not sign
        (LEARNER, {Role.COORDINATOR}, False, None),
    ],
)
def test_who_withdraws(by: UUID, roles: set[Role], stands: bool, part: Withdrawer | None) -> None:  # a case
    assert withdrawer(by=by, signed_by=SIGNER, learner=LEARNER, roles=roles, stands=stands) is part
