"""Tables of teams that learn. A membership is added, and marked once when it ends."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.learning.audiences import Audience

_IN_IT = text("left_on IS NULL")


class Team(Base):
    """Staff or employers of an authority who learn together. `target` is the percent that is to be trained, or none."""

    __tablename__ = "lms_team"
    __table_args__ = (
        CheckConstraint("target BETWEEN 1 AND 100", name="target_is_a_share"),
        CheckConstraint("name <> ''", name="has_a_name"),
        Index("ix_lms_team_of", "authority_id", "name"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(80))
    whom: Mapped[Audience] = mapped_column(Coded(Audience))
    target: Mapped[int | None]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TeamMember(Base):
    """Somebody is in a team from a day on; `left_on` is the first day on which they are not any more."""

    __tablename__ = "lms_team_member"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= since", name="left_after_since"),
        Index(
            "uq_lms_team_member_in_it",
            "team_id",
            "person_id",
            unique=True,
            sqlite_where=_IN_IT,
            postgresql_where=_IN_IT,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("lms_team.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    since: Mapped[date] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))


class TeamInvitation(Base):
    """Whoever joins by this invitation is in a team from that day on."""

    __tablename__ = "lms_team_invitation"

    invitation_id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("lms_team.id"), index=True)
