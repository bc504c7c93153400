"""Whom to tell of decisions and of sign-offs withdrawn. No message carries what was seen, decided or said."""

from datetime import datetime

from lms.assessment.events import DecisionsFinalised, SignOffWithdrawn
from lms.assessment.rules import HOUSEHOLD
from lms.assessment.signing import queries as signing
from lms.core.clock import london_day
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.people.rules import Role


def tell_learner_of_decisions(db: Db, fact: DecisionsFinalised, now: datetime) -> None:
    """A learner hears once of decisions that were made together; what was decided stands on their page."""
    services.tell_person(db, "decisions_made", people.person(db, fact.about), now)


def tell_of_sign_off_withdrawn(db: Db, fact: SignOffWithdrawn, now: datetime) -> None:
    """Both sides hear of it: the learner and the signer; for a household's sign-off the employer as well."""
    services.tell_person(db, "sign_off_withdrawn", people.person(db, fact.about), now)
    signed = signing.sign_off(db, fact.sign_off_id)
    others = {signed.by: people.person(db, signed.by)}
    if signed.capacity in HOUSEHOLD:
        employers = people.holders_of(db, Role.EMPLOYER, [signed.behalf], london_day(now))
        others |= {someone.id: someone for someone in employers}
    kind = "sign_off_withdrawn_home" if signed.capacity in HOUSEHOLD else "sign_off_withdrawn_signer"
    for someone in others.values():
        services.tell_person(db, kind, someone, now)
