"""A certificate goes with the sign-off it rests on, and a household's sign-off is heard of in the household."""

from datetime import datetime, timedelta

from sqlalchemy import select

from lms.assessment.signing import queries as signing
from lms.assessment.signing import services as signing_services
from lms.certification import queries
from lms.certification import services as certification
from lms.certification.rules import WithdrawalReason
from lms.core.db import Db
from lms.notifications.models import Notice
from tests.certification.steps import earns, signs_off
from tests.world import World


def test_the_certificate_is_withdrawn_with_the_sign_off(db: Db, world: World, now: datetime) -> None:
    enrolment = earns(db, world, now, employer=world.representative)
    (certificate,) = queries.certificates_of(db, world.pa)
    (signed,) = signing.sign_offs_of(db, enrolment)
    signing_services.withdraw_sign_off(
        db, sign_off_id=signed.id, reason="They did not see it.", by=world.coordinator, now=now
    )
    assert queries.certificates_of(db, world.pa) == []
    found = queries.certificate(db, certificate.id)
    assert found.withdrawn_because is WithdrawalReason.GROUND_FELL_AWAY
    told = {(row.kind, row.person_id) for row in db.scalars(select(Notice))}
    assert told >= {
        ("sign_off_withdrawn", world.pa),
        ("sign_off_withdrawn_home", world.representative),
        ("sign_off_withdrawn_home", world.employer_person),
    }
    assert "They did not see it" not in str([row.values for row in db.scalars(select(Notice))])


def test_what_is_signed_off_anew_earns_a_new_certificate_with_a_number_of_its_own(
    db: Db, world: World, now: datetime
) -> None:
    enrolment = earns(db, world, now, employer=world.representative)
    (first,) = queries.certificates_of(db, world.pa)
    (signed,) = signing.sign_offs_of(db, enrolment)
    later = now + timedelta(hours=1)
    signing_services.withdraw_sign_off(
        db, sign_off_id=signed.id, reason="It was another day.", by=world.coordinator, now=later
    )
    assert certification.issue_if_complete(db, enrolment, "PAI-1", later) is None
    signs_off(db, enrolment, world.representative, later + timedelta(hours=1))
    (second,) = queries.certificates_of(db, world.pa)
    assert second.number != first.number
    assert queries.certificate(db, first.id).withdrawn_because is WithdrawalReason.GROUND_FELL_AWAY
    assert certification.issue_if_complete(db, enrolment, "PAI-1", later + timedelta(hours=2)) is None
