"""Upgrading with certificates in the database: each stands at its next step, and the desk knows what waits."""

import json

from sqlalchemy import text

from lms.core import migrate
from lms.core.db import Database

PA, OFFICER, COUNCIL = "1" * 32, "2" * 32, "3" * 32
STORIES = {
    "a" * 32: ("no_content", []),
    "b" * 32: ("has_content", []),
    "c" * 32: ("has_content", [("discussed", None)]),
    "d" * 32: ("has_content", [("discussed", None), ("decided", "do_not_proceed")]),
    "e" * 32: ("has_content", [("discussed", None), ("decided", "do_not_proceed"), ("agreed", "do_not_proceed")]),
    "f" * 32: ("has_content", [("discussed", None), ("decided", "barred_cannot_proceed")]),
}


def test_what_was_recorded_before_waits_at_its_next_step(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0038")
    at = "2026-02-01 00:00:00"
    with database.writing() as db:
        for person, name in ((PA, "Pat Morgan"), (OFFICER, "Rae Officer")):
            db.execute(
                text(
                    "INSERT INTO lms_person (id, name, language, access_needs, created_at) "
                    "VALUES (:id, :name, 'en', '', :at)"
                ),
                {"id": person, "name": name, "at": at},
            )
        db.execute(
            text(
                "INSERT INTO lms_organisation (id, kind, name, nation, user_led, created_at) "
                "VALUES (:id, 'authority', 'Rivermere Council', 'england', false, :at)"
            ),
            {"id": COUNCIL, "at": at},
        )
        for record, (result, steps) in STORIES.items():
            data = json.dumps({"level": "enhanced_adults_list", "workforce": "adult", "result": result})
            db.execute(
                text(
                    "INSERT INTO lms_requirement_record"
                    " (id, person_id, authority_id, kind, code, data, seen_on, by, at)"
                    " VALUES (:id, :pa, :council, 'dbs', 'RM-DBS', :data, '2026-02-01', :officer, :at)"
                ),
                {"id": record, "pa": PA, "council": COUNCIL, "data": data, "officer": OFFICER, "at": at},
            )
            for number, (step, decision) in enumerate(steps):
                db.execute(
                    text(
                        "INSERT INTO lms_disclosure_step (id, disclosure_id, step, decision, done_on, by, at) "
                        "VALUES (:id, :record, :step, :decision, '2026-02-03', :officer, :at)"
                    ),
                    {
                        "id": f"{record[0]}{number}" * 16,
                        "record": record,
                        "step": step,
                        "decision": decision,
                        "officer": OFFICER,
                        "at": at,
                    },
                )
    database.engine.dispose()
    migrate.bring_up(database, "0039")
    with database.reading() as db:
        found = db.execute(text("SELECT disclosure_id, what, since FROM lms_check_waits")).all()
        waits = {str(row.disclosure_id).replace("-", ""): (row.what, str(row.since)) for row in found}
        assert db.scalar(text("SELECT count(*) FROM lms_disclosure_step")) == 8
    database.close()
    assert waits == {
        "b" * 32: ("invitation", "2026-02-01"),
        "c" * 32: ("factors", "2026-02-03"),
        "d" * 32: ("second_person", "2026-02-03"),
        "e" * 32: ("telling", "2026-02-03"),
        "f" * 32: ("telling", "2026-02-03"),
    }
