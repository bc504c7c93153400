"""The register team's pages of one listing: where it stands, each move on a page of its own, waivers, and reviews."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core import i18n
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.queries import PersonView
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.doors import TEAM, known_pa
from lms.register.kinds import ListingState
from lms.register.listing import history, labels, queries, removing, reviewing, services, waivers, waiving
from lms.register.listing.forms import AnswerForm, ReasonForm, WaiverForm
from lms.register.listing.history import ReviewView
from lms.register.listing.moves import Act, Actor, allows, moves_from
from lms.register.listing.own import pages
from lms.register.listing.queries import ListingView, NoticeView
from lms.register.listing.reasons import WORDS, Reason, reasons_for
from lms.register.listing.waiving import SeenInstead, WaiverReason
from lms.register.queries import Judged
from lms.register.somebody_else import SomebodyElse, somebody_else

__all__ = ["pages"]

SLUGS: Mapping[str, Act] = {act.value.replace("_", "-"): act for act in labels.TEAM}
_REASONED = frozenset({Act.REFUSE, Act.SUSPEND, Act.LIFT, Act.REMOVE})
_MAY_WITHHOLD = frozenset({Act.REFUSE, Act.SUSPEND, Act.REMOVE})


@dataclass(frozen=True)
class Desk:
    """One PA's listing as somebody of the team sees it. A draft is the PA's own business and is not here."""

    person: PersonView
    authority_id: UUID
    judged: Judged
    listing: ListingView | None
    notice: NoticeView | None
    review: ReviewView | None
    actors: frozenset[Actor]

    @property
    def manager(self) -> bool:
        """Whether the viewer may do what a manager may."""
        return Actor.MANAGER in self.actors

    def acts(self) -> dict[Act, bool]:
        """What the viewer can do, each with whether the rules allow it now."""
        if self.listing is None:
            return {}
        found: dict[Act, bool] = {}
        for move in moves_from(self.listing.state, self.actors):
            if move.act in labels.TEAM and not (move.act is Act.REMOVE and self.notice):
                found[move.act] = found.get(move.act, False) or allows(move.needs, self.judged.verdict)
        return found


@pages.get("/register/people/<uuid:authority_id>/<uuid:person_id>/listing")
@requires(*TEAM)
def one(authority_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Where a PA's listing stands, what can be done now, waivers, and everything that happened."""
    desk = _desk(authority_id, person_id)
    happened = history.history_of(unit(), desk.listing) if desk.listing else []
    given = queries.waivers_of(unit(), person_id, authority_id)
    rules = desk.judged.edition.rules
    lacking = [r for r in rules.requirements if r.code in desk.judged.verdict.missing]
    return render_template(
        "lms/register/listing/one.html",
        desk=desk,
        happened=happened,
        review=desk.review,
        waivers=[each for each in given if each.counts_on(today())],
        can_waive=[r.code for r in lacking if waiving.can_be_waived(r)],
        never=[r.code for r in lacking if not waiving.can_be_waived(r)],
        lines=desk.judged.edition.lines,
        label=desk.judged.edition.file.provisional.label,
        names=people.persons(unit(), {each.by for each in happened if each.by} | {w.by for w in given}),
        labels=labels,
        reasons={**WORDS, **waiving.REASONS},
        seen=waiving.SEEN,
        viewer_id=viewer().person_id,
    )


@pages.route("/register/people/<uuid:authority_id>/<uuid:person_id>/listing/<slug>", methods=["GET", "POST"])
@requires(*TEAM)
def act(authority_id: UUID, person_id: UUID, slug: str) -> ResponseReturnValue:
    """One move, once one has read what follows and chosen why."""
    desk, what = _desk(authority_id, person_id), SLUGS.get(slug)
    if what is None or desk.listing is None:
        raise NotFound("move")
    removal = desk.judged.edition.file.removal
    form = ReasonForm() if what in _REASONED else OnceForm()
    if isinstance(form, ReasonForm):
        offered = reasons_for(what, removal.immediate_grounds)
        form.offer(
            [(each.value, _reason_said(desk, what, each)) for each in offered],
            may_withhold=removal.reasons_may_be_withheld and what in _MAY_WITHHOLD,
        )
    if form.validate_on_submit() and _done(form, lambda: _go(desk, what, form)):
        flash(_(labels.TEAM[what].done), "lms_done")
        return redirect(url_for(".one", authority_id=authority_id, person_id=person_id))
    if not form.is_submitted() and not desk.acts().get(what):
        return redirect(url_for(".one", authority_id=authority_id, person_id=person_id))
    return render_template(
        "lms/register/listing/act.html", form=form, desk=desk, saying=labels.TEAM[what], labels=labels
    )


@pages.route("/register/people/<uuid:authority_id>/<uuid:person_id>/listing-notice", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def keep(authority_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Take back the notice after which a listing would end."""
    desk, form = _desk(authority_id, person_id), OnceForm()

    def go() -> None:
        removing.take_back(unit(), person_id=person_id, authority_id=authority_id, by=viewer().person_id, now=now())

    if form.validate_on_submit() and _done(form, go):
        flash(_(labels.KEEP.done), "lms_done")
        return redirect(url_for(".one", authority_id=authority_id, person_id=person_id))
    if desk.notice is None:
        return redirect(url_for(".one", authority_id=authority_id, person_id=person_id))
    return render_template("lms/register/listing/act.html", form=form, desk=desk, saying=labels.KEEP, labels=labels)


@pages.route("/register/people/<uuid:authority_id>/<uuid:person_id>/reviews/<uuid:review_id>", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def answer(authority_id: UUID, person_id: UUID, review_id: UUID) -> ResponseReturnValue:
    """Answer a review of somebody else's decision."""
    desk, form = _desk(authority_id, person_id), AnswerForm()
    if desk.listing is None or reviewing.listing_of(unit(), review_id) != desk.listing.id:
        raise NotFound("review")
    waiting = desk.review

    def go() -> None:
        reviewing.answer(
            unit(),
            review_id=review_id,
            authority_id=authority_id,
            changed=form.changed.data == "yes",
            by=viewer().person_id,
            now=now(),
        )

    if form.validate_on_submit() and _done(form, go):
        flash(_("The review is answered. The PA is told."), "lms_done")
        return redirect(url_for(".one", authority_id=authority_id, person_id=person_id))
    if not form.is_submitted() and (waiting is None or waiting.id != review_id):
        return redirect(url_for(".one", authority_id=authority_id, person_id=person_id))
    own = waiting is not None and waiting.decided_by == viewer().person_id
    return render_template(
        "lms/register/listing/answer.html",
        form=form,
        desk=desk,
        last=next(iter(queries.moves_of(unit(), desk.listing.id))),
        labels=labels,
        reasons=WORDS,
        own=own,
        else_=_another_manager(authority_id, person_id) if own else None,
    )


def _another_manager(authority_id: UUID, person_id: UUID) -> SomebodyElse:
    besides = {person_id, viewer().person_id}
    return somebody_else(unit(), authority_id, today(), besides=besides, roles=(Role.REGISTER_MANAGER,))


@pages.route("/register/people/<uuid:authority_id>/<uuid:person_id>/waive/<code>", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def waive(authority_id: UUID, person_id: UUID, code: str) -> ResponseReturnValue:
    """Do without one requirement for a time."""
    desk, edition = _desk(authority_id, person_id), register.edition_for(unit(), authority_id, today())
    needed = next((r for r in edition.rules.requirements if r.code == code), None) if edition else None
    if edition is None or needed is None or not waiving.can_be_waived(needed):
        raise NotFound("requirement")
    latest = waiving.last_day_at_most(today(), edition.rules.waiver_days)
    form = WaiverForm(ends_on=latest)
    known = edition.file.waiver_rules.reason_codes
    form.offer(
        [(each.value, said) for each, said in waiving.REASONS.items() if each.value in known],
        [(each.value, said) for each, said in waiving.SEEN.items()],
    )

    def go() -> None:
        waivers.give(
            unit(),
            once=form.key(),
            person_id=person_id,
            authority_id=authority_id,
            code=code,
            reason=WaiverReason(form.reason.data),
            seen=SeenInstead(form.seen.data),
            ends_on=form.ends_on.data or today(),
            by=viewer().person_id,
            now=now(),
        )

    if form.validate_on_submit() and _done(form, go):
        flash(_("The waiver is recorded. The PA is told."), "lms_done")
        return redirect(url_for(".one", authority_id=authority_id, person_id=person_id))
    return render_template(
        "lms/register/listing/waive.html", form=form, desk=desk, line=edition.lines[code], latest=latest
    )


@pages.route("/register/people/<uuid:authority_id>/<uuid:person_id>/waivers/<uuid:waiver_id>", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def end_waiver(authority_id: UUID, person_id: UUID, waiver_id: UUID) -> ResponseReturnValue:
    """End a waiver before its last day."""
    desk, form = _desk(authority_id, person_id), OnceForm()
    given = queries.waivers_of(unit(), person_id, authority_id)
    waiver = next((each for each in given if each.id == waiver_id), None)
    if waiver is None:
        raise NotFound("waiver")

    def go() -> None:
        waivers.end(unit(), waiver_id=waiver_id, authority_id=authority_id, by=viewer().person_id, now=now())

    if form.validate_on_submit() and _done(form, go):
        flash(_("The waiver has ended. The PA is told."), "lms_done")
        return redirect(url_for(".one", authority_id=authority_id, person_id=person_id))
    return render_template(
        "lms/register/listing/end_waiver.html",
        form=form,
        desk=desk,
        waiver=waiver,
        line=desk.judged.edition.lines.get(waiver.code),
        reasons=waiving.REASONS,
    )


def _go(desk: Desk, what: Act, form: OnceForm) -> None:
    reason = Reason(form.reason.data) if isinstance(form, ReasonForm) else None
    shared: dict[str, Any] = {
        "once": form.key(),
        "person_id": desk.person.id,
        "authority_id": desk.authority_id,
        "by": viewer().person_id,
        "now": now(),
    }
    withheld = isinstance(form, ReasonForm) and form.is_withheld()
    if what is Act.REMOVE and reason is not None:
        removing.remove(unit(), reason=reason, withheld=withheld, **shared)
    elif what is Act.LIFT and reason is not None:
        services.lift(unit(), reason=reason, **shared)
    else:
        services.move(unit(), to=_TO[what], act=what, reason=reason, withheld=withheld, **shared)


_TO: Mapping[Act, ListingState] = {
    Act.TAKE_UP: ListingState.CHECKING,
    Act.SHOW: ListingState.PROVISIONAL,
    Act.LIST: ListingState.LISTED,
    Act.COME_BACK: ListingState.LISTED,
    Act.REFUSE: ListingState.REFUSED,
    Act.SUSPEND: ListingState.SUSPENDED,
}


def _reason_said(desk: Desk, what: Act, reason: Reason) -> str:
    """A reason in words; for a removal with how soon it works."""
    said = _(WORDS[reason])
    if what is not Act.REMOVE or desk.listing is None:
        return said
    if services.at_once(desk.listing.state, reason, desk.judged):
        return _("At once: %(reason)s", reason=said)
    ends = removing.removed_on(desk.judged, today())
    return _("With notice, on %(day)s: %(reason)s", day=i18n.day(ends, language()), reason=said)


def _done(form: OnceForm, go: Callable[[], object]) -> bool:
    try:
        go()
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True


def _desk(authority_id: UUID, person_id: UUID) -> Desk:
    """A PA of one of the viewer's own authorities. NotFound for any other."""
    someone = known_pa(person_id, authority_id)
    judged = register.verdict_of(unit(), person_id, authority_id, today())
    if judged is None:
        raise NotFound("rules")
    whole = history.whole_of(unit(), person_id, authority_id)
    if whole.listing is not None and whole.listing.state is ListingState.DRAFT:
        whole = history.Whole()
    return Desk(
        person=someone,
        authority_id=authority_id,
        judged=judged,
        listing=whole.listing,
        notice=whole.notice,
        review=whole.review,
        actors=services.parts_of(unit(), viewer().person_id, person_id, authority_id, now()),
    )
