"""Putting a wrong key right: choose the key, see what it would do, and only then let it hold."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning.answer_forms import AnswerForm, answer_form, moved, sent_answer
from lms.learning.authoring import queries, services
from lms.learning.authoring.forms import ReasonForm
from lms.learning.authoring.rules import Preview
from lms.learning.authoring.views import module_at, pages
from lms.learning.catalogue import Module
from lms.learning.questions import Answer, Question, TypedAnswer
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

SEED = "key"
"""What names on this page are made with: authors know the key, so nothing needs hiding here."""


@pages.route("/content/<module>/<edition>/questions/<question>/key", methods=["GET", "POST"])
@requires(Role.ADMIN)
def key_page(module: str, edition: str, question: str) -> ResponseReturnValue:
    """Choose another key, look at what it would do, and confirm."""
    taught = module_at(module, edition)
    asked = services.corrected_question(unit(), authority_for(Role.ADMIN), module, edition, question)
    if asked.by_hand:
        raise NotFound("key")
    form, key = ReasonForm(), _sent(asked) if request.method == "POST" else asked.key()
    if request.method == "GET":
        form.accepted.data = "\n".join(asked.key())
    if "move" not in request.form and form.validate_on_submit():
        try:
            if "confirm" in request.form:
                return _confirmed(taught, asked, key, form)
            return _previewed(taught, asked, key, form)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
    return render_template(
        "lms/learning/content_key.html",
        module=taught,
        question=asked,
        form=form,
        answers=_answers(asked, key),
        typed=isinstance(asked, TypedAnswer),
    )


def _sent(question: Question) -> Answer:
    """The key that was chosen, or the one that was looked at and is confirmed."""
    if "confirm" in request.form:
        return tuple(request.form.getlist("key"))
    if isinstance(question, TypedAnswer):
        lines = request.form.get("accepted", "").splitlines()
        return tuple(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
    return moved(question, request.form, SEED) or sent_answer(question, request.form, SEED)


def _answers(question: Question, key: Answer) -> AnswerForm:
    """The question's own form, filled with a key instead of an answer."""
    form = answer_form(question, key, SEED)
    form.held = key
    return form


def _previewed(module: Module, question: Question, key: Answer, form: ReasonForm) -> ResponseReturnValue:
    if trouble := question.key_trouble(key):
        raise Refused(trouble)
    if services.same_key(question, key):
        raise Refused(services.SAME_KEY)
    foreseen: Preview = queries.preview(unit(), authority_for(Role.ADMIN), module, question, key)
    return render_template(
        "lms/learning/content_key_preview.html",
        module=module,
        question=question,
        corrected=question.with_key(key),
        key=key,
        form=form,
        foreseen=foreseen,
    )


def _confirmed(module: Module, question: Question, key: Answer, form: ReasonForm) -> Response:
    services.correct_key(
        unit(),
        correction_id=form.key(),
        authority_id=authority_for(Role.ADMIN),
        module=module.code,
        edition=module.edition,
        question=question.code,
        key=key,
        reason=form.reason.data or "",
        by=viewer().person_id,
        now=now(),
    )
    unit().commit()
    flash(_("The key is corrected. Tries that were handed in are marked again within a few minutes."), "lms_done")
    here: dict[str, Any] = {"module": module.code, "edition": module.edition, "question": question.code}
    return redirect(url_for(".content_question", **here))
