"""Whom to tell of a change of a register's rules before it comes, and that one was taken back."""

from datetime import datetime

from lms.core import i18n
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.register.changing.events import RuleChangeAhead, RuleChangeOff


def tell_of_change(db: Db, fact: RuleChangeAhead | RuleChangeOff, now: datetime) -> None:
    """A PA hears in their language what a change will mean for them, or that it does not come."""
    kind = f"rule_change_{fact.effect}" if isinstance(fact, RuleChangeAhead) else "rule_change_off"
    someone = people.person(db, fact.about)
    services.tell_person(
        db,
        kind,
        someone,
        now,
        authority=people.organisation(db, fact.authority_id).called(someone.language),
        authority_id=str(fact.authority_id),
        edition=fact.edition,
        valid_from=fact.day.isoformat(),
        day=i18n.day(fact.day, someone.language),
    )
