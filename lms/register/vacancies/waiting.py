"""What of the simple register waits for a register team, for its desk: profiles, vacancies, reports."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import BindParameter, bindparam

from lms.register.directory.models import AbuseOutcome, AbuseReport, ProfileVersion
from lms.register.vacancies.models import Vacancy, VacancyText
from lms.register.waits import FIRST, Asked, Row, asking

_HERE: BindParameter[UUID] = bindparam("authority_id")


def _profile(_authority_id: UUID, row: Row) -> tuple[str, Mapping[str, UUID]]:
    return "lms.directory.look_at_profile", {"version_id": row[FIRST]}


def _vacancy(_authority_id: UUID, row: Row) -> tuple[str, Mapping[str, UUID]]:
    return "lms.vacancies.look_at_vacancy", {"text_id": row[FIRST]}


def _report(authority_id: UUID, row: Row) -> tuple[str, Mapping[str, UUID]]:
    return "lms.directory.look_at_report", {"authority_id": authority_id, "report_id": row[FIRST]}


_PROFILES = asking(
    "profile_to_look_at", person=ProfileVersion.person_id, since=ProfileVersion.sent_at, first=ProfileVersion.id
).where(ProfileVersion.waits.is_(True), ProfileVersion.authority_id == _HERE)
_VACANCIES = (
    asking("vacancy_to_look_at", since=VacancyText.sent_at, first=VacancyText.id)
    .join_from(VacancyText, Vacancy, Vacancy.id == VacancyText.vacancy_id)
    .where(VacancyText.waits, Vacancy.authority_id == _HERE)
)
_REPORTS = (
    asking("report_to_look_at", since=AbuseReport.at, first=AbuseReport.id)
    .outerjoin_from(AbuseReport, AbuseOutcome, AbuseOutcome.report_id == AbuseReport.id)
    .where(AbuseReport.authority_id == _HERE, AbuseOutcome.report_id.is_(None))
)

WAITS: Sequence[Asked] = (Asked(_PROFILES, _profile), Asked(_VACANCIES, _vacancy), Asked(_REPORTS, _report))
