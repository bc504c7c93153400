"""Pages of evidence: a learner offers their own, whoever may see a piece reads it, who offered it takes it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.deciding import pagewords
from lms.assessment.deciding.queries import DecisionView
from lms.assessment.deciding.shown import Practice, practice_of
from lms.assessment.evidence import choosing, queries, services
from lms.assessment.evidence.forms import EvidenceForm, OwnForm, ReasonForm
from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.evidence.rules import Part
from lms.assessment.media import queries as media
from lms.assessment.media import services as media_services
from lms.assessment.media.doors import keeping
from lms.assessment.media.forms import PLAIN_POST
from lms.assessment.quality.looking import note_look
from lms.assessment.rules import ANYBODY, HOUSEHOLD, Capacity, Standing
from lms.assessment.shelf.parts import Line
from lms.assessment.standing import chosen, standings, units_open_to
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


def _looks_for(form: EvidenceForm) -> bool:
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
    note_look(viewer(), enrolment_id=found.enrolment_id, unit=found.units[0], what="evidence", what_id=str(found.id))
    return render_template(
        "lms/assessment/evidence/piece.html",
        piece=found,
        name=people.person(unit(), found.learner_id).name,
        lines=reader.lines(found),
        files=media.files_of(unit(), [found.id]).get(found.id, ()),
        visit=visits.about(unit(), [found.id]).get(found.id),
        staff=reader.staff,
        decide=reader.decide(found),
        may_withdraw=_may_take_back(found),
        back=reader.back,
        back_text=reader.back_text,
        **pagewords.words(),
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


def _opened(evidence_id: UUID) -> tuple[EvidenceView, "Reader"]:
    """A piece the viewer may see, and how they read it. Raises NotFound."""
    found = queries.piece(unit(), evidence_id)
    if not queries.may_see(unit(), viewer(), found, today()):
        raise NotFound("evidence")
    return found, Reader.of(found)


@dataclass(frozen=True)
class Reader:
    """In which part somebody reads a piece: what they see of its decisions, and where they came from.

    Part None: they only read, for the authority. A part without a standing: they gave the piece, and it is over.
    """

    part: Part | None
    standing: Standing | None
    practice: Practice
    back: str
    back_text: str

    @classmethod
    def of(cls, found: EvidenceView) -> "Reader":
        """How the viewer stands to a piece they may see; part None for staff who only read."""
        enrolment = learning.enrolment(unit(), found.enrolment_id)
        if found.learner_id == viewer().person_id:
            practice, back = practice_of(unit(), enrolment), url_for("lms.assessment.practice")
            return cls(Part.LEARNER, None, practice, back, _("Practice at work"))
        name = people.person(unit(), found.learner_id).name
        standing = chosen(standings(unit(), viewer(), enrolment, on=today(), today=today()))
        if standing is None:
            return cls._from_afar(found, enrolment, name)
        if standing.capacity in HOUSEHOLD:
            back = url_for("lms.household.my_pas")
            return cls(Part(standing.capacity), standing, practice_of(unit(), enrolment), back, _("Your PAs"))
        only = units_open_to(unit(), viewer(), enrolment, on=today(), today=today())
        back = url_for("lms.deciding.learner", enrolment_id=enrolment.id)
        return cls(Part.ASSESSOR, standing, practice_of(unit(), enrolment, only=only), back, name)

    @classmethod
    def _from_afar(cls, found: EvidenceView, enrolment: EnrolmentView, name: str) -> "Reader":
        """Staff, a verifier, who may countersign; else somebody who gave it and has nothing to do with it any more."""
        if found.authority_id in viewer().authorities(Role.COORDINATOR, Role.QUALITY_ASSURER):
            back = url_for("lms.deciding.of_learner", person_id=found.learner_id)
            return cls(None, None, practice_of(unit(), enrolment), back, name)
        home = (url_for("lms.people.home"), _("Home"))
        only = queries.units_from_afar(unit(), viewer(), found, today())
        if only:
            return cls(None, None, practice_of(unit(), enrolment, only=only), *home)
        return cls(found.part, None, practice_of(unit(), enrolment, only=found.units), *home)

    @property
    def staff(self) -> bool:
        """Whether they read what staff read of decisions."""
        return self.part is None or (self.part is Part.ASSESSOR and self.standing is not None)

    def lines(self, found: EvidenceView) -> list[tuple[Line, list[DecisionView]]]:
        """What a piece speaks to, as far as it is open to the reader, and the decisions that rest on it."""
        known = ((key, self.practice.line(key)) for key in found.lines)
        return [(line, self._decided(line, found.id)) for _key, line in known if line is not None]

    def _decided(self, line: Line, piece_id: UUID) -> list[DecisionView]:
        those = [one for one in self.practice.history(line) if one.rests_on == piece_id]
        if self.part in {Part.EMPLOYER, Part.REPRESENTATIVE}:  # what an assessor tells their PA is not theirs to read
            return [one for one in those if self.standing is not None and one.behalf == self.standing.behalf]
        if self.part is Part.ASSESSOR and self.standing is None:  # it was theirs once: what others say since is not
            return [one for one in those if one.by == viewer().person_id]
        return those

    def decide(self, found: EvidenceView) -> str | None:
        """Where an assessor decides on it."""
        open_ = any(key in each.lines for each in self.practice.stands.values() for key in found.lines)
        if self.part is not Part.ASSESSOR or self.standing is None or not open_:
            return None
        return url_for("lms.deciding.decide", enrolment_id=found.enrolment_id, evidence_id=found.id)
