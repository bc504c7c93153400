"""Whom to tell when a coordinator asks once more: only whoever has the next move."""

from datetime import datetime

from lms.core import i18n
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.programme.desk import nudging
from lms.programme.desk.events import Nudged
from lms.programme.desk.rules import Why
from lms.programme.desk.texts import STEPS


def tell(db: Db, fact: Nudged, now: datetime) -> None:
    """Whoever has the next move hears who asks and what to do, in their own language."""
    someone = people.person(db, fact.person_id)
    own = fact.person_id == fact.about
    services.tell_person(
        db,
        "nudge_self" if own else "nudge_other",
        someone,
        now,
        asks=people.person(db, nudging.asked_by(db, fact.nudge_id)).name,
        authority=people.organisation(db, fact.authority_id).called(someone.language),
        step=i18n.say_in(someone.language)(STEPS[Why(fact.why)]),
        **({} if own else {"who": people.person(db, fact.about).name}),
    )
