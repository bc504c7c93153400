"""Pages about what could pay for a learner's training, and opening a draft from there."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding import texts
from lms.funding.claims import queries, services
from lms.funding.claims.doors import called, pages, told, within
from lms.funding.claims.home import DESK
from lms.funding.claims.queries import ClaimRow, SchemeVerdict, Wanted
from lms.funding.rules import claimable
from lms.funding.texts import Told
from lms.funding.trainings import Choice, Training, choices_for, training_of
from lms.funding.vocabulary import ClaimState, Part, PaymentModel, SchemeStatus
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

MOST_DRAFTS = 20


@dataclass(frozen=True)
class SchemeLine:
    """A scheme's answer in words, what may help to change it, the claim it led to, and drafts it could join.

    `first` says that its first part can be claimed before the training is finished.
    """

    found: SchemeVerdict
    told: Told
    hint: str
    claim_id: UUID | None
    drafts: tuple[ClaimRow, ...]
    first: bool


@pages.get("/funding/people/<uuid:learner_id>")
@requires(*DESK)
def training(learner_id: UUID) -> ResponseReturnValue:
    """What could pay for one of a learner's trainings: every scheme's answer with its reasons."""
    choices = _own_choices(learner_id)
    chosen = _chosen(choices, request.args.get("training"))
    lines = _schemes(_about(chosen)) if chosen else []
    return render_template(
        "lms/funding/training.html",
        learner=people.person(unit(), learner_id),
        choices=[replace(choice, title=_title(choice)) for choice in choices],
        chosen=replace(chosen, title=_title(chosen)) if chosen else None,
        could=[line for line in lines if line.found.verdict.claimable],
        could_not=[line for line in lines if not line.found.verdict.claimable and not _over(line)],
        over=[line for line in lines if not line.found.verdict.claimable and _over(line)],
    )


@pages.post("/funding/people/<uuid:learner_id>/claims")
@requires(*DESK)
def open_claim(learner_id: UUID) -> ResponseReturnValue:
    """Open a draft where none opened by itself, or put the training into a draft that is there."""
    chosen = _chosen(_own_choices(learner_id), request.form.get("training", ""))
    if chosen is None:
        raise NotFound("training")
    about, wanted = _about(chosen), request.form.get("scheme")
    found = next((f for f in queries.verdicts_for(unit(), about, on=today()) if f.scheme.code == wanted), None)
    if found is None:
        raise NotFound("scheme")
    if request.form.get("part") == Part.FIRST.value:
        found = _first_part(found)
    try:
        claim_id = _open(about, found, request.form.get("into", ""))
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".training", learner_id=learner_id, training=chosen.code))
    unit().commit()
    flash(_("A draft claim is open."), "lms_done")
    return redirect(url_for(".claim", claim_id=claim_id))


def _open(about: Training, found: SchemeVerdict, into: str) -> UUID:
    """The claim the training stands in now: one that was there, the draft it is put into, or a new one."""
    standing = queries.claims_for(unit(), about.learner_id, about.code, within=within(), live=True)
    there = standing.get((found.scheme.code, found.asked.item))
    if there is not None:
        return there
    by = viewer().person_id
    draft = next((row for row in _drafts(found) if str(row.id) == into), None)
    if draft is not None:
        services.add_line(unit(), claim_id=draft.id, within=within(), training=about, found=found, by=by, now=now())
        return draft.id
    turn = services.next_turn(unit(), training=about, found=found)
    opened = services.open_draft(unit(), training=about, found=found, by=by, now=now(), turn=turn)
    if opened is None:
        raise NotFound("claim")
    return opened


def _first_part(found: SchemeVerdict) -> SchemeVerdict:
    asked = replace(found.asked, part=Part.FIRST)
    return replace(found, asked=asked, verdict=claimable(found.scheme, asked, on=today()))


def _own_choices(learner_id: UUID) -> list[Choice]:
    """The trainings of a learner of these authorities; anybody else's learner answers 404."""
    if not people.holds(unit(), learner_id, Role.PA, within(), today()):
        raise NotFound("person")
    return choices_for(unit(), learner_id, within(), on=today())


def _chosen(choices: list[Choice], asked: str | None) -> Choice | None:
    if asked is None:
        return choices[0] if choices else None
    found = next((choice for choice in choices if choice.code == asked), None)
    if found is None:
        raise NotFound("training")
    return found


def _title(choice: Choice) -> str:
    return called(choice.code) if choice.title == choice.code else choice.title


def _about(chosen: Choice) -> Training:
    return training_of(
        unit(),
        chosen.enrolment_id,
        chosen.code,
        completed_on=chosen.completed_on,
        certificate_id=chosen.certificate_id,
        on=today(),
    )


def _schemes(about: Training) -> list[SchemeLine]:
    opened = queries.claims_for(unit(), about.learner_id, about.code, within=within(), live=True)
    return [_line(about, found, opened) for found in queries.verdicts_for(unit(), about, on=today())]


def _line(about: Training, found: SchemeVerdict, opened: dict[tuple[str, str], UUID]) -> SchemeLine:
    claim_id = opened.get((found.scheme.code, found.asked.item))
    item = found.scheme.item(found.asked.item)
    split = item is not None and item.payment_model is PaymentModel.SPLIT
    free = found.verdict.claimable and claim_id is None
    return SchemeLine(
        found,
        told(found.verdict),
        texts.hint(found.scheme, found.verdict, _),
        claim_id,
        tuple(_drafts(found)) if free and about.certificate_id else (),
        first=free and split and about.certificate_id is None,
    )


def _drafts(found: SchemeVerdict) -> list[ClaimRow]:
    if found.claimant is None:
        return []
    wanted = Wanted(state=ClaimState.DRAFT, scheme=found.scheme.code, claimant=found.claimant.id)
    drafts = queries.claims_in(unit(), within(), wanted=wanted, limit=MOST_DRAFTS)
    return [row for row in drafts if row.scheme_edition == found.scheme.edition]


def _over(line: SchemeLine) -> bool:
    return line.found.scheme.status in {SchemeStatus.CLOSED, SchemeStatus.WITHDRAWN}
