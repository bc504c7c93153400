"""Read claims and their lines. Everything a page may show is narrowed here to the authorities given."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, false, func, or_, select

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.funding.claims.models import Claim, ClaimLine, ClaimLook, ClaimSubmission
from lms.funding.claims.proving import to_prove
from lms.funding.claims.reading import (
    DecisionView,
    LookView,
    Related,
    count_looks,
    decisions_of,
    looks_of,
    moves_of,
    recoveries_of,
    related,
)
from lms.funding.claims.readings import asked_from
from lms.funding.claims.shown import (
    OPEN_STATES,
    ClaimRow,
    ClaimView,
    LineView,
    MoveView,
    SubmissionView,
    Sums,
    Wanted,
)
from lms.funding.claims.verdicts import EarlierLine, SchemeVerdict, earlier_of, verdict_of, verdicts_for, verdicts_of
from lms.funding.reasons import verdict_from
from lms.funding.vocabulary import ClaimState, Provenance
from lms.people import queries as people

__all__ = [
    "OPEN_STATES",
    "ClaimRow",
    "ClaimView",
    "DecisionView",
    "EarlierLine",
    "LineView",
    "LookView",
    "MoveView",
    "Related",
    "SchemeVerdict",
    "SubmissionView",
    "Sums",
    "Wanted",
    "claim",
    "claims_for",
    "claims_in",
    "count_by_state",
    "count_looks",
    "decisions_of",
    "earlier_of",
    "first_line",
    "line",
    "lines_by_id",
    "lines_of",
    "lines_of_learner",
    "looks_of",
    "moves_of",
    "recoveries_of",
    "related",
    "row",
    "states_of",
    "submission",
    "submissions_of",
    "to_prove",
    "verdict_of",
    "verdicts_for",
    "verdicts_of",
    "with_learner",
]

_Row = Row[*tuple[Any, ...]]


ALL = Wanted()


def claims_in(
    db: Db,
    authority_ids: Collection[UUID],
    *,
    state: ClaimState | None = None,
    wanted: Wanted = ALL,
    offset: int = 0,
    limit: int = 50,
) -> list[ClaimRow]:
    """Claims behind these walls, newest first; a constant number of queries however many there are."""
    conditions = _within(authority_ids, state, wanted)
    page = (
        select(*_CLAIM)
        .where(*conditions)
        .order_by(Claim.drafted_at.desc(), Claim.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return _rows(db, db.execute(page).all())


def count_by_state(db: Db, authority_ids: Collection[UUID]) -> Mapping[ClaimState, int]:
    """How many claims stand in each state."""
    return dict(columns(db, _BY_STATE, {"authority_ids": list(authority_ids)}).all())


def states_of(
    db: Db, authority_ids: Collection[UUID], claimant_ids: Collection[UUID]
) -> set[tuple[UUID | None, ClaimState]]:
    """In which states claims of these organisations stand behind these walls: pairs of organisation and state."""
    values = {"authority_ids": list(authority_ids), "claimant_ids": list(claimant_ids)}
    return {(claimant, state) for claimant, state in columns(db, _STATES_OF, values)}


_BEHIND = Claim.authority_id.in_(bindparam("authority_ids", expanding=True))
_BY_STATE = select(Claim.state, func.count()).where(_BEHIND).group_by(Claim.state)
_STATES_OF = select(Claim.claimant_id, Claim.state).where(
    _BEHIND, Claim.claimant_id.in_(bindparam("claimant_ids", expanding=True))
)
"""Put together once: home pages of whoever works on claims, and of households, ask for them."""


def _within(
    authority_ids: Collection[UUID], state: ClaimState | None = None, wanted: Wanted = ALL
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Claim.authority_id.in_(authority_ids)]
    for column, value in ((Claim.state, state or wanted.state), (Claim.scheme, wanted.scheme)):
        if value is not None:
            conditions.append(column == value)
    if wanted.claimant is not None:
        conditions.append(or_(Claim.claimant_id == wanted.claimant, Claim.claimant_person_id == wanted.claimant))
    if wanted.older_than is not None:
        conditions.append(Claim.state_since < wanted.older_than)
    if wanted.text:
        referenced = Claim.reference.icontains(wanted.text, autoescape=True)
        named = select(ClaimLine.claim_id).where(ClaimLine.learner_id.in_(wanted.learners))
        conditions.append(or_(referenced, Claim.id.in_(named)) if wanted.learners else referenced)
    if wanted.needs_look:
        line = select(ClaimLine.claim_id).join(ClaimLook, ClaimLook.line_id == ClaimLine.id)
        conditions.append(Claim.id.in_(line.where(ClaimLook.looked_at.is_(None))))
    return conditions


def claim(db: Db, claim_id: UUID, *, within: Collection[UUID]) -> ClaimView:
    """One claim behind one of these walls. Raises NotFound, the same whether it is absent or behind another wall."""
    found = columns(db, _ONE_BEHIND, {"claim_id": claim_id, "authority_ids": list(within)}).one_or_none()
    if found is None:
        raise NotFound("claim")
    row = _rows(db, [found], alone=False)[0]
    return ClaimView(**{**vars(row), "lines": tuple(lines_of(db, [claim_id]))})


def row(db: Db, claim_id: UUID) -> ClaimRow:
    """A claim without its lines, wherever it is. The caller has looked at the wall. Raises NotFound."""
    found = db.execute(select(*_CLAIM).where(Claim.id == claim_id)).one_or_none()
    if found is None:
        raise NotFound("claim")
    return _rows(db, [found], alone=False)[0]


def first_line(db: Db, claim_id: UUID) -> UUID | None:
    """The line that was put into a claim first, of those that are still in it."""
    wanted = select(ClaimLine.id).where(ClaimLine.claim_id == claim_id, _IN)
    return db.scalars(wanted.order_by(ClaimLine.added_at, ClaimLine.id).limit(1)).first()


_SUBMITTED: Select[*tuple[Any, ...]] = select(
    ClaimSubmission.id,
    ClaimSubmission.claim_id,
    Claim.authority_id,
    ClaimSubmission.number,
    ClaimSubmission.on_day,
    ClaimSubmission.at,
    ClaimSubmission.by,
    ClaimSubmission.behalf_id,
    ClaimSubmission.permission_id,
    ClaimSubmission.total_pence,
    ClaimSubmission.justification,
).join(Claim, Claim.id == ClaimSubmission.claim_id)


_ALL_SUBMITTED = _SUBMITTED.where(ClaimSubmission.claim_id == bindparam("claim_id")).order_by(ClaimSubmission.number)


def submission(db: Db, submission_id: UUID) -> SubmissionView:
    """One submission. The caller has looked at the wall. Raises NotFound."""
    found = db.execute(_SUBMITTED.where(ClaimSubmission.id == submission_id)).one_or_none()
    if found is None:
        raise NotFound("submission")
    return SubmissionView(**found._asdict())


def submissions_of(db: Db, claim_id: UUID) -> list[SubmissionView]:
    """Every time a claim was sent in, the first first. The caller has looked at the wall."""
    return [SubmissionView(**row._asdict()) for row in columns(db, _ALL_SUBMITTED, {"claim_id": claim_id})]


def claims_for(
    db: Db, learner_id: UUID, training: str, *, within: Collection[UUID], live: bool = False
) -> dict[tuple[str, str], UUID]:
    """The newest claims behind these walls that were opened for a learner's training, by scheme and item.

    `live` leaves out those that were withdrawn, rejected or taken back.
    """
    over = (ClaimState.WITHDRAWN, ClaimState.REJECTED, ClaimState.RECOVERED) if live else ()
    rows = db.execute(
        select(ClaimLine.scheme, ClaimLine.item, Claim.id)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(ClaimLine.learner_id == learner_id, ClaimLine.training == training, Claim.authority_id.in_(within))
        .where(ClaimLine.taken_out_at.is_(None), Claim.state.not_in(over))
        .order_by(ClaimLine.added_at)
    )
    return {(scheme, item): claim_id for scheme, item, claim_id in rows}


_CLAIM = (
    Claim.id,
    Claim.reference,
    Claim.shape,
    Claim.scheme,
    Claim.scheme_edition,
    Claim.scheme_title,
    Claim.authority_id,
    Claim.claimant_id,
    Claim.claimant_person_id,
    Claim.claimant_kind,
    Claim.state,
    Claim.state_since,
    Claim.drafted_at,
    Claim.opened_by,
    Claim.resubmits_id,
    Claim.justification,
    Claim.version,
)
_ONE_BEHIND: Select[*tuple[Any, ...]] = select(*_CLAIM).where(Claim.id == bindparam("claim_id"), _BEHIND)

_IN = ClaimLine.taken_out_at.is_(None)
_CLAIM_IDS = ClaimLine.claim_id.in_(bindparam("claim_ids", expanding=True))
_SUMS: Select[*tuple[Any, ...]] = (
    select(
        ClaimLine.claim_id,
        func.count().label("lines"),
        func.count(ClaimLine.learner_id.distinct()).label("learners"),
        func.sum(ClaimLine.payable_pence).label("payable"),
        func.count().filter(ClaimLine.cost_known.is_(false())).label("unknown"),
        func.sum(ClaimLine.approved_pence).label("approved"),
        func.sum(ClaimLine.paid_pence).label("paid"),
        func.sum(ClaimLine.recovered_pence).label("recovered"),
        func.min(ClaimLine.last_day).label("last_day"),
    )
    .where(_CLAIM_IDS, _IN)
    .group_by(ClaimLine.claim_id)
)

_SHOWN = (
    ClaimLine.id,
    ClaimLine.claim_id,
    ClaimLine.learner_id,
    ClaimLine.scheme,
    ClaimLine.training,
    ClaimLine.item,
    ClaimLine.part,
    ClaimLine.enrolment_id,
    ClaimLine.certificate_id,
    ClaimLine.first_line_id,
    ClaimLine.rate_pence,
    ClaimLine.rate_standing,
    ClaimLine.amount_at_most_pence,
    ClaimLine.payable_pence,
    ClaimLine.cost_known,
    ClaimLine.approved_pence,
    ClaimLine.paid_pence,
    ClaimLine.recovered_pence,
    ClaimLine.last_day,
    ClaimLine.last_act,
    ClaimLine.added_at,
    ClaimLine.taken_out_at,
)
"""What a page shows as it stands."""

_EVIDENCE = ClaimLine.terms["evidence_provenance"].label("evidence")
_LINE = (*_SHOWN, ClaimLine.item_title, ClaimLine.asked, ClaimLine.verdict, _EVIDENCE)
"""What is read for it: of the terms, which hold the whole scheme, the database takes out the little that is shown."""

_LINES: Select[*tuple[Any, ...]] = (
    select(*_LINE).where(_CLAIM_IDS, _IN).order_by(ClaimLine.claim_id, ClaimLine.added_at, ClaimLine.id)
)
_ONE_LINE: Select[*tuple[Any, ...]] = select(
    ClaimLine.claim_id, ClaimLine.learner_id, ClaimLine.training, ClaimLine.verdict
).where(_CLAIM_IDS, _IN)


def lines_of(db: Db, claim_ids: Collection[UUID]) -> list[LineView]:
    """The lines that are still in these claims. The caller has looked at the wall."""
    return _lines(db, columns(db, _LINES, {"claim_ids": list(claim_ids)}).all()) if claim_ids else []


def line(db: Db, line_id: UUID) -> LineView:
    """One line, whatever became of it. The caller has looked at the wall. Raises NotFound."""
    found = db.execute(select(*_LINE).where(ClaimLine.id == line_id)).all()
    if not found:
        raise NotFound("line")
    return _lines(db, found)[0]


def lines_by_id(db: Db, line_ids: Collection[UUID]) -> dict[UUID, LineView]:
    """These lines, whatever became of them. The caller has looked at the wall."""
    rows = db.execute(select(*_LINE).where(ClaimLine.id.in_(line_ids))).all() if line_ids else []
    return {each.id: each for each in _lines(db, rows)}


def lines_of_learner(db: Db, learner_id: UUID, *, within: Collection[UUID]) -> list[LineView]:
    """Every line for a learner behind these walls, oldest first."""
    mine = select(*_LINE).join(Claim, Claim.id == ClaimLine.claim_id)
    wanted = mine.where(ClaimLine.learner_id == learner_id, Claim.authority_id.in_(within), _IN)
    return _lines(db, db.execute(wanted.order_by(ClaimLine.added_at)).all())


def with_learner(db: Db, learner_id: UUID, authority_id: UUID) -> list[UUID]:
    """The claims behind an authority's wall that have a line for a learner, by id alone. One query."""
    return [row[0] for row in columns(db, _WITH_LEARNER, {"learner_id": learner_id, "authority_id": authority_id})]


_WITH_LEARNER = (
    select(ClaimLine.claim_id)
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(ClaimLine.learner_id == bindparam("learner_id"), Claim.authority_id == bindparam("authority_id"), _IN)
    .distinct()
)


def _lines(db: Db, rows: Sequence[_Row]) -> list[LineView]:
    learners = people.persons(db, {row.learner_id for row in rows})
    return [
        LineView(
            **{column.key: getattr(row, column.key) for column in _SHOWN},
            learner_name=learners[row.learner_id].name,
            item_title=Words.model_validate(row.item_title),
            asked=asked_from(row.asked),
            verdict=verdict_from(row.verdict),
            evidence_is_fact=row.evidence in {None, Provenance.OFFICIAL, Provenance.CONFIRMED},
        )
        for row in rows
    ]


def _rows(db: Db, rows: Sequence[_Row], *, alone: bool = True) -> list[ClaimRow]:
    claimants = people.organisations(db, {row.claimant_id for row in rows if row.claimant_id})
    sums = _sums(db, [row.id for row in rows])
    single = [row.id for row in rows if alone and sums[row.id].learners == 1]
    only = {row.claim_id: row for row in columns(db, _ONE_LINE, {"claim_ids": single})} if single else {}
    persons = {row.claimant_person_id for row in rows if row.claimant_person_id}
    names = people.persons(db, persons | {row.learner_id for row in only.values()})
    return [
        ClaimRow(
            **{column.key: getattr(row, column.key) for column in _CLAIM if column is not Claim.scheme_title},
            scheme_title=Words.model_validate(row.scheme_title),
            claimant_name=(claimants[row.claimant_id] if row.claimant_id else names[row.claimant_person_id]).name,
            sums=sums[row.id],
            **_only(only.get(row.id), names, sums[row.id].lines),
        )
        for row in rows
    ]


def _only(line: _Row | None, names: Mapping[UUID, people.PersonView], lines: int) -> dict[str, Any]:
    if line is None:
        return {}
    name = names[line.learner_id].name
    if lines > 1:  # several lines have each their own training and verdict; whom they are for is one answer
        return {"learner_name": name}
    return {"learner_name": name, "training": line.training, "verdict": verdict_from(line.verdict)}


def _sums(db: Db, claim_ids: list[UUID]) -> dict[UUID, Sums]:
    found = {claim_id: Sums() for claim_id in claim_ids}
    if claim_ids:
        for row in columns(db, _SUMS, {"claim_ids": claim_ids}):
            found[row.claim_id] = Sums(
                lines=row.lines,
                learners=row.learners,
                payable=int(row.payable),
                cost_known=not row.unknown,
                approved=None if row.approved is None else int(row.approved),
                paid=int(row.paid),
                recovered=int(row.recovered),
                last_day=row.last_day,
            )
    return found
