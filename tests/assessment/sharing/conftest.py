"""A PA who works for two households, one of which somebody acts for, and shorthands for agreeing."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from lms.assessment.sharing import queries, services
from lms.assessment.sharing.rules import Party, What
from lms.core.clock import london_day
from lms.core.db import Db
from lms.people import queries as people
from tests.conftest import StandingClock
from tests.world import World

WORDS = "They can see it."


@dataclass(frozen=True)
class Sharer:
    """What the first PA lets others see, and what these may look at."""

    world: World
    clock: StandingClock

    @property
    def today(self) -> date:
        return london_day(self.clock())

    def agree(
        self,
        db: Db,
        what: What = What.RECORD,
        party: Party = Party.EMPLOYER,
        with_id: UUID | None = None,
        **more: object,
    ) -> None:
        asked: dict[str, object] = {"id": uuid4(), "by": self.world.pa, "now": self.clock()} | more
        services.agree(
            db,
            what=what,
            party=party,
            with_id=with_id or self.world.employer,
            words=WORDS,
            language="en",
            **asked,  # type: ignore[arg-type]
        )

    def stop_all(self, db: Db, now: datetime | None = None) -> None:
        for each in queries.agreements_of(db, self.world.pa):
            services.withdraw(db, share_id=each.id, by=self.world.pa, now=now or self.clock())

    def sees(self, db: Db, who: UUID, of: UUID | None = None) -> set[What]:
        """What a household's person may look at today."""
        viewer = people.viewer_of(db, who, self.today)
        assert viewer is not None
        return set(queries.shared_with_household(db, viewer, of or self.world.pa, self.today))


@pytest.fixture
def sharer(world: World, clock: StandingClock) -> Sharer:
    """The first PA, at today's noon."""
    return Sharer(world, clock)
