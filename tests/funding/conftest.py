"""The built-in schemes, and a learner whose certificate has just been issued."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from lms.certification.events import CertificateIssued
from lms.core.content import Problems
from lms.core.db import Db
from lms.core.house import House
from lms.core.shelves import folders
from lms.funding.claims import reactions
from lms.funding.content import Schemes, load
from lms.learning import services as learning
from tests.prepared import stage
from tests.world import World

PACK = Path(__file__).parent / "pack"


@pytest.fixture(scope="session")
def schemes() -> Schemes:
    """The built-in shelf with the invented pack on top."""
    problems = Problems()
    shelf = load(folders("funding", [PACK]), problems)
    problems.stop_if_any()
    return shelf


@dataclass(frozen=True)
class Certified:
    """A PA of Rivermere with the certificate of PAI-1, and the fact that said so."""

    fact: CertificateIssued
    enrolment_id: UUID

    def again(self, db: Db, now: datetime) -> None:
        """The same fact, told once more."""
        reactions.open_claims(db, self.fact, now)


def certify(db: Db, learner_id: UUID, authority_id: UUID, *, by: UUID, now: datetime, code: str = "PAI-1") -> Certified:
    """Enrol somebody and tell funding that the certificate was issued; other rooms would look for its row."""
    enrolment_id = learning.enrol(db, learner_id=learner_id, authority_id=authority_id, course="PAI", by=by, now=now)
    fact = CertificateIssued(
        about=learner_id,
        certificate_id=uuid4(),
        kind="module",
        code=code,
        enrolment_id=enrolment_id,
        frozen_digest="0" * 64,
    )
    reactions.open_claims(db, fact, now)
    return Certified(fact, enrolment_id)


def _certified(house: House, world: World, now: datetime) -> Certified:
    """The world's PA with the certificate, committed."""
    with house.database.writing() as db:
        return certify(db, world.pa, world.authority, by=world.coordinator, now=now)


certified = stage(_certified)
