"""Tables of looks at what a change of rules would do, of when a change is told, and of whom it was told to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.register.changing.rules import MOST_DAYS_BEFORE, Effect
from lms.register.kinds import ListingState


class RuleLook(Base):
    """Somebody asked what a change would do, or PALMS did before telling (`asked_by` None). The id is the form's own.

    Of a draft, `version` is the one that was looked at. Verdicts are of the day `judged_on`, from what was recorded
    when its turn came; `after` is the last PA that was looked at. `numbers` counts effects, and codes by effect.
    """

    __tablename__ = "lms_rule_look"
    __table_args__ = (
        CheckConstraint("draft_id IS NULL OR version IS NOT NULL", name="of_one_version"),
        Index("ix_lms_rule_look_of", "authority_id", "asked_at"),
        Index("ix_lms_rule_look_draft", "draft_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    draft_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_register_draft.id"))
    version: Mapped[int | None]
    edition: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date] = mapped_column(Date)
    judged_on: Mapped[date] = mapped_column(Date)
    tells: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    after: Mapped[UUID | None]
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    overtaken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RuleLookLine(Base):
    """A PA whom a change would affect: where they stand by the rules without it and with it, and by which codes."""

    __tablename__ = "lms_rule_look_line"
    __table_args__ = (Index("ix_lms_rule_look_line_effect", "look_id", "effect", "person_id"),)

    look_id: Mapped[UUID] = mapped_column(ForeignKey("lms_rule_look.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    effect: Mapped[Effect] = mapped_column(Coded(Effect))
    was: Mapped[ListingState] = mapped_column(Coded(ListingState))
    will: Mapped[ListingState] = mapped_column(Coded(ListingState))
    more: Mapped[list[str]] = mapped_column(JSON)
    fewer: Mapped[list[str]] = mapped_column(JSON)


class RuleChange(Base):
    """A published change that is to come, and when those affected are told. `next_on` None: nothing is left to tell."""

    __tablename__ = "lms_rule_change"
    __table_args__ = (
        CheckConstraint(f"days_before BETWEEN 1 AND {MOST_DAYS_BEFORE}", name="days_in_range"),
        Index("ix_lms_rule_change_due", "next_on"),
    )

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    edition: Mapped[str] = mapped_column(String(20), primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date, primary_key=True)
    days_before: Mapped[int]
    next_on: Mapped[date | None] = mapped_column(Date)
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RuleChangeTold(Base):
    """A PA was told of a change that is to come. Once for each change and PA."""

    __tablename__ = "lms_rule_change_told"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    edition: Mapped[str] = mapped_column(String(20), primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date, primary_key=True)
    effect: Mapped[Effect] = mapped_column(Coded(Effect))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
