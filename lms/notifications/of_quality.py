"""Whom to tell of samples, appeals, verifiers and meetings. No message carries what somebody wrote."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lms.assessment.quality.appeals.rules import Stage
from lms.assessment.quality.events import (
    AppealMoved,
    DecisionAppealed,
    SampleAnswered,
    SampleSentBack,
    SampleWaitsLong,
    StandardisationAsked,
    VerifierAccessGiven,
)
from lms.core import i18n
from lms.core.clock import london_day
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.people.queries import PersonView
from lms.people.rules import Role

_APPEAL_NEWS = {
    Stage.ACKNOWLEDGED: "appeal_acknowledged",
    Stage.BEING_LOOKED_AT: "appeal_being_looked_at",
    Stage.LOOKED_AT_AGAIN: "appeal_being_looked_at",
    Stage.ANSWERED: "appeal_answered",
    Stage.DECIDING_AGAIN: "appeal_answered",
    Stage.CLOSED: "appeal_answered",
}


def tell_assessor_of_sample(db: Db, fact: SampleSentBack, now: datetime) -> None:
    """Whoever decided hears that a quality assurer asks them to look again, and by when."""
    someone, learner = people.person(db, fact.assessor_id), people.person(db, fact.about)
    until = i18n.day(fact.due_on, someone.language)
    services.tell_person(db, "sample_sent_back", someone, now, learner=learner.name, until=until)


def tell_assurer_of_answer(db: Db, fact: SampleAnswered, now: datetime) -> None:
    """The quality assurer hears that what they sent back was answered."""
    learner = people.person(db, fact.about)
    services.tell_person(
        db, "sample_answered", people.person(db, fact.taken_by), now, learner=learner.name, sample=str(fact.sample_id)
    )


def tell_of_long_wait(db: Db, fact: SampleWaitsLong, now: datetime) -> None:
    """Quality assurers and coordinators hear that a certificate has waited for a sample longer than they wished."""
    learner = people.person(db, fact.about)
    for someone in _staff(db, fact.authority_id, now):
        services.tell_person(db, "sample_waits_long", someone, now, learner=learner.name)


def tell_of_appeal(db: Db, fact: DecisionAppealed, now: datetime) -> None:
    """Quality assurers and coordinators hear of a new appeal."""
    learner = people.person(db, fact.about)
    for someone in _staff(db, fact.authority_id, now):
        services.tell_person(db, "appeal_asked", someone, now, learner=learner.name, appeal=str(fact.appeal_id))


def tell_of_appeal_moved(db: Db, fact: AppealMoved, now: datetime) -> None:
    """The learner, and who asked for them, hear of each step; the second person hears that they are asked."""
    learner, appeal = people.person(db, fact.about), str(fact.appeal_id)
    kind = _APPEAL_NEWS.get(fact.stage)
    if kind is not None:
        for someone in people.persons(db, {fact.about, fact.asked_by}).values():
            services.tell_person(db, kind, someone, now, appeal=appeal)
    if fact.stage in (Stage.BEING_LOOKED_AT, Stage.LOOKED_AT_AGAIN) and fact.second_id is not None:
        services.tell_person(
            db, "appeal_second", people.person(db, fact.second_id), now, learner=learner.name, appeal=appeal
        )


def tell_verifier(db: Db, fact: VerifierAccessGiven, now: datetime) -> None:
    """A verifier hears that records were opened to them, and until when; not whose."""
    someone = people.person(db, fact.verifier_id)
    services.tell_person(db, "records_opened", someone, now, until=i18n.day(fact.until, someone.language))


def tell_of_meeting(db: Db, fact: StandardisationAsked, now: datetime) -> None:
    """Whoever is asked to a meeting hears of it."""
    someone = people.person(db, fact.about)
    day = i18n.day(fact.on, someone.language)
    services.tell_person(db, "meeting_asked", someone, now, day=day, meeting=str(fact.meeting_id))


def _staff(db: Db, authority_id: UUID, now: datetime) -> Iterable[PersonView]:
    on = london_day(now)
    found = {
        each.id: each
        for role in (Role.QUALITY_ASSURER, Role.COORDINATOR)
        for each in people.people_in(db, authority_id, role, on)
    }
    return found.values()
