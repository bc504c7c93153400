"""The phone while it is in the learner's hands. Its browser is signed out, and only the key of this sitting is in it.

So nothing of the assessor's account can be reached, however somebody tries; that every other address leads back here
is a kindness, so that nobody gets lost. The assessor's own secret ends it and signs them in again.
"""

from collections.abc import MutableMapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import places
from lms.assessment.together import queries, services
from lms.assessment.together.forms import KINDS, YES, SecretForm, WordForm
from lms.assessment.together.queries import SittingView
from lms.assessment.together.rules import Turn
from lms.core.web.notes import flash
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import SESSION_KEY, _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people import second_factor, sessions
from lms.people.devices import remember_device
from lms.people.guards import public
from lms.people.login import sign_in_browser
from lms.people.own_secret import look

HANDED = "lms_handed_over"
"""Session key: the key of the sitting this phone was handed over for."""
_OPEN = frozenset({"lms.static", "lms.core.choose_language", "lms.core.healthz", "lms.metrics", "lms.offline.worker"})
_HERE = frozenset({"lms.together.their_part", "lms.together.back"})


def add_to(pages: Blueprint) -> None:
    """Hang the phone's two pages on the room, and keep a phone that was handed over on them."""
    pages.add_url_rule("/together/phone", "their_part", their_part, methods=["GET", "POST"])
    pages.add_url_rule("/together/phone/back", "back", back, methods=["GET", "POST"])
    pages.before_app_request(stay)
    pages.after_request(keep_nothing)


def hold(cookie: MutableMapping[str, Any], key: str, tongue: str) -> None:
    """Put the key into the browser's cookie, and nothing else; pages are in the learner's language from here on."""
    cookie.clear()
    cookie[HANDED] = key
    cookie[SESSION_KEY] = tongue


def stay() -> Response | None:
    """Lead every other address back to the learner's part until the phone is handed back."""
    if request.endpoint in _OPEN | _HERE or HANDED not in session:
        return None
    with house().database.reading() as db:
        found = queries.handed_over(db, str(session[HANDED]))
    if found is None:
        session.pop(HANDED, None)
        return None
    return make_response(redirect(url_for("lms.together.their_part")))


def keep_nothing(response: Response) -> Response:
    """What stood on a handed-over phone stays in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _handed() -> SittingView:
    found = queries.handed_over(unit(), str(session.get(HANDED, "")))
    if found is None:
        session.pop(HANDED, None)
        raise NotFound("sitting")
    g.lms_viewer = None
    return found


@public
def their_part() -> ResponseReturnValue:
    """What was asked and said, for the learner to confirm by their own secret, or to decline."""
    found = _handed()
    if found.turn is not Turn.LEARNER:
        return redirect(url_for(".back"))
    learner, assessor = _names(found)
    form = WordForm()
    form.about(learner, assessor)
    if form.validate_on_submit():
        problem = _say(found, form)
        if problem is None:
            return redirect(url_for(".back"))
        form.refuse(problem)
        found = _handed()
    form.read.data = found.mark
    return _page("their_part.html", found, form)


def _say(found: SittingView, form: WordForm) -> str | None:
    """Keep the learner's word; what to say when it could not be."""
    confirmed = form.right.data == YES
    if confirmed:
        looked = look(found.learner_id, form.password.data or "")
        if not looked.right:
            return looked.problem
    try:
        services.say(
            unit(),
            together_id=found.id,
            confirmed=confirmed,
            text=form.text.data or "",
            read=form.read.data or "",
            language=language(),
            now=now(),
        )
    except Refused as refusal:
        unit().rollback()
        return say_refusal(refusal)
    unit().commit()
    return None


@public
def back() -> ResponseReturnValue:
    """Hand the phone back: the assessor's own secret signs them in again, and records what both confirmed."""
    found = _handed()
    _learner, assessor = _names(found)
    form = SecretForm()
    form.of(assessor, with_code=second_factor.owed(unit(), found.by))
    if form.validate_on_submit():
        code = form.code.data if "code" in form else None
        looked = look(found.by, form.password.data or "", code)
        if looked.right:
            return _taken_back(found.id, found.by, looked.tried)
        form.refuse(looked.problem)
        found = _handed()
    return _page("back.html", found, form)


def _taken_back(together_id: UUID, by: UUID, tried: UUID | None) -> Response:
    """Sign the assessor in again, and record it or take it up."""
    secret = sessions.start(unit(), person_id=by, way="together", now=now(), on=today(), tried=tried)
    known_as = people.person(unit(), by).email or ""
    unit().commit()
    sign_in_browser(secret, keep=())
    g.pop("lms_viewer", None)
    return remember_device(recorded(together_id, by), known_as)


def recorded(together_id: UUID, by: UUID) -> Response:
    """Record a sitting that both confirmed, or take it up where the learner said no or nothing."""
    here = make_response(redirect(url_for("lms.together.sitting", together_id=together_id)))
    found = queries.own(unit(), together_id, by)
    try:
        if found.confirmed is None:
            services.take_up(unit(), together_id=together_id, by=by, now=now())
        else:
            services.offer(unit(), together_id=together_id, by=by, now=now(), language=language())
    except Refused as refusal:
        unit().rollback()
        flash(say_refusal(refusal), "lms_note")
        return here
    unit().commit()
    if found.confirmed is None:
        return here
    name = people.person(unit(), found.learner_id).name
    flash(_("Saved as evidence. You and %(name)s both confirmed it.", name=name), "lms_done")
    return make_response(redirect(url_for("lms.evidence.piece", evidence_id=together_id)))


def _names(found: SittingView) -> tuple[str, str]:
    there = people.persons(unit(), {found.learner_id, found.by})
    return there[found.learner_id].name, there[found.by].name


def _page(template: str, found: SittingView, form: object) -> str:
    learner, assessor = _names(found)
    enrolment = learning.enrolment(unit(), found.enrolment_id)
    placed = places.unit_of(unit(), enrolment, found.unit)
    return render_template(
        f"lms/assessment/together/{template}",
        found=found,
        form=form,
        learner=learner,
        assessor=assessor,
        lines=[placed.framework.line(key) for key in found.lines],
        kinds=KINDS,
    )
