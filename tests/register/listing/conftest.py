"""A PA who has everything Rivermere asks for, and ways to move their listing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.db import Db
from lms.register import queries as register
from lms.register import services as records
from lms.register.kinds import ListingState, RequirementKind
from lms.register.listing import queries, services
from lms.register.listing.moves import Act
from lms.register.listing.queries import ListingView
from lms.register.listing.reasons import Reason
from tests.world import World

Kind = RequirementKind
State = ListingState


@dataclass
class Life:
    """One PA's listing at Rivermere, moved as people would. `db` is set anew for each unit of work."""

    db: Db
    world: World
    now: datetime
    pa: UUID

    @property
    def who(self) -> dict[str, UUID]:
        """The PA and the authority, as services ask for them."""
        return {"person_id": self.pa, "authority_id": self.world.authority}

    def have_everything(self, *, lacks: tuple[str, ...] = (), days_ago: int = 0, declared_days_ago: int = 0) -> None:
        """All that is mandatory for everybody, seen by the register officer."""
        at = self.now - timedelta(days=days_ago)
        edition = register.edition_for(self.db, self.world.authority, london_day(at))
        assert edition is not None
        for rule in edition.rules.requirements:
            if rule.mandatory and rule.when is None and rule.code not in lacks:
                self.meet(rule.code, at, on=london_day(at) - timedelta(days=_older(rule.kind, declared_days_ago)))

    def meet(self, code: str, at: datetime, *, on: date | None = None) -> None:
        """One requirement."""
        edition = register.edition_for(self.db, self.world.authority, london_day(at))
        assert edition is not None
        line = edition.lines[code]
        rule = next(r for r in edition.rules.requirements if r.code == code)
        if line.kind is Kind.CODE_OF_CONDUCT:
            records.accept_code(self.db, once=uuid4(), version=rule.version, now=at, **self.who)  # type: ignore[attr-defined]
            return
        for data in _data(line, rule, london_day(at)):
            records.record_seen(
                self.db,
                once=uuid4(),
                code=code,
                on=on or london_day(at),
                data=data,
                by=self.world.register_officer,
                now=at,
                **self.who,
            )

    def apply(self, days_ago: int = 0) -> None:
        """Send an application."""
        services.apply(self.db, once=uuid4(), now=self.now - timedelta(days=days_ago), **self.who)

    def move(
        self,
        to: State,
        *,
        by: UUID | None = None,
        reason: Reason | None = None,
        act: Act | None = None,
        once: UUID | None = None,
        withheld: bool = False,
    ) -> None:
        """Move it, by the officer unless somebody else is named."""
        services.move(
            self.db,
            once=once or uuid4(),
            to=to,
            reason=reason,
            by=by or self.world.register_officer,
            now=self.now,
            act=act,
            withheld=withheld,
            **self.who,
        )

    def get_listed(self, *, declared_days_ago: int = 0) -> None:
        """From nothing to the register."""
        self.have_everything(declared_days_ago=declared_days_ago)
        self.apply()
        self.move(State.CHECKING)
        self.move(State.LISTED)

    def view(self) -> ListingView:
        """Where it stands."""
        found = queries.listing_of(self.db, self.pa, self.world.authority)
        assert found is not None
        return found

    @property
    def state(self) -> State:
        """Its state."""
        return self.view().state


def _older(kind: Kind, days: int) -> int:
    return days if kind is Kind.DECLARATION else 0


def _data(line: Any, rule: Any, on: date) -> list[dict[str, Any]]:
    match line.kind:
        case Kind.DBS:
            issued = on.isoformat()
            return [{"level": line.level, "workforce": line.workforce, "issue_date": issued, "result": "no_content"}]
        case Kind.REFERENCE:
            sources = ["most_recent_employer_or_tutor", "other"][: line.count]
            return [{"source": source, "relative": False} for source in sources]
        case Kind.TRAINING:
            items = rule.alternatives[0]
            return [{"item_kind": i.kind, "item_code": i.code, "completed_on": on.isoformat()} for i in items]
        case _:
            return [{"met": True}]


@pytest.fixture
def life(db: Db, world: World, now: datetime) -> Life:
    """The PA of the small world at Rivermere, in one unit of work."""
    return Life(db, world, now, world.pa)


@pytest.fixture
def life_in(world: World, now: datetime) -> Callable[[Db], Life]:
    """The same, in whatever unit of work."""
    return lambda db: Life(db, world, now, world.pa)
