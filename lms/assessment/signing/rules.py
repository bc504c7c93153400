"""How a sign-off was made, and who may withdraw one. Plain Python."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lms.assessment.rules import Capacity, Standing
from lms.people.rules import Role


class How(StrEnum):
    """How somebody put their name to a sign-off. Never a drawing: it proves nothing, and many cannot make one.

    `account` is the short way: signed in as themself, they confirmed the statement, and no name was typed.
    """

    ACCOUNT = "account"
    TYPED = "typed"
    SPOKEN = "spoken"
    SUPPORTER = "supporter"


@dataclass(frozen=True)
class Declaration:
    """What a signer declared: their name and role as they gave them.

    Spoken to somebody: `heard_by` is who wrote it down. Made by a named supporter: `consent` says how the signer
    agreed to that.
    """

    name: str
    role: str
    how: How
    supporter: str = ""
    consent: str = ""
    heard_by: str = ""


class Lacking(StrEnum):
    """What a declaration does not say yet."""

    NAME = "name"
    ROLE = "role"
    SUPPORTER = "supporter"
    CONSENT = "consent"
    HEARD_BY = "heard_by"


def lacking(declaration: Declaration) -> Lacking | None:
    """The first thing a declaration still needs, or None."""
    if not declaration.name:
        return Lacking.NAME
    if not declaration.role:
        return Lacking.ROLE
    if declaration.how is How.SPOKEN and not declaration.heard_by:
        return Lacking.HEARD_BY
    if declaration.how is How.SUPPORTER:
        if not declaration.supporter:
            return Lacking.SUPPORTER
        if not declaration.consent:
            return Lacking.CONSENT
    return None


class Withdrawer(StrEnum):
    """In which part somebody withdraws a sign-off."""

    SIGNER = "signer"
    QUALITY_ASSURER = "quality_assurer"
    COORDINATOR = "coordinator"


def still_stands(signed: Standing, today: Collection[Standing]) -> bool:
    """Whether a signer stands to the learner today as when they signed; `today`: how they stand now.

    A household has to be the same one, in the same capacity. An assessor may come from another place meanwhile: what
    counts is that they have the role and this learner's unit. Whoever stands outside no longer hears what became of
    it, so a sign-off of theirs is taken back by those who look after the record.
    """
    if signed.capacity is Capacity.ASSESSOR:
        return any(each.capacity is Capacity.ASSESSOR for each in today)
    return signed in today


def withdrawer(*, by: UUID, signed_by: UUID, learner: UUID, roles: Collection[Role], stands: bool) -> Withdrawer | None:
    """In which part somebody may withdraw a sign-off; None when they may not.

    `roles` are those held behind the learner's wall; `stands`: whether they stand to the learner as when they signed.
    A learner never withdraws their own, whatever roles they hold.
    """
    if by == learner:
        return None
    if by == signed_by and stands:
        return Withdrawer.SIGNER
    if Role.QUALITY_ASSURER in roles:
        return Withdrawer.QUALITY_ASSURER
    return Withdrawer.COORDINATOR if Role.COORDINATOR in roles else None
