"""What tests of competence record again and again, with usual values."""

from datetime import datetime, timedelta

from lms.assessment.competence import services
from lms.assessment.competence.rules import Basis, Policy
from lms.core.clock import london_day
from lms.core.db import Db
from tests.assessment.practising import FRAMEWORK
from tests.world import World


def record(db: Db, world: World, now: datetime, **given: object) -> None:
    usual: dict[str, object] = {
        "person_id": world.assessor,
        "authority_id": world.authority,
        "framework": FRAMEWORK,
        "units": ["CC3"],
        "basis": Basis.QUALIFICATION,
        "words": "An award in assessing.",
        "since": london_day(now) - timedelta(days=30),
        "by": world.coordinator,
        "now": now,
    }
    services.record_competence(db, **usual | given)  # type: ignore[arg-type]


def policy(db: Db, world: World, now: datetime, **given: object) -> None:
    services.set_policy(
        db,
        authority_id=world.authority,
        policy=Policy(**given),  # type: ignore[arg-type]
        by=world.coordinator,
        now=now,
    )
