"""An upgrade to call-backs keeps what a database holds, and begins with the employments that are there."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import MetaData, Table, func, insert, select, text

from lms.core import migrate
from lms.core.db import Database, Db, add_once
from lms.core.settings import Settings
from lms.core.shelves import Shelves
from lms.programme.contacts import sweeping, told
from lms.programme.contacts.models import CallBack, SafeguardingAlert, SafeguardingStep
from lms.programme.contacts.words import Whom
from lms.programme.forgetting import clearing
from lms.programme.forgetting.rules import Years
from lms.programme.forgetting.setting import set_years
from tests.conftest import house_of

AUTHORITY, HOME, LONG_AGO, LATELY, LATER, OVER = (uuid4() for _each in range(6))
MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def add(db: Db, table: str, **values: object) -> None:
    """Add a row to a table as it was then."""
    columns = Table(table, MetaData(), autoload_with=db.connection())
    if db.connection().dialect.name == "sqlite":
        values = {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}
    db.execute(insert(columns).values(**values))


def old_rows(db: Db) -> None:
    """People of the version before: one employed for long, one of late, one from a day to come, one no longer."""
    place = {"nation": "england", "user_led": False, "created_at": MOMENT}
    add(db, "lms_organisation", id=AUTHORITY, kind="authority", name="Rivermere", **place)
    add(db, "lms_organisation", id=HOME, kind="individual_employer", name="A home", authority_id=AUTHORITY, **place)
    employed = {
        LONG_AGO: (date(2024, 2, 29), None),
        LATELY: (date(2026, 10, 30), None),
        LATER: (date(2026, 11, 9), None),
        OVER: (date(2026, 10, 30), date(2026, 11, 1)),
    }
    for person, (since, until) in employed.items():
        add(db, "lms_person", id=person, name="Pat", language="en", access_needs="", created_at=MOMENT)
        add(db, "lms_role", id=uuid4(), person_id=person, organisation_id=AUTHORITY, role="pa", since=since)
        add(db, "lms_employment", id=uuid4(), pa_id=person, employer_id=HOME, since=since, until=until)


def test_alerts_stay_and_one_that_was_closed_keeps_out_no_new_one(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0055")
    call, alert = uuid4(), uuid4()
    answer = {"call_back_id": call, "edition": "2026.1", "question": "safe", "option": "harmed"}
    raised = {"authority_id": AUTHORITY, "raised_by": LATELY, "raised_at": MOMENT, **answer}
    with database.writing() as db:
        old_rows(db)
        day = date(2026, 11, 27)
        days = {"since": day, "days": 28, "due_on": day, "overdue_from": day, "next_on": day, "made_at": MOMENT}
        whose = {"authority_id": AUTHORITY, "pa_id": LATELY, "employer_id": HOME, "whom": "pa"}
        add(db, "lms_call_back", id=call, **whose, **days)
        add(db, "lms_safeguarding_alert", id=alert, closed_at=MOMENT, **raised)
        add(db, "lms_safeguarding_step", alert_id=alert, step="told", person_id=OVER, said="", at=MOMENT)
    migrate.bring_up(database)
    with database.writing() as db:
        assert db.scalars(select(SafeguardingStep.alert_id)).all() == [alert]
        assert db.scalars(select(SafeguardingAlert.id)).all() == [alert]
        for new in (True, False):
            assert add_once(db, SafeguardingAlert(id=uuid4(), **raised)) is new
    database.close()


def test_call_backs_of_before_are_in_the_lists_and_go_by_the_years_that_are_set(
    url: str, settings: Settings, loaded: Shelves
) -> None:
    database = Database(url)
    migrate.bring_up(database, "0065")
    day, person = date(2024, 3, 28), uuid4()
    with database.writing() as db:
        old_rows(db)
        add(db, "lms_person", id=person, name="Ada", language="en", access_needs="", created_at=MOMENT)
        add(db, "lms_role", id=uuid4(), person_id=person, organisation_id=AUTHORITY, role="admin", since=day)
        whose = {"authority_id": AUTHORITY, "pa_id": LONG_AGO, "employer_id": HOME, "since": date(2024, 2, 29)}
        days = {"days": 28, "due_on": day, "overdue_from": day, "next_on": day, "made_at": MOMENT}
        over = {"ended": "answered", "ended_by": person, "ended_at": MOMENT}
        add(db, "lms_call_back", id=uuid4(), whom="pa", **whose, **days, **over)
    migrate.bring_up(database)
    with database.writing() as db:
        assert len(told.calls_about(db, AUTHORITY, LONG_AGO, reader=person)) == 1
        kept = Years(call_backs=1)
        assert set_years(db, once=uuid4(), authority_id=AUTHORITY, years=kept, by=person, now=MOMENT)
    database.close()
    house = house_of(settings, loaded)
    assert clearing.sweep(house, MOMENT + timedelta(days=365)) == 0
    assert clearing.sweep(house, MOMENT + timedelta(days=366)) == 1
    house.database.close()


@pytest.mark.parametrize("older", ["0052", "0054"])
def test_who_was_employed_before_the_upgrade_is_called_back(
    url: str, settings: Settings, loaded: Shelves, older: str
) -> None:
    database = Database(url)
    migrate.bring_up(database, older)
    with database.writing() as db:
        old_rows(db)
    migrate.bring_up(database)
    with database.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM lms_employment")) == 4
        assert db.scalar(select(func.count()).select_from(CallBack)) == 0
    database.close()
    house = house_of(settings, loaded)
    for day, expected in ((0, {LATELY}), (0, {LATELY}), (7, {LATELY, LATER})):
        sweeping.sweep(house, MOMENT + timedelta(days=day))
        with house.database.reading() as db:
            found = db.execute(select(CallBack.pa_id, CallBack.whom, CallBack.due_on)).all()
            assert {(row.pa_id, row.whom) for row in found} == {(each, whom) for each in expected for whom in Whom}
            assert {row.due_on for row in found if row.pa_id == LATELY} == {date(2026, 11, 27)}
    house.database.close()
