"""A PA asks for a decision to be looked at again, and somebody else answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.register import queries as register
from lms.register.content import Edition
from lms.register.kinds import ListingState
from lms.register.listing import keeping, removing, services
from lms.register.listing.events import ListingReviewAnswered, ListingReviewAsked
from lms.register.listing.models import Listing, ListingMove, ListingReview, ListingReviewAnswer, RemovalNotice
from lms.register.listing.moves import ENDED, Act, Actor, move_between
from lms.register.listing.queries import ListingView, open_notice
from lms.register.listing.reasons import Reason
from lms.register.merging.queries import read_as_another

DECISIONS = frozenset({Act.REFUSE, Act.SUSPEND, Act.REMOVE})
"""What of the team's moves a PA can ask to have looked at again."""


@dataclass(frozen=True)
class Decision:
    """A decision that can be reviewed: a move, or a notice that has not run out."""

    by: UUID
    move_id: UUID | None = None
    notice_id: UUID | None = None


def listing_of(db: Db, review_id: UUID) -> UUID | None:
    """The listing a review is about; None when there is no such review."""
    return db.scalar(select(ListingReview.listing_id).where(ListingReview.id == review_id))


def can_ask(db: Db, listing: ListingView, edition: Edition) -> bool:
    """Whether the PA can ask for a review now."""
    row = db.get(Listing, listing.id) if edition.file.removal.review_route else None
    return row is not None and decision_on(db, row) is not None


def decision_on(db: Db, listing: Listing) -> Decision | None:
    """The newest decision about a listing that was not reviewed yet; None when there is none."""
    notice = open_notice(db, listing.id)
    asked = select(ListingReview.id).where(ListingReview.listing_id == listing.id)
    if notice is not None:
        taken = db.scalar(asked.where(ListingReview.notice_id == notice.id))
        return None if taken else Decision(by=notice.by, notice_id=notice.id)
    newest = select(ListingMove).where(ListingMove.listing_id == listing.id, ListingMove.turn == listing.turn)
    last = db.scalars(newest).one()
    if last.act not in DECISIONS:
        return None
    if last.by is None:  # the days of a notice were over; whoever gave it decided
        return _decided_by_notice(db, listing, last)
    return None if db.scalar(asked.where(ListingReview.move_id == last.id)) else Decision(by=last.by, move_id=last.id)


def _decided_by_notice(db: Db, listing: Listing, last: ListingMove) -> Decision | None:
    given = select(RemovalNotice).where(RemovalNotice.listing_id == listing.id, RemovalNotice.at <= last.at)
    notice = db.scalar(given.order_by(RemovalNotice.at.desc()).limit(1))
    if notice is None or db.scalar(select(ListingReview.id).where(ListingReview.notice_id == notice.id)):
        return None
    return Decision(by=notice.by, notice_id=notice.id)


def ask(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """The PA asks for a review. Refused where the rules know none, or there is nothing (more) to review."""
    listing = keeping.hold(db, person_id, authority_id)
    edition = register.edition_for(db, authority_id, london_day(now))
    if listing is None or edition is None or not services.knows(db, authority_id, person_id, now):
        raise NotFound("listing")
    if db.get(ListingReview, once) is not None:
        return
    if not edition.file.removal.review_route:
        raise Refused(N_("The rules of this register know no review. Talk with the register team."))
    decision = decision_on(db, listing)
    if decision is None:
        raise Refused(N_("There is no decision to look at again, or you have asked already."))
    row = ListingReview(
        id=once,
        listing_id=listing.id,
        move_id=decision.move_id,
        notice_id=decision.notice_id,
        decided_by=decision.by,
        at=now,
    )
    db.add(row)
    db.flush()
    fact = ListingReviewAsked(about=person_id, authority_id=authority_id, review_id=once)
    record(db, fact, by=person_id, now=now, behalf=authority_id)


def answer(db: Db, *, review_id: UUID, authority_id: UUID, changed: bool, by: UUID, now: datetime) -> None:
    """A register manager other than who decided answers. `changed` undoes the decision, as far as it still stands.

    The same answer again changes nothing. Raises NotFound for another authority's; refused for one's own decision and
    when somebody else answered otherwise.
    """
    found = db.get(ListingReview, review_id)
    row = db.get(Listing, found.listing_id) if found else None
    if found is None or row is None or row.authority_id != authority_id:
        raise NotFound("review")
    listing = keeping.hold(db, row.person_id, authority_id)
    assert listing is not None
    if Actor.MANAGER not in services.parts_of(db, by, listing.person_id, authority_id, now):
        raise Refused(N_("Only a register manager can answer a review."))
    if by == found.decided_by:
        raise Refused(N_("Another register manager has to answer: you made this decision."))
    answered = ListingReviewAnswer(review_id=review_id, changed=changed, decided_by=found.decided_by, by=by, at=now)
    if not add_once(db, answered):
        there = db.get(ListingReviewAnswer, review_id, populate_existing=True)
        if there is not None and there.changed is not changed:
            raise Refused(N_("Somebody answered this review already. Look what they decided."))
        return
    if changed:
        _undo(db, listing, found, by=by, now=now)
    fact = ListingReviewAnswered(
        about=listing.person_id, authority_id=authority_id, review_id=review_id, changed=changed
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


def _undo(db: Db, listing: Listing, review: ListingReview, *, by: UUID, now: datetime) -> None:
    """Take the decision back where it is still the last word: lift, open again, or take the notice back.

    A record that is read under another one by now stays off the register: its PA stands there with the other.
    """
    if read_as_another(db, listing.person_id, listing.authority_id):
        return
    notice = open_notice(db, listing.id)
    if notice is not None and notice.id == review.notice_id:
        removing.end_notice(db, listing, notice, by=by, now=now)
        return
    decided = db.get(ListingMove, review.move_id) if review.move_id else None
    if decided is not None and decided.turn != listing.turn:
        return
    judged = register.verdict_of(db, listing.person_id, listing.authority_id, london_day(now))
    to, act = None, Act.OPEN_AGAIN
    if listing.state in ENDED:
        to = ListingState.CHECKING
    elif listing.state is ListingState.SUSPENDED and judged is not None:
        to, act = services.lift_to(db, listing, judged.verdict), Act.LIFT
    move = move_between(listing.state, to, [Actor.MANAGER], act) if to else None
    if move is not None:
        verdict = judged.verdict if judged else None
        keeping.put(db, listing, move, by=by, now=now, reason=Reason.DECISION_CHANGED, verdict=verdict)
