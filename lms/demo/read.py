"""Who read what the demonstration's PAs wrote, and what they said: by the services the pages use."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lms.assessment.reading import services
from lms.demo.people import Stage
from lms.demo.study import MODULE, Learner
from lms.demo.words import HALF, MET, NOT_YET
from lms.learning.states import Judged
from lms.learning.writing import queries


def judged(
    stage: Stage, learner: Learner, by: UUID, verdict: Judged, *, code: str = MODULE, comment: str | None = None
) -> None:
    """Somebody read what the learner wrote for a module, two days after their last step."""
    moment = learner.later(days=2)
    services.judge_text(
        stage.db,
        id=uuid4(),
        work_id=_work(learner, code),
        version=1,
        judged=verdict,
        comment=comment if comment is not None else MET if verdict is Judged.MET else NOT_YET,
        by=by,
        now=moment,
    )


def begun(stage: Stage, learner: Learner, by: UUID) -> None:
    """Somebody has the learner's activity open now, and has typed the beginning of a comment."""
    moment: datetime = stage.now - timedelta(minutes=4)
    services.open_text(stage.db, work_id=_work(learner), by=by, now=moment)
    services.keep_draft(stage.db, work_id=_work(learner), version=1, judged=None, comment=HALF, by=by, now=moment)


def _work(learner: Learner, code: str = MODULE) -> UUID:
    activity = learner.module(code).activity
    assert activity is not None
    piece = queries.activity_piece(learner.db, learner.enrolment_id, activity.code)
    assert piece is not None
    return piece.id
