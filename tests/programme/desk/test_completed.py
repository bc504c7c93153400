"""When a course is completed: by the certificate for the whole of it, or where there is none, by its last module."""

from datetime import date
from uuid import uuid4

import pytest

from lms.assessment.knowledge.mapping import COURSE
from lms.certification.content import CertificateDesigns
from lms.certification.queries import Earned
from lms.core.house import House
from lms.learning.under_way import UnderWay
from lms.programme.desk.facts import completed

DONE, LATER = date(2026, 10, 1), date(2026, 11, 1)
HERE = uuid4()


def _is(house: House, course: str, *kinds: str, shows: bool = False) -> date | None:
    of = UnderWay(HERE, uuid4(), uuid4(), course, date(2026, 9, 1), None, studied_on=DONE)
    earned = [Earned(kind, "X", None, LATER, None, HERE) for kind in kinds]
    return completed(of, earned, house.shelves[CertificateDesigns], shows=shows)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("course", "kinds", "shows", "day"),
    [
        ("PAI", [], True, None),
        ("PAI", ["module"], True, None),
        ("PAI", ["induction"], True, LATER),
        ("PAI", ["refresher"], True, LATER),
        (COURSE, ["knowledge"], True, None),
        (COURSE, ["care-certificate"], True, LATER),
        ("FURTHER-1", [], False, DONE),
        ("FURTHER-1", [], True, None),
    ],
)
def test_what_completes_a_course(house: House, course: str, kinds: list[str], shows: bool, day: date | None) -> None:
    assert _is(house, course, *kinds, shows=shows) == day
