"""How the demonstration's PAs studied: the same services the pages use, at moments in the past."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import checks, queries, services
from lms.learning.catalogue import Courses, Module
from lms.learning.questions.samples import sample_answer

MODULE = "PAI-1"

PLAN = (
    "For my first four weeks:\n"
    "1. I will ask at the start of each shift what today should look like, and write down any change. (Every day.)\n"
    "2. I will learn to use the transfer board with the physiotherapist before I do it alone. (By the end of week 2.)\n"
    "3. I will ask for feedback every Friday: one thing to keep, one thing to change.\n"
    "My employer chose number 3. I had not thought of it. I like it."
)


@dataclass
class Learner:
    """Somebody at their studies, and the moment they have come to."""

    db: Db
    person_id: UUID
    at: datetime

    @property
    def enrolment_id(self) -> UUID:
        """Their enrolment on the induction."""
        return queries.enrolments_of(self.db, self.person_id)[0].id

    @property
    def module(self) -> Module:
        """The first module of the induction."""
        return shelf(self.db, Courses).module_in("PAI", MODULE)

    def later(self, **by: float) -> datetime:
        """Go on by some time."""
        self.at += timedelta(**by)
        return self.at

    def read(self, lessons: int) -> None:
        """Finish the first lessons, some in an evening, others days later."""
        for number, lesson in enumerate(self.module.lessons[:lessons]):
            services.study_lesson(
                self.db,
                enrolment_id=self.enrolment_id,
                lesson=lesson.code,
                by=self.person_id,
                now=self.later(minutes=14 if number % 3 else 26 * 60),
            )

    def read_all(self) -> None:
        """Finish every lesson."""
        self.read(len(self.module.lessons))

    def write(self) -> None:
        """Write the activity."""
        activity = self.module.activity
        assert activity is not None
        services.write_activity(
            self.db,
            enrolment_id=self.enrolment_id,
            activity=activity.code,
            text=PLAN,
            by=self.person_id,
            now=self.later(hours=20),
        )

    def begin_check(self, *, answers: int | None = None, wrong: int = 0) -> UUID:
        """Begin the knowledge check and answer some of it: the first `wrong` ones wrongly, the rest rightly."""
        attempt_id = services.start_or_resume_attempt(
            self.db, enrolment_id=self.enrolment_id, module=MODULE, by=self.person_id, now=self.later(hours=3)
        )
        attempt = checks.own_attempt(self.db, attempt_id, self.person_id)
        for number, question in enumerate(attempt.questions[:answers]):
            services.give_answer(
                self.db,
                attempt_id=attempt_id,
                question=question.code,
                options=sample_answer(question, right=number >= wrong),
                by=self.person_id,
                now=self.later(minutes=1),
            )
        return attempt_id

    def take_check(self, *, wrong: int = 1) -> None:
        """Answer the whole check and hand it in."""
        attempt_id = self.begin_check(wrong=wrong)
        services.hand_in(self.db, attempt_id=attempt_id, by=self.person_id, now=self.later(minutes=2))

    def study_all(self) -> None:
        """Everything the module teaches."""
        self.read_all()
        self.write()
        self.take_check()
