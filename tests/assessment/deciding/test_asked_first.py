"""Nobody decides on a standard, nor signs one off, before they said whether they are close to the learner."""

from uuid import uuid4

import pytest
from sqlalchemy import delete

from lms.assessment.competence.models import RelationRow
from lms.assessment.deciding.models import Decision
from lms.assessment.rules import Judgement
from lms.assessment.signing import services as signing
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import Refused
from tests.assessment.doings import BrowserFor, count
from tests.assessment.practising import Practice, say_not_close
from tests.world import World

CC12 = ("12.1a", "12.1b", "12.1c")


def never_asked(db: Db) -> None:
    db.execute(delete(RelationRow))


def test_a_decision_is_refused_until_the_question_is_answered(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, CC12)
    never_asked(db)
    with pytest.raises(Refused, match="First say whether you are close"):
        practice.decide(db, world.assessor, piece, CC12, Judgement.MET)
    say_not_close(db, world.assessor, world.pa, practice.now)
    practice.decide(db, world.assessor, piece, CC12, Judgement.MET)


def test_a_sign_off_is_refused_until_then(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, CC12)
    practice.decide(db, world.assessor, piece, CC12, Judgement.MET)
    never_asked(db)
    with pytest.raises(Refused, match="First say whether you are close"):
        signing.sign_off(
            db,
            id=uuid4(),
            enrolment_id=practice.enrolment,
            unit="CC12",
            declaration=None,
            by=world.assessor,
            now=practice.now,
        )


@pytest.mark.parametrize("page", ["/assess/{}/CC12", "/assess/{}/drafts", "/assess/{}/record", "/sign-off/{}/CC12"])
def test_pages_lead_to_the_question_first(
    house: House, practice: Practice, world: World, browser_for: BrowserFor, page: str
) -> None:
    address = page.format(practice.enrolment)
    assert browser_for(world.assessor).get(address).status_code == 200
    with house.database.writing() as db:
        never_asked(db)
    answer = browser_for(world.assessor).get(address)
    assert answer.status_code == 302
    assert f"/assess/{practice.enrolment}/tie" in answer.location
    assert count(house, Decision) == 0
