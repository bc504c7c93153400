"""Whom to tell of what becomes of a listing: its PA, of everything; register managers, of a review they may answer."""

from datetime import datetime, timedelta
from uuid import UUID

from lms.core import i18n
from lms.core.clock import london_day
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.listing import queries as listings
from lms.register.listing.calendar import BY_CALENDAR
from lms.register.listing.events import (
    ListingMoved,
    ListingReviewAnswered,
    ListingReviewAsked,
    ListingRunsOut,
    RemovalNoticeGiven,
    RemovalNoticeTakenBack,
    WaiverEnded,
    WaiverGiven,
)
from lms.register.listing.history import open_review
from lms.register.listing.moves import Act

Other = RemovalNoticeTakenBack | ListingReviewAnswered | WaiverEnded


def tell_of_move(db: Db, fact: ListingMoved, now: datetime) -> None:
    """The PA hears of every move, but that they began an application, which nobody else knows."""
    if fact.act != Act.START:
        _tell(db, f"listing_{fact.act}", fact.about, fact.authority_id, now)


def tell_of_end(db: Db, fact: ListingRunsOut, now: datetime) -> None:
    """The PA is warned: with the last day on which something counts, or once that is over, the last one of grace."""
    kind, first = ("listing_runs_out", fact.runs_out_on) if fact.days else ("listing_ran_out", fact.lapses_on)
    language = people.person(db, fact.about).language
    last = i18n.day(first - timedelta(days=1), language)
    _tell(db, kind, fact.about, fact.authority_id, now, last=last)


def tell_of_notice(db: Db, fact: RemovalNoticeGiven, now: datetime) -> None:
    """The PA hears on which day their listing ends."""
    last = i18n.day(fact.removed_on, people.person(db, fact.about).language)
    _tell(db, "listing_notice", fact.about, fact.authority_id, now, last=last)


def tell_of_waiver(db: Db, fact: WaiverGiven, now: datetime) -> None:
    """The PA hears until when a requirement is not needed; which one it is stands on their page."""
    last = i18n.day(fact.ends_on, people.person(db, fact.about).language)
    _tell(db, "listing_waiver", fact.about, fact.authority_id, now, last=last)


def tell_of_other(db: Db, fact: Other, now: datetime) -> None:
    """The PA hears that a notice was taken back, a review answered, a waiver ended."""
    if isinstance(fact, ListingReviewAnswered):
        kind = "listing_review_changed" if fact.changed else "listing_review_stands"
    else:
        kind = "listing_notice_back" if isinstance(fact, RemovalNoticeTakenBack) else "listing_waiver_ended"
    _tell(db, kind, fact.about, fact.authority_id, now)


def tell_of_review(db: Db, fact: ListingReviewAsked, now: datetime) -> None:
    """The register managers who did not decide hear that a PA asks for a review; of whom stands on the page."""
    listing = listings.listing_of(db, fact.about, fact.authority_id)
    review = open_review(db, listing.id) if listing else None
    for someone in people.people_in(db, fact.authority_id, Role.REGISTER_MANAGER, london_day(now)):
        if review is not None and someone.id not in {review.decided_by, fact.about}:
            place = people.organisation(db, fact.authority_id).called(someone.language)
            services.tell_person(
                db,
                "listing_review_asked",
                someone,
                now,
                authority=place,
                place=str(fact.authority_id),
                who=str(fact.about),
            )


def says_it_itself(db: Db, person_id: UUID, authority_id: UUID) -> bool:
    """Whether a change of the verdict moves the listing, of which the PA hears anyway."""
    listing = listings.listing_of(db, person_id, authority_id)
    return listing is not None and listing.state in BY_CALENDAR


def _tell(db: Db, kind: str, person_id: UUID, authority_id: UUID, now: datetime, **more: str) -> None:
    someone = people.person(db, person_id)
    authority = people.organisation(db, authority_id).called(someone.language)
    services.tell_person(db, kind, someone, now, authority=authority, place=str(authority_id), **more)
