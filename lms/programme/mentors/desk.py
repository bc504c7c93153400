"""The coordinator's pages of mentoring: who waits, who could be their mentor, the pairs, and numbers."""

from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.people import acting_for
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.mentors import labels, matching, queries
from lms.programme.mentors.forms import ApartForm
from lms.programme.mentors.services import KINDS
from lms.programme.mentors.views import OWN, pages
from lms.programme.mentors.words import Kind

MOST_FOUND = 25
MOST_LISTED = 500


@pages.get("/desk/mentors")
@requires(Role.COORDINATOR)
def desk() -> ResponseReturnValue:
    """Who waits for a mentor, the pairs, the mentors, and the numbers."""
    authority = authority_for(Role.COORDINATOR)
    asked, mentors = queries.requests_in(unit(), authority), queries.mentors_in(unit(), authority)
    names = people.persons(unit(), {each.newcomer_id for each in asked} | {each.person_id for each in mentors})
    return render_template(
        "lms/programme/mentors/desk.html",
        authority=authority,
        waiting=[each for each in asked if each.matched_at is None],
        pairs=queries.pairs_in(unit(), authority),
        mentors=mentors,
        load=queries.load_of(unit(), authority),
        counts=queries.counts(unit(), authority),
        names=names,
        labels=labels,
    )


@pages.route("/desk/mentors/requests/<uuid:request_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def choose(request_id: UUID) -> ResponseReturnValue:
    """Choose the mentor to whom a newcomer's details are passed."""
    authority, form = authority_for(Role.COORDINATOR), OnceForm()
    asked = queries.request(unit(), authority, request_id)
    if form.validate_on_submit():
        try:
            matching.match(
                unit(),
                once=form.key(),
                authority_id=authority,
                request_id=request_id,
                mentor_id=UUID(request.form.get("mentor", "")),
                by=viewer().person_id,
                now=now(),
            )
        except ValueError:
            form.refuse(_("Choose a mentor."))
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(
                _("The details are passed on. Both are told; the newcomer is not told who the mentor is."), "lms_done"
            )
            return redirect(url_for(".desk", authority=authority))
    return render_template(
        "lms/programme/mentors/choose.html",
        authority=authority,
        asked=asked,
        name=people.person(unit(), asked.newcomer_id).name,
        candidates=matching.candidates(unit(), asked),
        form=form,
        labels=labels,
    )


@pages.post("/desk/mentors/pairs/<uuid:match_id>/end")
@requires(Role.COORDINATOR)
def end_pair(match_id: UUID) -> ResponseReturnValue:
    """End a pair."""
    authority = authority_for(Role.COORDINATOR)
    matching.end(unit(), authority_id=authority, match_id=match_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("The pair has ended. Both are told."), "lms_done")
    return redirect(url_for(".desk", authority=authority))


@pages.get("/desk/mentors/suggest")
@requires(Role.COORDINATOR)
def suggest_page() -> ResponseReturnValue:
    """Find somebody to whom a mentor could be suggested."""
    authority = authority_for(Role.COORDINATOR)
    kind = Kind.EMPLOYER if request.args.get("of") == Kind.EMPLOYER else Kind.PA
    search = request.args.get("name", "").strip()[:100]
    listed = acting_for.find(unit(), authority, KINDS[kind], today(), name=search, limit=MOST_FOUND + 1)
    return render_template(
        "lms/programme/mentors/suggest.html",
        authority=authority,
        kind=kind,
        search=search,
        listed=listed[:MOST_FOUND],
        more=len(listed) > MOST_FOUND,
        asked={each.newcomer_id for each in queries.requests_in(unit(), authority)},
        new_number=uuid4,
        labels=labels,
    )


@pages.post("/desk/mentors/suggest/<any(pa, employer):kind>/<uuid:person_id>")
@requires(Role.COORDINATOR)
def suggest(kind: str, person_id: UUID) -> ResponseReturnValue:
    """Suggest it to them. Nothing is passed on before they say yes."""
    authority, form = authority_for(Role.COORDINATOR), OnceForm()
    try:
        matching.suggest(
            unit(),
            once=form.key(),
            authority_id=authority,
            newcomer_id=person_id,
            kind=Kind(kind),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("It is suggested to them. Nothing is passed on before they say yes."), "lms_done")
    return redirect(url_for(".suggest_page", authority=authority, of=kind))


@pages.route("/desk/mentors/apart", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def apart() -> ResponseReturnValue:
    """Say of two people that they are never matched. Nobody has to write why."""
    authority, form = authority_for(Role.COORDINATOR), ApartForm()
    found = acting_for.find(unit(), authority, OWN, today(), limit=MOST_LISTED)
    form.offer([(str(id), name) for id, name in found])
    if form.validate_on_submit():
        try:
            matching.keep_apart(
                unit(),
                authority_id=authority,
                one=UUID(form.one.data),
                other=UUID(form.other.data),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("They are never matched."), "lms_done")
            return redirect(url_for(".apart", authority=authority))
    return render_template(
        "lms/programme/mentors/apart.html", authority=authority, form=form, pairs=queries.apart_in(unit(), authority)
    )


@pages.post("/desk/mentors/apart/<uuid:one>/<uuid:other>/undo")
@requires(Role.COORDINATOR)
def apart_no_more(one: UUID, other: UUID) -> ResponseReturnValue:
    """Take back that two people are never matched."""
    authority = authority_for(Role.COORDINATOR)
    matching.keep_apart_no_more(unit(), authority_id=authority, one=one, other=other, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("They can be matched again. What stood here about them is deleted."), "lms_done")
    return redirect(url_for(".apart", authority=authority))
