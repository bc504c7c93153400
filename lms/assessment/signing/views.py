"""Withdraw a sign-off: by who signed it, a quality assurer or a coordinator. Signing is in `lms.assessment.views`."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import places
from lms.assessment.deciding import pagewords
from lms.assessment.signing import queries, services
from lms.assessment.signing.forms import WithdrawForm
from lms.assessment.signing.queries import SignOffView
from lms.assessment.signing.rules import Withdrawer
from lms.assessment.signing.withdrawing import part_in
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("signing", __name__)


@pages.route("/sign-off/<uuid:sign_off_id>/withdraw", methods=["GET", "POST"])
@requires(Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE, Role.QUALITY_ASSURER, Role.COORDINATOR)
def withdraw(sign_off_id: UUID) -> ResponseReturnValue:
    """Withdraw a sign-off, with a reason; both sides are told."""
    found = queries.sign_off(unit(), sign_off_id)
    enrolment, me = learning.enrolment(unit(), found.enrolment_id), viewer().person_id
    part = part_in(unit(), sign_off_id, me, now())
    former = part is None and found.by == me != found.learner_id
    if found.withdrawn is not None or (part is None and not former):
        raise NotFound("sign-off")
    form = WithdrawForm()
    back = _back(found, enrolment, part)
    if not former and form.validate_on_submit():
        try:
            services.withdraw_sign_off(
                unit(), sign_off_id=sign_off_id, reason=form.reason.data or "", by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The sign-off is withdrawn. Both sides are told."), "lms_done")
            return redirect(back)
    return render_template(
        "lms/assessment/signing/withdraw.html",
        form=form if part else None,
        no_longer=services.NO_LONGER if former else None,
        sign_off=found,
        placed=places.unit_of(unit(), enrolment, found.unit),
        name=people.person(unit(), enrolment.learner_id).name,
        back=back,
        **pagewords.words(),
    )


def _back(found: SignOffView, enrolment: EnrolmentView, part: Withdrawer | None) -> str:
    if part is None:
        return url_for("lms.people.home")
    if part is not Withdrawer.SIGNER:
        return url_for("lms.deciding.unit_of_learner", person_id=enrolment.learner_id, unit_code=found.unit)
    if viewer().has(Role.ASSESSOR):
        return url_for("lms.assessment.unit_page", enrolment_id=enrolment.id, unit_code=found.unit)
    return url_for("lms.household.my_pas")
