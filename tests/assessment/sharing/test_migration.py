"""Upgrading with people in the database shares nothing, says nothing for anybody, and keeps what stands there."""

from sqlalchemy import text

from lms.core import migrate
from lms.core.db import Database

NEW = (
    "lms_self_assessment",
    "lms_knowledge_share",
    "lms_knowledge_share_end",
    "lms_held_award",
    "lms_held_award_seen",
    "lms_held_award_taken_back",
)


def test_older_data_stays_and_nothing_is_shared_by_upgrading(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0017")
    with database.writing() as db:
        pa, home = "1" * 32, "2" * 32
        db.execute(
            text(
                "INSERT INTO lms_person (id, name, language, access_needs, created_at) "
                "VALUES (:pa, 'Pat Morgan', 'en', '', '2026-01-01 00:00:00')"
            ),
            {"pa": pa},
        )
        db.execute(
            text(
                "INSERT INTO lms_organisation (id, kind, name, nation, user_led, created_at) "
                "VALUES (:home, 'individual_employer', 'Amina Yusuf', 'england', false, '2026-01-01 00:00:00')"
            ),
            {"home": home},
        )
        db.execute(
            text("INSERT INTO lms_employment (id, pa_id, employer_id, since) VALUES (:id, :pa, :home, '2026-01-01')"),
            {"id": "3" * 32, "pa": pa, "home": home},
        )
    database.engine.dispose()
    migrate.bring_up(database, "0018")
    with database.reading() as db:
        for table in NEW:
            assert db.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608  names of this test
        assert db.scalar(text("SELECT name FROM lms_person")) == "Pat Morgan"
        assert db.scalar(text("SELECT count(*) FROM lms_employment")) == 1
    database.close()
