"""A sign-off for one person, written down by the household, and the people who may and may not know of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lms.assessment.personal import services
from lms.assessment.personal.rules import Days, SignerRole, Task
from lms.assessment.personal.services import SignedFor
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from tests.assessment.conftest import Course
from tests.world import World

Sign = Callable[..., UUID]


def signed_for(employer: UUID, now: datetime, **given: object) -> SignedFor:
    """Believable content; anything can be given otherwise."""
    on = london_day(now)
    content: dict[str, object] = {
        "employer_id": employer,
        "person_code": "A.Y.",
        "task": Task.CATHETER,
        "what": "Change the night bag.",
        "limits": "Not the catheter itself. Ring the nurse when nothing drains.",
        "signer_name": "Nia Nurse",
        "signer_role": SignerRole.NURSE,
        "signer_organisation": "Rivermere community nurses",
        "known_by": "NMC 00A0000X",
        "days": Days(on - timedelta(days=9), on - timedelta(days=8), on + timedelta(days=300)),
    }
    return SignedFor(**content | given)  # type: ignore[arg-type]


@pytest.fixture
def sign(house: House, world: World, course: Course, now: datetime) -> Sign:
    """Writes one down and commits it: by the first employer for the first PA, unless said otherwise."""

    def write(by: UUID | None = None, *, pa: UUID | None = None, id: UUID | None = None, **given: object) -> UUID:
        with house.database.writing() as db:
            return write_in(db, world, now, by=by, pa=pa, id=id, **given)

    return write


def write_in(
    db: Db,
    world: World,
    now: datetime,
    *,
    by: UUID | None = None,
    pa: UUID | None = None,
    id: UUID | None = None,
    **given: object,
) -> UUID:
    """The same within a unit of work."""
    employer = given.pop("employer_id", world.employer)
    assert isinstance(employer, UUID)
    return services.record(
        db,
        id=id or uuid4(),
        learner_id=pa or world.pa,
        signed=signed_for(employer, now, **given),
        by=by or world.employer_person,
        now=now,
    )
