"""What writing does when a learner finishes a text: it waits to be read."""

from datetime import datetime

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import queries
from lms.learning.activity_texts import activity_text
from lms.learning.catalogue import Courses
from lms.learning.events import ActivityWritten, CheckMarked
from lms.learning.questions import Read
from lms.learning.states import WorkKind
from lms.learning.writing import services
from lms.learning.writing.services import Handed


def hand_over_activity(db: Db, fact: ActivityWritten, now: datetime) -> None:
    """A learner saved an activity's text: when they said of this very text that it is finished, it may be read."""
    kept = activity_text(db, fact.enrolment_id, fact.activity)
    if kept is None or not kept.said_finished:
        return
    enrolment = queries.enrolment(db, fact.enrolment_id)
    module = shelf(db, Courses).module_in(enrolment.course, fact.module, enrolment.editions.get(fact.module))
    if module.activity is None or module.activity.code != fact.activity:
        return
    what = Handed(
        module=module.code,
        edition=module.edition,
        kind=WorkKind.ACTIVITY,
        code=fact.activity,
        needed=module.activity.read is Read.NEEDED,
        text=kept.text,
    )
    services.hand_over(db, fact.enrolment_id, what, by=fact.about, now=now)


def hand_over_answers(db: Db, fact: CheckMarked, now: datetime) -> None:
    """A check was marked: once enough is right, what was written in it may be read. Before, nobody needs to."""
    if fact.passed or fact.waits:
        services.hand_over_answers(db, fact.attempt_id, fact.about, now=now)
