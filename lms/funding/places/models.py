"""Tables of subsidised places: courses, who asked, every move they made, who has a place, and what showed the area.

No address, no copy of a paper, nothing about anybody's health has a column here.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, PenceColumn, UtcDateTime
from lms.funding.places.words import Need, Order, PlaceState, ProofKind, Why
from lms.funding.vocabulary import Provenance

_GOT_IN = text("enrolment_id IS NOT NULL")


class PlaceRun(Base):
    """A course with subsidised places under one item of a scheme; figures as they stood when it was opened.

    `held` repeats how many places are taken or offered. The database itself refuses one more than `quota`. `areas` are
    the codes of the areas in which a PA has to work; none: anywhere. A place costs `cost_pence`, of which the council
    and the PA each pay their part.
    """

    __tablename__ = "lms_place_run"
    __table_args__ = (
        CheckConstraint("quota IS NULL OR quota > 0", name="some_places"),
        CheckConstraint("held >= 0 AND (quota IS NULL OR held <= quota)", name="never_more_than_there_are"),
        CheckConstraint("opens_on <= closes_on AND closes_on <= starts_on AND starts_on <= ends_on", name="in_order"),
        CheckConstraint(
            "price_to_pa_pence >= 0 AND council_pence >= 0 AND price_to_pa_pence + council_pence <= cost_pence",
            name="paid_once",
        ),
        CheckConstraint("accept_days > 0", name="time_to_answer"),
        CheckConstraint("(called_off_at IS NULL) = (called_off_by IS NULL)", name="called_off_by_somebody"),
        Index("ix_lms_place_run_of", "authority_id", "starts_on"),
        Index("ix_lms_place_run_going", "called_off_at", "starts_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    scheme_edition: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(40))
    training: Mapped[str] = mapped_column(String(40), default="")
    areas: Mapped[list[str]] = mapped_column(JSON)
    title: Mapped[str] = mapped_column(String(160))
    title_cy: Mapped[str | None] = mapped_column(String(160))
    held_at: Mapped[str] = mapped_column(String(160))
    opens_on: Mapped[date] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    quota: Mapped[int | None]
    held: Mapped[int] = mapped_column(default=0)
    order: Mapped[Order] = mapped_column(Coded(Order))
    accept_days: Mapped[int]
    cost_pence: Mapped[PenceColumn]
    price_to_pa_pence: Mapped[PenceColumn]
    council_pence: Mapped[PenceColumn]
    standing: Mapped[Provenance] = mapped_column(Coded(Provenance))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    called_off_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PlaceAsk(Base):
    """Somebody's asking for a place on one course. `state` repeats the last move; `arrived` is the move that counts
    in the line, `offered_until` the last day to answer an offer."""

    __tablename__ = "lms_place_ask"
    __table_args__ = (
        UniqueConstraint("run_id", "person_id"),
        CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="offer_has_a_last_day"),
        Index("ix_lms_place_ask_line", "run_id", "state", "arrived"),
        Index("ix_lms_place_ask_until", "state", "offered_until"),
        Index("ix_lms_place_ask_person", "person_id", "state"),
        Index("ix_lms_place_ask_enrolment", "enrolment_id", sqlite_where=_GOT_IN, postgresql_where=_GOT_IN),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("lms_place_run.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_enrolment.id"))
    need: Mapped[Need] = mapped_column(Coded(Need))
    state: Mapped[PlaceState] = mapped_column(Coded(PlaceState))
    arrived: Mapped[int] = mapped_column(Counter)
    offered_until: Mapped[date | None] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlaceMove(Base):
    """One step of somebody's asking. Added, never changed; `by` is nobody when the calendar did it."""

    __tablename__ = "lms_place_move"
    __table_args__ = (
        CheckConstraint("came_from IS NULL OR came_from <> went_to", name="goes_somewhere"),
        Index("ix_lms_place_move_of", "ask_id", "number"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("lms_place_ask.id"))
    came_from: Mapped[PlaceState | None] = mapped_column(Coded(PlaceState))
    went_to: Mapped[PlaceState] = mapped_column(Coded(PlaceState))
    why: Mapped[Why | None] = mapped_column(Coded(Why))
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlaceHeld(Base):
    """Somebody has their place under an item: one, whatever they tap on two courses at once. Gone when they leave."""

    __tablename__ = "lms_place_held"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    training: Mapped[str] = mapped_column(String(40), primary_key=True)
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("lms_place_ask.id"), unique=True)


class AreaProof(Base):
    """The team saw something that shows where a PA works: what kind of thing, which area, until when it counts."""

    __tablename__ = "lms_area_proof"
    __table_args__ = (
        CheckConstraint("seen_on <= lasts_until", name="lasts_a_while"),
        Index("ix_lms_area_proof_of", "person_id", "authority_id", "lasts_until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    kind: Mapped[ProofKind] = mapped_column(Coded(ProofKind))
    area: Mapped[str] = mapped_column(String(40))
    seen_on: Mapped[date] = mapped_column(Date)
    lasts_until: Mapped[date] = mapped_column(Date)
    seen_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
