"""Ask for a report, count and file it once, and say what an authority wants kept back, kept and published."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.dropping import drop_unless_needed
from lms.core.events import record
from lms.core.house import House
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.people import queries as people
from lms.programme.reports import hiding, queries
from lms.programme.reports.counting import tables_of
from lms.programme.reports.events import FiguresPublished, ReportAsked, ReportsSet
from lms.programme.reports.kinds import Made, ReportKind
from lms.programme.reports.models import Report, ReportSetting
from lms.programme.reports.tables import told

MAKE = "reports.make"
LONGEST = 366
MOST_TRIES = 20
KEEP_YEARS, LEAST_YEARS, MOST_YEARS = 7, 1, 30


@dataclass(frozen=True)
class Setting:
    """What an authority set, or what counts until it does."""

    threshold: int = hiding.USUAL
    keep_years: int = KEEP_YEARS
    published_id: UUID | None = None


def setting_of(db: Db, authority_id: UUID) -> Setting:
    """What an authority set about its reports. One query."""
    row = db.get(ReportSetting, authority_id)
    return Setting(row.threshold, row.keep_years, row.published_id) if row else Setting()


def ask(
    db: Db,
    *,
    report_id: UUID,
    authority_id: UUID,
    kind: ReportKind,
    first: date,
    last: date,
    by: UUID,
    now: datetime,
    replaces_id: UUID | None = None,
) -> UUID:
    """Give a report its number; the worker counts it. `report_id` is the form's once-only number.

    Refuses a period that is none, is longer than a year or not over yet, and to correct a report twice; NotFound for a
    report to correct that is of another authority or another kind.
    """
    if db.get(Report, report_id) is not None:
        return report_id
    today = london_day(now)
    if last < first:
        raise Refused(N_("The last day has to be the first day or a later one."))
    if last > today:
        raise Refused(N_("Choose a last day that is today or in the past."))
    if (last - first).days >= LONGEST:
        raise Refused(N_("A report is about one year at most. Choose days that are closer together."))
    if replaces_id is not None:
        _correctable(db, replaces_id, authority_id, kind)
    for _try in range(MOST_TRIES):
        row = Report(
            id=report_id,
            authority_id=authority_id,
            kind=kind,
            made_year=today.year,
            number=_next_number(db, authority_id, today.year),
            first_on=first,
            last_on=last,
            made=Made.WAITS,
            replaces_id=replaces_id,
            asked_by=by,
            asked_at=now,
        )
        if add_once(db, row):
            _record_asked(db, row, now)
            later(db, MAKE, str(row.id), now=now)
            return row.id
    raise Refused(N_("Several people asked for a report at once. Try again."))


def _correctable(db: Db, id: UUID, authority_id: UUID, kind: ReportKind) -> None:
    old = db.get(Report, id)
    if old is None or (old.authority_id, old.kind) != (authority_id, kind):
        raise NotFound("report")
    if db.scalar(select(Report.id).where(Report.replaces_id == id)) is not None:
        raise Refused(N_("This report was corrected already. Correct the newer one instead."))


def _record_asked(db: Db, row: Report, now: datetime) -> None:
    fact = ReportAsked(
        about=row.asked_by,
        report_id=row.id,
        authority_id=row.authority_id,
        kind=row.kind.value,
        number=row.number,
        first_on=row.first_on,
        last_on=row.last_on,
        replaces_id=row.replaces_id,
    )
    record(db, fact, by=row.asked_by, now=now, behalf=row.authority_id)


def _next_number(db: Db, authority_id: UUID, year: int) -> int:
    # Numbers of reports whose time is over are not given again: the year's highest is the newest, which goes last.
    wanted = select(func.max(Report.number)).where(Report.authority_id == authority_id, Report.made_year == year)
    return (db.scalar(wanted) or 0) + 1


def count(house: House, report_id: UUID, now: datetime) -> None:
    """Count a report once and freeze what it says. Counting holds no writing transaction."""
    with house.database.reading() as db:
        row = db.get(Report, report_id)
        if row is None or row.data is not None:
            return
        said, today = setting_of(db, row.authority_id), london_day(now)
        tables = tables_of(db, row.kind, row.authority_id, (row.first_on, row.last_on), today=today)
        data = {
            "authority": people.organisation(db, row.authority_id).name,
            "kind": row.kind.value,
            "first": row.first_on.isoformat(),
            "last": row.last_on.isoformat(),
            "counted_on": today.isoformat(),
            "threshold": said.threshold,
            "tables": told(tables, said.threshold, _kept_back_before(db, row)),
        }
    with house.database.writing() as db:
        empty = Report.id == report_id, Report.digest.is_(None)
        db.execute(update(Report).where(*empty).values(data=data, digest=digest_of(data), made=Made.COUNTED))


def _kept_back_before(db: Db, row: Report) -> Collection[str]:
    """What the last report of the same kind kept back."""
    same = (Report.authority_id == row.authority_id, Report.kind == row.kind, Report.digest.is_not(None))
    data = db.scalar(select(Report.data).where(*same).order_by(Report.asked_at.desc(), Report.number.desc()).limit(1))
    if not data:
        return ()
    return {c["name"] for table in data["tables"] for line in table["rows"] for c in line["cells"] if c["hidden"]}


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of what a report says, in one spelling."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def file(db: Db, report_id: UUID, *, pdf: str, xlsx: str) -> None:
    """Keep the digests of the files a report went out as. Done twice, the first ones stay."""
    first = Report.id == report_id, Report.pdf.is_(None)
    db.execute(update(Report).where(*first).values(pdf=pdf, xlsx=xlsx, made=Made.DONE))


def set_reports(db: Db, *, authority_id: UUID, threshold: int, keep_years: int, by: UUID, now: datetime) -> None:
    """Say under how many people numbers are kept back, from the next report on, and how many years reports are kept."""
    if not hiding.LEAST <= threshold <= hiding.MOST:
        raise Refused(N_("Choose a number of people from 3 to 20."))
    if not LEAST_YEARS <= keep_years <= MOST_YEARS:
        raise Refused(N_("Choose a number of years from 1 to 30."))
    row = _setting_row(db, authority_id, by, now)
    row.threshold, row.keep_years, row.set_by, row.set_at = threshold, keep_years, by, now
    fact = ReportsSet(about=by, authority_id=authority_id, threshold=threshold, keep_years=keep_years)
    record(db, fact, by=by, now=now, behalf=authority_id)


def publish(db: Db, *, authority_id: UUID, report_id: UUID | None, by: UUID, now: datetime) -> None:
    """Put the headline counts of a report about the programme on the public page; None takes the page down.

    Refuses a report that is not made yet or was corrected since; NotFound for one of another authority or about
    something else.
    """
    if report_id is not None:
        report = db.get(Report, report_id)
        if report is None or report.authority_id != authority_id or report.kind is not ReportKind.PROGRAMME:
            raise NotFound("report")
        if report.made is not Made.DONE:
            raise Refused(N_("This report is still being made. Publish it once its files are there."))
        if queries.corrected_by(db, report_id, made=True) is not None:
            raise Refused(N_("This report was corrected. Publish the one that takes its place."))
    row = _setting_row(db, authority_id, by, now)
    row.published_id, row.published_at = report_id, now
    record(db, FiguresPublished(about=by, authority_id=authority_id, report_id=report_id), by=by, now=now)


def _setting_row(db: Db, authority_id: UUID, by: UUID, now: datetime) -> ReportSetting:
    usual = Setting()
    values = {"threshold": usual.threshold, "keep_years": usual.keep_years, "set_by": by, "set_at": now}
    add_once(db, ReportSetting(authority_id=authority_id, **values))
    return db.get_one(ReportSetting, authority_id)


def forget_old(house: House, now: datetime) -> int:
    """Delete reports older than their authority keeps them, with their files; the published one stays. How many."""
    with house.database.reading() as db:
        years = {row.authority_id: row.keep_years for row in db.scalars(select(ReportSetting))}
        kept = set(db.scalars(select(ReportSetting.published_id)))
        oldest = _years_before(now, min([*years.values(), KEEP_YEARS]))
        asked = select(Report.id, Report.authority_id, Report.asked_at).where(Report.asked_at < oldest)
        old = [
            row.id
            for row in db.execute(asked)
            if row.id not in kept and row.asked_at < _years_before(now, years.get(row.authority_id, KEEP_YEARS))
        ]
    for id in old:
        with house.database.writing() as db:
            row = db.get(Report, id)
            files = [digest for digest in (row.pdf, row.xlsx) if digest] if row else []
            db.execute(update(Report).where(Report.replaces_id == id).values(replaces_id=None))
            db.execute(delete(Report).where(Report.id == id))
            for digest in files:
                drop_unless_needed(db, house.files, digest, now=now)
    return len(old)


def _years_before(now: datetime, years: int) -> datetime:
    return now.replace(year=now.year - years, day=min(now.day, 28))
