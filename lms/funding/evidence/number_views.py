"""Pages of learners' numbers, for whoever works on claims in the authority and nobody else."""

import csv
import io
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.cells import in_cell
from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.evidence import keeping, queries
from lms.funding.evidence.doors import DESK, Seen, at_desk, locker
from lms.funding.evidence.forms import NumberForm, SureForm
from lms.funding.evidence.queries import ToProve
from lms.funding.evidence.texts import NUMBERS
from lms.funding.evidence.views import pages
from lms.funding.evidence.vocabulary import NumberKind
from lms.people.guards import requires, viewer


@pages.get("/funding/claims/<uuid:claim_id>/learners/<uuid:learner_id>/numbers")
@requires(*DESK)
def numbers(claim_id: UUID, learner_id: UUID) -> ResponseReturnValue:
    """Which numbers of a learner are kept; none of them is shown."""
    found = at_desk(claim_id)
    return _page(found, _line(found, learner_id), NumberForm(formdata=None))


@pages.post("/funding/claims/<uuid:claim_id>/learners/<uuid:learner_id>/numbers")
@requires(*DESK)
def keep_number(claim_id: UUID, learner_id: UUID) -> ResponseReturnValue:
    """Keep a number."""
    found, form = at_desk(claim_id), NumberForm()
    line = _line(found, learner_id)
    kind = _asked_for(line, form.kind.data)
    if form.validate_on_submit():
        try:
            keeping.keep_number(
                unit(),
                locker(),
                number_id=form.key(),
                learner_id=learner_id,
                authority_id=found.claim.authority_id,
                kind=kind,
                typed=form.number.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.number.errors = [say_refusal(refusal)]
        else:
            unit().commit()
            flash(_("The number is kept. It is not shown again unless you ask for it."), "lms_done")
            return redirect(url_for(".numbers", claim_id=claim_id, learner_id=learner_id))
    return _page(found, line, form, wrong=kind)


@pages.post("/funding/claims/<uuid:claim_id>/learners/<uuid:learner_id>/numbers/show")
@requires(*DESK)
def show_numbers(claim_id: UUID, learner_id: UUID) -> ResponseReturnValue:
    """Show a learner's numbers in full, once, and note that they were shown."""
    found = at_desk(claim_id)
    line = _line(found, learner_id)
    opened = _opened(found, learner_id)
    unit().commit()
    return _page(found, line, NumberForm(formdata=None), opened=opened)


@pages.post("/funding/claims/<uuid:claim_id>/learners/<uuid:learner_id>/numbers/delete")
@requires(*DESK)
def delete_numbers(claim_id: UUID, learner_id: UUID) -> ResponseReturnValue:
    """Delete a learner's numbers."""
    found = at_desk(claim_id)
    _line(found, learner_id)
    keeping.delete_numbers(
        unit(),
        learner_id=learner_id,
        authority_id=found.claim.authority_id,
        kinds=list(NumberKind),
        by=viewer().person_id,
        now=now(),
    )
    unit().commit()
    flash(_("The numbers are deleted."), "lms_done")
    return redirect(url_for(".numbers", claim_id=claim_id, learner_id=learner_id))


@pages.post("/funding/claims/<uuid:claim_id>/numbers.csv")
@requires(*DESK)
def list_numbers(claim_id: UUID) -> ResponseReturnValue:
    """The numbers of all learners of a claim as a list for the payer's own form, and note that they were shown."""
    found = at_desk(claim_id)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([in_cell(each) for each in (_("Line"), _("Learner"), *(_(NUMBERS[kind]) for kind in NumberKind))])
    for place, line in enumerate(found.about.lines, 1):
        opened = _opened(found, line.learner_id)
        writer.writerow([place, in_cell(line.learner_name), *(in_cell(opened.get(kind) or "") for kind in NumberKind)])
    unit().commit()
    response = Response(("\ufeff" + out.getvalue()).encode(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.claim.reference}-numbers.csv"'
    return response


def _opened(found: Seen, learner_id: UUID) -> dict[NumberKind, str | None]:
    return keeping.numbers_shown(
        unit(),
        locker(),
        learner_id=learner_id,
        authority_id=found.claim.authority_id,
        claim_id=found.claim.id,
        by=viewer().person_id,
        now=now(),
    )


def _line(found: Seen, learner_id: UUID) -> ToProve:
    line = next((each for each in found.about.lines if each.learner_id == learner_id), None)
    if line is None:
        raise NotFound("learner")
    return line


def _asked_for(line: ToProve, said: str | None) -> NumberKind:
    """The kind of number that was typed in. What the scheme does not ask for is not kept."""
    found = next((each.kind for each in line.needs.numbers if each.kind.value == said), None)
    if found is None:
        raise NotFound("number")
    return found


def _page(
    found: Seen,
    line: ToProve,
    form: NumberForm,
    *,
    wrong: NumberKind | None = None,
    opened: dict[NumberKind, str | None] | None = None,
) -> str:
    needed = [each.kind for each in line.needs.numbers]
    held = queries.numbers_held(unit(), [line]).get(line.learner_id, {})
    return render_template(
        "lms/funding/evidence/numbers.html",
        claim=found.claim,
        line=line,
        form=form,
        sure=SureForm(formdata=None),
        wrong=wrong,
        kinds=[(kind, _(NUMBERS[kind]), kind in held) for kind in (*needed, *(k for k in held if k not in needed))],
        opened=opened,
    )
