"""Everything about one claim, gathered for an audit file: as it stands now, and as it stood at each submission.

Another claimant is never named, nor what they claimed: of earlier claims only those of the same claimant stay in what
was relied on. Names are those of the claim's own learners, of its claimant, and of whoever acted on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.core.words import Say
from lms.funding import texts
from lms.funding.board import words
from lms.funding.board.sheets import Cell, Money
from lms.funding.claims import queries as claims
from lms.funding.claims.models import (
    ClaimCost,
    ClaimLineDecision,
    ClaimRecovery,
    ClaimReliedOn,
    ClaimSubmission,
)
from lms.funding.claims.queries import ClaimView, LineView
from lms.funding.evidence.queries import FileView, files_of
from lms.funding.paying import queries as paying
from lms.funding.permissions.queries import uses_about
from lms.funding.permissions.texts import say_deed
from lms.people import queries as people

Table = tuple[Sequence[str], Sequence[Sequence[Cell]]]


@dataclass(frozen=True)
class Gathered:
    """A claim for its audit file. `tables` by the name of their file; `relied_on` by the number of the submission."""

    claim: ClaimView
    authority: str
    tables: Mapping[str, Table]
    relied_on: Mapping[int, list[dict[str, Any]]]
    files: Sequence[FileView]
    certificates: Sequence[tuple[int, UUID]]
    """The place of a line in the claim, and the certificate it rests on."""


def gather(db: Db, claim_id: UUID, authority_id: UUID, say: Say, titles: Mapping[str, str]) -> Gathered:
    """Read everything about a claim behind its own wall, in a constant number of queries."""
    found = claims.claim(db, claim_id, within=[authority_id])
    places = {line.id: place for place, line in enumerate(found.lines, start=1)}
    sent = list(
        db.scalars(select(ClaimSubmission).where(ClaimSubmission.claim_id == claim_id).order_by(ClaimSubmission.number))
    )
    names = _Names(db, list(places), sent)
    tables: dict[str, Table] = {
        "lines": _lines(found.lines, say, titles),
        "history": _history(db, claim_id, say),
        "submissions": _submissions(sent, names),
        "costs": _costs(names, places),
        "decisions": _decisions(names, places),
        "payments": _payments(db, claim_id, places),
        "recoveries": _recoveries(db, names, claim_id, places),
        "permission-uses": _uses(db, claim_id, say),
    }
    return Gathered(
        claim=found,
        authority=people.organisation(db, found.authority_id).name,
        tables=tables,
        relied_on={each.number: _relied_on(db, each, places) for each in sent},
        files=files_of(db, [claim_id]).get(claim_id, []),
        certificates=[(places[line.id], line.certificate_id) for line in found.lines if line.certificate_id],
    )


class _Names:
    """Rows about the lines that name whoever acted, and the names: read at once."""

    def __init__(self, db: Db, line_ids: list[UUID], sent: Sequence[ClaimSubmission]) -> None:
        self.costs = _rows(db, ClaimCost, line_ids)
        self.decisions = _rows(db, ClaimLineDecision, line_ids)
        self.recoveries = _rows(db, ClaimRecovery, line_ids)
        acted = {row.by for row in (*self.costs, *self.decisions, *self.recoveries, *sent)}
        self._names = {id: each.name for id, each in people.persons(db, acted).items()}

    def of(self, person_id: UUID) -> str:
        """The name of whoever acted."""
        return self._names.get(person_id, "")


def _rows(db: Db, table: Any, line_ids: list[UUID]) -> list[Any]:
    return list(db.scalars(select(table).where(table.line_id.in_(line_ids)).order_by(table.at, table.id)))


def _lines(lines: Sequence[LineView], say: Say, titles: Mapping[str, str]) -> Table:
    heads = ("Line", "Line identifier", "Learner", "Learner identifier", "Training", "Code", "Item", "Part", "Rate",
             "Payable", "Approved", "Paid", "Taken back", "Last day")  # fmt: skip
    rows = [
        [
            place,
            str(line.id),
            line.learner_name,
            str(line.learner_id),
            titles.get(line.training, line.training),
            line.training,
            line.item_title.en,
            say(words.PARTS[line.part]),
            Money(line.rate_pence),
            Money(line.payable_pence),
            None if line.approved_pence is None else Money(line.approved_pence),
            Money(line.paid_pence),
            Money(line.recovered_pence),
            line.last_day,
        ]
        for place, line in enumerate(lines, start=1)
    ]
    return heads, rows


def _history(db: Db, claim_id: UUID, say: Say) -> Table:
    rows = [
        [
            _moment(move.at),
            say(texts.STATES[move.came_from]) if move.came_from else None,
            say(texts.STATES[move.went_to]),
            move.by_name or "PALMS",
            move.reason,
        ]
        for move in claims.moves_of(db, claim_id)
    ]
    return ("When", "From", "To", "By", "Reason"), rows


def _submissions(sent: Sequence[ClaimSubmission], names: _Names) -> Table:
    rows = [
        [each.number, _moment(each.at), names.of(each.by), Money(each.total_pence), each.justification,
         str(each.permission_id) if each.permission_id else None]
        for each in sent
    ]  # fmt: skip
    return ("Number", "When", "By", "Total", "Justification", "Permission"), rows


def _costs(names: _Names, places: Mapping[UUID, int]) -> Table:
    rows = [
        [places[row.line_id], row.what, Money(row.cost_pence), row.paid_on, names.of(row.by), _moment(row.at)]
        for row in names.costs
    ]
    return ("Line", "What", "Cost", "Paid on", "Recorded by", "When"), rows


def _decisions(names: _Names, places: Mapping[UUID, int]) -> Table:
    rows = [
        [places[row.line_id], Money(row.approved_pence), row.reason, row.note, names.of(row.by), _moment(row.at)]
        for row in names.decisions
    ]
    return ("Line", "Approved", "Reason", "Note", "Recorded by", "When"), rows


def _payments(db: Db, claim_id: UUID, places: Mapping[UUID, int]) -> Table:
    rows = [
        [
            places.get(row.line_id),
            row.paid_on,
            Money(row.pence),
            row.reference,
            row.remittance or None,
            row.by_name,
            _moment(row.at),
        ]
        for row in paying.payments_of(db, claim_id)
    ]
    return ("Line", "Paid on", "Amount", "Reference", "Remittance", "Recorded by", "When"), rows


def _recoveries(db: Db, names: _Names, claim_id: UUID, places: Mapping[UUID, int]) -> Table:
    rows: list[list[Cell]] = [
        ["Taken back", places[row.line_id], Money(row.pence), row.reason, names.of(row.by), _moment(row.at)]
        for row in names.recoveries
    ]
    rows += [
        ["Paid back", places.get(row.line_id), Money(row.pence), row.reference, row.by_name, _moment(row.at)]
        for row in paying.repayments_of(db, claim_id)
    ]
    rows += [
        ["Difference closed", places.get(row.line_id), Money(row.pence), row.reason, row.by_name, _moment(row.at)]
        for row in paying.differences_of(db, claim_id)
    ]
    return ("What", "Line", "Amount", "Reason or reference", "By", "When"), rows


def _uses(db: Db, claim_id: UUID, say: Say) -> Table:
    rows = [
        [
            _moment(use.at),
            str(use.permission_id),
            use.delegate_name,
            use.by_name,
            say_deed(use.deed, use.values, use.learner_name, say),
        ]
        for use in uses_about(db, claim_id)
    ]
    return ("When", "Permission", "Organisation", "By", "What was done"), rows


def _relied_on(db: Db, sent: ClaimSubmission, places: Mapping[UUID, int]) -> list[dict[str, Any]]:
    rows = db.scalars(select(ClaimReliedOn).where(ClaimReliedOn.submission_id == sent.id))
    return [
        {
            "line": places.get(row.line_id),
            "line_id": str(row.line_id),
            "rate_pence": row.rate_pence,
            "payable_pence": row.payable_pence,
            "terms": row.terms,
            "asked": _own_only(row.asked),
            "verdict": row.verdict,
            "evidence": row.evidence,
        }
        for row in sorted(rows, key=lambda row: places.get(row.line_id, 0))
    ]


def _own_only(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, with earlier claims of this claimant only: what others claimed is nobody's business here."""
    earlier = [one for one in asked.get("earlier") or () if one.get("same_claimant")]
    return {**asked, "earlier": earlier}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def plain(value: Any) -> Any:
    """A value as JSON can carry it."""
    match value:
        case UUID() | Money():
            return str(value)
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case _:
            return value
