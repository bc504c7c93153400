"""Move a listing: apply, take up, show, list, refuse, pause, suspend. Each once, by somebody who may, on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.kinds import ListingState
from lms.register.listing import keeping
from lms.register.listing.models import Listing, ListingMove
from lms.register.listing.moves import Act, Actor, Move, Need, allows, move_between
from lms.register.listing.reasons import NOT_AGAIN, Reason
from lms.register.merging.queries import read_as_another
from lms.register.queries import Judged
from lms.register.rules import Verdict

State = ListingState


@dataclass(frozen=True)
class _Asked:
    """How a move was asked for."""

    reason: Reason | None
    withheld: bool
    by_system: bool


def apply(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """The PA sends their application to the register team. What is missing may come later.

    Raises NotFound where the authority does not know the PA or has no rules; refused when there is a listing already.
    """
    start(db, person_id=person_id, authority_id=authority_id, now=now)
    move(
        db,
        once=once,
        person_id=person_id,
        authority_id=authority_id,
        to=State.SUBMITTED,
        reason=None,
        by=person_id,
        now=now,
    )


def start(db: Db, *, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """The PA begins an application, which nobody else sees yet. One that is under way stays as it is."""
    _judged(db, person_id, authority_id, now)
    listing = keeping.hold(db, person_id, authority_id)
    if read_as_another(db, person_id, authority_id):
        raise Refused(N_("You are on this register with another record. Sign in with that one, or ask the team."))
    if listing is None:
        keeping.begin(db, person_id, authority_id, now=now)
        return
    again = move_between(listing.state, State.DRAFT, [Actor.PA], Act.START)
    if again is None:
        return
    if listing.reason in NOT_AGAIN and not listing.withheld:
        raise Refused(N_("You cannot apply here again. You can ask for a review of the decision."))
    if listing.reason in NOT_AGAIN:
        raise Refused(N_("Ask the register team before you apply again."))
    keeping.put(db, listing, again, by=person_id, now=now)


def move(
    db: Db,
    *,
    once: UUID,
    person_id: UUID,
    authority_id: UUID,
    to: ListingState,
    reason: Reason | None,
    by: UUID | None,
    now: datetime,
    act: Act | None = None,
    withheld: bool = False,
) -> None:
    """Move a listing to another state. `once` is the form's number: the same a second time changes nothing.

    `by` None is the system. `act` says what is meant where two acts lead the same way. Raises NotFound for a listing
    that is none of theirs. Refused: what the table of moves does not have, what is needed and not so, a reason left
    out, one's own listing moved as somebody of the team, and reasons withheld where the rules do not allow it.
    """
    actors = parts_of(db, by, person_id, authority_id, now)
    listing = keeping.hold(db, person_id, authority_id)
    if listing is None:
        raise NotFound("listing")
    if keeping.already(db, once, listing, to, by):
        return
    judged = _judged(db, person_id, authority_id, now)
    allowed = move_between(listing.state, to, actors, act)
    if allowed is None:
        raise Refused(_not_now(listing.state))
    _check(listing, allowed, judged, _Asked(reason, withheld=withheld, by_system=by is None))
    if allowed.act is Act.LEAVE:
        reason = Reason.OWN_WISH
    keeping.put(
        db, listing, allowed, once=once, by=by, now=now, reason=reason, withheld=withheld, verdict=judged.verdict
    )


def parts_of(db: Db, by: UUID | None, person_id: UUID, authority_id: UUID, now: datetime) -> frozenset[Actor]:
    """In which parts somebody can move this PA's listing. Raises NotFound when in none."""
    if by is None:
        return frozenset({Actor.SYSTEM})
    if by == person_id:
        return frozenset({Actor.PA})
    someone = people.viewer_of(db, by, london_day(now))
    roles = {held.role for held in someone.roles if held.authority_id == authority_id} if someone else set()
    if Role.REGISTER_MANAGER in roles:
        return frozenset({Actor.MANAGER, Actor.OFFICER})
    if Role.REGISTER_OFFICER in roles:
        return frozenset({Actor.OFFICER})
    raise NotFound("listing")


def lift(
    db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, reason: Reason, by: UUID, now: datetime
) -> ListingState:
    """A register manager lifts a suspension; returns where the listing stands then. Raises and refuses as `move`."""
    listing = keeping.hold(db, person_id, authority_id)
    if listing is None:
        raise NotFound("listing")
    made = db.get(ListingMove, once)
    judged = _judged(db, person_id, authority_id, now)
    to = made.state if made else lift_to(db, listing, judged.verdict)
    move(
        db,
        once=once,
        person_id=person_id,
        authority_id=authority_id,
        to=to,
        act=Act.LIFT,
        reason=reason,
        by=by,
        now=now,
    )
    return to


def lift_to(db: Db, listing: Listing, verdict: Verdict) -> ListingState:
    """Where a listing goes when its suspension is lifted: what it was, as far as the rules still allow that."""
    last = select(ListingMove.was).where(ListingMove.listing_id == listing.id, ListingMove.turn == listing.turn)
    was = db.scalars(last).one()
    if was is State.PAUSED:
        return State.PAUSED
    if verdict.state is State.LISTED:
        return State.LISTED
    return State.PROVISIONAL if verdict.state is State.PROVISIONAL and was is State.PROVISIONAL else State.LAPSED


def _check(listing: Listing, allowed: Move, judged: Judged, asked: _Asked) -> None:
    rules = judged.edition.file.removal
    if not allows(allowed.needs, judged.verdict):
        raise Refused(NEEDED[allowed.needs])
    if allowed.needs in {Need.REASON, Need.DECISION} and asked.reason is None:
        raise Refused(N_("Choose why."))
    if asked.withheld and not rules.reasons_may_be_withheld:
        raise Refused(N_("The rules of this register say that the PA is told why."))
    if allowed.act is Act.REMOVE and not asked.by_system and not at_once(listing.state, asked.reason, judged):
        raise Refused(N_("The rules of this register give the PA days of notice first."))


def at_once(state: ListingState, reason: Reason | None, judged: Judged) -> bool:
    """Whether a listing can end today for this reason; otherwise the days of notice come first.

    A PA who is suspended is hidden already, so there is nothing to give notice of.
    """
    removal = judged.edition.file.removal
    return not removal.notice_days or reason in removal.immediate_grounds or state is State.SUSPENDED


def _judged(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> Judged:
    on = london_day(now)
    judged = register.verdict_of(db, person_id, authority_id, on) if knows(db, authority_id, person_id, now) else None
    if judged is None:
        raise NotFound("listing")
    return judged


def knows(db: Db, authority_id: UUID, person_id: UUID, now: datetime) -> bool:
    """Whether an authority knows somebody as a PA today."""
    return register.knows(db, authority_id, person_id, london_day(now))


def _not_now(state: State) -> str:
    return NOT_NOW.get(state, N_("Somebody moved this listing meanwhile. Look where it stands now."))


NOT_NOW = {
    State.SUSPENDED: N_("The register team has hidden this listing. Talk with them first."),
}
NEEDED = {
    Need.ALL_MET: N_("Something that is required is still missing, so this is not possible yet."),
    Need.ENOUGH_TO_BEGIN: N_("What is needed to begin is still missing, so this is not possible yet."),
    Need.RAN_OUT: N_("Nothing has run out."),
    Need.NO_LONGER_ENOUGH: N_("There is still enough."),
    Need.TALKED_ABOUT: N_("There is no DBS certificate to talk about."),
}
