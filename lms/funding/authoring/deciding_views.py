"""The pages on which an authority confirms figures, and decides which trainings it counts under a scheme."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from pydantic import ValidationError
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.core.web.fields import DayField
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _l, language, say_refusal
from lms.core.words import N_, NotFound, Refused
from lms.funding.authoring import deciding, queries
from lms.funding.authoring.editing import digest
from lms.funding.authoring.telling import line
from lms.funding.authoring.views import ONE, WRITERS, mine, own_scheme, pages
from lms.funding.scheme import Adoption, Covered, Scheme
from lms.funding.standing import standings
from lms.learning.titles import titles as module_titles
from lms.people.guards import requires, viewer

_LONG = Length(max=deciding.LONGEST, message=_l("Shorten this to at most %(max)d characters."))


class ConfirmForm(OnceForm):
    """Where a figure comes from, and how long it may be used."""

    source = TextAreaField(
        _l("Where the figure comes from"),
        description=_l("Such as a letter with its date, a web page, or the name of whoever told you."),
        widget=GovTextArea(),
        validators=[InputRequired(_l("Say where the figure comes from.")), _LONG],
        render_kw={"rows": 3},
    )
    until = DayField(
        _l("Use it up to (optional)"),
        description=_l("Left empty, until you take it back, or another figure takes its place."),
        validators=[Optional()],
    )


class EndForm(OnceForm):
    """Why a confirmed figure does not hold any more."""

    reason = TextAreaField(
        _l("Why does it not hold any more?"),
        widget=GovTextArea(),
        validators=[InputRequired(_l("Say why.")), _LONG],
        render_kw={"rows": 3},
    )


class CountForm(OnceForm):
    """Which trainings count as which items, one a line."""

    covers = TextAreaField(
        _l("Trainings, one a line"),
        description=_l("Code of the training, code of the item, and for money by the day how many days it counts as."),
        widget=GovTextArea(),
        validators=[Length(max=5_000)],
        render_kw={"rows": 8},
    )
    note = TextAreaField(
        _l("Why, for those who come after (optional)"),
        widget=GovTextArea(),
        validators=[_LONG],
        render_kw={"rows": 2},
    )


@pages.route(f"{ONE}/confirm", methods=["GET", "POST"])
@requires(*WRITERS)
def confirm(authority_id: UUID, code: str) -> ResponseReturnValue:
    """Confirm the figures or days under one key, as they are shown."""
    mine(authority_id)
    found, adoption = own_scheme(authority_id, code)
    standing = next((s for s in standings(found, adoption) if s.key == request.args.get("figure")), None)
    if standing is None:
        raise NotFound("figure")
    form = ConfirmForm()
    if form.validate_on_submit():
        seen = request.form.get("seen") == digest(standing.values)
        try:
            deciding.confirm(
                unit(),
                once=form.key(),
                authority_id=authority_id,
                scheme=code,
                key=standing.key,
                shown=standing.values if seen else {},
                source=form.source.data or "",
                until=form.until.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Confirmed. Claims can use it now."), "lms_done")
            return redirect(url_for(".scheme", authority_id=authority_id, code=code, _anchor="figures"))
    told = line(standing, found, _, language())
    return render_template(
        "lms/funding/schemes/confirm.html",
        authority=authority_id,
        scheme=found,
        line=told,
        seen=digest(standing.values),
        form=form,
    )


@pages.route(f"{ONE}/confirmations/<uuid:confirmed_id>", methods=["GET", "POST"])
@requires(*WRITERS)
def end_confirmation(authority_id: UUID, code: str, confirmed_id: UUID) -> ResponseReturnValue:
    """Take a confirmation back, saying why."""
    mine(authority_id)
    found, adoption = own_scheme(authority_id, code)
    given = next((c for c in queries.confirmations(unit(), authority_id, code) if c.id == confirmed_id), None)
    if given is None:
        raise NotFound("confirmation")
    form = EndForm()
    if form.validate_on_submit():
        try:
            deciding.take_confirmation_back(
                unit(),
                confirmed_id=confirmed_id,
                authority_id=authority_id,
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Taken back. Claims that were sent in stay as they are."), "lms_done")
            return redirect(url_for(".scheme", authority_id=authority_id, code=code, _anchor="figures"))
    told = next((line(s, found, _, language()) for s in standings(found, adoption) if s.key == given.key), None)
    return render_template(
        "lms/funding/schemes/end.html", authority=authority_id, scheme=found, given=given, line=told, form=form
    )


@pages.route(f"{ONE}/counts", methods=["GET", "POST"])
@requires(*WRITERS)
def counts(authority_id: UUID, code: str) -> ResponseReturnValue:
    """Decide which trainings the authority counts under a scheme."""
    mine(authority_id)
    found, adoption = own_scheme(authority_id, code)
    before = None if adoption else _counted_before(authority_id, found)
    shown = before or adoption
    there = "\n".join(_typed(each) for each in shown.covers) if shown else ""
    titles = module_titles(unit(), language())
    form = CountForm(data={"covers": there})
    if form.validate_on_submit():
        try:
            deciding.count(
                unit(),
                once=form.key(),
                authority_id=authority_id,
                scheme=code,
                covers=list(_covers(form.covers.data or "", {*titles, *_EARNED})),
                note=form.note.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. Verdicts follow it from now on."), "lms_done")
            return redirect(url_for(".scheme", authority_id=authority_id, code=code, _anchor="counts"))
    return render_template(
        "lms/funding/schemes/counts.html",
        authority=authority_id,
        scheme=found,
        form=form,
        titles=sorted(titles.items()),
        before=before.scheme if before else None,
        day=today(),
    )


def _counted_before(authority_id: UUID, found: Scheme) -> Adoption | None:
    """What the authority counted under the scheme this one was copied from, as far as its items are still there."""
    code = queries.copied_from(unit(), authority_id, found.code)
    there = own_scheme(authority_id, code)[1] if code else None
    covers = tuple(each for each in there.covers if found.item(each.item)) if there else ()
    return there.model_copy(update={"covers": covers}) if there and covers else None


_EARNED = ("PAI-CERT",)
"""What can be earned beside modules."""


def _typed(covered: Covered) -> str:
    days = f" {covered.days.normalize():f}" if covered.days != 1 else ""
    return f"{covered.training} {covered.item}{days}"


def _covers(typed: str, known: set[str]) -> Iterator[Covered]:
    for row in (each.split() for each in typed.splitlines()):
        if not row:
            continue
        said = " ".join(row)[:60]
        if len(row) not in {2, 3}:
            raise Refused(N_("“%(line)s” is not a training and an item, such as “PAI-1 TRAIN-DAY 0.5”."), line=said)
        training, item = row[0].upper(), row[1].upper()
        if training not in known:
            raise Refused(N_("There is no training with the code %(code)s."), code=training[:40])
        try:
            yield Covered(training=training, item=item, days=Decimal(row[2]) if len(row) == 3 else Decimal(1))
        except (InvalidOperation, ValidationError) as error:
            raise Refused(N_("“%(line)s”: the days are a number such as 1 or 0.5, up to 60."), line=said) from error
