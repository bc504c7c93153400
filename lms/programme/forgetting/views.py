"""The page on which an administrator says how long contacts are kept, and looks first at what would go."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.forgetting import clearing, setting
from lms.programme.forgetting.clearing import Due
from lms.programme.forgetting.forms import YearsForm
from lms.programme.forgetting.rules import NOTICE, Years

pages = room("forgetting", __name__)


@pages.route("/settings/keeping/contacts", methods=["GET", "POST"])
@requires(Role.ADMIN)
def contacts() -> ResponseReturnValue:
    """For how many years notes, call-backs and alerts are kept; “look” counts what would go and saves nothing."""
    here = authority_for(Role.ADMIN)
    form, looked = YearsForm(), None
    if form.validate_on_submit():
        if request.form.get("do") == "look":
            looked = clearing.due(unit(), here, form.years, today())
        elif _saved(form):
            return redirect(url_for(".contacts", authority=here))
    said = setting.said_by(unit(), here)
    newest = said[-1].years if said else Years()
    if request.method == "GET":
        form.notes.data, form.call_backs.data, form.alerts.data = newest.notes, newest.call_backs, newest.alerts
    holds = setting.years_of(unit(), here, today())
    return render_template(
        "lms/programme/forgetting/contacts.html",
        authority=here,
        form=form,
        looked=looked,
        begins=today() + NOTICE,
        coming=said[-1].since if said and said[-1].since > today() else None,
        waiting=clearing.due(unit(), here, newest, said[-1].since) if said and holds != newest else Due(),
    )


def _saved(form: YearsForm) -> bool:
    here = authority_for(Role.ADMIN)
    try:
        begins = setting.set_years(
            unit(), once=form.key(), authority_id=here, years=form.years, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    flash(_("Saved. Nothing goes before its notice is over.") if begins else _("Nothing was changed."), "lms_done")
    return True
