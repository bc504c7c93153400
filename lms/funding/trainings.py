"""One learner's training as funding asks about it. The only place that gathers what other rooms know."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from lms.certification import queries as certification
from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.authoring.queries import schemes_for
from lms.funding.vocabulary import ClaimantKind, LearnerKind
from lms.learning import queries as learning
from lms.people import agreements
from lms.people import queries as people
from lms.people.queries import OrganisationView
from lms.people.rules import OrganisationKind


@dataclass(frozen=True, kw_only=True)
class Training:
    """A learner's training: what it is, when, and who could claim for it.

    `completed_on` is None while it is not finished. `claimants` holds, for each kind, the one organisation that would
    claim; a PA claims in person, without one.
    """

    code: str
    learner_id: UUID
    learner: LearnerKind
    authority: OrganisationView
    enrolment_id: UUID
    started_on: date
    completed_on: date | None
    certificate_id: UUID | None
    claimants: Mapping[ClaimantKind, OrganisationView | None]


def training_of(
    db: Db, enrolment_id: UUID, code: str, *, completed_on: date | None, certificate_id: UUID | None, on: date
) -> Training:
    """Gather what is known about one training. Raises NotFound when there is no such enrolment."""
    enrolment = learning.enrolment(db, enrolment_id)
    employers = people.employers_of(db, enrolment.learner_id, on)
    authority = people.organisation(db, enrolment.authority_id)
    claimants: dict[ClaimantKind, OrganisationView | None] = {
        ClaimantKind.PERSONAL_ASSISTANT: None,
        ClaimantKind.LOCAL_AUTHORITY_PARTNERSHIP: authority,
    }
    if employers:
        claimants[ClaimantKind.INDIVIDUAL_EMPLOYER] = employers[0]
    user_led = user_led_of(db, enrolment.authority_id, on)
    if user_led:
        claimants[ClaimantKind.USER_LED_ORGANISATION] = user_led
    return Training(
        code=code,
        learner_id=enrolment.learner_id,
        learner=LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER if employers else LearnerKind.PERSONAL_ASSISTANT,
        authority=authority,
        enrolment_id=enrolment_id,
        started_on=london_day(enrolment.enrolled_at),
        completed_on=completed_on,
        certificate_id=certificate_id,
        claimants=claimants,
    )


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A training a page can be asked about; `certificate_id` and `completed_on` are None before it is certified."""

    code: str
    title: str
    enrolment_id: UUID
    certificate_id: UUID | None = None
    completed_on: date | None = None


def choices_for(db: Db, learner_id: UUID, authority_ids: Collection[UUID], *, on: date) -> list[Choice]:
    """The trainings of a learner behind these walls: certified ones, then those the authority counts on that day."""
    running = [e for e in learning.enrolments_of(db, learner_id) if e.authority_id in authority_ids]
    authorities = people.organisations(db, {e.authority_id for e in running})
    certified = [
        Choice(
            code=certificate.code,
            title=certificate.module_title or certificate.title,
            enrolment_id=certificate.enrolment_id,
            certificate_id=certificate.id,
            completed_on=certificate.issued_on,
        )
        for certificate in certification.certificates_of(db, learner_id)
        if certificate.authority_id in authority_ids and certificate.enrolment_id is not None
    ]
    known = {choice.code for choice in certified}
    counted = [
        Choice(code=code, title=code, enrolment_id=enrolment.id)
        for enrolment in running
        for code in schemes_for(db, enrolment.authority_id, on=on).counted_by(authorities[enrolment.authority_id].code)
        if code not in known
    ]
    return [*certified, *counted]


def trainings_of(db: Db, choices: Iterable[Choice], *, on: date) -> list[Training]:
    """The trainings behind choices of one learner; what is known of an enrolment is gathered once for all of them."""
    known: dict[UUID, Training] = {}
    found = []
    for choice in choices:
        if choice.enrolment_id not in known:
            known[choice.enrolment_id] = training_of(
                db, choice.enrolment_id, choice.code, completed_on=None, certificate_id=None, on=on
            )
        found.append(
            replace(
                known[choice.enrolment_id],
                code=choice.code,
                completed_on=choice.completed_on,
                certificate_id=choice.certificate_id,
            )
        )
    return found


def user_led_of(db: Db, authority_id: UUID, on: date) -> OrganisationView | None:
    """The user-led organisation that claims: with several agreements the first by name, as the list is ordered."""
    working = agreements.agreements(db, authority_id, on)
    return next((o for o in working if o.kind is OrganisationKind.SUPPORT_ORGANISATION and o.user_led), None)
