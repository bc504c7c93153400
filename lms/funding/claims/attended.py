"""Lines that a subsidised place opens: somebody was on the course, so its claimant can ask for what it gives."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record_all
from lms.core.types import Pence
from lms.core.words import N_
from lms.funding.asked import Asked
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims.drafting import next_turn, note, open_draft
from lms.funding.claims.events import ClaimLookRaised
from lms.funding.claims.following import SENT_IN, end_looks
from lms.funding.claims.gathering import MOST_LINES, add_line, take_line_out
from lms.funding.claims.models import Claim, ClaimLine, ClaimLook
from lms.funding.claims.moving import lines_in
from lms.funding.claims.queries import Wanted, claims_in
from lms.funding.claims.readings import asked_data, asked_from, scheme_from
from lms.funding.claims.verdicts import SchemeVerdict, earlier_of, verdict_of
from lms.funding.claims.withdrawing import withdraw
from lms.funding.rules import claimable
from lms.funding.trainings import training_of
from lms.funding.vocabulary import ClaimState, EvidenceKind

LOOK = "attendance_corrected"
_THERE = frozenset({EvidenceKind.ATTENDANCE_RECORD})
_CORRECTED = N_("It was corrected that this person was not there.")
_OVER = (ClaimState.WITHDRAWN, ClaimState.REJECTED, ClaimState.RECOVERED)


@dataclass(frozen=True, kw_only=True)
class WasThere:
    """Somebody was on a course under an item of a scheme. `cost_pence` is what the whole place cost."""

    place_id: UUID
    learner_id: UUID
    enrolment_id: UUID
    scheme: str
    item: str
    training: str
    starts_on: date
    ends_on: date
    cost_pence: Pence


def open_line(db: Db, place: WasThere, *, by: UUID, now: datetime) -> UUID | None:
    """Open a line for a place that was attended, or join the one its training has; returns its claim's id.

    It stands in a draft of its claimant where there is one. None where the scheme pays nothing for it now.
    """
    end_looks(db, certificate_id=place.place_id, what=LOOK, now=now)
    standing = _lines(db, place)
    if standing:
        _show(db.get_one(Claim, standing[0].claim_id), standing[0], _THERE, place, now)
        return standing[0].claim_id
    on = london_day(now)
    was_on = training_of(db, place.enrolment_id, place.training, completed_on=None, certificate_id=None, on=on)
    training = replace(was_on, started_on=place.starts_on, completed_on=min(place.ends_on, on))
    schemes = schemes_for(db, training.authority.id, on=on)
    scheme = schemes.by_code.get(place.scheme)
    if scheme is None:
        return None
    earlier = earlier_of(db, [place.learner_id])[place.learner_id]
    found = verdict_of(schemes, scheme, training, earlier, on=on)
    asked = replace(found.asked, item=place.item, cost_paid=place.cost_pence, evidence=_THERE)
    found = SchemeVerdict(scheme=scheme, verdict=claimable(scheme, asked, on=on), asked=asked, claimant=found.claimant)
    if scheme.item(place.item) is None or not found.verdict.claimable:
        return None
    claimant = found.claimant.id if found.claimant else place.learner_id
    wanted = Wanted(state=ClaimState.DRAFT, scheme=scheme.code, claimant=claimant)
    for draft in claims_in(db, [training.authority.id], wanted=wanted):
        if draft.scheme_edition == scheme.edition and len(lines_in(db, draft.id)) < MOST_LINES:
            within = [training.authority.id]
            add_line(db, claim_id=draft.id, within=within, training=training, found=found, by=by, now=now)
            return draft.id
    turn = next_turn(db, training=training, found=found)
    return open_draft(db, training=training, found=found, by=by, now=now, turn=turn)


def take_line_back(db: Db, place: WasThere, *, by: UUID, now: datetime) -> None:
    """It was corrected that somebody was not there: a draft loses the line, or the claim that was sent in is looked at.

    A line that a certificate opened stays and has the attendance to be shown again. Told twice, it is done once.
    """
    for line in _lines(db, place):
        claim = db.get_one(Claim, line.claim_id)
        if EvidenceKind.ATTENDANCE_RECORD not in (asked_from(line.asked).evidence or ()):
            continue
        if claim.state in SENT_IN:
            _raise_look(db, claim, line, place, now)
        elif line.certificate_id is not None:
            _show(claim, line, frozenset(), place, now)
        elif len(lines_in(db, claim.id)) == 1:
            withdraw(db, claim_id=claim.id, within=[claim.authority_id], reason=_CORRECTED, by=by, now=now)
        else:
            take_line_out(db, line_id=line.id, within=[claim.authority_id], by=by, now=now)


def _lines(db: Db, place: WasThere) -> Sequence[ClaimLine]:
    """The lines for this very training under the same item that still stand, in the order they were added."""
    wanted = (
        select(ClaimLine)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(ClaimLine.learner_id == place.learner_id)
        .where(ClaimLine.scheme == place.scheme, ClaimLine.item == place.item, ClaimLine.training == place.training)
        .where(ClaimLine.taken_out_at.is_(None), Claim.state.not_in(_OVER))
    )
    return db.scalars(wanted.order_by(ClaimLine.added_at, ClaimLine.id)).all()


def _show(claim: Claim, line: ClaimLine, there: frozenset[EvidenceKind], place: WasThere, now: datetime) -> None:
    """Say in a draft that attendance is known, with the cost of the place while none is known; or that it is not."""
    if claim.state is not ClaimState.DRAFT:
        return
    asked: Asked = asked_from(line.asked)
    shown = replace(asked, evidence=((asked.evidence or frozenset()) - _THERE) | there)
    if there and shown.cost is None:
        shown = replace(shown, cost_paid=place.cost_pence)
    if shown.cost == asked.cost:
        line.asked = asked_data(shown)
    else:
        note(line, shown, claimable(scheme_from(line.terms), shown, on=london_day(now)))
    claim.version += 1


def _raise_look(db: Db, claim: Claim, line: ClaimLine, place: WasThere, now: datetime) -> None:
    look = ClaimLook(
        id=uuid4(),
        authority_id=claim.authority_id,
        line_id=line.id,
        what=LOOK,
        about_id=place.place_id,
        raised_at=now,
    )
    there = select(ClaimLook).where(ClaimLook.line_id == line.id, ClaimLook.about_id == place.place_id)
    before = db.scalar(there.where(ClaimLook.what == LOOK, ClaimLook.looked_by.is_(None)))
    if before is not None:  # it was over by itself, when somebody was written down again
        before.looked_at = None
    elif add_once(db, look):
        fact = ClaimLookRaised(about=line.learner_id, claim_id=claim.id, line_id=line.id, what=LOOK)
        record_all(db, [fact], by=None, now=now, behalf=claim.claimant_id)
