"""Write decisions: draft, finalise, decide at once; and what a second person says of one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lms.assessment import places
from lms.assessment.admission import admitted
from lms.assessment.content import Line, Placed
from lms.assessment.deciding.deciding import Deciding
from lms.assessment.deciding.drafts import Now, draft, drop_draft, of_draft, own_drafts
from lms.assessment.deciding.models import Sitting
from lms.assessment.deciding.reviewing import review
from lms.assessment.deciding.rules import ALL_FIVE, Five
from lms.assessment.deciding.sentences import NO_DRAFT
from lms.assessment.deciding.sittings import Sits, sit
from lms.assessment.evidence.rules import Way
from lms.assessment.rules import ANYBODY, Capacity, Standing
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView

__all__ = ["ALL_FIVE", "Deciding", "Five", "Now", "decide", "draft", "drop_draft", "finalise", "review"]

MOST = 300
"""Decisions of one sitting: more lines than any edition has."""


def finalise(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    lines: Collection[str] | None,
    by: UUID,
    now: datetime,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
    saw: Mapping[str, UUID | None] | None = None,
    came: tuple[EnrolmentView, Standing] | None = None,
) -> UUID:
    """Make somebody's drafts of these lines (None: all of theirs for this learner) decisions: all of them or none.

    Returns the sitting, which is `id`; the same `id` a second time changes nothing. `saw` says for lines which latest
    decision the page showed; where it says nothing, what the draft saw counts. `came`: by a page whose door has just
    read the enrolment and how they stand to it, among one capacity alone (`admission.admitted`). Raises NotFound for
    strangers; refused for one's own work, after the learner has left, outside somebody's standing, when a draft lacks
    what it needs, when somebody decided a line since, and for a unit that is signed off.
    """
    enrolment, stood = came or (learning.enrolment(db, enrolment_id), None)
    drafts = own_drafts(db, enrolment_id, by, lines)
    asked = places.lines_of(db, enrolment, [row.line for row in drafts])
    units = _units(asked)
    standing = admitted(db, enrolment, by=by, on=london_day(now), now=now, among=among, units=units, came=stood)
    if not drafts:
        done = db.get(Sitting, id)
        if done is not None and (done.by, done.enrolment_id) == (by, enrolment_id):
            return id
        raise Refused(NO_DRAFT)
    seen = {row.line: row.saw for row in drafts} | dict(saw or {})
    ways = {row.way for row in drafts}
    way = ways.pop() if len(ways) == 1 else Way.PAGE
    sits = Sits(enrolment=enrolment, standing=standing, by=by, now=now, way=way, language=language)
    return sit(db, id, sits, [of_draft(row) for row in drafts], lines=asked, saw=seen)


def decide(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    decisions: Sequence[Deciding],
    by: UUID,
    now: datetime,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
    way: Way = Way.PAGE,
    saw: Mapping[str, UUID | None] | None = None,
) -> UUID:
    """Decide at once, without drafts; returns the sitting, which is `id`. The rest is as for `finalise`.

    Several decisions of one line in one sitting are refused.
    """
    if not decisions or len(decisions) > MOST or len({each.line for each in decisions}) < len(decisions):
        raise Refused(N_("Decide on each criterion once."))
    enrolment = learning.enrolment(db, enrolment_id)
    asked = places.lines_of(db, enrolment, [each.line for each in decisions])
    standing = admitted(db, enrolment, by=by, on=london_day(now), now=now, among=among, units=_units(asked))
    sits = Sits(enrolment=enrolment, standing=standing, by=by, now=now, way=way, language=language)
    return sit(db, id, sits, decisions, lines=asked, saw=saw)


def _units(asked: Mapping[str, tuple[Placed, Line]]) -> set[str]:
    return {placed.unit.code for placed, _ in asked.values()}
