"""What certification writes when learning or assessment records that something is finished."""

from datetime import datetime

from lms.assessment import queries as assessment
from lms.assessment.events import UnitSignedOff
from lms.assessment.quality.events import SampleAccepted, SampleWaitEnded
from lms.certification import services
from lms.core.db import Db
from lms.learning.events import ModuleStudied

Last = ModuleStudied | UnitSignedOff | SampleAccepted | SampleWaitEnded
"""What can be the last thing a certificate needs."""


def issue_when_complete(db: Db, fact: Last, now: datetime) -> None:
    """Issue a module's certificate when the last thing it needs is done, whichever of them comes last."""
    if isinstance(fact, ModuleStudied):
        services.issue_if_complete(db, fact.enrolment_id, fact.module, now, edition=fact.edition)
        return
    practice = assessment.practice_of(db, fact.enrolment_id)
    modules = {unit.placed.unit.module for unit in practice if unit.placed.unit.code == fact.unit}
    for module in sorted(module for module in modules if module is not None):
        services.issue_if_complete(db, fact.enrolment_id, module, now)
