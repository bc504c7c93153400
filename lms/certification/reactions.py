"""What certification writes when learning or assessment records that something is finished."""

from datetime import datetime

from lms.assessment import queries as assessment
from lms.assessment.events import SignOffWithdrawn, UnitSignedOff
from lms.assessment.quality.events import SampleAccepted, SampleWaitEnded
from lms.assessment.signing import queries as signing
from lms.certification import queries, services
from lms.certification.rules import WithdrawalReason
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


def withdraw_with_sign_off(db: Db, fact: SignOffWithdrawn, now: datetime) -> None:
    """A sign-off was withdrawn: the certificate that rests on it is withdrawn by the same person, for that reason."""
    end = signing.sign_off(db, fact.sign_off_id).withdrawn
    if fact.module is None or end is None:
        return
    for held in queries.certificates_of(db, fact.about):
        if (held.enrolment_id, held.kind, held.code) == (fact.enrolment_id, services.MODULE, fact.module):
            services.withdraw(db, certificate_id=held.id, reason=WithdrawalReason.GROUND_FELL_AWAY, by=end.by, now=now)
