"""Gather what schemes ask about many learners of one authority, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from lms.certification import queries as certification
from lms.certification.queries import Earned
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.funding.claims.verdicts import earlier_of
from lms.funding.content import Schemes
from lms.funding.prospects.rules import Learner, Place, Taught, counted
from lms.learning import queries as learning
from lms.learning.catalogue import Courses
from lms.learning.queries import EnrolmentView
from lms.people import agreements
from lms.people import queries as people
from lms.people.rules import OrganisationKind


def place_of(db: Db, authority_id: UUID, on: date) -> Place:
    """The authority as schemes know it on a day."""
    authority = people.organisation(db, authority_id)
    working = agreements.agreements(db, authority_id, on)
    led = (o.id for o in working if o.kind is OrganisationKind.SUPPORT_ORGANISATION and o.user_led)
    return Place(id=authority_id, code=authority.code or "", nation=authority.nation, user_led=next(led, None))


def learners_of(
    db: Db, place: Place, schemes: Schemes, learner_ids: Collection[UUID], *, on: date
) -> dict[UUID, Learner]:
    """What schemes ask about these learners, each with the trainings that a live scheme of the place counts."""
    ids, names = list(learner_ids), counted(schemes, place, on)
    if not names:
        return {each: Learner(id=each, employer_id=None, trainings=()) for each in ids}
    enrolments: defaultdict[UUID, list[EnrolmentView]] = defaultdict(list)
    for one in learning.every_enrolment_of(db, ids):
        if one.authority_id == place.id:
            enrolments[one.learner_id].append(one)
    earned, before = certification.earned_by(db, ids), earlier_of(db, ids)
    employers, of_course = _employers(db, ids, on), _of_course(shelf(db, Courses), names)
    return {
        each: Learner(
            id=each,
            employer_id=employers.get(each),
            trainings=tuple(_trainings(enrolments.get(each, ()), earned.get(each, ()), names, of_course)),
            before=before.get(each, ()),
        )
        for each in ids
    }


def _trainings(
    enrolments: Sequence[EnrolmentView],
    earned: Sequence[Earned],
    names: Collection[str],
    of_course: Mapping[str, Sequence[str]],
) -> Iterator[Taught]:
    """Certified trainings of every enrolment, and of running ones also what is on the way."""
    days: dict[tuple[UUID, str], date] = {}
    for one in earned:  # the newest first, which counts
        if one.enrolment_id is not None and one.code in names:
            days.setdefault((one.enrolment_id, one.code), one.issued_on)
    known: set[str] = set()
    for enrolment in sorted(enrolments, key=lambda e: e.ended):
        for code in of_course.get(enrolment.course, ()):
            completed = days.get((enrolment.id, code))
            if code in known or (completed is None and enrolment.ended):
                continue
            known.add(code)
            yield Taught(
                code=code,
                enrolment_id=enrolment.id,
                started_on=london_day(enrolment.enrolled_at),
                completed_on=completed,
            )


def _of_course(courses: Courses, names: Collection[str]) -> dict[str, list[str]]:
    """The trainings a learner of each course works towards: its modules, and what bears the course's own name."""
    return {
        code: sorted(name for name in names if name in course.modules or name.split("-")[0] == code)
        for code, course in courses.courses.items()
    }


def _employers(db: Db, ids: Collection[UUID], on: date) -> dict[UUID, UUID]:
    """The individual employer who would claim for each: with several the first by name, as everywhere."""
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for pa, employer in people.employed_by(db, None, ids, on):
        found[pa].append(employer)
    several = people.organisations(db, {one for employers in found.values() if len(employers) > 1 for one in employers})
    return {pa: min(them, key=lambda e: several[e].name) if len(them) > 1 else them[0] for pa, them in found.items()}
