"""Table of lines that administrators looked up in the official document. Rows are added, never changed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.lines.rules import Simulated
from lms.assessment.rules import Kind
from lms.assessment.shelf.parts import Looked
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class LineCheckRow(Base):
    """A line as an administrator found it in the official document: confirmed, or corrected to what stands here.

    Of one line the latest row holds; the earlier ones are kept. It is the authority's own: others do not see it.
    The id is the form's once-only number. `text_en` and `text_cy` are our paraphrase, never the official words.
    """

    __tablename__ = "lms_line_check"
    __table_args__ = (
        CheckConstraint("looked IN ('confirmed', 'corrected')", name="says_something"),
        CheckConstraint("text_en <> '' AND looked_up_in <> ''", name="says_where"),
        Index("ix_lms_line_check_of", "authority_id", "framework", "edition", "line"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    line: Mapped[str] = mapped_column(String(80))
    looked: Mapped[Looked] = mapped_column(Coded(Looked))
    code: Mapped[str | None] = mapped_column(String(40))
    text_en: Mapped[str] = mapped_column(String(200))
    text_cy: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[Kind] = mapped_column(Coded(Kind))
    simulation: Mapped[Simulated] = mapped_column(Coded(Simulated))
    looked_up_in: Mapped[str] = mapped_column(String(300))
    document_on: Mapped[date | None] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
