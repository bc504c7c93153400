"""Write study on paper: make a sheet, record what stands on one, ask for a page to be printed.

Who may do it for a learner is decided by whoever calls: access follows the tie to the learner, which is not learning's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.learning import checks
from lms.learning import services as study
from lms.learning.acting import Instead, behalf, whose
from lms.learning.catalogue import Module
from lms.learning.models import Enrolment
from lms.learning.outcomes import NumberUsed
from lms.learning.paper.events import PaperRecorded, PaperSheetMade
from lms.learning.paper.models import PaperPrint, PaperRecord, PaperSheet
from lms.learning.paper.rules import LONGEST_NAME
from lms.learning.pins import pinned
from lms.learning.questions import Answer
from lms.learning.taking import take

PRINT = "learning.print"
"""The work of printing a page."""


def make_sheet(
    db: Db, *, enrolment_id: UUID, module: str, name: str, by: UUID, now: datetime, instead: Instead | None = None
) -> UUID:
    """Put the questions of a learner's check on paper, starting it or going on with it; returns the attempt.

    A sheet that is there already stays as it is. Refused as starting a check is, and without a name.
    """
    shown = clean_text(name, LONGEST_NAME)
    if not shown:
        raise Refused(N_("Say what stands on the paper as the name. Initials are enough."))
    attempt_id = study.start_or_resume_attempt(
        db, enrolment_id=enrolment_id, module=module, by=by, now=now, instead=instead
    )
    if add_once(db, PaperSheet(attempt_id=attempt_id, name=shown, made_by=by, made_at=now)):
        fact = PaperSheetMade(about=whose(by, instead), enrolment_id=enrolment_id, module=module, attempt_id=attempt_id)
        record(db, fact, by=by, now=now, behalf=behalf(instead))
    return attempt_id


@dataclass(frozen=True)
class Sheet:
    """What stands on a paper: answers by question, blank ones left out; lessons read; the activity's text, if any."""

    attempt_id: UUID | None
    answers: Mapping[str, Answer]
    lessons: Sequence[str]
    activity: str = ""


@dataclass(frozen=True)
class Recorded:
    """What came of it. `open_` counts the questions that have no whole answer yet, so that the check is still open."""

    id: UUID
    handed_in: bool
    open_: int


def record_paper(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    module: str,
    sheet: Sheet,
    paper: str,
    by: UUID,
    behalf: UUID,
    now: datetime,
) -> Recorded:
    """Record what stands on a learner's paper: all of it or nothing. When every question then has an answer, the check
    is handed in. The same `id` again changes nothing.

    `paper` is the digest of the paper, whose row is there already. Refused when there is nothing to record, for one's
    own paper, and when the check was handed in meanwhile. Raises NotFound for what is not in the module or the attempt.
    """
    row = take(db, enrolment_id)
    if row is None:
        raise NotFound("enrolment")
    if row.learner_id == by:
        raise Refused(N_("Somebody else has to record what stands on your paper."))
    before = db.get(PaperRecord, id)
    if before is not None:
        if (before.enrolment_id, before.module, before.recorded_by) != (enrolment_id, module, by):
            raise NumberUsed
        return Recorded(id, before.handed_in, 0)
    if row.ended_at is not None:
        raise Refused(N_("This course has ended for the learner, so nothing can be recorded."))
    if not sheet.answers and not sheet.lessons and not sheet.activity.strip():
        raise Refused(N_("There is nothing to record yet. Enter an answer, tick a lesson, or type the activity."))
    with db.begin_nested():
        recorder = _Recorder(db, id, row, pinned(db, row, module), Instead(row.learner_id, behalf), by, now)
        return recorder.record(sheet, paper)


@dataclass(frozen=True)
class _Recorder:
    """One paper of one learner, in one unit of work."""

    db: Db
    id: UUID
    row: Enrolment
    module: Module
    instead: Instead
    by: UUID
    now: datetime

    def record(self, sheet: Sheet, paper: str) -> Recorded:
        answers = self._answers(sheet) if sheet.answers else {}
        lessons = self._lessons(sheet.lessons)
        activity = self._activity(sheet.activity)
        handed_in, open_ = self._hand_in(sheet.attempt_id) if answers and sheet.attempt_id else (False, 0)
        self.db.add(
            PaperRecord(
                id=self.id,
                enrolment_id=self.row.id,
                module=self.module.code,
                attempt_id=sheet.attempt_id if answers else None,
                learner_id=self.row.learner_id,
                answers=answers,
                lessons=lessons,
                activity=activity,
                handed_in=handed_in,
                paper=paper,
                recorded_by=self.by,
                behalf=self.instead.behalf,
                recorded_at=self.now,
            )
        )
        self.db.flush()
        fact = PaperRecorded(
            about=self.row.learner_id,
            enrolment_id=self.row.id,
            module=self.module.code,
            record_id=self.id,
            attempt_id=sheet.attempt_id if answers else None,
            questions=tuple(answers),
            lessons=tuple(lessons),
            activity=activity is not None,
            handed_in=handed_in,
        )
        record(self.db, fact, by=self.by, now=self.now, behalf=self.instead.behalf)
        return Recorded(self.id, handed_in, open_)

    def _answers(self, sheet: Sheet) -> dict[str, str]:
        """Keep each answer; returns its number by question. Nothing is kept once the check is handed in."""
        if sheet.attempt_id is None:
            raise NotFound("attempt")
        attempt = self._attempt(sheet.attempt_id)
        if attempt.finished_at is not None:
            raise Refused(
                N_("This check was handed in meanwhile, so nothing of the paper was recorded. Look at it together.")
            )
        numbers = {question: uuid5(self.id, question) for question in sheet.answers}
        for question, answer in sheet.answers.items():
            study.give_answer(
                self.db,
                attempt_id=attempt.id,
                question=question,
                options=answer,
                by=self.by,
                now=self.now,
                given_id=numbers[question],
                instead=self.instead,
            )
        return {question: str(number) for question, number in numbers.items()}

    def _attempt(self, attempt_id: UUID) -> checks.AttemptView:
        attempt = checks.own_attempt(self.db, attempt_id, self.row.learner_id)
        if (attempt.enrolment.id, attempt.module.code) != (self.row.id, self.module.code):
            raise NotFound("attempt")
        return attempt

    def _lessons(self, codes: Sequence[str]) -> list[str]:
        for code in codes:
            self.module.lesson(code)
            study.study_lesson(
                self.db,
                enrolment_id=self.row.id,
                lesson=code,
                module=self.module.code,
                by=self.by,
                now=self.now,
                instead=self.instead,
            )
        return list(codes)

    def _activity(self, text: str) -> UUID | None:
        if not text.strip():
            return None
        if self.module.activity is None:
            raise NotFound("activity")
        number = uuid5(self.id, self.module.activity.code)
        study.write_activity(
            self.db,
            enrolment_id=self.row.id,
            activity=self.module.activity.code,
            text=text,
            by=self.by,
            now=self.now,
            given_id=number,
            instead=self.instead,
        )
        return number

    def _hand_in(self, attempt_id: UUID) -> tuple[bool, int]:
        """Hand the check in when every question has a whole answer; else how many have none."""
        missing = len(self._attempt(attempt_id).open.unanswered)
        if missing == 0:
            study.hand_in(self.db, attempt_id=attempt_id, by=self.by, now=self.now, instead=self.instead)
        return missing == 0, missing


def ask_for_print(db: Db, *, digest: str, html: str, title: str, language: str, now: datetime) -> None:
    """Have a page printed by the worker; asking again for the same page prints nothing anew."""
    if add_once(db, PaperPrint(digest=digest, html=html, title=title[:300], language=language, asked_at=now)):
        later(db, PRINT, digest, now=now)
