"""Subsidised places of the demonstration: full with a line, by need, over with who was there; and who pays for what."""

from datetime import timedelta
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.demo.people import Stage
from lms.funding.places import asking, attending, opening, proving, queries
from lms.funding.places.opening import Wanted
from lms.funding.places.words import Need, Order, PlaceState, ProofKind
from lms.funding.records import services as records
from lms.funding.records.words import HoldReason
from lms.funding.sources import services as sources
from lms.funding.sources.queries import Cost
from lms.funding.sources.rules import Share
from lms.funding.sources.words import CostKind, Source
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.rules import Role

AUTHORITY, SCHEME, COORDINATOR, OFFICER = "RIVERMERE", "RIVERMERE-PLACES-2026-27", "Carol Bennett", "Peter Ashworth"


def show(stage: Stage) -> None:
    """Three courses at Rivermere, and what some PAs and employers said of who pays."""
    here, on = stage.organisation_of(AUTHORITY), london_day(stage.now)
    schemes = {each.code for each in opening.place_schemes(stage.db, here, on)}
    if SCHEME not in schemes:  # the demonstration is made in another year than its schemes are for
        return
    # Those who were here already when the first course was opened.
    pas = [each.id for each in people.people_in(stage.db, here, Role.PA, london_day(stage.ago(41)), limit=9)]
    _over(stage, pas[:4])
    _full(stage, pas)
    _by_need(stage, pas[3:7])
    _say(stage, pas)


def _open(stage: Stage, ago: float, title: str, where: str, **other: object) -> UUID:
    run_id, on = uuid4(), london_day(stage.now)
    values: dict[str, object] = {
        "scheme": SCHEME,
        "item": "CLASS",
        "training": "",
        "title": title,
        "held_at": where,
        "opens_on": on - timedelta(days=round(ago)),
        "closes_on": on + timedelta(days=8),
        "starts_on": on + timedelta(days=19),
        "ends_on": on + timedelta(days=19),
        "quota": 4,
        "cost_pence": 6000,
        **other,
    }
    opening.open_run(
        stage.db,
        once=run_id,
        authority_id=stage.organisation_of(AUTHORITY),
        wanted=Wanted(**values),  # type: ignore[arg-type]
        by=stage.persons[COORDINATOR],
        now=stage.ago(ago),
    )
    return run_id


def _ask(stage: Stage, run_id: UUID, pa: UUID, ago: float, need: Need = Need.USEFUL) -> UUID:
    return asking.ask(stage.db, once=uuid4(), run_id=run_id, person_id=pa, need=need, now=stage.ago(ago))


def _over(stage: Stage, pas: list[UUID]) -> None:
    """A course that is over: three were there, one missed it."""
    on = london_day(stage.now)
    run = _open(
        stage,
        40,
        "Food safety at home",
        "Weir Bank library, room 2",
        closes_on=on - timedelta(days=20),
        starts_on=on - timedelta(days=6),
        ends_on=on - timedelta(days=6),
    )
    there = []
    for pa in pas:
        ask = _ask(stage, run, pa, 35)
        if queries.ask(stage.db, ask, within=[stage.organisation_of(AUTHORITY)])[0].state is PlaceState.OFFERED:
            asking.accept(stage.db, ask_id=ask, person_id=pa, now=stage.ago(34))
            there.append(ask)
    attending.note(stage.db, run_id=run, there=there[:-1], by=stage.persons[COORDINATOR], now=stage.ago(5))


def _full(stage: Stage, pas: list[UUID]) -> None:
    """A course that is full: places taken, offers that wait for an answer, and a line."""
    run = _open(
        stage, 6, "First aid, one day", "St Anne's hall, Northside", quota=4, title_cy="Cymorth cyntaf, un diwrnod"
    )
    asks = [_ask(stage, run, pa, 5 - place / 2) for place, pa in enumerate(pas)]
    for ask, pa in list(zip(asks, pas, strict=True))[1:3]:
        if queries.ask(stage.db, ask, within=[stage.organisation_of(AUTHORITY)])[0].state is PlaceState.OFFERED:
            asking.accept(stage.db, ask_id=ask, person_id=pa, now=stage.ago(1))


def _by_need(stage: Stage, pas: list[UUID]) -> None:
    """A course where need decides: everybody waits until asking is over."""
    run = _open(stage, 3, "Hoists and slings, hands on", "Rivermere College, workshop", quota=2, order=Order.NEED)
    for pa, need in zip(pas, (Need.USEFUL, Need.BEFORE_WORK, Need.FOR_REGISTER, Need.USEFUL), strict=False):
        ask = _ask(stage, run, pa, 2, need)
        if queries.ask(stage.db, ask, within=[stage.organisation_of(AUTHORITY)])[0].state is PlaceState.ASKED:
            proving.see(
                stage.db,
                once=uuid4(),
                ask_id=ask,
                kind=ProofKind.PAYSLIP,
                area=AUTHORITY,
                seen_on=london_day(stage.ago(1)),
                lasts_until=None,
                by=stage.persons[COORDINATOR],
                now=stage.ago(1),
            )


def _say(stage: Stage, pas: list[UUID]) -> None:
    """What a PA and the team said of who pays."""
    enrolled = [(pa, running[0].id) for pa in pas if (running := learning.enrolments_of(stage.db, pa))]
    said = (
        (CostKind.TRAVEL, (Share(source=Source.OWN_MONEY, pence=480),), 480),
        (
            CostKind.TRAVEL,
            (Share(source=Source.DIRECT_PAYMENT, pence=600), Share(source=Source.OWN_MONEY, pence=250)),
            850,
        ),
        (CostKind.COVER, (Share(source=Source.EMPLOYER),), None),
    )
    for (pa, enrolment), (kind, shares, pence) in zip(enrolled, said, strict=False):
        sources.say(
            stage.db,
            once=uuid4(),
            cost=Cost(enrolment, "", kind),
            cost_pence=pence,
            shares=shares,
            after=0,
            by=pa,
            now=stage.ago(4),
        )
    records.hold(
        stage.db,
        once=uuid4(),
        authority_id=stage.organisation_of(AUTHORITY),
        scheme="WDF-2021-22",
        reason=HoldReason.AUDIT,
        note="The internal audit of 2021-22 is still open.",
        until=None,
        by=stage.persons[OFFICER],
        now=stage.ago(12),
    )
