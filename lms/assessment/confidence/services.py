"""Write how sure somebody feels: only they themselves, in parts, and again whenever they like."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from lms.assessment.confidence import queries
from lms.assessment.confidence.events import SelfAssessed
from lms.assessment.confidence.models import SelfAssessment
from lms.assessment.confidence.rules import Sure
from lms.assessment.content import Framework
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, Refused

MOST_A_DAY = 200
"""Answers of one learner within a day: more than anybody means, and no way to fill a disk."""


def say(db: Db, *, framework: Framework, said: Mapping[str, Sure], by: UUID, now: datetime) -> int:
    """Keep how sure `by` feels of standards, by their codes; returns of how many they said something new.

    What is said again changes nothing. Raises NotFound for a standard that is not in the framework; refused after
    very many answers on one day.
    """
    before = queries.latest(db, by, framework)
    new = {framework.unit(code).code: sure for code, sure in said.items() if _is_new(before, code, sure)}
    if queries.count_since(db, by, now - timedelta(days=1)) + len(new) > MOST_A_DAY:
        raise Refused(N_("You have said a lot today, thank you. Go on tomorrow."))
    last = {code: str(each.id) for code, each in before.items()}
    # The number follows from what stood before it, so that a double tap in two requests at once says it once.
    rows = [
        SelfAssessment(
            id=uuid5(by, f"{framework.code} {framework.edition} {code} {sure} {last.get(code)}"),
            learner_id=by,
            framework=framework.code,
            edition=framework.edition,
            unit=code,
            sure=sure,
            said_at=now,
        )
        for code, sure in new.items()
    ]
    kept = tuple(row.unit for row in rows if add_once(db, row))
    if kept:
        fact = SelfAssessed(about=by, framework=framework.code, edition=framework.edition, units=kept)
        record(db, fact, by=by, now=now)
    return len(kept)


def _is_new(before: Mapping[str, queries.Said], code: str, sure: Sure) -> bool:
    return code not in before or before[code].sure is not sure
