"""Whom to tell about permissions, applications and bank details of individual employers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.employers.events import ApplicationPrepared, BankDetailsGiven, BankDetailsRead
from lms.funding.permissions import queries as permissions
from lms.funding.permissions.events import PermissionGiven, PermissionTakenBack, PermissionUsed
from lms.funding.permissions.rules import GivenHow
from lms.funding.permissions.words import Deed
from lms.notifications import services
from lms.people import queries as people
from lms.people.rules import Role


def tell_of_permission(db: Db, fact: PermissionGiven, now: datetime) -> None:
    """The advisers of the organisation hear; the employer too, where somebody wrote it down for them."""
    values = _about(db, fact.delegate_id, fact.permission_id)
    _tell(db, "permission_to_act", (Role.ADVISER, fact.delegate_id), values, now)
    if fact.given_how != GivenHow.IN_PALMS:
        _tell(db, "permission_written_down", (Role.EMPLOYER, fact.employer_id), values, now)


def tell_of_end(db: Db, fact: PermissionTakenBack, now: datetime) -> None:
    """The advisers hear at once; the employer too, where the council ended it on their word."""
    values = _about(db, fact.delegate_id, fact.permission_id)
    _tell(db, "permission_over", (Role.ADVISER, fact.delegate_id), values, now)
    if fact.by_desk:
        _tell(db, "permission_ended_for_you", (Role.EMPLOYER, fact.employer_id), values, now)


def tell_of_application(db: Db, fact: ApplicationPrepared, now: datetime) -> None:
    """The employer hears that something waits to be accepted, unless they prepared it themselves."""
    _tell(
        db,
        "application_prepared",
        (Role.EMPLOYER, fact.employer_id),
        {"claim": str(fact.claim_id)},
        now,
        but=fact.about,
    )


def tell_of_decision(db: Db, fact: PermissionUsed, now: datetime) -> None:
    """Advisers whom the employer lets receive decisions hear that there is one; what it is stands behind the door."""
    if fact.deed != Deed.DECISION_SENT or fact.claim_id is None:
        return
    delegate_id = permissions.delegate_of(db, fact.permission_id)
    delegate = people.organisation(db, delegate_id).name
    values = {"delegate": delegate, "claim": str(fact.claim_id)}
    _tell(db, "decision_for_employer", (Role.ADVISER, delegate_id), values, now)


def tell_of_account(db: Db, fact: BankDetailsGiven, now: datetime) -> None:
    """Every employer of the household hears each time, so that nobody changes in silence where money goes."""
    kind = "bank_details_changed" if fact.anew else "bank_details_given"
    _tell(db, kind, (Role.EMPLOYER, fact.employer_id), {}, now)


def tell_of_reading(db: Db, fact: BankDetailsRead, now: datetime) -> None:
    """Every employer of the household hears that somebody looked where to pay."""
    values = {"claim": str(fact.claim_id)}
    _tell(db, "bank_details_read", (Role.EMPLOYER, fact.employer_id), values, now)


def _about(db: Db, delegate_id: UUID, permission_id: UUID) -> dict[str, str]:
    return {"delegate": people.organisation(db, delegate_id).name, "permission": str(permission_id)}


def _tell(
    db: Db, kind: str, to: tuple[Role, UUID], values: Mapping[str, str], now: datetime, *, but: UUID | None = None
) -> None:
    role, organisation_id = to
    for someone in people.holders_of(db, role, [organisation_id], london_day(now)):
        if someone.id != but:
            services.tell_person(db, kind, someone, now, **values)
