"""An upgrade gives checks that were handed in before their trail, and lets nobody read what was private."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import MetaData, Table, insert, null, text

from lms.core import migrate
from lms.core.db import Database, Db
from lms.learning.marking import trail_of
from lms.learning.questions import Mark
from lms.learning.states import Why

LEARNER, ENROLMENT, DONE, BEGUN = uuid4(), uuid4(), uuid4(), uuid4()
MOMENT = datetime(2026, 10, 1, 9, tzinfo=UTC)


def old_rows(db: Db, *, marked: bool) -> None:
    """A learner of the version before, with one attempt handed in and one begun."""

    def add(table: str, **values: object) -> None:
        columns = Table(table, MetaData(), autoload_with=db.connection())
        for name, value in values.items():
            if isinstance(value, UUID) and db.connection().dialect.name == "sqlite":
                values[name] = value.hex
        db.execute(insert(columns).values(**values))

    authority = uuid4()
    add(
        "lms_organisation",
        id=authority,
        kind="authority",
        name="Rivermere",
        nation="england",
        user_led=False,
        created_at=MOMENT,
    )
    add("lms_person", id=LEARNER, name="Pat", language="en", access_needs="", created_at=MOMENT)
    add(
        "lms_enrolment",
        id=ENROLMENT,
        learner_id=LEARNER,
        authority_id=authority,
        course="PAI",
        edition="1",
        enrolled_at=MOMENT,
        enrolled_by=LEARNER,
    )
    shared = {"enrolment_id": ENROLMENT, "module": "PAI-1", "edition": "1", "seed": "s", "questions": ["Q1"]}
    add("lms_attempt", id=BEGUN, number=2, started_at=MOMENT, **shared)
    add(
        "lms_attempt",
        id=DONE,
        number=1,
        started_at=MOMENT,
        finished_at=MOMENT,
        percent=90,
        passed=True,
        marks={"Q1": "right"} if marked else null(),
        **shared,
    )


@pytest.mark.parametrize("marked", [True, False], ids=["marked", "without marks"])
def test_checks_handed_in_before_have_a_trail_after_the_upgrade(url: str, *, marked: bool) -> None:
    database = Database(url)
    migrate.bring_up(database, "0009")
    with database.writing() as db:
        old_rows(db, marked=marked)
    migrate.bring_up(database)
    with database.reading() as db:
        (first,) = trail_of(db, DONE)
        assert (first.number, first.percent, first.passed, first.why) == (1, 90, True, Why.HANDED_IN)
        assert (first.by, first.at) == (LEARNER, MOMENT)
        assert first.marks == ({"Q1": Mark.RIGHT} if marked else {})
        assert trail_of(db, BEGUN) == []
        assert db.scalar(text("SELECT count(*) FROM lms_written_work")) == 0
    database.close()
