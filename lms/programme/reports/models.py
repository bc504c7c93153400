"""Tables of reports: what each said when it was made, and what an authority set. Private."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.programme.reports.kinds import Made, ReportKind


class Report(Base):
    """A report under its number. Once it is counted, `data` and its `digest` never change.

    The id is the form's once-only number. `data` is everything it says, exact numbers with a mark on those that are
    kept back in what goes out; None until the worker counted. `number` counts the reports an authority asked for in
    `made_year`. `replaces_id` is the report this one corrects. `pdf` and `xlsx` are the files that went out.
    """

    __tablename__ = "lms_report"
    __table_args__ = (
        UniqueConstraint("authority_id", "made_year", "number"),
        UniqueConstraint("replaces_id"),
        Index("ix_lms_report_of", "authority_id", "kind", "asked_at"),
        CheckConstraint("last_on >= first_on", name="runs_forwards"),
        CheckConstraint("(data IS NULL) = (digest IS NULL)", name="data_has_its_digest"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    kind: Mapped[ReportKind] = mapped_column(Coded(ReportKind))
    made_year: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    made: Mapped[Made] = mapped_column(Coded(Made))
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str | None] = mapped_column(String(64))
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_report.id"))
    pdf: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
    xlsx: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReportSetting(Base):
    """What an authority set: under how many people a number is kept back, and how many years reports are kept.

    `published_id` is the report whose headline counts anybody may read; None: there is no public page.
    """

    __tablename__ = "lms_report_setting"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    threshold: Mapped[int] = mapped_column(Integer)
    keep_years: Mapped[int] = mapped_column(Integer)
    published_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_report.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
