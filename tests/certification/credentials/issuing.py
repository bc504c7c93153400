"""Certificates for tests of credentials: rows as an issue leaves them, without the long way to them."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from lms.certification.credentials import lists, making
from lms.certification.freezing import FROZEN, digest_of
from lms.certification.life.models import Suspension, SuspensionLift
from lms.certification.life.reasons import SuspensionReason
from lms.certification.models import Certificate, Withdrawal
from lms.certification.numbers import number_of
from lms.certification.rules import WithdrawalReason
from lms.core.house import House
from lms.core.i18n import Language
from lms.people.rules import Nation
from tests.world import World

NAME = "Ffion Llŷr-Ŵyn"


def certified(house: House, world: World, now: datetime, **changes: object) -> UUID:
    """The id of a certificate of the world's PA."""
    certificate_id = uuid4()
    values: dict[str, object] = {
        "id": certificate_id,
        "number": number_of(int.from_bytes(certificate_id.bytes[:5])),
        "kind": "module",
        "code": "PAI-1",
        "turn": 1,
        "source_id": certificate_id,
        "enrolment_id": None,
        "holder_id": world.pa,
        "authority_id": world.authority,
        "holder_name": NAME,
        "title": "Module certificate: The PA’s job",
        "design_edition": "2026.1",
        "proves": ["By 3 May 2026 the holder had finished this module.", "Its practice was signed off."],
        "does_not_prove": ["This is not the Care Certificate.", "It is not a qualification."],
        "nation": Nation.ENGLAND,
        "authority_name": "Rivermere Council",
        "issued_on": date(2026, 6, 1),
        "lapses_on": None,
        "language": Language.ENGLISH,
        "languages": ["en"],
        "shown": [{"label": "Module finished", "text": "3 May 2026"}, {"label": "Course", "text": "PA induction"}],
        "signatories": [],
        "achievements": [{"code": "PAI-1-P", "title": "Practice", "on": "2026-05-30", "by": "an assessor"}],
        "relied_on": [],
        "also": {},
        "html": "",
        "issued_at": now,
    }
    with house.database.writing() as db:
        row = Certificate(**{**values, **changes})
        row.frozen_digest = digest_of({name: getattr(row, name) for name in FROZEN})
        db.add(row)
    return certificate_id


def made(house: House, world: World, now: datetime, **changes: object) -> UUID:
    """The same, with its credential."""
    certificate_id = certified(house, world, now, **changes)
    making.make(house, str(certificate_id), now)
    return certificate_id


def withdrawn(house: House, world: World, certificate_id: UUID, now: datetime) -> None:
    """Withdraw it and let the worker mark it."""
    row = Withdrawal(
        certificate_id=certificate_id,
        reason=WithdrawalReason.ISSUED_IN_ERROR,
        withdrawn_on=now.date(),
        by=world.coordinator,
        at=now,
    )
    with house.database.writing() as db:
        db.add(row)
    lists.refresh_for(house, str(certificate_id), now)


def suspended(house: House, world: World, certificate_id: UUID, now: datetime) -> UUID:
    """Suspend it and let the worker mark it."""
    row = Suspension(
        id=uuid4(),
        certificate_id=certificate_id,
        turn=1,
        reason=next(iter(SuspensionReason)),
        suspended_on=now.date(),
        by=world.coordinator,
        at=now,
    )
    with house.database.writing() as db:
        db.add(row)
    lists.refresh_for(house, str(certificate_id), now)
    return row.id


def lifted(house: House, world: World, suspension_id: UUID, certificate_id: UUID, now: datetime) -> None:
    """Let it count again."""
    with house.database.writing() as db:
        db.add(SuspensionLift(suspension_id=suspension_id, lifted_on=now.date(), by=world.coordinator, at=now))
    lists.refresh_for(house, str(certificate_id), now)


def replaced(house: House, world: World, certificate_id: UUID, now: datetime, **changes: object) -> UUID:
    """Replace it by one with another name; the new one has its credential."""
    more: Mapping[str, object] = {"holder_name": "Ffion Llŷr", "turn": 2, "source_id": certificate_id, **changes}
    new = made(house, world, now, replaces_id=certificate_id, **more)
    lists.refresh_for(house, str(certificate_id), now)
    return new
