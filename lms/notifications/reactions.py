"""Whom to tell when something happened."""

from datetime import datetime
from uuid import UUID

from lms.assessment.links import queries as links
from lms.assessment.links.events import LinkAnswered, LinkAsked, LinkDoubted, LinkNotTheirs, LinkSentAgain
from lms.assessment.personal import queries as personal
from lms.assessment.personal.events import PersonalSignOffEnding
from lms.assessment.queues.events import WorkWaits, WorkWaitsLong
from lms.assessment.sharing.events import KnowledgeShared
from lms.assessment.sharing.rules import Party
from lms.assessment.together.events import TogetherRecorded
from lms.certification import queries as certification
from lms.certification.events import CertificateIssued
from lms.core import i18n
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import whispered
from lms.learning.authoring.events import ReportDealtWith
from lms.learning.events import TextRead
from lms.learning.prior.events import PriorDecided
from lms.notifications import of_listing, services
from lms.people import invitations
from lms.people import queries as people
from lms.people.events import PersonInvited, SignInLinkAsked
from lms.people.rules import Role
from lms.register.events import VerdictChanged

_HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


def send_invitation(db: Db, fact: PersonInvited, now: datetime) -> None:
    """The link to join goes to the address that was given."""
    found = invitations.invitation(db, fact.invitation_id)
    services.tell(
        db,
        kind="invitation",
        name=found.name,
        address=found.email,
        language=found.language,
        secret=whispered(db, found.id),
        organisation=people.organisation(db, found.authority_id).called(found.language),
        now=now,
    )


def send_sign_in_link(db: Db, fact: SignInLinkAsked, now: datetime) -> None:
    """The one-time link goes to the person's own address."""
    someone = people.person(db, fact.about)
    services.tell_person(db, "sign_in_link", someone, now, secret=whispered(db, someone.id))


def tell_holder(db: Db, fact: CertificateIssued, now: datetime) -> None:
    """The holder hears of a new certificate."""
    someone, issued = people.person(db, fact.about), certification.certificate(db, fact.certificate_id)
    services.tell_person(db, "certificate_issued", someone, now, number=issued.number, title=issued.title)


def tell_person(db: Db, fact: VerdictChanged, now: datetime) -> None:
    """Somebody whose place on a register changes hears of it, with the way to the reasons.

    Each thing the team records changes the verdict a little; only another answer is worth a message.
    """
    if fact.was == fact.state or of_listing.says_it_itself(db, fact.about, fact.authority_id):
        return
    someone = people.person(db, fact.about)
    services.tell_person(
        db,
        "verdict_changed",
        someone,
        now,
        authority=people.organisation(db, fact.authority_id).called(someone.language),
    )


def tell_writer(db: Db, fact: TextRead, now: datetime) -> None:
    """Somebody whose writing was read hears of it. Neither their words nor the reader's stand in the message."""
    someone = people.person(db, fact.about)
    services.tell_person(db, "text_commented" if fact.commented else "text_read", someone, now, work=str(fact.work_id))


def tell_of_prior(db: Db, fact: PriorDecided, now: datetime) -> None:
    """A learner hears that somebody decided about what they learned before; what was decided stands on their page."""
    _tell_learner(db, "prior_decided", fact.about, now)


def tell_employer(db: Db, fact: KnowledgeShared, now: datetime) -> None:
    """An employer, and whoever acts for them, hears the first time a PA lets them see something; not what it is."""
    if fact.party is not Party.EMPLOYER or not fact.first:
        return
    on, who = london_day(now), people.person(db, fact.about).name
    there = {p.id: p for role in _HOUSEHOLD for p in people.holders_of(db, role, [fact.with_id], on)}
    for someone in there.values():
        services.tell_person(db, "knowledge_shared", someone, now, who=who)


def tell_of_ending(db: Db, fact: PersonalSignOffEnding, now: datetime) -> None:
    """The PA and the household hear that what somebody was signed off for ends soon. The task is not in the message."""
    about, on = personal.reminded_of(db, fact.personal_id), london_day(now)
    there = {p.id: p for role in _HOUSEHOLD for p in people.holders_of(db, role, [about.employer_id], on)}
    for someone in [people.person(db, fact.about), *there.values()]:
        services.tell_person(db, "personal_ending", someone, now, days=str(fact.days), personal=str(fact.personal_id))


def tell_of_waiting(db: Db, fact: WorkWaits, now: datetime) -> None:
    """Somebody is reminded that things wait for them; what they are stands in their queue."""
    someone = people.person(db, fact.about)
    services.tell_person(db, "work_waits", someone, now, count=str(fact.count))


def tell_of_long_waits(db: Db, fact: WorkWaitsLong, now: datetime) -> None:
    """A coordinator hears that things have waited long for others."""
    someone = people.person(db, fact.about)
    services.tell_person(
        db,
        "work_waits_long",
        someone,
        now,
        count=str(fact.count),
        authority=people.organisation(db, fact.authority_id).called(someone.language),
        place=str(fact.authority_id),
    )


def tell_reporter(db: Db, fact: ReportDealtWith, now: datetime) -> None:
    """Whoever reported a mistake hears that it was answered; the answer stands on their page."""
    _tell_learner(db, "report_answered", fact.about, now)


def _tell_learner(db: Db, kind: str, learner_id: UUID, now: datetime) -> None:
    someone = people.person(db, learner_id)
    services.tell_person(db, kind, someone, now)


def send_link(db: Db, fact: LinkAsked | LinkSentAgain, now: datetime) -> None:
    """The one-time link goes to whoever is asked. It names the learner by their first name, and nobody else."""
    found = links.link(db, fact.link_id)
    services.tell(
        db,
        kind="link_reminder" if isinstance(fact, LinkSentAgain) and fact.reminder else "link_asked",
        name=found.name,
        address=links.address_of(db, found.id),
        language=found.language,
        secret=whispered(db, found.id),
        learner=people.person(db, found.learner_id).name.split()[0],
        authority=people.organisation(db, found.authority_id).called(found.language),
        until=i18n.day(found.expires_at, found.language),
        now=now,
    )


def tell_asker(db: Db, fact: LinkAnswered | LinkNotTheirs | LinkDoubted, now: datetime) -> None:
    """Whoever asked by link hears that it was answered, ended or doubted; what was said stands on their page."""
    kinds = {LinkAnswered: "link_answered", LinkNotTheirs: "link_not_theirs", LinkDoubted: "link_doubted"}
    found = links.link(db, fact.link_id)
    someone = people.person(db, found.asked_by)
    services.tell_person(
        db,
        kinds[type(fact)],
        someone,
        now,
        who=found.name,
        learner=people.person(db, found.learner_id).name.split()[0],
        enrolment=str(found.enrolment_id),
    )


def tell_of_together(db: Db, fact: TogetherRecorded, now: datetime) -> None:
    """A learner hears of what was recorded in their name on somebody else's phone."""
    someone = people.person(db, fact.about)
    services.tell_person(db, "together_recorded", someone, now, evidence=str(fact.evidence_id))
