"""Counts looks by certificate, day and way, and tells the holder how often; who looked is not kept.

A public page must not write each time it is opened: whoever opened it fast enough would keep everybody else from
writing. Looks are therefore gathered in the process and written together every few seconds. Looks that were not
written yet are lost when a process is killed; nobody was told that they are saved.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock, Timer
from uuid import UUID

import structlog
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from lms.certification.checking.models import Look
from lms.certification.checking.rules import Way
from lms.core.db import Db, columns
from lms.core.house import House

log = structlog.get_logger(__name__)

EVERY = 3.0
"""Seconds that looks are gathered."""

MOST_WAITING = 5_000
"""Different certificates and ways that wait at most; then they are written at once."""

_Key = tuple[UUID, date, Way]


@dataclass(frozen=True)
class LooksView:
    """How often a certificate was looked at in one way on one day."""

    on: date
    way: Way
    times: int


def looks_of(db: Db, certificate_id: UUID, *, limit: int = 60) -> Sequence[LooksView]:
    """How often a certificate was looked at, the newest days first."""
    rows = columns(db, _OF, {"certificate_id": certificate_id, "limit": limit})
    return [LooksView(*row) for row in rows]


def times_of(db: Db, certificate_id: UUID) -> int:
    """How often a certificate was looked at in all."""
    return int(columns(db, _TIMES, {"certificate_id": certificate_id}).scalar_one() or 0)


def count(db: Db, certificate_id: UUID, *, on: date, way: Way, times: int = 1) -> None:
    """Add looks to those of a day. Two who count at the same moment are both counted."""
    make = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = make(Look).values(certificate_id=certificate_id, on=on, way=way, times=times)
    same = [Look.certificate_id, Look.on, Look.way]
    db.execute(new.on_conflict_do_update(index_elements=same, set_={"times": Look.times + new.excluded.times}))


class Looks:
    """The looks that one process has gathered. With `every` None they wait until somebody saves them."""

    def __init__(self, house: House, *, every: float | None = EVERY) -> None:
        self._house, self._every = house, every
        self._lock, self._waiting, self._timer = Lock(), Counter[_Key](), None

    _timer: Timer | None

    def note(self, certificate_id: UUID, *, on: date, way: Way) -> None:
        """Somebody looked."""
        with self._lock:
            self._waiting[certificate_id, on, way] += 1
            full = len(self._waiting) >= MOST_WAITING
            if self._timer is None and self._every is not None:
                self._timer = Timer(self._every, self.save)
                self._timer.daemon = True
                self._timer.start()
        if full:
            self.save()

    def save(self) -> None:
        """Write what was gathered. When the database is away, these looks are not counted, and everything goes on."""
        with self._lock:
            gathered, self._waiting, self._timer = self._waiting, Counter(), None
        if not gathered:
            return
        try:
            with self._house.database.writing() as db:
                for (certificate_id, on, way), times in sorted(gathered.items()):
                    count(db, certificate_id, on=on, way=way, times=times)
        except SQLAlchemyError as error:
            log.warning("looks_not_counted", kind=type(error).__name__, looks=gathered.total())


_OF = (
    select(Look.on, Look.way, Look.times)
    .where(Look.certificate_id == bindparam("certificate_id"))
    .order_by(Look.on.desc(), Look.way)
    .limit(bindparam("limit"))
)
_TIMES = select(func.sum(Look.times)).where(Look.certificate_id == bindparam("certificate_id"))
