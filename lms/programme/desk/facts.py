"""What the rooms have recorded of learners' enrolments, as the rules of the desk ask for it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment import under_way as practice
from lms.assessment.knowledge.mapping import COURSE
from lms.certification import queries as certification
from lms.certification.content import By, CertificateDesigns
from lms.certification.queries import Earned
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import under_way as learning
from lms.learning.under_way import UnderWay
from lms.people import working_for
from lms.programme.desk.rules import Known, Practice, Spell
from lms.register.kinds import ListingState
from lms.register.listing import queries as listings

_APPLIED = frozenset({ListingState.SUBMITTED, ListingState.CHECKING})


@dataclass(frozen=True)
class Enrolled:
    """An enrolment with all that is known of it."""

    id: UUID
    learner_id: UUID
    authority_id: UUID
    course: str
    known: Known


def of_learners(db: Db, learner_ids: Collection[UUID]) -> list[Enrolled]:
    """Every enrolment of these people, ended ones too. Seven queries, and one for each authority that is among them."""
    under_way = learning.of_learners(db, learner_ids)
    if not under_way:
        return []
    ids, learners = [each.id for each in under_way], {each.learner_id for each in under_way}
    shown = practice.of_enrolments(db, ids)
    allocated = practice.allocations_of(db, ids)
    earned = certification.earned_by(db, learners)
    employed: defaultdict[tuple[UUID, UUID | None], list[Spell]] = defaultdict(list)
    for work in working_for.every_work_of(db, learners):
        employed[work.pa_id, work.authority_id].append(Spell(work.since, work.until))
    applied = _applications(db, under_way)
    kinds = shelf(db, CertificateDesigns)
    return [
        Enrolled(
            each.id,
            each.learner_id,
            each.authority_id,
            each.course,
            Known(
                started_on=each.started_on,
                left_on=each.left_on,
                completed_on=completed(each, earned.get(each.learner_id, ()), kinds, shows=each.id in shown),
                last_on=each.last_on,
                studied=each.studied_on is not None,
                unread=each.unread,
                sent_back=each.sent_back,
                practice=tuple(Practice(**vars(one)) for one in shown.get(each.id, ())),
                assessors=tuple(Spell(since, until) for _id, since, until in allocated.get(each.id, ())),
                employers=tuple(employed[each.learner_id, each.authority_id]),
                applied_on=applied.get((each.learner_id, each.authority_id)),
            ),
        )
        for each in under_way
    ]


def _applications(db: Db, under_way: Collection[UnderWay]) -> Mapping[tuple[UUID, UUID], date]:
    """The days of applications to a register that are not decided, by learner and authority."""
    there: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in under_way:
        there[each.authority_id].add(each.learner_id)
    return {
        (learner_id, authority_id): one.sent_on or one.since
        for authority_id, learners in there.items()
        for learner_id, one in listings.listings_of_many(db, sorted(learners), authority_id).items()
        if one.state in _APPLIED
    }


def completed(of: UnderWay, earned: Collection[Earned], kinds: CertificateDesigns, *, shows: bool) -> date | None:
    """The day a course was completed: of its certificate, or of the refresher it was taken again for.

    Where no kind of certificate is for the whole of a course, and nothing is to be shown at work, the day its last
    module was done.
    """
    whole, again = _kinds_for(kinds, of.course)
    found = [one.issued_on for one in earned if one.enrolment_id == of.id and one.kind in whole | again]
    if found or shows or whole:
        return min(found, default=None)
    return of.studied_on


def _kinds_for(kinds: CertificateDesigns, course: str) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of certificate that say a whole course is done, and those that say it was refreshed.

    For the knowledge of the standards that is the certificate for all standards of an edition.
    """
    every = kinds.by_kind.values()
    return (
        frozenset(
            each.kind
            for each in every
            if (each.earned is By.COURSE and each.of == course and not each.refreshed_by)
            or (each.earned is By.FRAMEWORK and each.needs.standards_signed_off is True and course == COURSE)
        ),
        frozenset(each.kind for each in every if each.earned is By.COURSE and each.refreshed_by),
    )
