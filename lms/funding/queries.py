"""Read claims and verdicts. Everything a page may show is narrowed here to the authorities given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, func, select
from sqlalchemy.orm import aliased

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.types import Pence
from lms.core.words import NotFound
from lms.funding.asked import Asked, Earlier
from lms.funding.content import Schemes
from lms.funding.models import Claim, ClaimCost, ClaimMove
from lms.funding.reasons import Verdict, verdict_from
from lms.funding.rules import claimable
from lms.funding.scheme import Scheme
from lms.funding.trainings import Training
from lms.funding.vocabulary import ClaimantKind, ClaimState, EvidenceKind, Provenance
from lms.people import queries as people
from lms.people.queries import OrganisationView

_Row = Row[*tuple[Any, ...]]

OPEN_STATES = (ClaimState.DRAFT, ClaimState.NEEDS_ACTION)
"""Claims somebody here still has to do something about."""


@dataclass(frozen=True, kw_only=True)
class ClaimView:
    """A claim as pages show it. `verdict` is the latest: after a recorded cost the one that came of it."""

    id: UUID
    scheme: str
    scheme_edition: str
    scheme_title: Words
    item: str
    item_title: Words
    training: str
    state: ClaimState
    learner_id: UUID
    authority_id: UUID
    enrolment_id: UUID
    learner_name: str
    claimant_name: str
    rate_pence: Pence
    rate_standing: Provenance
    amount_at_most_pence: Pence
    drafted_at: datetime
    verdict: Verdict
    evidence_is_fact: bool
    cost_pence: Pence | None
    paid_on: date | None


@dataclass(frozen=True, kw_only=True)
class MoveView:
    """One step of a claim's history."""

    came_from: ClaimState | None
    went_to: ClaimState
    reason: str
    by_name: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SchemeVerdict:
    """What one scheme says to one training, who would claim, and what was asked to find out."""

    scheme: Scheme
    verdict: Verdict
    asked: Asked
    claimant: OrganisationView | None


def claims_in(
    db: Db,
    authority_ids: Collection[UUID],
    *,
    state: ClaimState | None = None,
    offset: int = 0,
    limit: int = 50,
) -> list[ClaimView]:
    """Claims behind these walls, newest first; a constant number of queries however many there are."""
    wanted = select(*_CLAIM).where(*_within(authority_ids, state))
    page = wanted.order_by(Claim.drafted_at.desc(), Claim.id).offset(offset).limit(limit)
    return _views(db, db.execute(page).all())


def count_claims_in(db: Db, authority_ids: Collection[UUID], *, state: ClaimState | None = None) -> int:
    """How many claims there are behind these walls."""
    if state is None:
        return sum(count_by_state(db, authority_ids).values())
    return columns(db, _COUNT_IN_STATE, {"authority_ids": list(authority_ids), "state": state}).scalar_one()


def count_by_state(db: Db, authority_ids: Collection[UUID]) -> Mapping[ClaimState, int]:
    """How many claims stand in each state."""
    return dict(columns(db, _BY_STATE, {"authority_ids": list(authority_ids)}).all())


_BEHIND = Claim.authority_id.in_(bindparam("authority_ids", expanding=True))
_BY_STATE = select(Claim.state, func.count()).where(_BEHIND).group_by(Claim.state)
_COUNT_IN_STATE = select(func.count()).where(_BEHIND, Claim.state == bindparam("state"))
"""Put together once: the home page of whoever works on claims counts them."""


def _within(authority_ids: Collection[UUID], state: ClaimState | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Claim.authority_id.in_(authority_ids)]
    if state is not None:
        conditions.append(Claim.state == state)
    return conditions


def claim(db: Db, claim_id: UUID, *, within: Collection[UUID]) -> ClaimView:
    """One claim behind one of these walls. Raises NotFound, the same whether it is absent or behind another wall."""
    found = db.execute(select(*_CLAIM).where(Claim.id == claim_id, *_within(within, None))).one_or_none()
    if found is None:
        raise NotFound("claim")
    return _views(db, [found])[0]


def moves_of(db: Db, claim_id: UUID) -> list[MoveView]:
    """A claim's history, oldest first. The caller has looked at the wall."""
    rows = list(db.scalars(select(ClaimMove).where(ClaimMove.claim_id == claim_id).order_by(ClaimMove.at)))
    names = people.persons(db, {row.by for row in rows if row.by})
    return [
        MoveView(
            came_from=row.came_from,
            went_to=row.went_to,
            reason=row.reason,
            by_name=names[row.by].name if row.by in names else None,
            at=row.at,
        )
        for row in rows
    ]


def claims_for(db: Db, learner_id: UUID, training: str, *, within: Collection[UUID]) -> dict[tuple[str, str], UUID]:
    """The claims behind these walls that were opened for a learner's training, by scheme and item."""
    rows = db.execute(
        select(Claim.scheme, Claim.item, Claim.id).where(
            Claim.learner_id == learner_id, Claim.training == training, Claim.authority_id.in_(within)
        )
    )
    return {(scheme, item): claim_id for scheme, item, claim_id in rows}


_SHOWN = (
    Claim.id,
    Claim.scheme,
    Claim.scheme_edition,
    Claim.item,
    Claim.training,
    Claim.state,
    Claim.learner_id,
    Claim.authority_id,
    Claim.enrolment_id,
    Claim.rate_pence,
    Claim.rate_standing,
    Claim.amount_at_most_pence,
    Claim.drafted_at,
)
"""What a page shows as it stands."""

_CLAIM = (
    *_SHOWN,
    Claim.claimant_id,
    Claim.verdict,
    Claim.terms["title"].label("scheme_title"),
    Claim.terms[("items", 0, "title")].label("item_title"),
    Claim.terms["evidence_provenance"].label("evidence"),
)
"""What is read for it: of the terms, which hold the whole scheme, the database takes out the little that is shown."""


def _views(db: Db, rows: Sequence[_Row]) -> list[ClaimView]:
    learners = people.persons(db, {row.learner_id for row in rows})
    claimants = people.organisations(db, {row.claimant_id for row in rows if row.claimant_id})
    costs = _latest_costs(db, [row.id for row in rows])
    return [_view(row, learners, claimants, costs.get(row.id)) for row in rows]


_later = aliased(ClaimCost)
_LATEST = select(func.max(_later.at)).where(_later.claim_id == ClaimCost.claim_id).correlate(ClaimCost)
_LATEST_COSTS = select(ClaimCost.claim_id, ClaimCost.cost_pence, ClaimCost.paid_on, ClaimCost.verdict).where(
    ClaimCost.claim_id.in_(bindparam("claim_ids", expanding=True)), ClaimCost.at == _LATEST.scalar_subquery()
)


def _latest_costs(db: Db, claim_ids: list[UUID]) -> dict[UUID, _Row]:
    if not claim_ids:
        return {}
    return {row.claim_id: row for row in columns(db, _LATEST_COSTS, {"claim_ids": claim_ids})}


def _view(row: _Row, learners: Mapping[UUID, Any], claimants: Mapping[UUID, Any], cost: _Row | None) -> ClaimView:
    learner = learners[row.learner_id].name
    return ClaimView(
        **{column.key: getattr(row, column.key) for column in _SHOWN},
        scheme_title=Words.model_validate(row.scheme_title),
        item_title=Words.model_validate(row.item_title),
        learner_name=learner,
        claimant_name=claimants[row.claimant_id].name if row.claimant_id else learner,
        verdict=verdict_from(cost.verdict if cost else row.verdict),
        evidence_is_fact=row.evidence in {None, Provenance.OFFICIAL},
        cost_pence=cost.cost_pence if cost else None,
        paid_on=cost.paid_on if cost else None,
    )


def verdicts_for(db: Db, training: Training, *, on: date) -> list[SchemeVerdict]:
    """What every scheme says to a training on a day, claimable ones first, then in order of code."""
    earlier = _earlier(db, training.learner_id)
    found = [_verdict(shelf(db, Schemes), scheme, training, earlier, on) for scheme in shelf(db, Schemes).all]
    return sorted(found, key=lambda f: not f.verdict.claimable)


def _verdict(schemes: Schemes, scheme: Scheme, training: Training, earlier: list[Claim], on: date) -> SchemeVerdict:
    kind = _claimant(scheme, training)
    claimant = training.claimants.get(kind)
    claimant_id = claimant.id if claimant else None
    covered = schemes.covering(training.authority.code, scheme.code, training.code)
    adopted = schemes.adoption(training.authority.code, scheme.code)
    asked = Asked(
        item=covered.item if covered else training.code,
        training=training.code,
        days=covered.days if covered else None,
        days_provenance=adopted.provenance if adopted else Provenance.ILLUSTRATIVE,
        nation=training.authority.nation,
        area=training.authority.code,
        claimant=kind,
        learner=training.learner,
        started_on=training.started_on,
        completed_on=training.completed_on,
        certificate_on=training.completed_on if training.certificate_id else None,
        evidence=frozenset({EvidenceKind.CERTIFICATE} if training.certificate_id else ()),
        earlier=tuple(_plain(row, ours=claimant_id is not None and row.claimant_id == claimant_id) for row in earlier),
    )
    return SchemeVerdict(scheme=scheme, verdict=claimable(scheme, asked, on=on), asked=asked, claimant=claimant)


def _claimant(scheme: Scheme, training: Training) -> ClaimantKind:
    """Who would claim: the first kind the scheme allows that there is here, else whoever employs, else the PA."""
    usual = (ClaimantKind.INDIVIDUAL_EMPLOYER, ClaimantKind.PERSONAL_ASSISTANT)
    return next(kind for kind in (*scheme.claimants, *usual) if kind in training.claimants)


def _earlier(db: Db, learner_id: UUID) -> list[Claim]:
    return list(db.scalars(select(Claim).where(Claim.learner_id == learner_id).limit(1000)))


def _plain(row: Claim, *, ours: bool) -> Earlier:
    return Earlier(
        scheme=row.scheme, state=row.state, item=row.item, training=row.training, part=row.part, same_claimant=ours
    )
