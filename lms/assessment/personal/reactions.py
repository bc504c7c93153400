"""A sign-off for one person ends with the job it was made in: it was for that home and no other."""

from datetime import datetime

from lms.assessment.personal.services import end_with_job, of_job
from lms.core.db import Db
from lms.people.events import EmploymentEnded


def end_personal_with_employment(db: Db, fact: EmploymentEnded, now: datetime) -> None:
    """Whatever a PA was signed off for in this household ends with the last day of the job."""
    end_with_job(db, of_job(fact.about, fact.employer_id), last=fact.until, now=now)
