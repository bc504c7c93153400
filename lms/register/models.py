"""Tables of the register: what was seen, what PAs said of their work, and each PA's standing kept for lists."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.register.disclosures import Decision, FollowUp, StatusResult
from lms.register.kinds import Circumstance, ListingState, RequirementKind
from lms.register.reasons import Step
from lms.register.records import SAID_BY_THE_PA

_SAID = ", ".join(f"'{kind.value}'" for kind in sorted(SAID_BY_THE_PA))


class RequirementRecord(Base):
    """Something seen (or, for a few kinds, said by the PA) under one authority's requirement. Added, never changed.

    `code` is the requirement it was recorded for; it counts for every requirement of its kind that it satisfies.
    `data` holds what `records.MAY_STORE` allows for the kind. `ends_on` is the last day the document itself holds.
    """

    __tablename__ = "lms_requirement_record"
    __table_args__ = (
        Index("ix_lms_requirement_record_of", "person_id", "authority_id"),
        CheckConstraint("ends_on IS NULL OR ends_on >= seen_on", name="ends_after_seen"),
        CheckConstraint(f"by <> person_id OR kind IN ({_SAID})", name="seen_by_somebody_else"),
        CheckConstraint(f"by = person_id OR kind NOT IN ({_SAID})", name="said_by_the_pa"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    kind: Mapped[RequirementKind] = mapped_column(Coded(RequirementKind))
    code: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    seen_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DisclosureStep(Base):
    """What followed a disclosure: talked about, decided, agreed by a second person, or checked again.

    There is no text field, so that nothing of a certificate's content can be written down.
    """

    __tablename__ = "lms_disclosure_step"
    __table_args__ = (
        CheckConstraint("(step = 'status_checked') = (status_result IS NOT NULL)", name="status_when_checked"),
        CheckConstraint("(step IN ('decided', 'agreed')) = (decision IS NOT NULL)", name="decision_when_decided"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey("lms_requirement_record.id"), index=True)
    step: Mapped[FollowUp] = mapped_column(Coded(FollowUp))
    decision: Mapped[Decision | None] = mapped_column(Coded(Decision))
    status_result: Mapped[StatusResult | None] = mapped_column(Coded(StatusResult))
    done_on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CircumstanceSaid(Base):
    """What a PA said of their work to an authority; the newest answer counts."""

    __tablename__ = "lms_circumstance_said"
    __table_args__ = (Index("ix_lms_circumstance_said_of", "person_id", "authority_id"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    circumstance: Mapped[Circumstance] = mapped_column(Coded(Circumstance))
    holds: Mapped[bool]
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Standing(Base):
    """The newest verdict on a PA at an authority, kept so that a list is quick. Worked out again, not a fact.

    `rules` names exactly the rules it rests on, `verdict` is what the columns do not say. `holds_until` is the first
    day on which the calendar changes it. `lapses_on` is the first day on which a PA listed today is listed no more by
    the calendar alone, days of grace counted. `next_step` is the one thing that helps most, for the requirement
    `next_for`. `turn` counts how often it was worked out: whoever worked it out beside a fact that came in between
    knows by it. `ended_on` is the last day as a PA there.
    """

    __tablename__ = "lms_standing"
    __table_args__ = (
        UniqueConstraint("person_id", "authority_id"),
        Index("ix_lms_standing_list", "authority_id", "ended_on", "state", "holds_until"),
        Index("ix_lms_standing_due", "holds_until"),
        Index("ix_lms_standing_lapses", "authority_id", "lapses_on"),
        Index("ix_lms_standing_next", "authority_id", "next_step"),
        Index("ix_lms_standing_rules", "authority_id", "rules"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    state: Mapped[ListingState] = mapped_column(Coded(ListingState))
    edition: Mapped[str] = mapped_column(String(20))
    rules: Mapped[str] = mapped_column(String(20), default="", server_default="")
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    missing: Mapped[int]
    holds_until: Mapped[date | None] = mapped_column(Date)
    lapses_on: Mapped[date | None] = mapped_column(Date)
    next_step: Mapped[Step | None] = mapped_column(Coded(Step))
    next_for: Mapped[str | None] = mapped_column(String(40))
    turn: Mapped[int] = mapped_column(default=0, server_default="0")
    worked_out_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_on: Mapped[date | None] = mapped_column(Date)


class StandingLack(Base):
    """A requirement a PA's standing lacks, mandatory or recommended, so that a list can be narrowed down by it."""

    __tablename__ = "lms_standing_lack"
    __table_args__ = (Index("ix_lms_standing_lack_person_id", "person_id", "authority_id"),)

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)


class Reread(Base):
    """Everybody's standing at an authority is being worked out again: how far it is. One is open at a time."""

    __tablename__ = "lms_reread"
    __table_args__ = (
        Index(
            "uq_lms_reread_open",
            "authority_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    total: Mapped[int]
    done: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
