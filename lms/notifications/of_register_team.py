"""Whom to tell of what a register team does for many: a new code of conduct, a reminder, two records read as one."""

from datetime import datetime
from uuid import UUID

from lms.core import i18n
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.register.conduct.events import ConductToAccept
from lms.register.conduct.rules import CAME
from lms.register.merging.events import RecordsApart, RecordsLinked
from lms.register.reasons import Step
from lms.register.reminding.events import NextStepReminded
from lms.register.texts import step_said


def tell_of_code(db: Db, fact: ConductToAccept, now: datetime) -> None:
    """A PA hears that a newer code of conduct holds, and once more before time is up."""
    last = i18n.day(fact.last_day, people.person(db, fact.about).language)
    _tell(db, "conduct_came" if fact.step == CAME else "conduct_ends", fact.about, fact.authority_id, now, last=last)


def remind(db: Db, fact: NextStepReminded, now: datetime) -> None:
    """A PA hears what comes next, in their language."""
    say = i18n.say_in(people.person(db, fact.about).language)
    step = step_said(Step(fact.step), say)
    _tell(db, "register_reminder", fact.about, fact.authority_id, now, step=step)


def tell_of_link(db: Db, fact: RecordsLinked | RecordsApart, now: datetime) -> None:
    """Whoever signs in with either record hears that the two are read as one, or as two again."""
    kind = "records_linked" if isinstance(fact, RecordsLinked) else "records_apart"
    _tell(db, kind, fact.about, fact.authority_id, now)


def _tell(db: Db, kind: str, person_id: UUID, authority_id: UUID, now: datetime, **values: str) -> None:
    someone = people.person(db, person_id)
    authority = people.organisation(db, authority_id).called(someone.language)
    services.tell_person(db, kind, someone, now, authority=authority, authority_id=str(authority_id), **values)
