"""PAs who stand somewhere on a register, put there without the way to it: the feed only reads where they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.people import queries as people_in
from lms.people import services as people
from lms.people.rules import Role
from lms.people.tokens import services as tokens
from lms.people.tokens.rules import Scope
from lms.register.feed import services
from lms.register.feed.rules import Told
from lms.register.kinds import ListingState, TrainingKind
from lms.register.listing.models import Listing
from lms.register.models import RequirementRecord
from lms.register.touching import touch
from tests.world import World

EVERYTHING = frozenset(Told)


@dataclass
class Stage:
    """Moves PAs about on one authority's register."""

    authority: UUID
    by: UUID
    now: datetime
    made: list[UUID] = field(default_factory=list)

    def pa(self, db: Db, name: str) -> UUID:
        """A new PA of the authority."""
        person_id = people.add_person(db, name=name, email=f"{uuid4().hex}@example.com", by=None, now=self.now)
        since = london_day(self.now) - timedelta(days=30)
        people.give_role(
            db, person_id=person_id, organisation_id=self.authority, role=Role.PA, by=None, now=self.now, since=since
        )
        self.made.append(person_id)
        return person_id

    def stands(self, db: Db, person_id: UUID, state: ListingState) -> None:
        """From now on the PA stands there."""
        here = (Listing.person_id == person_id) & (Listing.authority_id == self.authority)
        row = db.scalar(select(Listing).where(here))
        if row is None:
            row = Listing(
                person_id=person_id, authority_id=self.authority, turn=1, withheld=False, since=self.now.date()
            )
            db.add(row)
        row.state, row.since, row.provisional_since = state, london_day(self.now), london_day(self.now)
        db.flush()
        touch(db, self.authority, [person_id], self.now)

    def meets(self, db: Db, person_id: UUID, met: Mapping[str, date]) -> None:
        """The register team saw what these requirements ask for, each on a day."""
        from lms.register import queries as register

        edition = register.edition_for(db, self.authority, london_day(self.now))
        assert edition is not None
        officer = people_in.people_in(db, self.authority, Role.REGISTER_OFFICER, london_day(self.now))[0].id
        for code, on in met.items():
            learned = {"item_kind": TrainingKind.MODULE.value, "item_code": "PAI-4", "completed_on": on.isoformat()}
            row = RequirementRecord(
                id=uuid4(),
                person_id=person_id,
                authority_id=self.authority,
                kind=edition.lines[code].kind,
                code=code,
                data=learned if code == "RM-SAFE" else {"met": True},
                seen_on=on,
                by=officer,
                at=self.now,
            )
            db.add(row)
        db.flush()
        touch(db, self.authority, [person_id], self.now)

    def agrees(self, db: Db, person_id: UUID, told: frozenset[Told] = EVERYTHING) -> None:
        """The PA agrees to whatever of this the rules let be told."""
        from lms.register import queries as register
        from lms.register.feed.sources import shown_by

        edition = register.edition_for(db, self.authority, london_day(self.now))
        assert edition is not None
        may = shown_by(edition).may | {Told.VERDICT}
        services.agree(
            db, once=uuid4(), person_id=person_id, authority_id=self.authority, told=told & may, now=self.now
        )

    def takes_back(self, db: Db, person_id: UUID) -> None:
        """The PA does not agree any more."""
        services.take_back(db, once=uuid4(), person_id=person_id, authority_id=self.authority, now=self.now)

    def token(self, db: Db, *scopes: Scope, ends_on: date | None = None, system: str = "Council website") -> str:
        """A token of the authority; of every scope when none is named."""
        return tokens.make(
            db,
            once=uuid4(),
            authority_id=self.authority,
            system=system,
            scopes=scopes or tuple(Scope),
            ends_on=ends_on or london_day(self.now) + timedelta(days=30),
            by=self.by,
            now=self.now,
        )


@pytest.fixture
def stage(world: World, now: datetime) -> Stage:
    """Rivermere's register."""
    return Stage(world.authority, world.admin, now)


@pytest.fixture
def other_stage(world: World, now: datetime) -> Stage:
    """Dyffryn's register, behind another wall."""
    return Stage(world.other_authority, world.admin, now)


@pytest.fixture
def client(app: Any) -> Any:
    """A system: no cookies, no session."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def ask(client: Any) -> Callable[..., Any]:
    """Ask as a system with a token."""

    def asked(path: str, token: str | None = None, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        return client.get(path if path.startswith("/") else f"/api/v1/register/{path}", headers=sent)

    return asked


@pytest.fixture
def listed(house: House, stage: Stage, world: World) -> UUID:
    """Pat is listed, agreed, and meets a few things."""
    with house.database.writing() as db:
        stage.stands(db, world.pa, ListingState.LISTED)
        stage.meets(db, world.pa, {"RM-ID": date(2026, 3, 9), "RM-SAFE": date(2026, 4, 2), "RM-INT": date(2026, 5, 1)})
        stage.agrees(db, world.pa)
    return world.pa
