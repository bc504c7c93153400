"""Who read what the demonstration's PAs wrote, and what they said: by the services the pages use."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lms.assessment.reading import services
from lms.demo.people import Stage
from lms.demo.study import Learner
from lms.learning.states import Judged
from lms.learning.writing import queries

MET = "Your plan is one I can check: a date beside each goal, and your employer's own words in it. Keep it up."
NOT_YET = (
    "You write clearly what you will do each morning. Still missing: one goal that comes from your employer, in their "
    "words. Sit down with them once more and add it. The rest can stay."
)
HALF = "Good that you wait for the physiotherapist. I would like to know who"


def judged(stage: Stage, learner: Learner, by: UUID, verdict: Judged) -> None:
    """Somebody read the learner's activity two days after it was written."""
    moment = learner.later(days=2)
    services.judge_text(
        stage.db,
        id=uuid4(),
        work_id=_work(learner),
        version=1,
        judged=verdict,
        comment=MET if verdict is Judged.MET else NOT_YET,
        by=by,
        now=moment,
    )


def begun(stage: Stage, learner: Learner, by: UUID) -> None:
    """Somebody has the learner's activity open now, and has typed the beginning of a comment."""
    moment: datetime = stage.now - timedelta(minutes=4)
    services.open_text(stage.db, work_id=_work(learner), by=by, now=moment)
    services.keep_draft(stage.db, work_id=_work(learner), version=1, judged=None, comment=HALF, by=by, now=moment)


def _work(learner: Learner) -> UUID:
    activity = learner.module.activity
    assert activity is not None
    piece = queries.activity_piece(learner.db, learner.enrolment_id, activity.code)
    assert piece is not None
    return piece.id
