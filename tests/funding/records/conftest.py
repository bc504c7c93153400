"""Claims that have ended, with a file and typed words, and a clock that goes on for years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lms.core import work
from lms.core.files import keep
from lms.core.house import House
from lms.funding.claims import services as claims
from lms.funding.evidence.models import ClaimFile
from lms.funding.records import queries, services
from lms.funding.records.words import HoldReason, Outcome
from lms.funding.vocabulary import EvidenceKind
from tests.funding.claims.conftest import loaded as loaded  # noqa: PLC0414  a fixture of another folder
from tests.funding.claims.steps import Steps
from tests.world import World

SECRET = "Bought with the lavender-coloured chequebook"


@dataclass
class Archive:
    """What people do with records; each step is committed."""

    house: House
    world: World
    steps: Steps

    @property
    def now(self) -> datetime:
        return self.steps.clock()

    def years(self, years: float) -> None:
        """Let years pass."""
        self.steps.clock.now += timedelta(days=round(years * 365.25))

    def withdrawn(self, training: str = "PAI-3", *, data: bytes | None = None) -> UUID:
        """A claim with an invoice that was withdrawn, with a reason somebody typed."""
        claim_id = self.steps.draft(training=training)
        self.steps.cost(claim_id, 10000)
        self.file(claim_id, data or uuid4().bytes * 100)
        self.steps.do(claims.withdraw, claim_id=claim_id, reason=SECRET, by=self.world.coordinator)
        return claim_id

    def file(self, claim_id: UUID, data: bytes) -> str:
        """An invoice with a claim; returns its digest."""
        with self.steps.writing() as (db, now):
            digest = keep(db, self.house.files, data, "application/pdf", now=now)
            file_id = uuid4()
            db.add(
                ClaimFile(
                    id=file_id,
                    origin_id=file_id,
                    claim_id=claim_id,
                    kind=EvidenceKind.PAYMENT_PROOF,
                    sha256=digest,
                    came_sha256=digest,
                    media_type="application/pdf",
                    size=len(data),
                    smaller=False,
                    name="invoice.pdf",
                    by=self.world.coordinator,
                    at=now,
                )
            )
        return digest

    def hold(self, **what: object) -> UUID:
        """Hold a claim or a scheme."""
        hold_id = uuid4()
        with self.steps.writing() as (db, now):
            values = {"until": None, "note": "", **what}
            services.hold(
                db,
                once=hold_id,
                authority_id=self.world.authority,
                reason=HoldReason.AUDIT,
                by=self.world.funding_officer,
                now=now,
                **values,
            )
        return hold_id

    def attempt(self) -> UUID:
        """List what is due."""
        clearing_id = uuid4()
        with self.steps.writing() as (db, now):
            services.attempt(
                db, once=clearing_id, authority_id=self.world.authority, by=self.world.funding_officer, now=now
            )
        return clearing_id

    def confirm(self, clearing_id: UUID, *, by: UUID | None = None) -> None:
        """Have it done; the worker has not come yet."""
        with self.steps.writing() as (db, now):
            services.confirm(
                db,
                clearing_id=clearing_id,
                within=[self.world.authority],
                by=by or self.world.funding_officer,
                now=now,
            )

    def clear(self, clearing_id: UUID) -> None:
        """Have it done, by the worker too."""
        self.confirm(clearing_id)
        work.do_all(self.house, now=self.now)

    def outcomes(self, clearing_id: UUID) -> dict[Outcome, int]:
        """What became of the claims of a clearing."""
        with self.house.database.reading() as db:
            return queries.outcomes_of(db, clearing_id)


@pytest.fixture
def archive(house: House, world: World, clock) -> Iterator[Archive]:  # type: ignore[no-untyped-def]
    """Records of claims of the small world."""
    return Archive(house, world, Steps(house, world, clock))
