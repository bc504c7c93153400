"""The PA's own pages of their listing: apply, pause, go on, leave, ask for a review, and everything that happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.db import Db
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.queries import OrganisationView
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.doors import told
from lms.register.feed import asking
from lms.register.kinds import ListingState
from lms.register.listing import history, labels, queries, reviewing, services, waiving
from lms.register.listing.history import Whole
from lms.register.listing.moves import Act, Actor, allows, moves_from
from lms.register.listing.queries import ListingView
from lms.register.listing.reasons import NOT_AGAIN, WORDS
from lms.register.listing.telling import ListingTold, tell_listing
from lms.register.queries import Judged
from lms.register.reaching.queries import contact_of
from lms.register.rules import Verdict, circumstances_asked

pages = room("listing", __name__)

SLUGS: Mapping[str, Act] = {"pause": Act.PAUSE, "go-on": Act.GO_ON, "leave": Act.LEAVE}
_DECIDED = frozenset({ListingState.REFUSED, ListingState.SUSPENDED, ListingState.REMOVED})
"""Where a listing stands after a decision of the team that can be looked at again; a notice is one as well."""
_CAN_APPLY = (None, ListingState.DRAFT, ListingState.REMOVED, ListingState.REFUSED)


@dataclass(frozen=True)
class Place:
    """A PA at one authority: what the rules say of them, and where their listing stands."""

    authority: OrganisationView
    judged: Judged
    listing: ListingView | None

    @property
    def state(self) -> ListingState | None:
        """Where the listing stands."""
        return self.listing.state if self.listing else None


def can_apply(listing: ListingView | None) -> bool:
    """Whether a PA can send an application from here."""
    if listing is not None and listing.reason in NOT_AGAIN and listing.state is not ListingState.DRAFT:
        return False
    return (listing.state if listing else None) in _CAN_APPLY


def possible(state: ListingState | None, verdict: Verdict) -> list[Act]:
    """What the PA can do with their listing now, of pausing, going on and leaving."""
    mine = moves_from(state, [Actor.PA])
    found = {move.act for move in mine if allows(move.needs, verdict)}
    return [act for act in SLUGS.values() if act in found and state is not ListingState.DRAFT]


def told_of(db: Db, whole: Whole, judged: Judged) -> ListingTold:
    """A PA's own listing in this request's language, with what they can do: no query, and four where a decision may
    be looked at again.
    """
    listing, notice = whole.listing, whole.notice
    said = tell_listing(listing, judged.edition, on=today(), say=_, language=language(), notice=notice)
    return replace(
        said,
        acts=possible(listing.state if listing else None, judged.verdict),
        can_apply=can_apply(listing),
        can_review=(
            listing is not None
            and (notice is not None or listing.state in _DECIDED)
            and reviewing.can_ask(db, listing, judged.edition)
        ),
    )


@pages.route("/register/<uuid:authority_id>/apply", methods=["GET", "POST"])
@requires(Role.PA)
def apply(authority_id: UUID) -> ResponseReturnValue:
    """Read what an application means, see what is missing, and send it."""
    place, form = _own(authority_id), OnceForm()
    asked = circumstances_asked(place.judged.edition.rules)
    said = register.circumstances_of(unit(), viewer().person_id, authority_id)

    def send() -> None:
        services.apply(unit(), once=form.key(), person_id=viewer().person_id, authority_id=authority_id, now=now())
        asking.agree_on_applying(authority_id, form.key())

    if form.validate_on_submit() and _done(form, send):
        flash(_("Your application is sent. The register team tells you how it goes on."), "lms_done")
        return redirect(url_for("lms.register.mine", authority=authority_id))
    if not form.is_submitted() and not can_apply(place.listing):
        return redirect(url_for("lms.register.mine", authority=authority_id))
    return render_template(
        "lms/register/listing/apply.html",
        form=form,
        place=place,
        told=told(place.judged, said),
        days=place.judged.edition.file.processing_target_working_days,
        unanswered=any(each not in said for each in asked),
        telling=asking.asked_on_applying(authority_id),
    )


@pages.get("/register/<uuid:authority_id>/listing")
@requires(Role.PA)
def own(authority_id: UUID) -> ResponseReturnValue:
    """Everything that happened to one's own listing."""
    place = _own(authority_id)
    if place.listing is None:
        raise NotFound("listing")
    return render_template(
        "lms/register/listing/own.html",
        place=place,
        happened=history.history_of(unit(), place.listing),
        lines=place.judged.edition.lines,
        me=viewer().person_id,
        labels=labels,
        reasons={**WORDS, **waiving.REASONS},
        contact=contact_of(unit(), authority_id),
    )


@pages.route("/register/<uuid:authority_id>/listing/<any(pause,'go-on',leave):slug>", methods=["GET", "POST"])
@requires(Role.PA)
def move(authority_id: UUID, slug: str) -> ResponseReturnValue:
    """Pause, go on or leave, once one has read what follows."""
    place, act, form = _own(authority_id), SLUGS[slug], OnceForm()
    if place.listing is None:
        raise NotFound("listing")
    target = _target(place, act)

    def go() -> None:
        services.move(
            unit(),
            once=form.key(),
            person_id=viewer().person_id,
            authority_id=authority_id,
            to=target,
            act=act,
            reason=None,
            by=viewer().person_id,
            now=now(),
        )

    if form.validate_on_submit() and _done(form, go):
        flash(_(labels.OWN[act].done), "lms_done")
        return redirect(url_for("lms.register.mine", authority=authority_id))
    if not form.is_submitted() and act not in possible(place.state, place.judged.verdict):
        return redirect(url_for("lms.register.mine", authority=authority_id))
    return render_template("lms/register/listing/own_move.html", form=form, place=place, saying=labels.OWN[act])


@pages.route("/register/<uuid:authority_id>/listing/review", methods=["GET", "POST"])
@requires(Role.PA)
def review(authority_id: UUID) -> ResponseReturnValue:
    """Ask for a decision to be looked at again by somebody else."""
    place, form = _own(authority_id), OnceForm()
    if place.listing is None:
        raise NotFound("listing")

    def ask() -> None:
        reviewing.ask(unit(), once=form.key(), person_id=viewer().person_id, authority_id=authority_id, now=now())

    if form.validate_on_submit() and _done(form, ask):
        flash(_("Somebody who did not decide will look at it again. They tell you the answer."), "lms_done")
        return redirect(url_for("lms.register.mine", authority=authority_id))
    if not form.is_submitted() and not reviewing.can_ask(unit(), place.listing, place.judged.edition):
        return redirect(url_for("lms.register.mine", authority=authority_id))
    return render_template(
        "lms/register/listing/own_review.html",
        form=form,
        place=place,
        days=place.judged.edition.file.processing_target_working_days,
    )


def _target(place: Place, act: Act) -> ListingState:
    """Where an act leads: going on leads to the label or to the register, as the rules say."""
    if act is Act.PAUSE:
        return ListingState.PAUSED
    if act is Act.LEAVE:
        return ListingState.REMOVED
    shown = place.judged.verdict.state
    return shown if shown is ListingState.PROVISIONAL else ListingState.LISTED


def _done(form: OnceForm, go: Callable[[], None]) -> bool:
    try:
        go()
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True


def _own(authority_id: UUID) -> Place:
    """An authority that knows the viewer as a PA and has rules. NotFound for any other."""
    known = people.authorities_of(unit(), viewer().person_id, today())
    authority = next((a for a in known if a.id == authority_id), None)
    judged = register.verdict_of(unit(), viewer().person_id, authority_id, today()) if authority else None
    if authority is None or judged is None:
        raise NotFound("authority")
    return Place(authority, judged, queries.listing_of(unit(), viewer().person_id, authority_id))
