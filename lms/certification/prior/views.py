"""A learner's pages of prior learning: what they have offered, offering something, and taking it back."""

from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certification import queries as certificates
from lms.certification.prior.forms import OfferForm
from lms.certification.prior.shown import shown
from lms.core.web.notes import flash
from lms.core.web.papers import LARGEST_POST, Paper, download
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.catalogue import Module
from lms.learning.doors import Study, own_study
from lms.learning.prior import queries, services
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("prior", __name__)


@pages.get("/prior-learning")
@requires(Role.PA)
def mine() -> ResponseReturnValue:
    """What one has offered, the latest first, and what became of it."""
    return render_template(
        "lms/certification/prior/mine.html", offers=shown(queries.offers_of(unit(), viewer().person_id))
    )


@pages.route("/learning/<uuid:enrolment_id>/<module>/prior-learning", methods=["GET", "POST"])
@requires(Role.PA)
def offer(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """Say what one has learned before, for a module, and show a paper or a certificate for it."""
    study = own_study(enrolment_id)
    taught = study.module(module)
    held = certificates.certificates_of(unit(), viewer().person_id)
    form = OfferForm()
    form.offer(_outcomes(study, taught), held)
    if form.validate_on_submit():
        try:
            _make(form, study, taught, {each.number for each in held})
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            if not form.paper.errors:
                unit().commit()
                flash(_("Thank you. An assessor looks at it, and you read here what they say."), "lms_done")
                return redirect(url_for(".mine"))
    elif form.is_submitted() and _may_offer(form):
        _paper(form)  # kept although something else is missing; and everything that is missing is named at once
    return render_template("lms/certification/prior/offer.html", form=form, study=study, module=taught, held=held)


offer.largest_post = LARGEST_POST  # type: ignore[attr-defined]  # a photo is larger than other posts


def _may_offer(form: OfferForm) -> bool:
    try:
        services.may_offer(unit(), learner_id=viewer().person_id, now=now())
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    return True


@pages.post("/prior-learning/<uuid:offer_id>/take-back")
@requires(Role.PA)
def take_back(offer_id: UUID) -> ResponseReturnValue:
    """Take an offer back before anybody decided."""
    try:
        services.take_back(unit(), offer_id=offer_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("You have taken it back. Nobody decides about it now."), "lms_done")
    return redirect(url_for(".mine"))


@pages.get("/prior-learning/<uuid:offer_id>/paper")
@requires(Role.PA)
def own_paper(offer_id: UUID) -> Response:
    """The paper one has handed in oneself."""
    found = queries.own_offer(unit(), offer_id, viewer().person_id)
    if found.paper is None:
        raise NotFound("paper")
    return download(found.paper, "prior-learning")


def _make(form: OfferForm, study: Study, module: Module, numbers: set[str]) -> None:
    number = form.certificate.data if form.proof.data == "certificate" else None
    if number is not None and number not in numbers:
        raise Refused(N_("Choose one of your certificates from the list."))
    paper = _paper(form) if number is None else None
    if form.paper.errors:
        return
    services.offer_prior(
        unit(),
        id=form.key(),
        enrolment_id=study.enrolment.id,
        module=module.code,
        outcomes=form.outcomes.data or [],
        title=form.title.data or "",
        earned_on=form.earned_on.data,
        says=form.says.data or "",
        paper=paper.keep(unit(), now=now()) if paper else None,
        certificate=number,
        by=viewer().person_id,
        now=now(),
    )


def _paper(form: OfferForm) -> Paper | None:
    """The paper handed in; an error at its field when one is needed and none came."""
    paper = form.take_paper(viewer().person_id)
    if paper is None and not form.paper.errors and form.proof.data != "certificate":
        form.paper.errors = [_("Hand in a photo or PDF of the paper.")]
    return paper


def _outcomes(study: Study, module: Module) -> list[tuple[str, str]]:
    """The outcomes of a module that hold where the learner is and are not accepted yet, with their words."""
    held = learning.prior_outcomes(unit(), study.enrolment.id)
    here = module.outcomes_in(study.nation)
    return [(o.code, o.text.text(language())) for o in module.outcomes if o.code in here and o.code not in held]
