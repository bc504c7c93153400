"""The PAs of an authority in the shape in which they come in: what is exported can be brought in again as it is."""

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from uuid import UUID

from lms.core.db import Db
from lms.core.words import N_
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people import working_for
from lms.people.rules import Role
from lms.programme.intake import queries

HEADS = (
    N_("Name"),
    N_("E-mail"),
    N_("Username"),
    N_("Language"),
    N_("Employer"),
    N_("Start date"),
    N_("Course"),
    N_("Certificate"),
    N_("Certificate date"),
)
"""The columns of an export. In a file they stay in English, so that next month's list is read by itself."""

AT_ONCE = 500


def rows(db: Db, authority_id: UUID, on: date) -> Iterator[list[str | date | None]]:
    """A row for each PA of today, and one more for each further employer, course or certificate from before."""
    everybody = people.people_in(db, authority_id, Role.PA, on)
    for start in range(0, len(everybody), AT_ONCE):
        some = everybody[start : start + AT_ONCE]
        ids = [each.id for each in some]
        homes = _homes(db, ids, authority_id, on)
        courses: dict[UUID, list[str]] = {}
        for each in learning.every_enrolment_of(db, ids):
            if each.authority_id == authority_id and not each.ended:
                courses.setdefault(each.learner_id, []).append(each.course)
        claims: dict[UUID, list[queries.ClaimView]] = {}
        for claim in queries.claims_of(db, ids, authority_id):
            claims.setdefault(claim.person_id, []).append(claim)
        for person in some:
            theirs = zip_longest(homes.get(person.id, []), courses.get(person.id, []), claims.get(person.id, []))
            for home, course, claim in list(theirs) or [(None, None, None)]:
                yield [
                    person.name,
                    person.email or "",
                    "" if person.email else person.username or "",
                    str(person.language),
                    home[0] if home else "",
                    home[1] if home else None,
                    course or "",
                    claim.title if claim else "",
                    claim.earned_on if claim else None,
                ]


def _homes(db: Db, ids: list[UUID], authority_id: UUID, on: date) -> dict[UUID, list[tuple[str, date]]]:
    works = [
        each
        for each in working_for.every_work_of(db, ids)
        if each.authority_id == authority_id and each.since <= on and (each.until is None or each.until >= on)
    ]
    called = people.organisations(db, {each.employer_id for each in works})
    found: dict[UUID, list[tuple[str, date]]] = {}
    for each in sorted(works, key=lambda work: (work.since, called[work.employer_id].name)):
        found.setdefault(each.pa_id, []).append((called[each.employer_id].name, each.since))
    return found
