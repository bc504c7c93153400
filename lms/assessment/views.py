"""The assessor's list and a unit's page, sign-off, and a PA's own pages about practice.

The household's page is in `household`; writing down a whole activity and deciding on it in `deciding.views`.
"""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import allocated, places, queries, services, worklists
from lms.assessment.asking import queries as asking
from lms.assessment.competence.asking_ties import question_first
from lms.assessment.competence.labels import WHY
from lms.assessment.competence.queries import may_decide
from lms.assessment.deciding import pagewords
from lms.assessment.deciding.beginning import begin_form, begin_hints, begin_standards, editions_for
from lms.assessment.deciding.own import own_standards
from lms.assessment.deciding.pagewords import next_words, to_work_on
from lms.assessment.deciding.recorded import recorded_in
from lms.assessment.deciding.shown import practice_of
from lms.assessment.deciding.views import Desk
from lms.assessment.doors import door
from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.evidence.rules import Way
from lms.assessment.forms import LABELS, ObserveForm, SignOffForm
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.quality.queries import waits_for_sample
from lms.assessment.rules import ANYBODY, HOUSEHOLD, Capacity, Standing, may_be_signed_off
from lms.assessment.signing import services as signing
from lms.assessment.signing.forms import DeclareForm
from lms.assessment.signing.pagewords import role_said, withdrawal_of
from lms.assessment.standing import allocated_units
from lms.assessment.visits import queries as visits
from lms.core.clock import london_day
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("assessment", __name__)

_ASSESSOR = frozenset({Capacity.ASSESSOR})


@pages.get("/assess")
@requires(Role.ASSESSOR)
def people_i_assess() -> ResponseReturnValue:
    """The learners allocated to the assessor, those who wait first."""
    number = page_number()
    found, total = worklists.work_of_assessor(
        unit(), viewer(), today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "lms/assessment/people_i_assess.html",
        page=Page(found, number, total),
        pagination=pagination,
        labels=LABELS,
    )


@pages.get("/assess/<uuid:enrolment_id>/<unit_code>")
@requires(Role.ASSESSOR)
def unit_page(enrolment_id: UUID, unit_code: str) -> ResponseReturnValue:
    """A learner's unit: what is looked at, what was seen and judged, and the next step."""
    enrolment, standing, name = door(enrolment_id, _ASSESSOR, unit_code=unit_code)
    if places.unit_of(unit(), enrolment, unit_code).framework.is_standards:
        return question_first(enrolment) or _standard_page(Desk.at(enrolment, standing, name, history=True), unit_code)
    record = queries.unit_record(unit(), enrolment, unit_code)
    return render_template(
        "lms/assessment/unit.html", record=record, name=name, labels=LABELS, **withdrawal_of(record.sign_off)
    )


def _standard_page(desk: Desk, unit_code: str) -> ResponseReturnValue:
    """A standard line by line: where each stands, what was offered and decided, and the next step."""
    stand, practice = desk.practice.unit(unit_code), desk.practice
    why = desk.why(unit_code)
    return render_template(
        "lms/assessment/deciding/unit.html",
        name=desk.name,
        practice=practice,
        stand=stand,
        part="decides",
        why=why,
        waiting=[] if why else [piece for piece in practice.undecided() if unit_code in piece.units],
        **withdrawal_of(practice.sign_off_of(stand)),
        visits=visits.about(unit(), [piece.id for piece in practice.pieces_of(stand) if piece.way is Way.VISIT]),
        link=_piece_page,
        back=url_for("lms.deciding.learner", enrolment_id=desk.enrolment.id),
        back_text=desk.name,
        **pagewords.words(),
    )


def _piece_page(piece: EvidenceView) -> str:
    return url_for("lms.evidence.piece", evidence_id=piece.id)


@pages.route("/assess/<uuid:enrolment_id>/<unit_code>/<criterion>", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def observe(enrolment_id: UUID, unit_code: str, criterion: str) -> ResponseReturnValue:
    """Record what was seen, and judge it."""
    enrolment, _standing, name = door(enrolment_id, _ASSESSOR, unit_code=unit_code)
    record = queries.unit_record(unit(), enrolment, unit_code)
    asked = record.placed.criterion(criterion)
    if asked is None or record.placed.framework.is_standards:  # a standard is decided on with all its questions
        raise NotFound("criterion")
    form = ObserveForm()
    form.since(london_day(enrolment.enrolled_at), today())
    form.for_learner(name)
    if form.validate_on_submit():
        try:
            services.record_observation_and_judge(
                unit(),
                id=form.key(),
                enrolment_id=enrolment_id,
                criterion=criterion,
                seen=form.seen(),
                by=viewer().person_id,
                now=now(),
                among=_ASSESSOR,
                language=language(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("What you saw is saved."), "lms_done")
            return redirect(url_for(".unit_page", enrolment_id=enrolment_id, unit_code=unit_code))
    return render_template(
        "lms/assessment/observe.html", form=form, record=record, criterion=asked, name=name, labels=LABELS
    )


@pages.route("/sign-off/<uuid:enrolment_id>/<unit_code>", methods=["GET", "POST"])
@requires(Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE)
def sign_off(enrolment_id: UUID, unit_code: str) -> ResponseReturnValue:
    """Confirm the statement and sign a unit off, as an assessor or as a household."""
    enrolment, standing, name = door(enrolment_id, ANYBODY, unit_code=unit_code)
    placed = places.unit_of(unit(), enrolment, unit_code)
    asked = question_first(enrolment) if placed.framework.is_standards else None
    if asked is not None:
        return asked
    form = DeclareForm() if placed.framework.is_standards else SignOffForm()
    form.agreed.label.text = placed.framework.statements.for_(standing.capacity).text(language())
    if isinstance(form, DeclareForm):
        form.signer(viewer().name, role_said(standing))
    if form.validate_on_submit():
        try:
            _sign(form, enrolment, unit_code, standing)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("You have signed this off. It counts for %(name)s from now on.", name=name), "lms_done")
            return redirect(_back(enrolment_id, unit_code, standing.capacity))
    back = _back(enrolment_id, unit_code, standing.capacity)
    if placed.framework.is_standards:
        if standing.capacity in HOUSEHOLD:
            back = url_for("lms.household.standards", enrolment_id=enrolment_id)
        return _declaration_page(form, enrolment, standing=standing, unit_code=unit_code, name=name, back=back)
    record = queries.unit_record(unit(), enrolment, unit_code)
    home = standing.capacity in HOUSEHOLD
    return render_template(
        "lms/assessment/sign_off.html",
        form=form,
        record=record,
        name=name,
        labels=LABELS,
        back=back,
        seen=record.seen_by_household(standing) if home else record.seen,
        can_sign=may_be_signed_off(record.state),
        named=record.names_signer_to(standing),
    )


def _sign(form: DeclareForm | SignOffForm, enrolment: EnrolmentView, unit_code: str, standing: Standing) -> None:
    """The long way with a declaration for a standard, the short way otherwise."""
    signing.sign_off(
        unit(),
        id=form.key(),
        enrolment_id=enrolment.id,
        unit=unit_code,
        declaration=form.declaration() if isinstance(form, DeclareForm) else None,
        by=viewer().person_id,
        now=now(),
        among={standing.capacity},
        language=language(),
    )


def _declaration_page(
    form: DeclareForm | SignOffForm,
    enrolment: EnrolmentView,
    *,
    standing: Standing,
    unit_code: str,
    name: str,
    back: str,
) -> ResponseReturnValue:
    """What the sign-off of a standard locks, and the declaration."""
    at_home = standing.capacity in HOUSEHOLD
    only = None if at_home else allocated_units(unit(), viewer().person_id, enrolment.id, today())
    found = practice_of(unit(), enrolment, only=only)
    stand = found.unit(unit_code)
    pieces = [piece for piece in found.pieces_of(stand) if not piece.withdrawn]
    may = may_decide(
        unit(),
        person_id=viewer().person_id,
        capacity=standing.capacity,
        behalf=standing.behalf,
        enrolment=enrolment,
        placed=stand.placed,
        on=today(),
        today=today(),
    )
    return render_template(
        "lms/assessment/signing/sign_off.html",
        form=form,
        name=name,
        stand=stand,
        sign_off=found.sign_off_of(stand),
        **withdrawal_of(found.sign_off_of(stand)),
        pieces=[piece for piece in pieces if not at_home or piece.behalf == standing.behalf],
        at_home=at_home,
        capacity=standing.capacity,
        why=WHY[may.why] if may.why is not None else "",
        today=today(),
        back=back,
        **pagewords.words(),
    )


def _back(enrolment_id: UUID, unit_code: str, capacity: Capacity) -> str:
    if capacity in HOUSEHOLD:
        return url_for("lms.household.my_pas")
    return url_for(".unit_page", enrolment_id=enrolment_id, unit_code=unit_code)


@pages.get("/practice")
@requires(Role.PA)
def practice() -> ResponseReturnValue:
    """A PA's own page: what is looked at, who can look, what was said and where it stands."""
    own = viewer().person_id
    running = learning.enrolments_of(unit(), own)
    ours, standards = ([each for each in running if (each.course == COURSE) is wanted] for wanted in (False, True))
    found = recorded_in(unit(), [each.id for each in ours])
    records = [one for each in ours for one in queries.practice_in(unit(), each, found[each.id])]
    begun = own_standards(unit(), own, standards)
    enrolments = list(dict.fromkeys([*(r.enrolment.id for r in records), *(each.enrolment.id for each in begun)]))
    given = allocated.assessors_of(unit(), enrolments, today())
    alone = {each.enrolment.id for each in begun} - {each.enrolment_id for each in given}
    last = asking.newest_of(unit(), own) if alone else None
    return render_template(
        "lms/assessment/practice.html",
        records=records,
        begun=begun,
        alone=alone,
        asked_at=last.asked_at if last is not None and not last.outcome else None,
        may_begin=not begun and bool(editions_for(authority_for(Role.PA))),
        assessors=sorted({each.assessor_name for each in given}),
        employers=people.employers_of(unit(), own, today()),
        unit_page=_own_unit_pages,
        **pagewords.words(),
    )


def _own_unit_pages(enrolment_id: UUID) -> Callable[[str], str]:
    """Gives the address of each unit; made once, since there are many on a page."""
    before, after = url_for(".practice_unit", enrolment_id=enrolment_id, unit_code="UNIT").rsplit("UNIT", 1)
    return lambda code: f"{before}{code}{after}"


@pages.get("/practice/<uuid:enrolment_id>/<unit_code>")
@requires(Role.PA)
def practice_unit(enrolment_id: UUID, unit_code: str) -> ResponseReturnValue:
    """A PA's own standard, line by line: where it stands, what was said, and what can be done next."""
    enrolment = learning.own_enrolment(unit(), enrolment_id, viewer().person_id)
    found = practice_of(unit(), enrolment, history=True)
    stand = found.unit(unit_code)
    title, about = next_words(stand)
    return render_template(
        "lms/assessment/deciding/unit.html",
        name="",
        practice=found,
        stand=stand,
        part="own",
        next_title=title,
        next_about=about,
        to_work_on=to_work_on(stand),
        waits_since=stand.sign_off and waits_for_sample(unit(), enrolment_id, unit_code),
        link=_piece_page,
        back=url_for(".practice"),
        back_text=_("Practice at work"),
        **pagewords.words(),
    )


@pages.route("/practice/begin", methods=["GET", "POST"])
@requires(Role.PA)
def begin() -> ResponseReturnValue:
    """A PA begins to show practice in the standards: one choice, of the edition."""
    authority = authority_for(Role.PA)
    editions = editions_for(authority)
    if not editions:
        raise NotFound("standards")
    form = begin_form(editions)
    if form.validate_on_submit():
        try:
            begin_standards(viewer().person_id, authority, form.framework.data)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("You have begun. Look at a standard, and ask to be seen at work."), "lms_done")
            return redirect(url_for(".practice"))
    return render_template(
        "lms/assessment/deciding/begin.html",
        form=form,
        hints=begin_hints(editions),
        name="",
        back=url_for(".practice"),
        back_text=_("Practice at work"),
    )
