"""The pages of visits: taking learners along, the pages a phone keeps, and sending what was done there."""

import json
from typing import Any
from uuid import UUID

from flask import Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.deciding.labels import FIVE, JUDGEMENTS, STANDS
from lms.assessment.forms import LABELS
from lms.assessment.visits import packing, queries, services
from lms.assessment.visits.rules import HOLDS, MOST_LEARNERS, Came, short_name
from lms.assessment.visits.things import thing_of
from lms.core.web import csrf
from lms.core.web.assets import asset_version
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.learning.offline import copies
from lms.learning.offline import rules as batches
from lms.learning.offline.items import number_of
from lms.people.guards import requires, signed_in, viewer
from lms.people.rules import Role

pages = room("visits", __name__)

_SCRIPTS = tuple(f"js/visit-{name}.js" for name in ("kept", "list", "learner", "observe"))
_LARGEST_ASK = 4000


@pages.get("/visits")
@requires(Role.ASSESSOR)
def start() -> ResponseReturnValue:
    """Choose whom to take along, and what became of earlier visits. Without scripts: the sheets to print."""
    chosen = {each for each in request.args.getlist("learner") if len(each) < 50}
    return render_template(
        "lms/assessment/visits/start.html",
        learners=packing.learners_of(unit(), viewer(), today()),
        chosen=chosen,
        most=MOST_LEARNERS,
        days=HOLDS.days,
        meetings=queries.count_meetings(unit(), viewer().person_id),
        version=_version(),
    )


@pages.get("/visits/phone")
@signed_in
def phone_page() -> ResponseReturnValue:
    """What was taken along on this phone, and what waits to be sent. The lists are made on the phone itself."""
    return render_template("lms/assessment/visits/phone.html", version=_version())


@pages.get("/visits/phone/learner")
@signed_in
def phone_learner() -> ResponseReturnValue:
    """One learner who was taken along. Whom and what stands on the phone only; nothing of it is in this page."""
    return render_template("lms/assessment/visits/learner.html", stands=STANDS, version=_version())


@pages.get("/visits/phone/observe")
@signed_in
def phone_observe() -> ResponseReturnValue:
    """Write down what one sees, with draft decisions. It is kept on the phone."""
    return render_template(
        "lms/assessment/visits/observe.html",
        settings=LABELS["settings"],
        judgements=JUDGEMENTS,
        five=FIVE,
        version=_version(),
    )


def _version() -> str:
    """Changes with a new release, and with the language: what a phone keeps from another is made anew."""
    return f"{asset_version()}/{language()}"


@pages.post("/visits/take")
@requires(Role.ASSESSOR)
def take() -> ResponseReturnValue:
    """What a phone needs for visits to these learners, in one answer: the pages, and the pack of data.

    400 with a sentence when it cannot be read, or asks for too many. It is always compressed; every browser takes it.
    """
    try:
        wanted = _asked(request.get_data(cache=False))
        pack = packing.take_along(unit(), enrolment_ids=wanted, viewer=viewer(), language=language(), say=_, now=now())
    except Refused as refusal:
        return jsonify(message=say_refusal(refusal)), 400
    found = {address: html for address in _addresses() if (html := copies.page(address)) is not None}
    bundle = {
        "person": str(viewer().person_id),
        "made_at": now().isoformat(),
        "holds_for": int(HOLDS.total_seconds() * 1000),
        "holds_until": (now() + HOLDS).isoformat(),
        "version": _version(),
        "pack": pack,
        "assets": copies.assets(found.values(), (*copies.ASKED_FOR, *_SCRIPTS)),
        "pictures": {},
        **copies.folded(found),
    }
    unit().commit()
    answer = make_response(copies.packed(bundle))
    answer.mimetype = "application/json"
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def _addresses() -> list[str]:
    return [url_for(f".{name}") for name in ("phone_page", "phone_learner", "phone_observe")]


def _asked(body: bytes) -> list[UUID]:
    try:
        found = json.loads(body[:_LARGEST_ASK])["learners"]
        return [UUID(each) for each in found]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise services.UNREAD from None


@pages.get("/visits/sending")
@signed_in
def ready() -> ResponseReturnValue:
    """Who is signed in here, and a token to send with: what a script asks before it sends."""
    return jsonify(person=str(viewer().person_id), token=csrf.token())


@pages.post("/visits/sending")
@signed_in
def sending() -> ResponseReturnValue:
    """Take a batch of what was written on a phone; answers what each thing came to.

    Open to whoever is signed in: whose part as an assessor has ended meanwhile still hands over what they saw, and
    what was never taken along by them is refused. 400 with a sentence for what cannot be read at all; 409 when the
    batch is somebody else's than who is signed in.
    """
    try:
        sent = batches.read(request.get_data(cache=False))
    except Refused as refusal:
        return jsonify(message=say_refusal(refusal)), 400
    if sent.get("person") != str(viewer().person_id):
        return jsonify(message="person"), 409
    read = [(each, thing_of(each)) for each in sent["items"]]
    clock = sent.get("phone_now")
    outcomes = services.take(
        unit(),
        [thing for _sent, thing in read if thing is not None],
        by=viewer().person_id,
        now=now(),
        phone_now=batches.moment_of(clock if isinstance(clock, int) else 0),
    )
    unit().commit()
    unread = [
        {"id": number_of(each), "came": Came.REFUSED, "says": say_refusal(services.UNREAD)}
        for each, thing in read
        if thing is None
    ]
    return jsonify(items=[*map(_said, outcomes), *unread])


def _said(outcome: services.Outcome) -> dict[str, Any]:
    says = say_refusal(outcome.says) if outcome.says is not None else None
    return {"id": str(outcome.id), "came": outcome.came, "says": says}


@pages.get("/visits/sheet/<uuid:enrolment_id>")
@requires(Role.ASSESSOR)
def sheet(enrolment_id: UUID) -> Response | str:
    """The lines of one learner as a sheet to print and write on by hand."""
    mine = packing.mine(unit(), viewer(), enrolment_id, today())
    return render_template(
        "lms/assessment/visits/sheet.html",
        mine=mine,
        settings=LABELS["settings"],
        judgements=JUDGEMENTS,
        five=FIVE,
        who=short_name(mine.name),
    )
