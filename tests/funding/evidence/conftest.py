"""A PA with a real certificate, and the draft claim that it opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from lms.core.db import Db
from lms.core.house import House
from lms.core.uploads import JPEG, PDF, PNG
from lms.funding.claims import queries as claims
from lms.funding.claims.proving import to_prove
from lms.funding.claims.queries import OPEN_STATES, ClaimView
from lms.funding.evidence import services
from lms.funding.evidence.services import About
from lms.funding.evidence.shrinking import made_ready
from lms.funding.vocabulary import EvidenceKind
from tests.certification import steps
from tests.funding.evidence import papers
from tests.world import World


@dataclass(frozen=True)
class Claimed:
    """A draft claim of one line, in the world's authority."""

    house: House
    world: World
    now: datetime
    claim_id: UUID
    line_id: UUID

    def view(self, db: Db) -> ClaimView:
        """The claim as it stands."""
        return claims.claim(db, self.claim_id, within=[self.world.authority])

    def about(self, db: Db, *, is_open: bool | None = None) -> About:
        """The claim as services want to know it."""
        view = self.view(db)
        still = view.state in OPEN_STATES if is_open is None else is_open
        return About(view.id, view.authority_id, still, to_prove(db, view.id))

    def add(
        self,
        db: Db,
        data: bytes,
        kind: EvidenceKind = EvidenceKind.QUOTE,
        *,
        file_id: UUID | None = None,
        whole: bool = False,
    ) -> UUID:
        """Hand a file in as the desk does; returns its id."""
        made = file_id or uuid4()
        services.add_file(
            db,
            self.house.files,
            file_id=made,
            about=self.about(db),
            line_id=None if whole else self.line_id,
            kind=kind,
            ready=made_ready(data, most=2_000_000, media_types=(PDF, JPEG, PNG)),
            name="C:\\scans\\quote.pdf",
            by=self.world.coordinator,
            now=self.now,
        )
        return made


@pytest.fixture
def claimed(house: House, world: World, now: datetime) -> Claimed:
    """The draft of the user-led organisation's fund that the PA's certificate opened."""
    with house.database.writing() as db:
        steps.earns(db, world, now)
    return _claimed(house, world, now, world.pa)


def _claimed(house: House, world: World, now: datetime, learner: UUID) -> Claimed:
    with house.database.reading() as db:
        lines = claims.lines_of_learner(db, learner, within=[world.authority])
        line = next(line for line in lines if line.scheme == "ULO-2026-27")
    return Claimed(house, world, now, line.claim_id, line.id)


@pytest.fixture
def second(claimed: Claimed) -> Claimed:
    """Another PA's draft of the same fund."""
    world = claimed.world
    with claimed.house.database.writing() as db:
        steps.earns(db, world, claimed.now, learner=world.second_pa, employer=world.second_employer_person)
    return _claimed(claimed.house, world, claimed.now, world.second_pa)


@pytest.fixture
def quote() -> bytes:
    """A quote as a PDF."""
    return papers.invoice_pdf("Quote: 75.00")
