"""Pages of evidence: a learner offers their own, whoever may see a piece reads it, who offered it takes it back."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.deciding import pagewords
from lms.assessment.deciding.shown import Practice, practice_of
from lms.assessment.evidence import choosing, queries, services
from lms.assessment.evidence.forms import EvidenceForm, OwnForm, ReasonForm, SpeakForm
from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.evidence.readers import Reader
from lms.assessment.evidence.rules import Part
from lms.assessment.media import queries as media
from lms.assessment.media import services as media_services
from lms.assessment.media.doors import keeping
from lms.assessment.media.forms import PLAIN_POST
from lms.assessment.quality.looking import note_look
from lms.assessment.rules import ANYBODY, Capacity
from lms.assessment.visits import queries as visits
from lms.core.clock import london_day
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import requires, signed_in, viewer
from lms.people.rules import Role

pages = room("evidence", __name__)


@pages.route("/practice/<uuid:enrolment_id>/offer", methods=["GET", "POST"])
@requires(Role.PA)
def offer(enrolment_id: UUID) -> ResponseReturnValue:
    """A learner offers evidence of their own."""
    enrolment = learning.own_enrolment(unit(), enrolment_id, viewer().person_id)
    practice = practice_of(unit(), enrolment)
    if not practice.stands:
        raise NotFound("practice")
    form = OwnForm()
    form.ask()
    if prepared(form, practice):
        try:
            made = save(form, enrolment)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Your evidence is there. Those who assess you can read it now."), "lms_done")
            return redirect(url_for(".piece", evidence_id=made))
    return render_template(
        "lms/assessment/evidence/offer.html",
        form=form,
        groups=shown_groups(form, practice),
        back=url_for("lms.assessment.practice"),
        **pagewords.words(),
    )


offer.largest_post = PLAIN_POST  # type: ignore[attr-defined]  # a file may come with it


def prepared(form: EvidenceForm, practice: Practice) -> bool:
    """Ask the form about a learner's units; whether it was filled in rightly and sent to be saved."""
    enrolment = practice.enrolment
    form.about(tuple(practice.stands.values()), since=london_day(enrolment.enrolled_at), today=today())
    form.files_about(enrolment.authority_id)
    return not _looks_for(form) and form.validate_on_submit()


def _looks_for(form: EvidenceForm | SpeakForm) -> bool:
    """Whether “Find” was pressed: then the page comes back with what was found, and nothing is lost."""
    return form.is_submitted() and request.form.get("look") == "find"


def save(form: EvidenceForm, enrolment: EnrolmentView, among: Collection[Capacity] = ANYBODY) -> UUID:
    """Offer what was filled in, with its files; not committed yet. Raises Refused. `among`: by which door they came."""
    by = viewer().person_id
    made = services.offer_evidence(
        unit(),
        id=form.key(),
        enrolment_id=enrolment.id,
        offer=form.offer(),
        by=by,
        now=now(),
        among=among,
        language=language(),
    )
    ids = form.upload_ids
    media_services.attach(unit(), evidence_id=made, upload_ids=ids, by=by, now=now(), keeping=keeping())
    return made


def shown_groups(
    form: EvidenceForm, practice: Practice, notes: dict[str, str] | None = None
) -> Sequence[choosing.Group]:
    """The lines to tick, with what is ticked, as the page shows them."""
    return choosing.groups(
        tuple(practice.stands.values()),
        ticked=frozenset(form.lines.data or ()),
        find=(form.find.data or "")[: choosing.LONGEST_FIND],
        beginning=request.args.get("unit", ""),
        notes=notes,
    )


@pages.get("/evidence/<uuid:evidence_id>")
@signed_in
def piece(evidence_id: UUID) -> ResponseReturnValue:
    """One piece: what it says, its files, what it speaks to, and the decisions it carries."""
    found, reader = _opened(evidence_id)
    looked = next((each for each in found.units if each in reader.practice.stands), found.units[0])
    note_look(viewer(), enrolment_id=found.enrolment_id, unit=looked, what="evidence", what_id=str(found.id))
    return render_template(
        "lms/assessment/evidence/piece.html",
        piece=found,
        name=people.person(unit(), found.learner_id).name,
        lines=reader.lines(found),
        files=media.files_of(unit(), [found.id]).get(found.id, ()),
        visit=visits.about(unit(), [found.id]).get(found.id),
        staff=reader.staff,
        decide=reader.decide(found),
        speak=bool(reader.further(found)),
        may_withdraw=_may_take_back(found),
        back=reader.back,
        back_text=reader.back_text,
        **pagewords.words(),
    )


@pages.route("/evidence/<uuid:evidence_id>/speaks-to", methods=["GET", "POST"])
@signed_in
def speaks_to(evidence_id: UUID) -> ResponseReturnValue:
    """Whoever offered a piece, and the learner's assessors, say to which further points it speaks."""
    found, reader = _opened(evidence_id)
    stands = reader.further(found)
    form = SpeakForm()
    form.about(tuple(reader.practice.stands.values()))
    if not stands:
        raise NotFound("evidence")
    if not _looks_for(form) and form.validate_on_submit():
        try:
            services.speak_to(
                unit(),
                evidence_id=found.id,
                lines=form.chosen(),
                by=viewer().person_id,
                now=now(),
                language=language(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("It speaks to these points as well now."), "lms_done")
            return redirect(url_for(".piece", evidence_id=found.id))
    groups = choosing.groups(
        stands,
        ticked=frozenset(form.lines.data or ()),
        find=(form.find.data or "")[: choosing.LONGEST_FIND],
        without=found.lines,
        told=reader.part not in {Part.EMPLOYER, Part.REPRESENTATIVE},
    )
    return render_template(
        "lms/assessment/evidence/speaks_to.html", form=form, piece=found, groups=groups, **pagewords.words()
    )


@pages.route("/evidence/<uuid:evidence_id>/take-back", methods=["GET", "POST"])
@signed_in
def take_back(evidence_id: UUID) -> ResponseReturnValue:
    """Who offered a piece takes it back, as long as nothing rests on it."""
    found, _reader = _opened(evidence_id)
    if found.by != viewer().person_id:
        raise NotFound("evidence")
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            services.withdraw_evidence(
                unit(), evidence_id=found.id, reason=form.reason.data or "", by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("It is taken back."), "lms_done")
            return redirect(url_for(".piece", evidence_id=found.id))
    return render_template("lms/assessment/evidence/take_back.html", form=form, piece=found, **pagewords.words())


def _may_take_back(found: EvidenceView) -> bool:
    return found.by == viewer().person_id and not (found.withdrawn or found.locked)


def _opened(evidence_id: UUID) -> tuple[EvidenceView, Reader]:
    """A piece the viewer may see, and how they read it. Raises NotFound."""
    found = queries.piece(unit(), evidence_id)
    if not queries.may_see(unit(), viewer(), found, today()):
        raise NotFound("evidence")
    return found, Reader.of(found)
