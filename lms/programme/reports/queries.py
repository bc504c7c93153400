"""Read reports: one, a page of them, the one an authority published; each behind its own wall."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.words import NotFound
from lms.people import queries as people
from lms.programme.reports.kinds import Made, ReportKind
from lms.programme.reports.models import Report, ReportSetting


def report(db: Db, report_id: UUID) -> Report:
    """One report; whether the viewer may read it is asked by the page. Raises NotFound."""
    found = db.get(Report, report_id)
    if found is None:
        raise NotFound("report")
    return found


def reports_in(
    db: Db, authority_id: UUID, kinds: Collection[ReportKind], *, offset: int, limit: int
) -> tuple[list[Report], int]:
    """A page of an authority's reports of some kinds, the newest first, and how many there are. Two queries."""
    ours = Report.authority_id == authority_id, Report.kind.in_(list(kinds))
    total = db.scalar(select(func.count()).select_from(Report).where(*ours)) or 0
    newest = select(Report).where(*ours).order_by(Report.asked_at.desc(), Report.number.desc())
    return list(db.scalars(newest.offset(offset).limit(limit))), total


def reference_of(found: Report, authority_code: str) -> str:
    """The number on its face, which never changes: RIVERMERE-RPT-2026-0003."""
    return f"{authority_code}-RPT-{found.made_year}-{found.number:04d}"


def corrected_by(db: Db, report_id: UUID, *, made: bool = False) -> Report | None:
    """The report that corrects this one; with `made` only one whose figures are there."""
    asked = select(Report).where(Report.replaces_id == report_id)
    return db.scalar(asked.where(Report.made == Made.DONE) if made else asked)


def published(db: Db, authority_code: str) -> Report:
    """The report whose headline counts an authority publishes. Raises NotFound, also where it publishes none."""
    authority = people.authority_by_code(db, authority_code)
    asked = select(Report).join(ReportSetting, ReportSetting.published_id == Report.id)
    found = db.scalar(asked.where(ReportSetting.authority_id == authority.id, Report.authority_id == authority.id))
    if found is None:
        raise NotFound("figures")
    return found
