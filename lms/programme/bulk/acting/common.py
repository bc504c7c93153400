"""What every kind of work on many is given, and what it says. Judging many asks a constant number of questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from lms.core.db import Db
from lms.core.words import N_
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.programme.bulk.rules import Judged, wont


@dataclass(frozen=True)
class Asked:
    """What is asked for: where, what more was said, and which work it is. `on` is the day, `now` the moment."""

    authority_id: UUID
    work_id: UUID
    details: Mapping[str, Any]
    on: date
    now: datetime

    def id(self, name: str) -> UUID:
        """An id among the details."""
        return UUID(str(self.details[name]))

    def day(self, name: str) -> date:
        """A day among the details."""
        return date.fromisoformat(str(self.details[name]))


class OneLine(NamedTuple):
    """One of those chosen. `helper_id` is what it was foreseen with when one looked."""

    place: int
    person_id: UUID | None
    enrolment_id: UUID | None
    given: str | None
    helper_id: UUID | None = None
    before_id: UUID | None = None


class Came(NamedTuple):
    """What came of doing it for one, and what was there before."""

    result_id: UUID | None = None
    before_id: UUID | None = None


Judge = Callable[[Db, Asked, Sequence[OneLine]], Mapping[int, Judged]]
"""Says of each line, by its place, whether it is affected. Writes nothing."""

Do = Callable[[Db, Asked, OneLine, Judged, UUID], Came]
"""Does it for one who is affected; the last is who started the work. Raises Refused as the single action does."""


class Action(NamedTuple):
    """One kind of work on many."""

    judge: Judge
    do: Do


NOBODY = N_("Nobody here answers to this. Look for a slip.")
STRANGER = N_("Is no PA of your authority today.")
CLOSED = N_("The account is closed, or this record was put together with another one.")
NOT_ON_ONE = N_("Is on no course here.")
LEFT = N_("Has left the course already.")


def ids_of(lines: Sequence[OneLine]) -> list[UUID]:
    """The people of some lines."""
    return [each.person_id for each in lines if each.person_id]


def enrolments_of(db: Db, asked: Asked, lines: Sequence[OneLine]) -> dict[UUID, EnrolmentView]:
    """The enrolments of some lines by id, those of the authority only. One query."""
    ids = [each.enrolment_id for each in lines if each.enrolment_id]
    return {each.id: each for each in learning.enrolments(db, ids) if each.authority_id == asked.authority_id}


def without(line: OneLine, known: Mapping[UUID, EnrolmentView]) -> Judged | None:
    """Why a line cannot be judged any further: nobody, on no course, or left; None when it can."""
    if line.person_id is None:
        return wont(NOBODY)
    one = known.get(line.enrolment_id) if line.enrolment_id else None
    if one is None:
        return wont(NOT_ON_ONE)
    return wont(LEFT) if one.ended else None
