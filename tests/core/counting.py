"""Run as a program: commits numbered facts as fast as it can and says each number once it is committed.

Arguments: the database's address, and how to begin counting. Sealing goes on beside it, as the worker would do.
"""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from lms.core import seal
from lms.core.db import Database
from lms.core.events import Fact, record
from lms.core.work import later


@dataclass(frozen=True, kw_only=True)
class Counted(Fact):
    """A number was counted."""

    number: int


def count(url: str, begin: int) -> None:
    """Count until somebody ends it."""
    database, number = Database(url), begin
    while True:
        now = datetime.now(UTC)
        with database.writing() as db:
            record(db, Counted(about=UUID(int=1), number=number), by=None, now=now)
            later(db, "test.count", str(number), now=now)
        print(number, flush=True)  # noqa: T201  what the test reads
        if number % 7 == 0:
            with database.writing() as db:
                seal.seal_batch(db, now=now)
        number += 1


if __name__ == "__main__":
    count(sys.argv[1], int(sys.argv[2]))
