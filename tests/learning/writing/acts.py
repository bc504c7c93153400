"""What a learner and a reader do in tests of writing, each in one line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.models import EventRow
from lms.learning import checks, services
from lms.learning.catalogue import Module
from lms.learning.models import Attempt
from lms.learning.states import Judged
from lms.learning.writing import desk, queries
from lms.learning.writing import services as writing
from lms.learning.writing.queries import Piece
from tests.world import World

ACTIVITY = "SMALL-1-A1"
QUESTION = "Q4"


def facts(db: Db, kind: str) -> int:
    return db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind)) or 0


@dataclass
class Acts:
    """The first PA of the world on the small course; the college's assessor reads, on behalf of the college."""

    world: World
    enrolment: UUID
    module: Module
    now: datetime

    def later(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now

    def lessons(self, db: Db) -> None:
        for lesson in self.module.lessons:
            services.study_lesson(
                db, enrolment_id=self.enrolment, lesson=lesson.code, by=self.world.pa, now=self.later(minutes=1)
            )

    def write(self, db: Db, text: str = "My own words", *, finished: bool = True) -> None:
        services.write_activity(
            db,
            enrolment_id=self.enrolment,
            activity=ACTIVITY,
            text=text,
            finished=finished,
            by=self.world.pa,
            now=self.later(minutes=1),
        )

    def check(self, db: Db, text: str = "I asked first.", *, right: bool = True) -> UUID:
        """Answer the check, rightly or wrongly, with a text, and hand it in."""
        who = {"by": self.world.pa, "now": self.later(minutes=1)}
        attempt_id = services.start_or_resume_attempt(db, enrolment_id=self.enrolment, module="SMALL-1", **who)  # type: ignore[arg-type]
        for question in checks.own_attempt(db, attempt_id, self.world.pa).questions:
            if question.by_hand:
                given = [text]
            elif right:
                given = list(question.model_answer())
            else:
                given = [next(option.code for option in question.options if not option.right)]  # type: ignore[union-attr]
            services.give_answer(db, attempt_id=attempt_id, question=question.code, options=given, **who)  # type: ignore[arg-type]
        services.hand_in(db, attempt_id=attempt_id, **who)  # type: ignore[arg-type]
        return attempt_id

    def attempt(self, db: Db, attempt_id: UUID) -> Attempt:
        return db.get_one(Attempt, attempt_id)

    def activity(self, db: Db) -> Piece:
        found = queries.activity_piece(db, self.enrolment, ACTIVITY)
        assert found is not None
        return found

    def answer(self, db: Db, attempt_id: UUID) -> Piece:
        return queries.pieces_in(db, attempt_id)[QUESTION]

    def again(self, db: Db, piece: Piece, text: str = "Better words") -> None:
        writing.write_again(db, work_id=piece.id, text=text, by=self.world.pa, now=self.later(minutes=1))

    def take_back(self, db: Db, piece: Piece) -> None:
        writing.take_back(db, work_id=piece.id, by=self.world.pa, now=self.later(minutes=1))

    def open(self, db: Db, piece: Piece, by: UUID | None = None) -> None:
        desk.open_text(db, work_id=piece.id, by=by or self.world.assessor, now=self.now)

    def read(self, db: Db, piece: Piece, judged: Judged = Judged.MET, comment: str = "", **given: object) -> UUID:
        asked: dict[str, object] = {
            "id": uuid4(),
            "work_id": piece.id,
            "version": piece.version,
            "judged": judged,
            "comment": comment,
            "by": self.world.assessor,
            "behalf": self.world.college,
            "now": self.later(minutes=1),
        }
        return desk.record_reading(db, **(asked | given))  # type: ignore[arg-type]

    def not_yet(self, db: Db, piece: Piece, **given: object) -> UUID:
        return self.read(db, piece, Judged.NOT_YET, "Say what you did yourself.", **given)
