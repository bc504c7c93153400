"""What of the simple register waits for a register team, in the shape of its desk. A constant number of queries."""

from datetime import date
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.register.directory import queries as directory
from lms.register.directory import reports
from lms.register.vacancies import queries
from lms.register.waits import Group, Waiting

MOST = 20


def waiting(db: Db, authority_id: UUID, _on: date) -> list[Group]:
    """Profiles, vacancies and reports that nobody has looked at, the oldest of each."""
    profiles, how_many = directory.waiting_profiles(db, [authority_id], limit=MOST)
    texts, how_many_texts = queries.waiting(db, [authority_id], limit=MOST)
    reported, how_many_reports = reports.open_reports(db, [authority_id], limit=MOST)
    return [
        Group(
            "profile_to_look_at",
            how_many,
            [
                Waiting(
                    each.person_id,
                    london_day(each.sent_at),
                    "lms.directory.look_at_profile",
                    {"version_id": each.id},
                )
                for each in profiles
            ],
        ),
        Group(
            "vacancy_to_look_at",
            how_many_texts,
            [
                Waiting(None, london_day(each.sent_at), "lms.vacancies.look_at_vacancy", {"text_id": each.id})
                for each in texts
            ],
        ),
        Group(
            "report_to_look_at",
            how_many_reports,
            [
                Waiting(
                    None,
                    london_day(each.at),
                    "lms.directory.look_at_report",
                    {"authority_id": authority_id, "report_id": each.id},
                )
                for each in reported
            ],
        ),
    ]
