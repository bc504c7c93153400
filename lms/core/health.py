"""Whether the database answers and has the tables this version was written for."""

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from lms.core.db import Database
from lms.core.migrate import newest, standing


@dataclass(frozen=True)
class Health:
    """The state of the database and of its migration."""

    database: bool
    migration: str | None
    wanted: str

    @property
    def ok(self) -> bool:
        """Whether pages can be served."""
        return self.database and self.migration == self.wanted

    def parts(self) -> dict[str, str | None]:
        """What the health address says."""
        return {"database": "ok" if self.database else "unreachable", "migration": self.migration}


def state(database: Database) -> Health:
    """Ask the database; an unreachable one is an answer, not an error."""
    try:
        return Health(database=True, migration=standing(database), wanted=newest())
    except SQLAlchemyError:
        return Health(database=False, migration=None, wanted=newest())
