"""Claims that a payer has approved, as if they had been sent in and decided; and a desk that takes in its files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from lms.core.house import House
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.paying import confirming, services
from lms.funding.paying.confirming import Looked
from lms.funding.paying.matching import Tally
from lms.funding.paying.models import Remittance
from lms.funding.paying.words import Choice, Column, DayOrder
from lms.funding.vocabulary import ClaimState
from tests.funding.conftest import certify
from tests.world import World


@dataclass(frozen=True)
class Approved:
    """A claim with one line that was approved."""

    claim_id: UUID
    line_id: UUID
    reference: str


@pytest.fixture
def approved(house: House, world: World, now) -> Callable[..., Approved]:
    """Make an approved claim for a learner; `pence` is what was approved."""

    def make(learner: UUID | None = None, pence: int = 7500, state: ClaimState = ClaimState.APPROVED) -> Approved:
        learner = learner or world.pa
        with house.database.writing() as db:
            certify(db, learner, world.authority, by=world.coordinator, now=now)
            line = db.scalars(select(ClaimLine).where(ClaimLine.learner_id == learner)).one()
            db.execute(update(ClaimLine).where(ClaimLine.id == line.id).values(approved_pence=pence))
            db.execute(update(Claim).where(Claim.id == line.claim_id).values(state=state))
            reference = db.scalars(select(Claim.reference).where(Claim.id == line.claim_id)).one()
            return Approved(line.claim_id, line.id, reference)

    return make


HEAD = "Claim reference,Amount,Payment date,BACS ref\n"
COLUMNS = {
    Column.REFERENCE: "Claim reference",
    Column.AMOUNT: "Amount",
    Column.DAY: "Payment date",
    Column.PAYMENT: "BACS ref",
}


@dataclass(frozen=True)
class Desk:
    """A funding officer at work, each step in a unit of work of its own."""

    house: House
    world: World
    now: datetime

    def take_in(
        self,
        *rows: str,
        columns: Mapping[Column, str] = COLUMNS,
        order: DayOrder | None = None,
        head: str = HEAD,
        paid_on: date | None = None,
    ) -> UUID:
        """Upload a file and say its columns; gives the remittance's id."""
        data, here = (head + "\n".join(rows) + "\n").encode(), self.world.authority
        with self.house.database.writing() as db:
            found = services.upload(
                db,
                self.house.files,
                once=uuid4(),
                authority_id=here,
                data=data,
                name="remittance.csv",
                by=self.world.funding_officer,
                now=self.now,
            )
        with self.house.database.writing() as db:
            if db.get_one(Remittance, found).columns is None:
                services.map_columns(
                    db,
                    self.house.files,
                    remittance_id=found,
                    within=[here],
                    columns=columns,
                    day_order=order,
                    paid_on=paid_on,
                    now=self.now,
                )
        return found

    def look(self, remittance_id: UUID) -> Looked:
        """The remittance beside the claims."""
        with self.house.database.reading() as db:
            return confirming.look(db, remittance_id, self.world.authority)

    def decide(self, remittance_id: UUID, number: int, choice: Choice, reason: str = "Agreed by telephone") -> None:
        """Decide about a row as it stands now."""
        situation = next(each.situation for each in self.look(remittance_id).matched if each.row.number == number)
        with self.house.database.writing() as db:
            services.decide(
                db,
                remittance_id=remittance_id,
                number=number,
                within=[self.world.authority],
                choice=choice,
                reason=reason,
                situation=situation,
                by=self.world.funding_officer,
                now=self.now,
            )

    def confirm(self, remittance_id: UUID, seen: str | None = None) -> Tally:
        """Write it all down, as it stands now or as it was seen."""
        with self.house.database.writing() as db:
            return services.confirm(
                db,
                remittance_id=remittance_id,
                within=[self.world.authority],
                seen=seen or self.look(remittance_id).seen,
                by=self.world.funding_officer,
                now=self.now,
            )


@pytest.fixture
def desk(house: House, world: World, now: datetime) -> Desk:
    """The funding officer's desk."""
    return Desk(house, world, now)
