"""What certification writes when learning or assessment records that something is finished."""

from datetime import datetime

from lms.assessment.events import SignOffWithdrawn, UnitSignedOff
from lms.assessment.quality.events import SampleAccepted, SampleWaitEnded
from lms.assessment.signing import queries as signing
from lms.certification import queries, services
from lms.certification.content import CertificateDesigns
from lms.certification.events import CertificateIssued
from lms.certification.rules import Need, WithdrawalReason
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning.events import ModuleStudied
from lms.learning.shown.events import OutcomesShown

Last = ModuleStudied | UnitSignedOff | SampleAccepted | SampleWaitEnded
"""What can be the last thing a certificate needs."""

_STUDY = frozenset({Need.MODULE_STUDIED, Need.MODULES_STUDIED, Need.REFRESHED})
_SIGNED = frozenset({Need.PRACTICE_SIGNED_OFF, Need.STANDARDS_SIGNED_OFF})


def issue_when_complete(db: Db, fact: Last, now: datetime) -> None:
    """Issue what is earned when the last thing it needs is done, whichever of them comes last."""
    if isinstance(fact, ModuleStudied):
        services.look(db, fact.enrolment_id, now, module=fact.module, needs=_STUDY)
    else:
        services.look(db, fact.enrolment_id, now, needs=_SIGNED)


def issue_when_shown(db: Db, fact: OutcomesShown, now: datetime) -> None:
    """Outcomes were shown: the knowledge of all standards may be whole with them."""
    services.look(db, fact.enrolment_id, now, needs={Need.KNOWLEDGE_SHOWN})


def issue_what_builds_on(db: Db, fact: CertificateIssued, now: datetime) -> None:
    """A certificate was issued: another kind may have waited for just that one."""
    kinds = {d.kind for d in shelf(db, CertificateDesigns).by_kind.values() if fact.code in d.needs.certificates_held}
    if kinds:
        services.look_again(db, fact.about, now, needs={Need.CERTIFICATES_HELD}, kinds=kinds)


def withdraw_with_sign_off(db: Db, fact: SignOffWithdrawn, now: datetime) -> None:
    """A sign-off was withdrawn: what rests on it is withdrawn by the same person, for that reason."""
    end = signing.sign_off(db, fact.sign_off_id).withdrawn
    if end is None:
        return
    services.withdraw_resting_on(db, person_id=fact.about, what="sign_off", id=fact.sign_off_id, by=end.by, now=now)
    for held in queries.not_withdrawn_of(db, fact.about):
        # What was issued before certificates kept what they rest on is known by its module.
        mine = (held.enrolment_id, held.kind, held.code) == (fact.enrolment_id, services.MODULE, fact.module)
        if mine and not held.relied_on:
            services.withdraw(db, certificate_id=held.id, reason=WithdrawalReason.GROUND_FELL_AWAY, by=end.by, now=now)
