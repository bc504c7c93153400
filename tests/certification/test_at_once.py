"""What happens to one person's certificates at the same moment happens one after the other, in either order."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from lms.certification import queries, services
from lms.certification.life import services as life
from lms.certification.life.reasons import SuspensionReason
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing, WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import Refused
from tests.certification import steps
from tests.world import World

WAITS = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


def until_it_waits(house: House, other: Future[None]) -> None:
    """Until somebody waits for another's lock, or is through without."""
    while not other.done():
        with house.database.reading() as db:
            if db.scalar(WAITS):
                return


def test_a_sign_off_that_ends_while_a_certificate_is_issued_on_it(house: House, world: World, now: datetime) -> None:
    if house.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time")

    def take_away(sign_off: UUID) -> None:
        with house.database.writing() as db:
            services.withdraw_resting_on(
                db, person_id=world.pa, what="sign_off", id=sign_off, by=world.coordinator, now=now
            )

    with ThreadPoolExecutor(1) as beside:
        with house.database.writing() as db:
            steps.earns(db, world, now)
            (issued,) = queries.certificates_of(db, world.pa)
            (sign_off,) = (UUID(each["id"]) for each in issued.relied_on if each["what"] == "sign_off")
            other = beside.submit(take_away, sign_off)
            until_it_waits(house, other)
        other.result(20)
    with house.database.reading() as db:
        assert queries.certificate(db, issued.id).standing(london_day(now)) is Standing.WITHDRAWN


def test_everything_at_once_ends_withdrawn(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    """Suspended, replaced and withdrawn by many people in one moment: nobody waits for ever, and it is withdrawn."""
    by, word = world.coordinator, "Looked at."

    def do(act: Callable[[Db], object]) -> None:
        with house.database.writing() as db:
            try:
                act(db)
            except Refused:
                db.rollback()

    def suspend(db: Db) -> None:
        reason = SuspensionReason.GROUND_LOOKED_AT
        life.suspend(db, id=uuid4(), certificate_id=issued.id, reason=reason, word=word, by=by, now=now)

    def replace(db: Db) -> None:
        life.replace(db, id=uuid4(), certificate_id=issued.id, holder_name="Right Name", by=by, now=now)

    def withdraw(db: Db) -> None:
        services.withdraw(
            db, certificate_id=issued.id, reason=WithdrawalReason.GROUND_FELL_AWAY, by=world.coordinator, now=now
        )

    def look(db: Db) -> None:
        services.look_again(db, world.pa, now)

    with ThreadPoolExecutor(8) as many:
        list(many.map(do, [suspend, replace, withdraw, look] * 4))
    with house.database.reading() as db:
        assert queries.certificate(db, issued.id).standing(london_day(now)) is Standing.WITHDRAWN
        assert len(queries.certificates_of(db, world.pa)) <= 1
