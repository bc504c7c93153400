"""An assessor's pages of one learner: what is looked at, a whole activity written down, decisions, the look-over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.competence.asking_ties import question_first
from lms.assessment.competence.labels import WHY
from lms.assessment.competence.queries import may_decide_each
from lms.assessment.competence.rules import MayDecide
from lms.assessment.deciding import pagewords, queries, services
from lms.assessment.deciding.forms import DecideForm, FinaliseForm, decide_form
from lms.assessment.deciding.labels import BARRED, LEAVE_OUT, NOT_SAID
from lms.assessment.deciding.queries import DecisionView, DraftView
from lms.assessment.deciding.rules import ALL_FIVE, Resting, Weak, is_beside_the_point, weakness
from lms.assessment.deciding.shown import Practice, placed_of, practice_of
from lms.assessment.doors import door
from lms.assessment.evidence.forms import RecordForm
from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.evidence.views import prepared, save, shown_groups
from lms.assessment.media import queries as media
from lms.assessment.media.forms import PLAIN_POST
from lms.assessment.rules import Capacity, Judgement, Kind, Standing, UnitState
from lms.assessment.shelf.parts import Line
from lms.assessment.standing import allocated_units
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _n, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning.queries import EnrolmentView
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("deciding", __name__)

ASSESSOR = frozenset({Capacity.ASSESSOR})
Outside = list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Desk:
    """One learner on an assessor's desk: the units open to them, and where they may decide."""

    enrolment: EnrolmentView
    standing: Standing
    name: str
    practice: Practice
    may: Mapping[str, MayDecide]

    @classmethod
    def of(cls, enrolment_id: UUID) -> "Desk":
        """The viewer's desk. Raises NotFound for strangers, and where nothing is open to them."""
        return cls.at(*door(enrolment_id, ASSESSOR))

    @classmethod
    def at(cls, enrolment: EnrolmentView, standing: Standing, name: str, *, history: bool = False) -> "Desk":
        """The same for whoever came in by the door. Raises NotFound where nothing is open to them."""
        by = viewer().person_id
        only = allocated_units(unit(), by, enrolment.id, today())
        practice = practice_of(unit(), enrolment, only=only, of_viewer=by, history=history)
        if not practice.stands:
            raise NotFound("practice")
        may = may_decide_each(
            unit(),
            person_id=by,
            capacity=standing.capacity,
            behalf=standing.behalf,
            enrolment=enrolment,
            units=placed_of(practice.stands.values()),
            on=today(),
            today=today(),
        )
        return cls(enrolment, standing, name, practice, may)

    @property
    def decides(self) -> bool:
        """Whether they may decide on anything at all."""
        return any(each.yes for each in self.may.values())

    def outside(self, units: Sequence[str] | None = None) -> Outside:
        """Why they may not decide, and where: the reason with the names of the units."""
        found: dict[str, list[str]] = {}
        for code, may in self.may.items():
            if may.why is not None and (units is None or code in units):
                found.setdefault(WHY[may.why], []).append(self.title(code))
        return list(found.items())

    def title(self, code: str) -> str:
        """What a unit is called, short."""
        of = self.practice.stands[code].placed.unit
        return _("Standard %(number)s", number=of.number) if of.number else of.title.text(language())

    def why(self, code: str) -> str:
        """Why they may not decide on a unit; empty when they may."""
        may = self.may[code]
        return WHY[may.why] if may.why is not None else ""

    def piece(self, evidence_id: UUID) -> EvidenceView:
        """A piece on this desk. Raises NotFound."""
        if evidence_id not in self.practice.pieces:
            raise NotFound("evidence")
        return self.practice.pieces[evidence_id]

    def drafts(self) -> list[DraftView]:
        """What they drafted of the units on this desk."""
        found = queries.drafts_of(unit(), self.enrolment.id, viewer().person_id)
        return [draft for draft in found if draft.unit in self.practice.stands]


@pages.get("/assess/<uuid:enrolment_id>")
@requires(Role.ASSESSOR)
def learner(enrolment_id: UUID) -> ResponseReturnValue:
    """One learner: the next thing to do, every unit open to the assessor, and what waits to be decided on.

    A single unit of a course of ours has a page of its own, with a shorter way.
    """
    desk = Desk.of(enrolment_id)
    units = list(desk.practice.stands)
    if len(units) == 1 and not desk.practice.standards:
        return redirect(url_for("lms.assessment.unit_page", enrolment_id=enrolment_id, unit_code=units[0]))
    waiting = [piece for piece in desk.practice.undecided() if desk.decides]
    pieces = [*waiting, *desk.practice.all_pieces[:8]]
    return render_template(
        "lms/assessment/deciding/learner.html",
        enrolment=desk.enrolment,
        name=desk.name,
        practice=desk.practice,
        drafts=len(desk.drafts()),
        ready=_ready(desk),
        waiting=waiting[:20],
        outside=desk.outside(),
        files=media.count_files(unit(), [piece.id for piece in pieces]),
        href=lambda code: url_for("lms.assessment.unit_page", enrolment_id=enrolment_id, unit_code=code),
        **pagewords.words(),
    )


def _ready(desk: Desk) -> list[queries.UnitStand]:
    units = desk.practice.stands.values()
    return [each for each in units if each.state is UnitState.READY and desk.may[each.placed.unit.code].yes]


@pages.route("/assess/<uuid:enrolment_id>/record", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def record(enrolment_id: UUID) -> ResponseReturnValue:
    """Write a whole activity down once, for every line it showed."""
    came = door(enrolment_id, ASSESSOR)
    asked = question_first(came[0])
    if asked is not None:
        return asked
    desk = Desk.at(*came)
    form = RecordForm()
    form.ask(desk.name)
    if prepared(form, desk.practice):
        try:
            made = save(form, desk.enrolment, ASSESSOR)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return _recorded(desk, made, form.offer().lines)
    return render_template(
        "lms/assessment/evidence/record.html",
        form=form,
        name=desk.name,
        groups=shown_groups(form, desk.practice, {code: _(desk.why(code)) for code in desk.may if desk.why(code)}),
        outside=desk.outside(),
        decides=desk.decides,
        back=url_for(".learner", enrolment_id=enrolment_id),
        **pagewords.words(),
    )


record.largest_post = PLAIN_POST  # type: ignore[attr-defined]  # a file may come with it


def _recorded(desk: Desk, made: UUID, lines: Sequence[str]) -> ResponseReturnValue:
    """On to deciding, where there is something they may decide on; else back to the learner, and say what became."""
    units = {found.placed.unit.code for key in lines if (found := desk.practice.unit_of(key)) is not None}
    if any(desk.may[code].yes for code in units):
        flash(_("What you saw is saved. Now decide, point by point."), "lms_done")
        return redirect(url_for(".decide", enrolment_id=desk.enrolment.id, evidence_id=made))
    flash(_("What you saw is saved as a record."), "lms_done")
    return redirect(url_for(".learner", enrolment_id=desk.enrolment.id))


@pages.route("/assess/<uuid:enrolment_id>/decide/<uuid:evidence_id>", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def decide(enrolment_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Decide on many lines at once from one piece; what is saved is a draft."""
    came = door(enrolment_id, ASSESSOR)
    asked = question_first(came[0])
    if asked is not None:
        return asked
    desk = Desk.at(*came)
    piece = desk.piece(evidence_id)
    form = _form(desk, piece)
    if form.validate_on_submit():
        try:
            for deciding in form.decisions(piece.id, _beside(desk, piece)):
                services.draft(
                    unit(),
                    enrolment_id=enrolment_id,
                    deciding=deciding,
                    by=viewer().person_id,
                    now=now(),
                    saw=_saw(deciding.line),
                    among=ASSESSOR,
                    language=language(),
                )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".drafts", enrolment_id=enrolment_id))
    elif not form.is_submitted():
        form.fill([draft for draft in desk.drafts() if draft.deciding.rests_on == piece.id])
    units = [code for code in piece.units if code in desk.may]
    return render_template(
        "lms/assessment/deciding/decide.html",
        form=form,
        piece=piece,
        name=desk.name,
        practice=desk.practice,
        outside=desk.outside(units),
        beside=len({other for those in _beside(desk, piece).values() for other in those}),
        needed=_("Needed for “Not yet” and “More evidence needed”."),
        no_met=[{"disabled": True}],
        back=url_for(".learner", enrolment_id=enrolment_id),
        **pagewords.words(),
    )


def _saw(line: str) -> UUID | None:
    """The latest decision of a line that the page showed."""
    try:
        return UUID(request.form.get(f"saw-{line}", ""))
    except ValueError:
        return None


def _form(desk: Desk, piece: EvidenceView) -> DecideForm:
    lines = _open_lines(desk, piece)
    barred = {line.key: _(why) for line in lines if (why := _barred(desk, piece, line))}
    texts = {line.key: f"{line.code or line.outcome}: {line.text.text(language())}" for line in lines}
    return decide_form(lines, desk.name, barred, texts)


def _open_lines(desk: Desk, piece: EvidenceView) -> list[Line]:
    """The lines a piece speaks to that can be decided on, in the order of the framework."""
    if piece.withdrawn:
        return []
    units = (each for each in desk.practice.stands.values() if each.state is not UnitState.SIGNED_OFF)
    return [line.line for each in units for line in each.lines.values() if line.line.key in piece.lines]


def _barred(desk: Desk, piece: EvidenceView, line: Line) -> str | None:
    """Why this piece cannot carry “met” for a line; a message id. It may still show that something is not met."""
    stand = desk.practice.unit_of(line.key)
    assert stand is not None
    allowed = stand.placed.framework.judging.allowed[line.kind]
    if is_beside_the_point(line.kind, piece.kind, allowed):
        return LEAVE_OUT
    weak = weakness(
        Judgement.MET,
        line.kind,
        Resting(piece.kind, line.key in piece.carries_for),
        allowed=allowed,
        may_be_simulated=line.may_be_simulated,
        five=ALL_FIVE,
        feedback="",
    )
    if weak is Weak.WRONG_KIND and line.kind is Kind.KNOWLEDGE:
        return NOT_SAID
    return BARRED.get(weak) if weak else None


def _beside(desk: Desk, piece: EvidenceView) -> dict[str, tuple[UUID, ...]]:
    """What else speaks to the same lines, by line."""
    others = [each for each in desk.practice.standing_pieces if each.id != piece.id]
    return {key: tuple(each.id for each in others if key in each.lines)[:20] for key in piece.lines}


@dataclass(frozen=True)
class Look:
    """A draft as it is looked over. `before`: the decision it takes the place of; `newer`: one it has not seen."""

    draft: DraftView
    line: Line
    before: DecisionView | None
    newer: DecisionView | None


@pages.route("/assess/<uuid:enrolment_id>/drafts", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def drafts(enrolment_id: UUID) -> ResponseReturnValue:
    """Look over what the learner will be told, and make it final."""
    came = door(enrolment_id, ASSESSOR)
    asked = question_first(came[0])
    if asked is not None:
        return asked
    form = FinaliseForm()
    if form.validate_on_submit():
        try:
            services.finalise(
                unit(),
                id=form.key(),
                enrolment_id=enrolment_id,
                lines=form.chosen(),
                by=viewer().person_id,
                now=now(),
                among=ASSESSOR,
                language=language(),
                came=came[:2],
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            many = len(form.chosen())
            said = _n("%(num)s decision is final.", "%(num)s decisions are final.", many)
            flash(_("%(said)s %(name)s is told.", said=said, name=came[2]), "lms_done")
            return redirect(url_for(".learner", enrolment_id=enrolment_id))
    desk = Desk.at(*came)
    looks = [look for draft in desk.drafts() if (look := _look(desk, draft)) is not None]
    ready = [look for look in looks if not desk.why(look.draft.unit)]
    return render_template(
        "lms/assessment/deciding/drafts.html",
        form=form,
        enrolment=desk.enrolment,
        name=desk.name,
        ready=ready,
        keys=",".join(look.line.key for look in ready),
        held=_held(desk, looks),
        **pagewords.words(),
    )


def _look(desk: Desk, draft: DraftView) -> Look | None:
    line = desk.practice.line(draft.deciding.line)
    if line is None:
        return None
    latest = next(iter(desk.practice.history(line)), None)
    unseen = latest is not None and latest.id != draft.saw
    return Look(draft, line, None if unseen else latest, latest if unseen else None)


def _held(desk: Desk, looks: Sequence[Look]) -> list[tuple[str, list[Look]]]:
    """Drafts that are not theirs to make final, by the reason."""
    found: dict[str, list[Look]] = {}
    for look in looks:
        if why := desk.why(look.draft.unit):
            found.setdefault(why, []).append(look)
    return list(found.items())


@pages.post("/assess/<uuid:enrolment_id>/drafts/drop")
@requires(Role.ASSESSOR)
def drop(enrolment_id: UUID) -> ResponseReturnValue:
    """Throw a draft away; twice is the same."""
    door(enrolment_id, ASSESSOR)
    line = request.form.get("line", "")[:80]
    services.drop_draft(unit(), enrolment_id=enrolment_id, line=line, by=viewer().person_id)
    unit().commit()
    flash(_("The draft is thrown away."), "lms_done")
    return redirect(url_for(".drafts", enrolment_id=enrolment_id))
