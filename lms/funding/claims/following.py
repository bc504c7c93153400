"""What follows from a claim: second parts, asking anew after a rejection, and looking when a certificate falls."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record, record_all
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import numbering
from lms.funding.claims.drafting import counted, note, tell_of_line
from lms.funding.claims.events import ClaimDrafted, ClaimLookRaised
from lms.funding.claims.judging import first_part
from lms.funding.claims.models import Claim, ClaimLine, ClaimLook, ClaimMove, ClaimReliedOn, ClaimSubmission
from lms.funding.claims.moving import LONGEST_REASON, MOVED_ON, held, lines_in
from lms.funding.claims.once import opened_as
from lms.funding.claims.permitted import use
from lms.funding.claims.readings import asked_from, scheme_from, terms_of
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.funding.rules import claimable
from lms.funding.vocabulary import ClaimState, EvidenceKind, Part
from lms.people import queries as people

SENT_IN = (ClaimState.SUBMITTED, ClaimState.NEEDS_ACTION, ClaimState.APPROVED, ClaimState.PAID)

_KEPT = (
    "learner_id", "scheme", "training", "item", "item_title", "part", "enrolment_id", "certificate_id", "first_line_id",
    "rate_pence", "rate_standing", "amount_at_most_pence", "payable_pence", "counts_pence", "cost_known", "credits",
    "days", "last_day", "last_act", "terms", "asked", "verdict",
)  # fmt: skip
"""What a line that asks anew takes over from the one before it."""


def resubmit(db: Db, *, claim_id: UUID, once: UUID, within: Collection[UUID], by: UUID, now: datetime) -> UUID:
    """Open a new draft with the lines of a rejected claim; returns its id. Twice is once.

    The new draft stands under its own reference and says which claim it follows; the rejected one stays as it was.
    Lines are read anew under the scheme as it is now, except second parts, which keep the first rate.
    """
    claim = held(db, claim_id, within)
    there = db.get(Claim, once)
    if there is not None and there.resubmits_id == claim.id:
        return there.id
    if claim.state is not ClaimState.REJECTED:
        raise Refused(MOVED_ON)
    follows = select(Claim.id).where(Claim.resubmits_id == claim.id, Claim.state != ClaimState.WITHDRAWN)
    if db.scalars(follows.limit(1)).first():
        raise Refused(N_("This claim is asked for anew already."))
    old = lines_in(db, claim.id)
    learners = {line.learner_id for line in old}
    use(db, claim, learners, action=Action.PREPARE_APPLICATION, deed=Deed.PREPARED, by=by, now=now)
    new = _draft_like(db, claim, once, by=by, now=now, resubmits=claim.id)
    scheme = schemes_for(db, claim.authority_id, on=london_day(now)).by_code.get(claim.scheme)
    for line in old:
        again = _line_like(line, new, by=by, now=now)
        item = scheme.item(line.item) if scheme is not None and line.part is not Part.SECOND else None
        if scheme is not None and item is not None:
            asked = replace(asked_from(line.asked), submitted_on=None, submitted_at=None, applied_on=None, earlier=())
            again.terms = terms_of(scheme, line.item)
            again.rate_pence, again.rate_standing = item.max_amount_pence, item.amount_provenance
            new.scheme_edition, new.scheme_title = scheme.edition, scheme.title.model_dump(mode="json")
            note(again, asked, claimable(scheme, asked, on=london_day(now)))
        db.add(again)
        db.flush()
        tell_of_line(db, new, again, by=by, now=now, opens=False)
    drafted = ClaimDrafted(about=old[0].learner_id, claim_id=new.id, scheme=new.scheme, item=old[0].item)
    record(db, drafted, by=by, now=now, behalf=new.claimant_id)
    return new.id


def _draft_like(
    db: Db, claim: Claim, id: UUID, *, by: UUID | None, now: datetime, resubmits: UUID | None = None
) -> Claim:
    authority = people.organisation(db, claim.authority_id)
    new = Claim(
        id=id,
        reference=numbering.next_reference(db, authority, year=london_day(now).year),
        state=ClaimState.DRAFT,
        drafted_at=now,
        state_since=now,
        opened_by=by,
        resubmits_id=resubmits,
        justification=claim.justification if resubmits else "",
        held_elsewhere=claim.held_elsewhere,
        **{
            name: getattr(claim, name) for name in ("shape", "scheme", "scheme_edition", "scheme_title", "authority_id")
        },
        **{name: getattr(claim, name) for name in ("claimant_id", "claimant_person_id", "claimant_kind")},
    )
    db.add(new)
    db.add(ClaimMove(claim_id=new.id, came_from=None, went_to=ClaimState.DRAFT, by=by, at=now))
    db.flush()
    return new


def _line_like(line: ClaimLine, new: Claim, *, by: UUID | None, now: datetime) -> ClaimLine:
    return ClaimLine(
        id=uuid4(),
        claim_id=new.id,
        opened_as=_again(line, new),
        follows_line_id=line.id,
        added_at=now,
        added_by=by,
        **{name: getattr(line, name) for name in _KEPT},
    )


def _again(line: ClaimLine, new: Claim) -> str:
    # The new claim's own number keeps the digest apart from every turn of the same thing before it.
    return opened_as(
        learner=line.learner_id, scheme=line.scheme, item=line.item, training=line.training, part=line.part,
        claimant=new.id, turn=1,
    )  # fmt: skip


def open_second(
    db: Db, *, first_line_id: UUID, certificate_id: UUID, completed_on: date, by: UUID | None, now: datetime
) -> UUID | None:
    """Open the second part of an item whose first part is approved and whose training is completed.

    For the same claimant, at the rate of the first payment. None when it stands already, when the first part is not
    approved, or when the employer changed in between.
    """
    first = db.get_one(ClaimLine, first_line_id)
    claim = db.get_one(Claim, first.claim_id)
    if first.part is not Part.FIRST or claim.state not in {ClaimState.APPROVED, ClaimState.PAID}:
        return None
    relied = select(ClaimReliedOn).join(ClaimSubmission, ClaimSubmission.id == ClaimReliedOn.submission_id)
    mine = relied.where(ClaimReliedOn.line_id == first.id).order_by(ClaimSubmission.number.desc()).limit(1)
    frozen = db.scalars(mine).first()
    if frozen is None:
        return None
    before = first_part(frozen.verdict, frozen.asked, claim.state, first.approved_pence)
    asked = replace(
        asked_from(frozen.asked),
        part=Part.SECOND,
        completed_on=completed_on,
        certificate_on=completed_on,
        evidence=frozenset({EvidenceKind.CERTIFICATE}),
        first_part=before,
        submitted_on=None,
        submitted_at=None,
        earlier=(),
    )
    scheme = scheme_from(frozen.terms)
    verdict = claimable(scheme, asked, on=london_day(now))
    if not verdict.claimable:
        return None
    with db.begin_nested() as together:
        new = _draft_like(db, claim, uuid4(), by=by, now=now)
        line = _line_like(first, new, by=by, now=now)
        line.follows_line_id, line.first_line_id, line.part = None, first.id, Part.SECOND
        line.certificate_id, line.amount_at_most_pence = certificate_id, verdict.amount
        line.opened_as = opened_as(
            learner=first.learner_id, scheme=first.scheme, item=first.item, training=first.training, part=Part.SECOND,
            claimant=first.id, turn=1,
        )  # fmt: skip
        line.terms = frozen.terms
        note(line, asked, verdict)
        assert not counted(line.part, verdict)  # the first part counted the whole
        if not add_once(db, line):
            together.rollback()
            return None
    tell_of_line(db, new, line, by=by, now=now, opens=True)
    return new.id


def open_seconds(
    db: Db, *, learner_id: UUID, training: str, certificate_id: UUID, completed_on: date, now: datetime
) -> list[UUID]:
    """Open the second parts that a completed training makes ready; returns the drafts' ids."""
    firsts = (
        select(ClaimLine.id)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(ClaimLine.learner_id == learner_id, ClaimLine.training == training, ClaimLine.part == Part.FIRST)
        .where(Claim.state.in_((ClaimState.APPROVED, ClaimState.PAID)), ClaimLine.taken_out_at.is_(None))
    )
    opened = [
        open_second(db, first_line_id=id, certificate_id=certificate_id, completed_on=completed_on, by=None, now=now)
        for id in db.scalars(firsts).all()
    ]
    return [id for id in opened if id is not None]


def raise_look(db: Db, *, certificate_id: UUID, what: str, now: datetime) -> int:
    """A certificate was withdrawn or suspended: the desk has to look at what was sent in with it. Told twice, once."""
    resting = select(ClaimLine, Claim.authority_id, Claim.claimant_id).join(Claim, Claim.id == ClaimLine.claim_id)
    wanted = resting.where(ClaimLine.certificate_id == certificate_id, Claim.state.in_(SENT_IN))
    raised = 0
    for line, authority_id, claimant_id in db.execute(wanted.where(ClaimLine.taken_out_at.is_(None))).all():
        look = ClaimLook(
            id=uuid4(), authority_id=authority_id, line_id=line.id, what=what, about_id=certificate_id, raised_at=now
        )
        if add_once(db, look):
            raised += 1
            fact = ClaimLookRaised(about=line.learner_id, claim_id=line.claim_id, line_id=line.id, what=what)
            record_all(db, [fact], by=None, now=now, behalf=claimant_id)
    return raised


def end_looks(db: Db, *, certificate_id: UUID, what: str, now: datetime) -> None:
    """What was to be looked at is over by itself, as when a suspension is lifted."""
    over = update(ClaimLook).where(ClaimLook.about_id == certificate_id, ClaimLook.what == what)
    db.execute(over.where(ClaimLook.looked_at.is_(None)).values(looked_at=now))


def looked(db: Db, *, look_id: UUID, within: Collection[UUID], note_text: str, by: UUID, now: datetime) -> None:
    """Somebody at the desk looked, and says what they found or did. Refuses without words; twice is once."""
    look = db.scalar(select(ClaimLook).where(ClaimLook.id == look_id, ClaimLook.authority_id.in_(within)))
    if look is None:
        raise NotFound("look")
    said = clean_text(note_text, LONGEST_REASON)
    if not said:
        raise Refused(N_("Say what you found or did."))
    if look.looked_at is None:
        look.looked_at, look.looked_by, look.note = now, by, said
        db.flush()
