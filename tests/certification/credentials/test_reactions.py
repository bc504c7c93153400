"""From the issue to the list, through the services and the worker, as it happens."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.certification import queries as certification
from lms.certification import services as certificates
from lms.certification.credentials import badges, queries
from lms.certification.credentials.rules import Mark
from lms.certification.life import services as life
from lms.certification.life.reasons import SuspensionReason
from lms.certification.rules import WithdrawalReason
from lms.core import work
from lms.core.house import House
from tests.certification import steps
from tests.world import World


@pytest.fixture
def certificate_id(house: House, world: World, now: datetime) -> UUID:
    """The certificate of the world's PA, and all work done."""
    with house.database.writing() as db:
        steps.earns(db, world, now)
    work.do_all(house, now=now)
    with house.database.reading() as db:
        return certification.certificates_of(db, world.pa)[0].id


def marks(house: House, certificate_id: UUID) -> set[Mark]:
    with house.database.reading() as db:
        kept, list_id = queries.kept(db, certificate_id), queries.list_of(db, certificate_id)
        assert kept
        assert list_id
        place = int(json.loads(kept.document)["credentialStatus"][0]["statusListIndex"])
        said = {mark: json.loads(queries.published(db, list_id, mark).document) for mark in Mark}
    return {mark for mark in Mark if place in badges.marked_in(said[mark]["credentialSubject"]["encodedList"])}


def test_an_issue_makes_a_credential(house: House, certificate_id: UUID) -> None:
    with house.database.reading() as db:
        issued, kept = certification.certificate(db, certificate_id), queries.kept(db, certificate_id)
    assert kept
    document = json.loads(kept.document)
    assert document["name"] == issued.title
    assert all(line in document["credentialSubject"]["achievement"]["criteria"]["narrative"] for line in issued.proves)
    assert issued.holder_name not in kept.document
    assert marks(house, certificate_id) == set()


def test_a_withdrawal_marks_it(house: House, world: World, certificate_id: UUID, now: datetime) -> None:
    with house.database.writing() as db:
        reason = WithdrawalReason.ISSUED_IN_ERROR
        certificates.withdraw(db, certificate_id=certificate_id, reason=reason, by=world.coordinator, now=now)
    work.do_all(house, now=now)
    assert marks(house, certificate_id) == {Mark.WITHDRAWN}


def test_a_suspension_marks_it_until_it_is_lifted(
    house: House, world: World, certificate_id: UUID, now: datetime
) -> None:
    moved: dict[str, Any] = {"certificate_id": certificate_id, "by": world.coordinator, "now": now}
    reason = next(iter(SuspensionReason))
    with house.database.writing() as db:
        life.suspend(db, id=uuid4(), word="We look into it.", reason=reason, **moved)
    work.do_all(house, now=now)
    assert marks(house, certificate_id) == {Mark.SUSPENDED}
    with house.database.writing() as db:
        life.lift(db, id=uuid4(), **moved)
    work.do_all(house, now=now)
    assert marks(house, certificate_id) == set()


def test_a_replacement_has_its_own_and_marks_the_old_one(
    house: House, world: World, certificate_id: UUID, now: datetime
) -> None:
    with house.database.writing() as db:
        new = certificates.replace(
            db, certificate_id=certificate_id, holder_name="Ffion Llŷr", by=world.coordinator, now=now
        )
    work.do_all(house, now=now)
    assert marks(house, certificate_id) == {Mark.WITHDRAWN, Mark.REPLACED}
    assert marks(house, new) == set()
