"""Money for training: a board with five thousand claims, what every scheme says, a claim of a hundred lines."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import insert, select, update

from lms.certification.models import Certificate
from lms.core.db import Db
from lms.funding.board import keeping
from lms.funding.claims.checking import obstacles
from lms.funding.claims.models import Claim, ClaimLine, ClaimMove
from lms.funding.prospects import rereading
from lms.funding.prospects.explaining import explain_all
from lms.funding.prospects.models import ProspectStanding
from lms.funding.vocabulary import ClaimState
from lms.learning.models import Enrolment
from tests.benchmarks import measure
from tests.benchmarks.attempts import bare_seconds
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.sites import NOON

MANY = 5000
"""Claims of the authority the bench looks at, in a country of any size: what a coordinator's board is held to."""

LONG = 100
"""Lines of the longest claim there may be."""

ALL_OF_ENGLAND = 115_000
STATES = (
    ClaimState.DRAFT,
    ClaimState.DRAFT,
    ClaimState.SUBMITTED,
    ClaimState.NEEDS_ACTION,
    ClaimState.APPROVED,
    ClaimState.PAID,
    ClaimState.PAID,
    ClaimState.REJECTED,
)


def lay(country: Country) -> None:
    """Fill the largest authority up to its many claims, spread over states and days, one of them with many lines."""
    with country.house.database.writing() as db:
        there = list(db.scalars(select(Claim.id).where(Claim.authority_id == country.authority)))
        models, people = _models(db, country.authority), cycle(_learners(db, country.authority))
        if models:
            for place in range(len(there), MANY):
                _copy(db, models[place % len(models)], place, people, lines=LONG if place == MANY - 1 else 1)
    keeping.sweep(country.house, NOON)


def _models(db: Db, authority_id: UUID) -> list[tuple[Any, Any]]:
    """Claims to copy, each with its only line."""
    lines = ClaimLine.__table__
    wanted = (
        select(Claim.__table__, *(column.label(f"line_{column.name}") for column in lines.c))
        .join(lines, lines.c.claim_id == Claim.id)
        .where(Claim.authority_id == authority_id, lines.c.first_line_id.is_(None))
        .limit(50)
    )
    rows = db.execute(wanted).mappings().all()
    claim_names, line_names = Claim.__table__.c.keys(), lines.c.keys()
    return [
        ({name: row[name] for name in claim_names}, {name: row[f"line_{name}"] for name in line_names}) for row in rows
    ]


def _learners(db: Db, authority_id: UUID) -> list[dict[str, Any]]:
    """Whom the copies are for, in turns: every learner, with an enrolment and its certificate if there is one."""
    wanted = (
        select(Enrolment.learner_id, Enrolment.id.label("enrolment_id"), Certificate.id.label("certificate_id"))
        .outerjoin(Certificate, Certificate.enrolment_id == Enrolment.id)
        .where(Enrolment.authority_id == authority_id)
        .order_by(Enrolment.learner_id, Certificate.id)
    )
    one_each = {row["learner_id"]: dict(row) for row in db.execute(wanted).mappings()}
    return list(one_each.values())


def _copy(db: Db, model: tuple[Any, Any], place: int, people: Iterator[dict[str, Any]], *, lines: int) -> None:
    claim, line = model
    state = ClaimState.DRAFT if lines > 1 else STATES[place % len(STATES)]
    claim_id, since = uuid4(), NOON - timedelta(days=place % 200)
    values = {**claim, "id": claim_id, "reference": f"BENCH-{place:05d}", "state": state, "state_since": since}
    db.execute(insert(Claim), [values])
    last = date(2026, 10, 1) + timedelta(days=place % 300)
    granted = line["payable_pence"] if state in {ClaimState.APPROVED, ClaimState.PAID} else None
    paid = granted if state is ClaimState.PAID else 0
    money = {"approved_pence": granted, "paid_pence": paid, "recovered_pence": 0, "last_day": last}
    ours = {**line, "claim_id": claim_id, "taken_out_at": None, **money}
    every = ({**ours, **next(people), "id": uuid4(), "opened_as": uuid4().hex} for _ in range(lines))
    db.execute(insert(ClaimLine), list(every))
    move = {"claim_id": claim_id, "came_from": None, "went_to": ClaimState.DRAFT, "reason": "", "by": None}
    moves = [{**move, "id": uuid4(), "at": claim["drafted_at"]}]
    if state is not ClaimState.DRAFT:
        moves.append({**move, "id": uuid4(), "came_from": ClaimState.DRAFT, "went_to": state, "at": since})
    db.execute(insert(ClaimMove), moves)


def funding(country: Country, app: Flask) -> Iterator[Done]:
    """What the board's pages rest on, and the jobs behind them."""
    del app
    yield from _verdicts(country)
    yield from _checked(country)
    yield from _reread(country)


def _verdicts(country: Country) -> Iterator[Done]:
    house, on = country.house, NOON.date()
    wanted = select(ProspectStanding.learner_id).where(ProspectStanding.authority_id == country.authority).limit(1)
    with house.database.reading() as db:
        learner_id = db.scalars(wanted).first()
    if learner_id is None:
        yield Done("Verdicts of all schemes for one learner", 0, "", note="nobody learns here")
        return
    found = 0

    def ask() -> None:
        nonlocal found
        with house.database.reading() as db:
            found = len(explain_all(db, learner_id, on=on))

    yield from _in_bare_pages(country, "Verdicts of all schemes for one learner", ask, lambda: f"{found} verdicts", 8)


def _checked(country: Country) -> Iterator[Done]:
    house = country.house
    with house.database.reading() as db:
        claim_id = db.scalar(select(Claim.id).where(Claim.reference == f"BENCH-{MANY - 1:05d}"))
    if claim_id is None:
        yield Done("Pre-check of a claim with 100 lines", 0, "", note="nobody claims here")
        return

    def check() -> None:
        with house.database.reading() as db:
            obstacles(db, claim_id, now=NOON)

    yield from _in_bare_pages(country, "Pre-check of a claim with 100 lines", check, lambda: f"{LONG} lines", 100)


def _in_bare_pages(country: Country, name: str, call: Any, note: Any, goal: float) -> Iterator[Done]:
    by_clock = country.house.database.engine.dialect.name != "sqlite"
    with measure.counted(country.house.database.engine) as sent:
        call()
    (timing,) = measure.in_turns([call], seconds=1)
    seconds = timing.percentile(50) / 1000 if by_clock else timing.cpu
    said = f"{note()}, {seconds * 1000:.1f} ms, {len(sent)} queries"
    yield Done(name, seconds / bare_seconds(country, by_clock=by_clock), "bare pages", note=said, goal=goal)


def _reread(country: Country) -> Iterator[Done]:
    from tests.benchmarks.jobs import Watch, turns

    database = country.house.database
    with database.writing() as db:
        db.execute(update(ProspectStanding).values(rules=""))
    watch = Watch()
    with turns(database) as taken:
        count = rereading.reread(country.house, now=NOON)
    seconds, longest = watch.seconds, max(taken, default=0.0)
    if not count:
        yield Done("What schemes say, read again", 0, "", note="nobody learns here")
        return
    rate = count / seconds
    yield Done("What schemes say, read again", rate, "learners a second", note=f"{count} learners; {watch.worked}")
    yield Done("What schemes say to 115,000 learners, at this rate", ALL_OF_ENGLAND / rate, "s", goal=60)
    yield Done("Longest turn of the writer for it", longest * 1000, "ms", note=f"{len(taken)} turns", goal=200)
