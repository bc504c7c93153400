"""The lines of claims for a file: one row for each, under identifiers that never change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db, columns
from lms.core.words import N_, Say
from lms.funding import texts
from lms.funding.board import words
from lms.funding.board.models import ClaimInShort
from lms.funding.board.queries import Number, Wanted, claimants, conditions
from lms.funding.board.sheets import Cell, Money
from lms.funding.claims.models import Claim, ClaimLine, ClaimSubmission
from lms.people import queries as people

Numbers = Iterable[Number]

HEADS = (
    N_("Claim"),
    N_("Claim identifier"),
    N_("Line identifier"),
    N_("Scheme"),
    N_("Edition"),
    N_("Paid first or asked first"),
    N_("Claimant"),
    N_("Claimant identifier"),
    N_("Learner"),
    N_("Learner identifier"),
    N_("Training"),
    N_("Training code"),
    N_("Item"),
    N_("Part"),
    N_("State"),
    N_("In this state since"),
    N_("Drafted on"),
    N_("Sent in on"),
    N_("Rate in pounds"),
    N_("Payable in pounds"),
    N_("Cost is known"),
    N_("Approved in pounds"),
    N_("Paid in pounds"),
    N_("Taken back in pounds"),
    N_("Last day"),
    N_("What stands in the way"),
    N_("Whom to ask"),
)

MOST = 20_000
"""Lines in one file: four times what a large authority has in a year."""

_LAST_SENT = (
    select(func.max(ClaimSubmission.on_day)).where(ClaimSubmission.claim_id == Claim.id).correlate(Claim)
).scalar_subquery()


@dataclass(frozen=True)
class Exported:
    """What is in a file: the rows as the database gives them, and the names beside them."""

    rows: Sequence[Any]
    claimants: Mapping[UUID, str]
    learners: Mapping[UUID, str]


def lines(db: Db, authority_ids: Collection[UUID], wanted: Wanted, on: date) -> Exported:
    """Every line of the claims a list is about, by claim and in the order of the lines. Four queries."""
    asked: Select[*tuple[Any, ...]] = (
        select(
            Claim.reference,
            Claim.id.label("claim_id"),
            ClaimLine.id.label("line_id"),
            Claim.scheme,
            Claim.scheme_edition,
            Claim.shape,
            Claim.claimant_id,
            Claim.claimant_person_id,
            ClaimLine.learner_id,
            ClaimLine.training,
            ClaimLine.item_title,
            ClaimLine.part,
            Claim.state,
            Claim.state_since,
            Claim.drafted_at,
            _LAST_SENT.label("sent_on"),
            ClaimLine.rate_pence,
            ClaimLine.payable_pence,
            ClaimLine.cost_known,
            ClaimLine.approved_pence,
            ClaimLine.paid_pence,
            ClaimLine.recovered_pence,
            ClaimLine.last_day,
            ClaimInShort.risk,
            ClaimInShort.ask,
        )
        .join(Claim, Claim.id == ClaimInShort.claim_id)
        .join(ClaimLine, ClaimLine.claim_id == Claim.id)
        .where(*conditions(wanted, on), ClaimLine.taken_out_at.is_(None))
        .order_by(Claim.reference, ClaimLine.added_at, ClaimLine.id)
        .limit(MOST)
    )
    rows = columns(db, asked, {"authority_ids": list(authority_ids)}).all()
    learners = people.persons(db, {row.learner_id for row in rows})
    return Exported(rows, claimants(db, rows), {id: each.name for id, each in learners.items()})


def rows(found: Exported, say: Say, language: str, titles: Mapping[str, str]) -> list[list[Cell]]:
    """The rows of the file under HEADS, in the reader's language; amounts, days and identifiers as they are."""
    return [[*_who(row, found, say), *_what(row, say, language, titles), *_money(row, say)] for row in found.rows]


def _who(row: Any, found: Exported, say: Say) -> list[Cell]:
    who = row.claimant_id or row.claimant_person_id
    return [
        row.reference,
        str(row.claim_id),
        str(row.line_id),
        row.scheme,
        row.scheme_edition,
        say(words.SHAPES[row.shape]),
        found.claimants[who],
        str(who),
        found.learners[row.learner_id],
        str(row.learner_id),
    ]


def _what(row: Any, say: Say, language: str, titles: Mapping[str, str]) -> list[Cell]:
    return [
        titles.get(row.training, row.training),
        row.training,
        Words.model_validate(row.item_title).text(language),
        say(words.PARTS[row.part]),
        say(texts.STATES[row.state]),
        london_day(row.state_since),
        london_day(row.drafted_at),
        row.sent_on,
    ]


def _money(row: Any, say: Say) -> list[Cell]:
    return [
        Money(row.rate_pence),
        Money(row.payable_pence),
        say(N_("Yes")) if row.cost_known else say(N_("No")),
        None if row.approved_pence is None else Money(row.approved_pence),
        Money(row.paid_pence),
        Money(row.recovered_pence),
        row.last_day,
        words.risk(row.risk, say),
        words.ask(row.ask, say),
    ]
