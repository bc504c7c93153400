"""How the demonstration's PAs studied: the same services the pages use, at moments in the past."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.demo.words import WRITTEN
from lms.learning import bookmarks, checks, queries, services
from lms.learning.catalogue import Courses, Module
from lms.learning.questions.samples import sample_answer

MODULE = "PAI-1"


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

    def module(self, code: str = MODULE) -> Module:
        """A module of the induction; the first one unless another is named."""
        return shelf(self.db, Courses).module_in("PAI", code)

    def later(self, **by: float) -> datetime:
        """Go on by some time."""
        self.at += timedelta(**by)
        return self.at

    def read(self, lessons: int, code: str = MODULE) -> None:
        """Finish the first lessons of a module, some in an evening, others days later."""
        for number, lesson in enumerate(self.module(code).lessons[:lessons]):
            services.study_lesson(
                self.db,
                enrolment_id=self.enrolment_id,
                lesson=lesson.code,
                by=self.person_id,
                now=self.later(minutes=14 if number % 3 else 26 * 60),
            )

    def read_all(self, code: str = MODULE) -> None:
        """Finish every lesson."""
        self.read(len(self.module(code).lessons), code)

    def stop_reading(self, lesson: int, code: str, *, section: int = 3) -> None:
        """Stop in the middle of a lesson, counted from 1."""
        bookmarks.keep_place(
            self.db,
            enrolment_id=self.enrolment_id,
            module=code,
            lesson=self.module(code).lessons[lesson - 1].code,
            section=section,
            by=self.person_id,
            now=self.later(minutes=6),
        )

    def write(self, code: str = MODULE) -> None:
        """Write the activity."""
        activity = self.module(code).activity
        assert activity is not None
        services.write_activity(
            self.db,
            enrolment_id=self.enrolment_id,
            activity=activity.code,
            text=WRITTEN[code],
            by=self.person_id,
            now=self.later(hours=20),
        )

    def begin_check(self, code: str = MODULE, *, answers: int | None = None, wrong: int = 0) -> UUID:
        """Begin the knowledge check and answer some of it: the first `wrong` ones wrongly, the rest rightly."""
        attempt_id = services.start_or_resume_attempt(
            self.db, enrolment_id=self.enrolment_id, module=code, by=self.person_id, now=self.later(hours=3)
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

    def take_check(self, code: str = MODULE, *, wrong: int = 1) -> UUID:
        """Answer the whole check and hand it in; returns the attempt."""
        attempt_id = self.begin_check(code, wrong=wrong)
        services.hand_in(self.db, attempt_id=attempt_id, by=self.person_id, now=self.later(minutes=2))
        return attempt_id

    def study_all(self, *codes: str) -> None:
        """Everything that modules teach; the first one unless others are named."""
        for code in codes or (MODULE,):
            self.read_all(code)
            self.write(code)
            self.take_check(code)
