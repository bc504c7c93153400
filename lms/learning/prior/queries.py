"""Read prior learning: what a learner offered, what waits for a decision, and what was decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Select, Uuid, and_, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.learning.models import Enrolment
from lms.learning.prior.models import PriorDecision, PriorOffer, PriorTakenBack
from lms.learning.prior.rules import OfferState, state_of
from lms.learning.writing.waiting import Scope
from lms.people import queries as people


@dataclass(frozen=True)
class DecisionView:
    """What was decided about an offer. `accepted` may be empty."""

    accepted: tuple[str, ...]
    reason: str
    by_name: str
    behalf: UUID
    at: datetime


@dataclass(frozen=True)
class OfferView:
    """An offer of prior learning; `paper` is the digest of a file, `certificate` the number of one issued here."""

    id: UUID
    enrolment_id: UUID
    learner_id: UUID
    authority_id: UUID
    learner_name: str
    module: str
    edition: str
    outcomes: tuple[str, ...]
    title: str
    earned_on: date | None
    says: str
    paper: str | None
    certificate: str | None
    offered_at: datetime
    taken_back: bool
    decision: DecisionView | None

    @property
    def state(self) -> OfferState:
        """Where it stands."""
        return state_of(self.decision.accepted if self.decision else None, taken_back=self.taken_back)


def offer(db: Db, offer_id: UUID) -> OfferView:
    """One offer. Raises NotFound."""
    found = _offers(db, PriorOffer.id == offer_id)
    if not found:
        raise NotFound("offer")
    return found[0]


def own_offer(db: Db, offer_id: UUID, learner_id: UUID) -> OfferView:
    """A learner's own offer. Raises NotFound for anybody else's."""
    found = offer(db, offer_id)
    if found.learner_id != learner_id:
        raise NotFound("offer")
    return found


def offers_of(db: Db, learner_id: UUID, *, enrolment_id: UUID | None = None, limit: int = 100) -> list[OfferView]:
    """What a learner offered, the latest first."""
    here = [PriorOffer.enrolment_id == enrolment_id] if enrolment_id else []
    return _offers(db, PriorOffer.learner_id == learner_id, *here, limit=limit)


def decided_since(db: Db, learner_id: UUID, since: datetime) -> list[OfferView]:
    """A learner's offers decided since a moment, the latest first."""
    return _shown(db, db.execute(_DECIDED, {"learner_id": learner_id, "since": since}).all())


def waiting(db: Db, scope: Scope, *, offset: int = 0, limit: int | None = None) -> list[OfferView]:
    """The offers that wait for somebody with this scope, the oldest first."""
    return _offers(db, _waits_in(scope), oldest_first=True, offset=offset, limit=limit)


def count_waiting(db: Db, scope: Scope) -> int:
    """How many offers wait for somebody with this scope."""
    values = {"reader": scope.reader, "enrolments": list(scope.enrolments), "authorities": list(scope.authorities)}
    return columns(db, _COUNT_WAITING, values).scalar_one()


def count_since(db: Db, learner_id: UUID, since: datetime) -> int:
    """How many offers a learner has made since a moment."""
    made = select(func.count()).where(PriorOffer.learner_id == learner_id, PriorOffer.offered_at > since)
    return db.scalar(made) or 0


def _waits_in(scope: Scope) -> ColumnElement[bool]:
    here = or_(PriorOffer.enrolment_id.in_(scope.enrolments), PriorOffer.authority_id.in_(scope.authorities))
    running = select(Enrolment.id).where(Enrolment.id == PriorOffer.enrolment_id, Enrolment.ended_at.is_(None))
    open_ = and_(PriorDecision.id.is_(None), PriorTakenBack.offer_id.is_(None))
    return and_(here, open_, PriorOffer.learner_id != scope.reader, running.exists())


def _joined(wanted: Any) -> Any:
    return (
        wanted.select_from(PriorOffer)
        .outerjoin(PriorDecision, PriorDecision.offer_id == PriorOffer.id)
        .outerjoin(PriorTakenBack, PriorTakenBack.offer_id == PriorOffer.id)
    )


_ANY_SCOPE: Any = Scope(
    reader=bindparam("reader", type_=Uuid()),  # type: ignore[arg-type]  # what a statement is put together with once
    enrolments=bindparam("enrolments", type_=Uuid(), expanding=True),  # type: ignore[arg-type]
    authorities=bindparam("authorities", type_=Uuid(), expanding=True),  # type: ignore[arg-type]
)
_COUNT_WAITING: Select[int] = _joined(select(func.count())).where(_waits_in(_ANY_SCOPE))


def _offers(
    db: Db, *conditions: ColumnElement[bool], oldest_first: bool = False, offset: int = 0, limit: int | None = None
) -> list[OfferView]:
    order = PriorOffer.offered_at if oldest_first else PriorOffer.offered_at.desc()
    wanted = _joined(select(PriorOffer, PriorDecision, PriorTakenBack.at)).where(*conditions)
    return _shown(db, db.execute(wanted.order_by(order, PriorOffer.id).offset(offset).limit(limit)).all())


_DECIDED = (  # put together once, since every home page of a learner asks it
    _joined(select(PriorOffer, PriorDecision, PriorTakenBack.at))
    .where(PriorOffer.learner_id == bindparam("learner_id"), PriorDecision.decided_at >= bindparam("since"))
    .order_by(PriorOffer.offered_at.desc(), PriorOffer.id)
    .limit(3)
)


def _shown(db: Db, rows: Sequence[Any]) -> list[OfferView]:
    names = _names(db, {row.learner_id for row, _, _ in rows} | {made.decided_by for _, made, _ in rows if made})
    return [_view(row, made, back is not None, names) for row, made, back in rows]


def _names(db: Db, wanted: Collection[UUID]) -> dict[UUID, str]:
    return {person_id: person.name for person_id, person in people.persons(db, wanted).items()} if wanted else {}


def _view(row: PriorOffer, made: PriorDecision | None, taken_back: bool, names: dict[UUID, str]) -> OfferView:  # noqa: FBT001  a column
    decision = None
    if made is not None:
        decision = DecisionView(tuple(made.accepted), made.reason, names[made.decided_by], made.behalf, made.decided_at)
    return OfferView(
        id=row.id,
        enrolment_id=row.enrolment_id,
        learner_id=row.learner_id,
        authority_id=row.authority_id,
        learner_name=names[row.learner_id],
        module=row.module,
        edition=row.edition,
        outcomes=tuple(row.outcomes),
        title=row.title,
        earned_on=row.earned_on,
        says=row.says,
        paper=row.paper,
        certificate=row.certificate,
        offered_at=row.offered_at,
        taken_back=taken_back,
        decision=decision,
    )


ANY: Select[UUID] = select(PriorOffer.id).where(
    or_(
        PriorOffer.learner_id == bindparam("prior_of"),
        PriorOffer.authority_id.in_(bindparam("prior_in", expanding=True)),
        bindparam("prior_anywhere", type_=Boolean()),
    )
)
"""Whether there ever was an offer of somebody, behind some walls, or at all."""
