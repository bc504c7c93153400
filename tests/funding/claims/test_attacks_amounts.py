"""No more is approved than a scheme can pay, whatever the funder was asked for; plain values."""

import pytest

from lms.core.content import Problems
from lms.core.shelves import folders
from lms.funding.amounts import most_of
from lms.funding.asked import Asked
from lms.funding.content import load
from lms.funding.question import Question
from lms.funding.scheme import Limits
from lms.funding.vocabulary import Part, PaymentModel, Provenance
from tests.funding.claims.test_properties import ON

GRANT = load(folders("funding", []), Problems()).by_code["RIVERMERE-GRANT-2026-27"]


def most(asked: Asked, **item: object) -> int:
    first = next(each for each in GRANT.items if each.code == "COURSE").model_copy(update=item)
    scheme = GRANT.model_copy(
        update={"limits": Limits(per_learner_per_year_pence=50000, provenance=Provenance.OFFICIAL)}
    )
    return most_of(Question(scheme, first, asked, ON))


@pytest.mark.parametrize(
    ("asked", "item", "expected"),
    [
        ({"cost_quoted": 30000}, {}, 30000),
        ({"cost_quoted": 60000}, {"max_amount_pence": 40000}, 40000),
        ({"cost_quoted": 30000, "had_this_year": 35000}, {}, 15000),
        ({"cost_quoted": 30000, "had_this_year": 60000}, {}, 0),
        ({"cost_quoted": 30000}, {"price_to_pa_pence": 1000}, 29000),
        ({"cost_quoted": 30000, "part": Part.FIRST}, {"payment_model": PaymentModel.SPLIT}, 18000),
    ],
)
def test_the_most_that_may_be_approved(asked, item, expected):
    assert most(Asked(item="COURSE", **asked), **item) == expected
