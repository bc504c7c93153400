"""Keeping a module on a phone, sending what was done there, and the page that says what is on the phone."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lms.core.web import csrf
from lms.core.web.assets import STATIC, asset_version
from lms.core.web.rooms import room
from lms.core.web.state import house, now, unit
from lms.core.web.texts import language, say_refusal
from lms.core.words import Refused
from lms.learning import services as study_services
from lms.learning.answer_forms import sent_answer
from lms.learning.audiences import STUDENTS
from lms.learning.doors import own_study
from lms.learning.offline import bundle, copies, rules, services
from lms.learning.offline.bundle import Bundle
from lms.learning.offline.items import item_of, number_of
from lms.learning.outcomes import Came
from lms.people.guards import public, requires, viewer

pages = room("offline", __name__)

_WORKER = STATIC / "js" / "offline-worker.js"


@pages.get("/phone-worker.js")
@public
def worker() -> Response:
    """The script that answers for the server when there is no signal. It stands above all pages of ours."""
    answer = make_response(_WORKER.read_bytes())
    answer.mimetype = "text/javascript"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@pages.get("/learning/phone")
@requires(*STUDENTS)
def phone_page() -> ResponseReturnValue:
    """What is kept on this phone, and what waits to be sent. The lists are made on the phone itself."""
    return render_template("lms/learning/offline/phone.html")


@pages.post("/learning/<uuid:enrolment_id>/<module>/keep")
@requires(*STUDENTS)
def keep(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """Begin the check, so that its questions can be kept; fine too when it cannot begin now."""
    own_study(enrolment_id).module(module)
    try:
        study_services.start_or_resume_attempt(
            unit(), enrolment_id=enrolment_id, module=module, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        unit().rollback()
        return jsonify(begun=False, says=say_refusal(refusal))
    unit().commit()
    return jsonify(begun=True)


@pages.get("/learning/<uuid:enrolment_id>/<module>/phone.json")
@requires(*STUDENTS)
def phone_json(enrolment_id: UUID, module: str) -> Response:
    """A module's pages for the phone of its learner, in one answer. It is always compressed; every browser takes it."""
    study = own_study(enrolment_id)
    made = bundle.bundle_of(study, study.module(module))
    answer = make_response(bundle.packed(made))
    answer.mimetype = "application/json"
    answer.headers["Content-Encoding"] = "gzip"
    return answer


@pages.get("/learning/<uuid:enrolment_id>/<module>/phone-size.json")
@requires(*STUDENTS)
def phone_size(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """About how many bytes keeping a module brings to a phone: pages, styles and scripts, and pictures, all packed.

    `room` is what all of it takes there, unpacked.
    """
    study = own_study(enrolment_id)
    taught = study.module(module)
    version = bundle.version_of(study, taught)
    homes = tuple(each.home.edition for each in taught.lessons if each.home)
    key = ("phone size", taught.code, taught.edition, homes, language(), asset_version())
    # By module, edition, language and build they are the same for everybody, but for a name here and there.
    known = house().known
    if key not in known:
        known[key] = _size(bundle.bundle_of(study, taught))
    return jsonify(version=version, edition=taught.edition, **known[key])


def _size(made: Bundle) -> dict[str, int]:
    plan = made.module.check
    to_come = plan.draw if plan is not None and made.attempt is None else 0
    pictures = sum(made.pictures().values())
    unpacked = sum(map(len, made.pages.values())) + sum(map(copies.size, made.assets()))
    return {
        "pages": len(bundle.packed(made)) + bundle.QUESTION_BYTES * to_come,
        "assets": sum(map(copies.packed_size, made.assets())),
        "pictures": pictures,
        "room": unpacked + bundle.QUESTION_ROOM * to_come + pictures,
    }


@pages.get("/learning/sending")
@requires(*STUDENTS)
def ready() -> ResponseReturnValue:
    """Who is signed in here, and a token to send with: what a script asks before it sends."""
    return jsonify(person=str(viewer().person_id), token=csrf.token())


@pages.post("/learning/sending")
@requires(*STUDENTS)
def sending() -> ResponseReturnValue:
    """Take a batch of what was done on a phone; answers what each thing came to.

    400 with a sentence for what cannot be read at all; 409 when the batch is somebody else's than who is signed in.
    """
    try:
        sent = rules.read(request.get_data(cache=False))
    except Refused as refusal:
        return jsonify(message=say_refusal(refusal)), 400
    if sent.get("person") != str(viewer().person_id):
        return jsonify(message="person"), 409
    read = [(each, item_of(each)) for each in sent["items"]]
    outcomes = services.take(
        unit(),
        [item for _sent, item in read if item is not None],
        by=viewer().person_id,
        now=now(),
        phone_now=rules.moment_of(_clock(sent)),
        decode=lambda question, fields, seed: sent_answer(question, MultiDict(fields), seed),
    )
    unit().commit()
    unread = [
        {"id": number_of(each), "came": Came.REFUSED, "says": say_refusal(services.UNREAD)}
        for each, item in read
        if item is None
    ]
    return jsonify(items=[*map(_said, outcomes), *unread])


def _clock(sent: dict[str, Any]) -> int:
    found = sent.get("phone_now")
    return found if isinstance(found, int) else 0


def _said(outcome: services.Outcome) -> dict[str, Any]:
    says = say_refusal(outcome.says) if outcome.says is not None else None
    return {"id": str(outcome.id), "came": outcome.came, "says": says}
