"""An upgrade to the settings keeps roles, invitations and how pages look; on the way back nothing of these is lost."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import MetaData, Table, insert, select, text

from lms.core import migrate
from lms.core.db import Database, Db
from lms.people import looks, queries
from lms.people.models import Invitation
from lms.people.rules import Role
from lms.programme.authority.looks import palette_of

AUTHORITY, HOME, PERSON, INVITED = (uuid4() for _each in range(4))
MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def add(db: Db, table: str, **values: object) -> None:
    """Add a row to a table as it was then."""
    columns = Table(table, MetaData(), autoload_with=db.connection())
    if db.connection().dialect.name == "sqlite":
        values = {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}
    db.execute(insert(columns).values(**values))


def test_roles_and_invitations_of_an_older_database_stay(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0061")
    with database.writing() as db:
        place = {"nation": "england", "user_led": False, "created_at": MOMENT}
        add(db, "lms_organisation", id=AUTHORITY, kind="authority", name="Rivermere", **place)
        add(db, "lms_organisation", id=HOME, kind="individual_employer", name="A home", authority_id=AUTHORITY, **place)
        add(db, "lms_person", id=PERSON, name="Pat", language="en", access_needs="", created_at=MOMENT)
        add(
            db, "lms_role", id=uuid4(), person_id=PERSON, organisation_id=HOME, role="employer", since=date(2024, 2, 29)
        )
        add(
            db,
            "lms_invitation",
            id=INVITED,
            secret_digest="0" * 64,
            name="Nia",
            language="en",
            role="pa",
            organisation_id=AUTHORITY,
            authority_id=AUTHORITY,
            invited_at=MOMENT,
            expires_at=MOMENT,
        )
    migrate.bring_up(database)
    with database.reading() as db:
        viewer = queries.viewer_of(db, PERSON, date(2026, 11, 21))
        assert viewer is not None
        held = viewer.roles[0]
        assert (held.role, held.authority_id, held.authority_name, held.look) == (
            Role.EMPLOYER,
            AUTHORITY,
            "Rivermere",
            0,
        )
        assert looks.look_of(db, AUTHORITY) == 0
        assert palette_of(db, AUTHORITY) is None
        found = db.execute(select(Invitation.role_since, Invitation.role_until)).one()
        assert tuple(found) == (None, None)
        assert db.scalar(text("SELECT count(*) FROM lms_role_change")) == 0
    database.close()
