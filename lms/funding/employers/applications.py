"""One application in plain words: what is asked, what is missing, accepting it, sending it in."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import checking
from lms.funding.claims import services as claims
from lms.funding.claims.queries import OPEN_STATES, ClaimView, moves_of
from lms.funding.employers import applying, bank, obstacle_texts, queries, showing, texts
from lms.funding.employers.doors import ASKERS, Asking, application, course_title, pages, working_on
from lms.funding.employers.forms import AcceptForm
from lms.funding.obstacles import Obstacle, ObstacleCode
from lms.funding.permissions import queries as permissions
from lms.funding.permissions import texts as permission_texts
from lms.funding.vocabulary import ClaimState
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role


@pages.post("/get-training-paid/<uuid:enquiry_id>/apply/<scheme>")
@requires(*ASKERS)
def prepare(enquiry_id: UUID, scheme: str) -> ResponseReturnValue:
    """Make an application of the answers, for the employer to accept."""
    who, _found = working_on(enquiry_id)
    form = OnceForm()
    try:
        made = applying.prepare(
            unit(), enquiry_id=enquiry_id, scheme=scheme[:40], claim_id=form.key(), by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        unit().rollback()
        return render_template("lms/funding/employers/stopped.html", who=who, why=say_refusal(refusal)), 409
    unit().commit()
    flash(_("The application is prepared. Nothing is sent yet."), "lms_done")
    return redirect(url_for(".application_page", claim_id=made))


@pages.get("/get-training-paid/applications/<uuid:claim_id>")
@requires(*ASKERS)
def application_page(claim_id: UUID) -> ResponseReturnValue:
    """One application as it stands, and the next thing to do."""
    who, found = application(claim_id)
    return _page(who, found)


@pages.route("/get-training-paid/applications/<uuid:claim_id>/accept", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def accept(claim_id: UUID) -> ResponseReturnValue:
    """The employer reads everything in plain words, and accepts the terms; nobody else can."""
    who, found = application(claim_id)
    if not who.may_accept or found.state not in OPEN_STATES:
        raise NotFound("application")
    form = AcceptForm()
    form.version.process_data(form.version.data or str(found.version))
    if form.validate_on_submit():
        try:
            claims.accept_terms(
                unit(),
                claim_id=claim_id,
                within=[found.authority_id],
                by=viewer().person_id,
                now=now(),
                version=form.shown_version,
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
            form.version.process_data(str(found.version))
        else:
            unit().commit()
            flash(_("You have accepted the terms. Now it can be sent in."), "lms_done")
            return redirect(url_for(".application_page", claim_id=claim_id))
    return render_template(
        "lms/funding/employers/accept.html", form=form, promises=texts.PROMISES, **_shown(who, found)
    )


@pages.post("/get-training-paid/applications/<uuid:claim_id>/send")
@requires(*ASKERS)
def send(claim_id: UUID) -> ResponseReturnValue:
    """Send an accepted application in."""
    who, found = application(claim_id)
    form = OnceForm()
    try:
        claims.submit(
            unit(), claim_id=claim_id, within=[found.authority_id], by=viewer().person_id, now=now(), once=form.key()
        )
    except Refused as refusal:
        unit().rollback()
        return _page(who, found, refused=say_refusal(refusal)), 409
    unit().commit()
    flash(_("Sent in. You are told as soon as it is decided. Do not book before that."), "lms_done")
    return redirect(url_for(".application_page", claim_id=claim_id))


@pages.post("/get-training-paid/applications/<uuid:claim_id>/again")
@requires(*ASKERS)
def again(claim_id: UUID) -> ResponseReturnValue:
    """Ask again after a No: a new application with the same costs, which the employer accepts anew."""
    who, found = application(claim_id)
    form = OnceForm()
    if who.state_of(found) is not ClaimState.REJECTED:
        raise NotFound("application")
    try:
        new = claims.resubmit(
            unit(),
            claim_id=claim_id,
            once=form.key(),
            within=[found.authority_id],
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        unit().rollback()
        return _page(who, found, refused=say_refusal(refusal)), 409
    unit().commit()
    flash(_("A new application is prepared. Read it, and change what the answer said."), "lms_done")
    return redirect(url_for(".application_page", claim_id=new))


@pages.post("/get-training-paid/applications/<uuid:claim_id>/withdraw")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def withdraw(claim_id: UUID) -> ResponseReturnValue:
    """The household takes its application back; nobody who acts for it does."""
    who, found = application(claim_id)
    if not who.own:
        raise NotFound("application")
    try:
        claims.withdraw(
            unit(),
            claim_id=claim_id,
            within=[found.authority_id],
            reason=_("The employer took it back."),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        unit().rollback()
        return _page(who, found, refused=say_refusal(refusal)), 409
    unit().commit()
    flash(_("You have taken the application back."), "lms_done")
    return redirect(url_for(".application_page", claim_id=claim_id))


def _page(who: Asking, found: ClaimView, *, refused: str = "") -> str:
    in_the_way = checking.obstacles(unit(), found.id, now=now()) if found.state in OPEN_STATES else ()
    blocking = [each for each in in_the_way if each.blocks]
    accepted = not any(each.code is ObstacleCode.TERMS_NOT_ACCEPTED for each in blocking)
    others = [each for each in blocking if each.code is not ObstacleCode.TERMS_NOT_ACCEPTED]
    return render_template(
        "lms/funding/employers/application.html",
        refused=refused,
        payer_said=_payer_said(who.state_of(found), found.id),
        open=found.state in OPEN_STATES,
        accepted=accepted,
        missing=_told(others, found),
        may_send=accepted and not others,
        form=OnceForm(),
        uses=permissions.uses_about(unit(), found.id),
        permission_texts=permission_texts,
        **_shown(who, found),
    )


def _payer_said(state: ClaimState, claim_id: UUID) -> str:
    """What whoever decides wrote, where the state shown is one they gave a reason for."""
    if state not in {ClaimState.NEEDS_ACTION, ClaimState.REJECTED}:
        return ""
    return next((each.reason for each in reversed(moves_of(unit(), claim_id)) if each.went_to is state), "")


def _told(obstacles: list[Obstacle], found: ClaimView) -> list[str]:
    items = {line.id: line.item_title.text(language()) for line in found.lines}
    told = [
        obstacle_texts.say_obstacle(each, items.get(each.line_id) if each.line_id else None, _, language())
        for each in obstacles
    ]
    return list(dict.fromkeys(told))


def _shown(who: Asking, found: ClaimView) -> dict[str, object]:
    """What both pages say of an application. Its decision is for who may receive it."""
    scheme = schemes_for(unit(), found.authority_id, on=today()).by_code.get(found.scheme)
    opener = people.persons(unit(), [found.opened_by]) if found.opened_by else {}
    enquiry = queries.enquiry_of_claim(unit(), found.id)
    conditions = dict.fromkeys(
        each for line in found.lines for each in showing.conditions(line.verdict, _, own=who.may_accept)
    )
    return {
        "who": who,
        "claim": found,
        "state": who.state_of(found),
        "afterwards": showing.afterwards(who.state_of(found), scheme, _),
        "scheme": scheme,
        "courses": list(dict.fromkeys(course_title(line.training) for line in found.lines)),
        "learners": list(dict.fromkeys(line.learner_name for line in found.lines)),
        "asked_pence": sum(line.cost_pence or 0 for line in found.lines),
        "is_fact": all(line.verdict.amount_is_fact for line in found.lines),
        "conditions": list(conditions),
        "prepared_by": opener[found.opened_by].name if found.opened_by in opener else None,
        "enquiry": enquiry,
        "account": bank.shown(unit(), who.id) if who.own else None,
        "account_given": bank.shown(unit(), who.id) is not None,
        "texts": texts,
    }
