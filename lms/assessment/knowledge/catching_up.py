"""What older facts already show by a mapping that came later, written a piece at a time by the worker's sweep.

A pack may say later that an outcome shows a line, and an authority may correct a line to knowledge. The facts stay as
they are; only the lines they show are written after. Each minute the sweep compares the digest of what maps to what
with the last one it went through to the end: when it is the same, that is one question and nothing else.
"""

from datetime import datetime

from sqlalchemy import func, select

from lms.assessment.content import Frameworks
from lms.assessment.knowledge.keeping import keep_in
from lms.assessment.knowledge.mapping import digest
from lms.assessment.knowledge.models import MappingRead
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.standing_rows import refresh_learner
from lms.core.db import add_once
from lms.core.house import House
from lms.learning import queries as learning
from lms.learning.catalogue import Courses
from lms.learning.shown.queries import enrolments_with_shown

AT_ONCE = 200
"""Enrolments looked through in one go: a few seconds of the worker's time."""


def catch_up(house: House, now: datetime) -> int:
    """Go on with what a new mapping shows of older facts; returns how many enrolments were looked through."""
    digest_ = _digest(house)
    with house.database.reading() as db:
        row = db.get(MappingRead, digest_)
        if row is not None and row.done_at is not None:
            return 0
    return _go_on(house, digest_, now)


def looked_through(house: House) -> str:
    """The digest of what maps to what, once every older fact was looked through by it; of the one before until then."""
    digest_ = _digest(house)
    with house.database.reading() as db:
        row = db.get(MappingRead, digest_)
        if row is not None and row.done_at is not None:
            return digest_
        ended = select(MappingRead.digest).where(MappingRead.done_at.is_not(None))
        return db.scalar(ended.order_by(MappingRead.done_at.desc()).limit(1)) or ""


def _digest(house: House) -> str:
    """The digest of what maps to what now; worked out once, and again when an authority looked something up."""
    with house.database.reading() as db:
        corrected = str(db.scalar(select(func.max(LineCheckRow.at))))
    place = ("knowledge.mapping", corrected)
    if place not in house.known:
        courses: Courses = house.shelves[Courses]
        frameworks: Frameworks = house.shelves[Frameworks]
        modules = [*courses.modules.values(), *courses.others.values()]
        house.known[place] = digest(frameworks.by_edition.values(), modules, corrected)
    found: str = house.known[place]
    return found


def _go_on(house: House, digest_: str, now: datetime) -> int:
    """The next piece. Each enrolment is a unit of work of its own: learners who show something wait for none of it."""
    with house.database.writing() as db:
        add_once(db, MappingRead(digest=digest_, after=None, began_at=now, done_at=None))
    with house.database.reading() as db:
        after = db.get_one(MappingRead, digest_).after
        found = enrolments_with_shown(db, after=after, limit=AT_ONCE)
    for enrolment_id in found:
        with house.database.writing() as db:
            keep_in(db, enrolment_id)
            # What a line is was corrected, or more lines are shown: where units stand counts it from now on.
            of = learning.enrolment(db, enrolment_id)
            refresh_learner(db, learner_id=of.learner_id, authority_id=of.authority_id, now=now)
    with house.database.writing() as db:
        row = db.get_one(MappingRead, digest_, with_for_update=True)
        # Two workers may have done the same piece, which is harmless; neither takes the other back.
        if found and (row.after is None or row.after < found[-1]):
            row.after = found[-1]
        if len(found) < AT_ONCE:
            row.done_at = row.done_at or now
    return len(found)
