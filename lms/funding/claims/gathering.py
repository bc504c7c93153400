"""What goes into a draft: lines put in and taken out, drafts put together, words for the payer, terms chosen."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record_all
from lms.core.spelling import clean_text
from lms.core.words import N_, Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims.changes import changed, digest_of
from lms.funding.claims.drafting import Same, draft_line, line_of, note, tell_of_line, turns_of
from lms.funding.claims.events import ClaimLineAdded, ClaimLineTakenOut, ClaimTermsChosen
from lms.funding.claims.models import Claim, ClaimChoice, ClaimLearner, ClaimLine
from lms.funding.claims.moving import MOVED_ON, claim_in, held, lines_in
from lms.funding.claims.permitted import use
from lms.funding.claims.queries import OPEN_STATES, ClaimRow, Wanted, claims_in
from lms.funding.claims.readings import asked_from, scheme_from, terms_of
from lms.funding.claims.verdicts import SchemeVerdict
from lms.funding.claims.withdrawing import empty, let_go
from lms.funding.evidence import carrying
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.funding.rules import claimable
from lms.funding.trainings import Training
from lms.funding.vocabulary import ClaimState, EvidenceKind, Part

MOST_LINES = 100
LONGEST_JUSTIFICATION = 2000

NO_DRAFT = N_("Only a draft can be changed. This claim was sent in, or has ended.")
TOO_MANY = N_("A claim has at most 100 lines. Open another one for the rest.")
EMPTIED = N_("Its lines were put together with another draft.")
LAST_LINE = N_("This is the only line. Withdraw the claim instead.")


def add_line(
    db: Db,
    *,
    claim_id: UUID,
    within: Collection[UUID],
    training: Training,
    found: SchemeVerdict,
    by: UUID,
    now: datetime,
) -> UUID:
    """Put a training into a draft of the same scheme and claimant; returns the line's id.

    Refuses another scheme, edition or claimant, what is not claimable, a hundred-and-first line, and a training that
    stands in a claim already.
    """
    claim = held(db, claim_id, within)
    item = found.scheme.item(found.asked.item)
    if item is None or not found.verdict.claimable:
        raise Refused(N_("This scheme does not pay for this training, so there is nothing to claim."))
    _refuse_other_claim(claim, training, found)
    _allow(db, claim, [training.learner_id], Deed.LINE_ADDED, by=by, now=now)
    lines = lines_in(db, claim.id)
    if len(lines) >= MOST_LINES:
        raise Refused(TOO_MANY)
    asked = found.asked
    claimant = claim.claimant_id or claim.claimant_person_id
    assert claimant is not None  # the table says so
    part = Part.FIRST if asked.part is Part.FIRST else Part.FULL
    same = Same(training.learner_id, claim.scheme, item.code, training.code, part, claimant)
    turn = turns_of(db, same, live=False) + 1
    if turns_of(db, same, live=True):
        raise Refused(N_("This training stands in a claim of this scheme already."))
    line = line_of(
        claim,
        training,
        scheme=found.scheme,
        item=item,
        asked=asked,
        verdict=found.verdict,
        turn=turn,
        by=by,
        now=now,
    )
    if not add_once(db, line):
        raise Refused(N_("This training stands in a claim of this scheme already."))
    add_once(db, ClaimLearner(learner_id=training.learner_id))
    claim.version += 1
    tell_of_line(db, claim, line, by=by, now=now, opens=False)
    return line.id


def _refuse_other_claim(claim: Claim, training: Training, found: SchemeVerdict) -> None:
    if claim.state is not ClaimState.DRAFT:
        raise Refused(NO_DRAFT)
    claimant = found.claimant.id if found.claimant else training.learner_id
    ours = claim.claimant_id or claim.claimant_person_id
    if (found.scheme.code, claimant, training.authority.id) != (claim.scheme, ours, claim.authority_id):
        raise Refused(N_("A claim is for one scheme and one claimant. This training belongs in another one."))
    if found.scheme.edition != claim.scheme_edition:
        raise Refused(N_("The scheme has a new edition. Choose first whether this draft takes it up."))


def take_line_out(db: Db, *, line_id: UUID, within: Collection[UUID], by: UUID, now: datetime) -> None:
    """Take a line out of a draft; what was recorded about it stays to be read. Refuses the last line.

    One that was sent in before, and that the payer wants something more for, is free for others again.
    """
    claim, line = draft_line(db, line_id, within)
    if claim.state not in OPEN_STATES:
        raise Refused(NO_DRAFT)
    if len(lines_in(db, claim.id)) == 1:
        raise Refused(LAST_LINE)
    _allow(db, claim, [line.learner_id], Deed.LINE_TAKEN_OUT, by=by, now=now)
    line.taken_out_at, line.taken_out_by = now, by
    claim.version += 1
    db.flush()
    let_go(db, [line.id])
    fact = ClaimLineTakenOut(about=line.learner_id, claim_id=claim.id, line_id=line.id)
    record_all(db, [fact], by=by, now=now, behalf=claim.claimant_id)


def join(db: Db, *, into: UUID, others: Collection[UUID], within: Collection[UUID], by: UUID, now: datetime) -> int:
    """Put drafts of one scheme, edition and claimant together; returns how many lines came.

    Emptied drafts are withdrawn. Refuses drafts that differ, and more than a hundred lines. Lines keep their ids, and
    with them their evidence.
    """
    ids = sorted({into, *others}, key=lambda id: id.hex)  # one order for everybody, so that nobody waits in a circle
    claims = {claim_id: held(db, claim_id, within) for claim_id in ids}
    target = claims.pop(into)
    if not claims:
        raise Refused(N_("Choose at least two drafts."))
    for claim in (target, *claims.values()):
        if claim.state is not ClaimState.DRAFT:
            raise Refused(NO_DRAFT)
        if _kind(claim) != _kind(target):
            raise Refused(N_("Only drafts of the same scheme, edition and claimant can be put together."))
    coming = {claim_id: lines_in(db, claim_id) for claim_id in claims}
    there = lines_in(db, target.id)
    moved = [line for lines in coming.values() for line in lines]
    if len(there) + len(moved) > MOST_LINES:
        raise Refused(TOO_MANY)
    _allow(db, target, {line.learner_id for line in (*there, *moved)}, Deed.LINE_ADDED, by=by, now=now)
    for claim_id, lines in coming.items():
        _move_lines(db, claims[claim_id], target, lines, by=by, now=now)
    carrying.follow(db, emptied=list(coming), into=target.id)
    target.version += 1
    db.flush()
    return len(moved)


def _kind(claim: Claim) -> tuple[Any, ...]:
    return (claim.scheme, claim.scheme_edition, claim.claimant_id, claim.claimant_person_id, claim.authority_id)


def _move_lines(db: Db, claim: Claim, target: Claim, lines: Sequence[ClaimLine], *, by: UUID, now: datetime) -> None:
    ids = [line.id for line in lines]
    db.execute(update(ClaimLine).where(ClaimLine.id.in_(ids)).values(claim_id=target.id))
    for line in lines:
        db.refresh(line)
    empty(db, claim, EMPTIED, by=by, now=now)
    out = [ClaimLineTakenOut(about=line.learner_id, claim_id=claim.id, line_id=line.id) for line in lines]
    into = [
        ClaimLineAdded(
            about=line.learner_id,
            claim_id=target.id,
            line_id=line.id,
            scheme=line.scheme,
            item=line.item,
            part=line.part,
        )
        for line in lines
    ]
    record_all(db, [*out, *into], by=by, now=now, behalf=target.claimant_id)


def joinable(db: Db, claim_id: UUID, *, within: Collection[UUID]) -> list[ClaimRow]:
    """The other drafts that could be put together with this one, the newest first, a hundred at most."""
    claim = claim_in(db, claim_id, within)
    who = claim.claimant_id or claim.claimant_person_id
    wanted = Wanted(state=ClaimState.DRAFT, scheme=claim.scheme, claimant=who)
    drafts = claims_in(db, [claim.authority_id], wanted=wanted, limit=MOST_LINES)
    return [row for row in drafts if row.id != claim.id and row.scheme_edition == claim.scheme_edition]


def justify(db: Db, *, claim_id: UUID, within: Collection[UUID], text: str, by: UUID, now: datetime) -> None:
    """Say to the payer why, such as why a cost is above the guide. Refuses more than 2,000 characters."""
    claim = held(db, claim_id, within)
    if claim.state not in OPEN_STATES:
        raise Refused(NO_DRAFT)
    said = clean_text(text, LONGEST_JUSTIFICATION)
    learners = {line.learner_id for line in lines_in(db, claim.id)}
    _allow(db, claim, learners, Deed.PREPARED, by=by, now=now)
    if said != claim.justification:
        claim.justification = said
        claim.version += 1
        db.flush()


def note_held(db: Db, *, claim_id: UUID, kinds: Collection[EvidenceKind], within: Collection[UUID]) -> None:
    """Another room keeps these kinds of evidence for a claim, such as bank details; it says so when that changes."""
    claim = held(db, claim_id, within)
    claim.held_elsewhere = sorted(kind.value for kind in kinds)
    db.flush()


def choose_terms(
    db: Db, *, claim_id: UUID, within: Collection[UUID], digest: str, take_up: bool, by: UUID, now: datetime
) -> None:
    """The scheme changed while the claim was a draft: take up what it says now, or keep what stood.

    `digest` names the changes as they were shown; refuses when they are others by now. Twice is once.
    """
    claim = held(db, claim_id, within)
    if claim.state is not ClaimState.DRAFT:
        raise Refused(NO_DRAFT)
    on, lines = london_day(now), [line for line in lines_in(db, claim.id) if line.part is not Part.SECOND]
    scheme = schemes_for(db, claim.authority_id, on=on).by_code.get(claim.scheme)
    if scheme is None:
        raise Refused(MOVED_ON)
    changes = {each: None for line in lines for each in changed(scheme_from(line.terms), scheme, line.item)}
    if not changes:
        return
    if digest_of(tuple(changes)) != digest:
        raise Refused(N_("The scheme has changed once more. Look at the changes again."))
    db.add(ClaimChoice(id=uuid4(), claim_id=claim.id, digest=digest, taken_up=take_up, by=by, at=now))
    if take_up:
        for line in lines:
            item = scheme.item(line.item)
            if item is None:
                raise Refused(N_("%(item)s is not on the scheme's list any more. Take the line out."), item=line.item)
            line.terms = terms_of(scheme, line.item)
            line.rate_pence, line.rate_standing = item.max_amount_pence, item.amount_provenance
            note(line, asked_from(line.asked), claimable(scheme, asked_from(line.asked), on=on))
        claim.scheme_edition = scheme.edition
        claim.scheme_title = scheme.title.model_dump(mode="json")
    claim.version += 1
    db.flush()
    facts = [
        ClaimTermsChosen(about=line.learner_id, claim_id=claim.id, line_id=line.id, taken_up=take_up) for line in lines
    ]
    record_all(db, facts, by=by, now=now, behalf=claim.authority_id)


def _allow(db: Db, claim: Claim, learners: Collection[UUID], deed: Deed, *, by: UUID, now: datetime) -> None:
    use(db, claim, learners, action=Action.PREPARE_APPLICATION, deed=deed, by=by, now=now)
