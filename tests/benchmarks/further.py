"""Leads learners of the demonstration on through the modules after the first, each to another place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms.core.db import Db
from lms.core.house import House
from lms.core.shelves import shelf
from lms.learning import bookmarks, checks, queries, services
from lms.learning.catalogue import Courses, Module
from lms.learning.questions.samples import sample_answer
from lms.people import queries as people
from lms.people.rules import Role

COURSE, FIRST = "PAI", "PAI-1"
WRITTEN = "I asked first, waited for the answer, and wrote down what we agreed. Next time I ask a day earlier."
ENDS = ("reading", "answering", "not enough", "done")
"""Where somebody stands in the last module they have come to."""


@dataclass
class Walker:
    """Somebody who has finished the first module, and the moment they have come to."""

    db: Db
    person_id: UUID
    enrolment_id: UUID
    at: datetime

    def study(self, module: Module, until: str) -> None:
        """Go through a module up to one of ENDS."""
        lessons = module.lessons[: len(module.lessons) // 2] if until == "reading" else module.lessons
        for lesson in lessons:
            services.study_lesson(self.db, enrolment_id=self.enrolment_id, lesson=lesson.code, **self._now())
        if until == "reading":
            place = {"module": module.code, "lesson": module.lessons[len(lessons)].code, "section": 2}
            bookmarks.keep_place(self.db, enrolment_id=self.enrolment_id, **place, **self._now())
            return
        if module.activity is not None:
            services.write_activity(
                self.db, enrolment_id=self.enrolment_id, activity=module.activity.code, text=WRITTEN, **self._now()
            )
        self._check(module, until)

    def _check(self, module: Module, until: str) -> None:
        begun = services.start_or_resume_attempt(
            self.db, enrolment_id=self.enrolment_id, module=module.code, **self._now()
        )
        questions = checks.own_attempt(self.db, begun, self.person_id).questions
        for question in questions[: len(questions) // 2] if until == "answering" else questions:
            answer = sample_answer(question, right=until != "not enough")
            services.give_answer(self.db, attempt_id=begun, question=question.code, options=answer, **self._now())
        if until != "answering":
            services.hand_in(self.db, attempt_id=begun, **self._now())

    def _now(self) -> dict[str, object]:
        self.at += timedelta(minutes=9)
        return {"by": self.person_id, "now": self.at}


def lead_on(house: House, *, now: datetime) -> None:
    """One after the other goes a module further than the one before, each end in turn; the last has done them all."""
    with house.database.writing() as db:
        modules = [module for module in shelf(db, Courses).modules_of(COURSE) if module.ready][1:]
        for number, (person_id, enrolment_id) in enumerate(_finished_only_the_first(db, now)):
            walker = Walker(db, person_id, enrolment_id, now - timedelta(days=6))
            last = number % (len(modules) + 1)
            for place, module in enumerate(modules[: last + 1]):
                walker.study(module, "done" if place < last else ENDS[number % len(ENDS)])


def _finished_only_the_first(db: Db, now: datetime) -> Iterator[tuple[UUID, UUID]]:
    for code in ("RIVERMERE", "HARBOURGATE", "DYFFRYN"):
        authority = people.authority_by_code(db, code)
        for person in people.people_in(db, authority.id, Role.PA, now.date()):
            for enrolment in queries.enrolments_of(db, person.id):
                if queries.studied(db, enrolment.id).finished.keys() == {FIRST}:  # others are further already
                    yield person.id, enrolment.id
