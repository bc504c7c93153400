"""An agreement ends by itself when the job, the role or the allocation ends that it was made for.

Whether a tie holds is asked again whenever somebody looks; that the agreement ended is written down here as well, so
that it does not come back with the next job at the same place.
"""

from datetime import datetime, timedelta

from lms.assessment import allocated
from lms.assessment.events import AllocationEnded
from lms.assessment.sharing.models import KnowledgeShare
from lms.assessment.sharing.rules import Party
from lms.assessment.sharing.services import end_with_tie
from lms.core.db import Db
from lms.learning import queries as learning
from lms.people.events import EmploymentEnded, RoleEnded
from lms.people.rules import Role


def end_with_employment(db: Db, fact: EmploymentEnded, now: datetime) -> None:
    """What a PA let an employer see ends with the last day of the job."""
    of_pa = (KnowledgeShare.learner_id == fact.about) & (KnowledgeShare.party == Party.EMPLOYER)
    end_with_tie(db, of_pa & (KnowledgeShare.organisation_id == fact.employer_id), last_day=fact.until, now=now)


def end_with_role(db: Db, fact: RoleEnded, now: datetime) -> None:
    """What learners let an assessor see ends with that role; what a PA let coordinators see, when they leave."""
    if fact.role is Role.ASSESSOR:
        with_them = (KnowledgeShare.person_id == fact.about) & (KnowledgeShare.party == Party.ASSESSOR)
        end_with_tie(db, with_them, last_day=fact.until, now=now)
    if fact.role is Role.PA:
        of_pa = (KnowledgeShare.learner_id == fact.about) & (KnowledgeShare.party == Party.COORDINATOR)
        end_with_tie(db, of_pa & (KnowledgeShare.organisation_id == fact.organisation_id), last_day=fact.until, now=now)


def end_with_allocation(db: Db, fact: AllocationEnded, now: datetime) -> None:
    """What a learner let an assessor see ends when they stop being that learner's assessor, in every course."""
    enrolments = [each.id for each in learning.enrolments_of(db, fact.about)]
    left = allocated.assessors_of(db, enrolments, fact.until + timedelta(days=1))
    if all(each.assessor_id != fact.assessor_id for each in left):
        of_learner = (KnowledgeShare.learner_id == fact.about) & (KnowledgeShare.party == Party.ASSESSOR)
        end_with_tie(db, of_learner & (KnowledgeShare.person_id == fact.assessor_id), last_day=fact.until, now=now)
