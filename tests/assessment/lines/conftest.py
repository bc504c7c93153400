"""What tests of the lines desk share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.assessment.content import Framework, Line
from lms.assessment.knowledge.queries import Hanging
from lms.assessment.lines import queries, services
from lms.assessment.lines.services import Place, Said, said_of
from lms.core.db import Db
from tests.world import World

WHERE = Place(looked_up_in="The standards as published, page 12", document_on=date(2025, 3, 1))


@dataclass
class Desk:
    """An administrator of an authority with the official document in hand."""

    db: Db
    world: World
    now: datetime

    def framework(self, code: str = "cc-2025", authority: UUID | None = None) -> Framework:
        return queries.frameworks_for(self.db, authority or self.world.authority).framework(code)

    def line(self, key: str, code: str = "cc-2025", authority: UUID | None = None) -> Line:
        return self.framework(code, authority).line(key)

    def confirm(self, key: str, of: str = "cc-2025", check_id: UUID | None = None, **other: Any) -> None:
        services.confirm_line(
            self.db,
            check_id=check_id or uuid4(),
            authority_id=self.world.authority,
            framework=of,
            key=key,
            place=other.pop("place", WHERE),
            by=self.world.admin,
            now=other.pop("now", self.now),
        )

    def correct(self, key: str, of: str = "cc-2025", check_id: UUID | None = None, **changed: Any) -> None:
        place, at = changed.pop("place", WHERE), changed.pop("at", self.now)
        said = said_of(self.line(key, of))
        values = {"code": said.code, "text": said.text, "kind": said.kind, "simulation": said.simulation}
        services.correct_line(
            self.db,
            check_id=check_id or uuid4(),
            authority_id=self.world.authority,
            framework=of,
            key=key,
            said=Said(**values | changed),
            place=place,
            by=self.world.admin,
            now=at,
        )


@pytest.fixture
def desk(db: Db, world: World, now: datetime) -> Desk:
    """The administrator's desk."""
    return Desk(db, world, now)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make it so that people hold evidence for every line: `hanging("Ann", "Bea")`."""

    def of(*names: str) -> None:
        monkeypatch.setattr(services.knowledge, "hanging_on", lambda *_: Hanging(len(names), names))

    return of
