"""What a learner finished in one course counts in their others: lessons, and questions that ask the same.

Whoever calls this holds the learner's enrolments.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.learning.bookmarks import forget_place
from lms.learning.catalogue import Courses, Module
from lms.learning.finishing import finish
from lms.learning.models import Attempt, Enrolment, LessonDone
from lms.learning.pins import pin
from lms.learning.questions import Mark
from lms.learning.shown.events import LessonCarried
from lms.learning.shown.rules import HowShown, shown_elsewhere
from lms.learning.shown.services import Showing, show
from lms.people import queries as people


@dataclass(frozen=True)
class Carrier:
    """Carries what was done to other courses of the same learner; `by` acts, `now` is when."""

    db: Db
    by: UUID | None
    now: datetime
    behalf: UUID | None = None

    def lesson(self, done: LessonDone, of: Enrolment) -> None:
        """A lesson was finished: it counts in the learner's other running enrolments whose courses have it."""
        for row in self._others(of):
            self._carry(done, row)

    def passed(self, attempt: Attempt, of: Enrolment) -> None:
        """A check was passed: what was right in it shows outcomes that name its questions, in every running course."""
        for row in (*self._others(of), of):
            self._show(attempt, row)

    def everything(self, row: Enrolment) -> None:
        """Somebody enrolled: what they did in the courses they are on already counts from the start."""
        others = [other.id for other in self._others(row)]
        lessons = select(LessonDone).where(LessonDone.enrolment_id.in_(others)).order_by(LessonDone.studied_at)
        for done in self.db.scalars(lessons).all():
            self._carry(done, row)
        passed = (
            select(Attempt)
            .where(Attempt.enrolment_id.in_(others), Attempt.passed.is_(True))
            .order_by(Attempt.finished_at)
        )
        for attempt in self.db.scalars(passed.order_by(Attempt.finished_at)).all():
            self._show(attempt, row)

    def _others(self, row: Enrolment) -> list[Enrolment]:
        running = select(Enrolment).where(
            Enrolment.learner_id == row.learner_id, Enrolment.id != row.id, Enrolment.ended_at.is_(None)
        )
        return list(self.db.scalars(running.order_by(Enrolment.enrolled_at, Enrolment.id)))

    def _carry(self, done: LessonDone, row: Enrolment) -> None:
        having = modules_with(self._modules(row), done.lesson)
        if not having:
            return
        module = having[0]
        carried = LessonDone(
            enrolment_id=row.id,
            module=module.code,
            edition=module.edition,
            lesson=done.lesson,
            studied_at=done.studied_at,
            carried_from=done.enrolment_id,
        )
        if add_once(self.db, carried):
            forget_place(self.db, row.id, done.lesson)
            fact = LessonCarried(
                about=row.learner_id,
                enrolment_id=row.id,
                module=module.code,
                lesson=done.lesson,
                carried_from=done.enrolment_id,
            )
            record(self.db, fact, by=self.by, now=self.now, behalf=self.behalf)
            self._finish(row, having)

    def _show(self, attempt: Attempt, row: Enrolment) -> None:
        right = {code for code, mark in (attempt.marks or {}).items() if mark == Mark.RIGHT}
        nation = people.organisation(self.db, row.authority_id).nation
        showing = Showing(how=HowShown.CHECK, source_id=attempt.id, by=self.by, behalf=self.behalf, now=self.now)
        for module in self._modules(row):
            outcomes = shown_elsewhere(module, nation, right)
            if outcomes:
                pin(row, module)
                show(self.db, row, module, outcomes, showing)
                self._finish(row, [module])

    def _modules(self, row: Enrolment) -> Iterator[Module]:
        taught = shelf(self.db, Courses).modules_of(row.course, row.editions)
        return (module for module in taught if module.ready)

    def _finish(self, row: Enrolment, modules: Iterable[Module]) -> None:
        for module in modules:
            finish(self.db, row, module, by=self.by, now=self.now, behalf=self.behalf)


def modules_with(modules: Iterable[Module], lesson: str) -> list[Module]:
    """The modules that have a lesson, taught there or linked to."""
    return [module for module in modules if any(each.code == lesson for each in module.lessons)]
