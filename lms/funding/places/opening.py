"""Open a course with subsidised places under a scheme, and call it off. Services flush; views commit."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import visible
from lms.core.words import N_, NotFound, Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.money import Pence
from lms.funding.places import line, rules
from lms.funding.places.events import PlacesCalledOff, PlacesOpened
from lms.funding.places.models import PlaceAsk, PlaceRun
from lms.funding.places.words import MOVES, TEAM, Order, PlaceState, Why
from lms.funding.scheme import ClaimItem, Scheme
from lms.funding.sources.rules import MOST_PENCE
from lms.funding.vocabulary import SchemeKind, SchemeStatus
from lms.people import queries as people

LONGEST_TITLE = 160
LONGEST_DAYS = 400
IN_AREA = "pa_works_in_area"
"""The condition of a scheme that a PA has to show where they work."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A course as a team describes it. Days are included; `quota` None: as many as ask."""

    scheme: str
    item: str
    training: str
    title: str
    title_cy: str = ""
    held_at: str
    opens_on: date
    closes_on: date
    starts_on: date
    ends_on: date
    quota: int | None
    cost_pence: Pence
    order: Order = Order.FIRST_COME
    accept_days: int = 5


def place_schemes(db: Db, authority_id: UUID, on: date) -> list[Scheme]:
    """The open schemes by which an authority lowers the price of places: those of its area, or that it counts."""
    authority = people.organisation(db, authority_id)
    schemes = schemes_for(db, authority_id, on=on)
    return [
        scheme
        for scheme in schemes.all
        if scheme.kind is SchemeKind.PLACE_SUBSIDY
        and scheme.status is SchemeStatus.OPEN
        and scheme.nation is authority.nation
        and (authority.code in scheme.area_codes or schemes.adoption(authority.code, scheme.code) is not None)
    ]


def open_run(db: Db, *, once: UUID, authority_id: UUID, wanted: Wanted, by: UUID, now: datetime) -> None:
    """Open a course with places; the same form again opens one. Figures are the scheme's of today and stay.

    Refused for days in the wrong order, outside the scheme's dates or far away, and for more places than the scheme
    gives. Raises NotFound for a scheme or an item that is not the authority's, and for anybody but its team.
    """
    in_team(db, by, authority_id, now)
    on = london_day(now)
    scheme = next((each for each in place_schemes(db, authority_id, on) if each.code == wanted.scheme), None)
    item = scheme.item(wanted.item) if scheme else None
    if scheme is None or item is None:
        raise NotFound("scheme")
    _check_days(wanted, scheme, on)
    _check_places(wanted, item)
    authority, price = people.organisation(db, authority_id), item.price_to_pa_pence or 0
    row = PlaceRun(
        id=once,
        authority_id=authority_id,
        scheme=scheme.code,
        scheme_edition=scheme.edition,
        item=item.code,
        training=visible(wanted.training)[:40],
        areas=list(scheme.area_codes or (authority.code or "",)) if IN_AREA in scheme.conditions else [],
        title=_said(wanted.title),
        title_cy=" ".join(visible(wanted.title_cy).split())[:LONGEST_TITLE] or None,
        held_at=_said(wanted.held_at),
        opens_on=wanted.opens_on,
        closes_on=wanted.closes_on,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        quota=wanted.quota,
        held=0,
        order=wanted.order,
        accept_days=wanted.accept_days,
        cost_pence=wanted.cost_pence,
        price_to_pa_pence=price,
        council_pence=rules.council_pays(wanted.cost_pence, price, item.max_amount_pence),
        standing=item.amount_provenance,
        opened_by=by,
        opened_at=now,
    )
    if not add_once(db, row):
        return
    fact = PlacesOpened(about=by, authority_id=authority_id, run_id=once, scheme=scheme.code, item=item.code)
    record(db, fact, by=by, now=now, behalf=authority_id)


def call_off(db: Db, *, run_id: UUID, by: UUID, now: datetime) -> None:
    """Call a course off: everybody who waits, was offered or has a place hears of it. The second time does nothing."""
    run = line.take(db, run_id)
    in_team(db, by, run.authority_id, now)
    if run.called_off_at is not None:
        return
    if london_day(now) > run.ends_on:
        raise Refused(N_("This course is over, so it cannot be called off."))
    run.called_off_at, run.called_off_by = now, by
    db.flush()
    record(db, PlacesCalledOff(about=by, authority_id=run.authority_id, run_id=run_id), by=by, now=now)
    going = [state for state, to in MOVES.items() if PlaceState.CANCELLED in to]
    for ask in db.scalars(select(PlaceAsk).where(PlaceAsk.run_id == run_id, PlaceAsk.state.in_(going))).all():
        line.move(db, run, ask, PlaceState.CANCELLED, why=Why.CALLED_OFF, by=by, now=now)


def in_team(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """Whether somebody works on places for an authority today. Raises NotFound when not."""
    on = london_day(now)
    if not any(people.holds(db, person_id, role, [authority_id], on) for role in TEAM):
        raise NotFound("places")


def title_of(run: PlaceRun) -> Words:
    """What a course is called, in both languages."""
    return Words(en=run.title, cy=run.title_cy)


def _check_days(wanted: Wanted, scheme: Scheme, on: date) -> None:
    if not wanted.opens_on <= wanted.closes_on <= wanted.starts_on <= wanted.ends_on:
        raise Refused(N_("Put the days in order: asking begins, asking ends, the course begins, the course ends."))
    if wanted.closes_on < on:
        raise Refused(N_("The last day to ask is over already."))
    if (wanted.ends_on - on).days > LONGEST_DAYS:
        raise Refused(N_("That is too far away. Open the course when it is less than a year ahead."))
    window = scheme.windows.course_date or scheme.claim_year
    if window is not None and not (window.holds(wanted.starts_on) and window.holds(wanted.ends_on)):
        raise Refused(N_("The course lies outside the dates of this scheme."))


def _check_places(wanted: Wanted, item: ClaimItem) -> None:
    if wanted.quota is not None and not 0 < wanted.quota <= rules.MOST_PLACES:
        raise Refused(N_("Enter how many places there are, from 1 to 500."))
    if item.places is not None and (wanted.quota is None or wanted.quota > item.places):
        raise Refused(N_("This scheme gives at most %(places)s places on one course."), places=item.places)
    if not 0 < wanted.cost_pence <= MOST_PENCE:
        raise Refused(N_("Enter what one place costs, as an amount above £0.00."))
    if (item.price_to_pa_pence or 0) > wanted.cost_pence:
        raise Refused(N_("One place costs less than PAs pay for it under this scheme. Look at the cost again."))
    if not rules.FEWEST_DAYS <= wanted.accept_days <= rules.MOST_DAYS:
        raise Refused(N_("Give PAs from 1 to 28 days to answer."))


def _said(text: str) -> str:
    shown = " ".join(visible(text, keep="\t\n").split())[:LONGEST_TITLE]
    if not shown:
        raise Refused(N_("Say what the course is called and where it is."))
    return shown
