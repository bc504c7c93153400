"""A person settles what came from a visit: which of two versions to use, or what becomes of what was not filed."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from lms.assessment import places
from lms.assessment.deciding.latest import latest_of
from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.evidence.services import Offer, offer_evidence
from lms.assessment.visits import queries
from lms.assessment.visits.drafts import content_of_draft, drafts_here, write_draft
from lms.assessment.visits.events import VisitSettled as VisitSettledFact
from lms.assessment.visits.models import VisitSettled, VisitTaken, VisitThing
from lms.assessment.visits.queries import Received, draft_in, observation_in
from lms.assessment.visits.rules import Came, How, mark_of
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role

LONGEST_WORD = 500
_CHANGED = N_("This changed again meanwhile. Look at both once more, then choose.")
_SETTLED = N_("Somebody has settled this already. Nothing was changed now.")


def here(db: Db, enrolment_id: UUID, line: str, by: UUID) -> str:
    """A mark of what stands here of a line for somebody: their draft and the last decision; it changes with either."""
    draft = drafts_here(db, enrolment_id, by).get(line)
    latest = latest_of(db, enrolment_id).get(line)
    return f"{mark_of(content_of_draft(draft)) if draft else ''}/{latest.id if latest else ''}"


def choose(db: Db, *, thing_id: UUID, use: bool, seen: str, by: UUID, now: datetime) -> None:
    """Use the draft from the phone, or keep what stands here; the same again changes nothing.

    `seen` is what the page showed of what stands here (see `here`). Raises NotFound for somebody else's; refused when
    it changed since, and for whatever stops a draft now.
    """
    row = _held(db, thing_id)
    if row is None or row.person_id != by or row.came is not Came.MEETS or row.line is None:
        raise NotFound("visit")
    how = How.USED if use else How.LEFT
    if _is_settled(db, row.id, how):
        return
    if seen != here(db, row.enrolment_id, row.line, by):
        raise Refused(_CHANGED)
    if use:
        try:
            write_draft(db, enrolment_id=row.enrolment_id, said=draft_in(row), by=by, now=now)
        except NotFound:
            raise Refused(
                N_("You are no longer their assessor, so this cannot become a draft. It stays kept.")
            ) from None
    _settle(db, [row], how, "", by=by, now=now, behalf=None)


def file(db: Db, *, thing_id: UUID, on: date, by: UUID, now: datetime) -> None:
    """File an observation that was kept, as a record of the learner's work by whoever wrote it, of a day.

    Criteria the learner no longer works to are left out. Raises NotFound unless `by` is a coordinator of the authority;
    refused when nothing is left of it, for a day that cannot be, and after the learner has left.
    """
    found = _received(db, thing_id, by, now)
    row = found.row
    if row.kind != "observation":
        raise NotFound("visit")
    if _is_settled(db, row.id, How.FILED):
        return
    said = observation_in(row)
    lines = tuple(line.key for line in found.lines)
    taken = db.get_one(VisitTaken, row.taken_id)
    if not lines or places.opened_since(db, row.enrolment_id, taken.taken_at):
        raise Refused(N_("The learner works to none of these criteria any more, so this cannot be filed. Close it."))
    offer = Offer(
        kind=EvidenceKind.DIRECT_OBSERVATION,
        on=on,
        text=said.text,
        lines=lines,
        setting=said.setting,
        in_presence_of=said.in_presence_of,
    )
    offer_evidence(
        db,
        id=row.id,
        enrolment_id=row.enrolment_id,
        offer=offer,
        by=row.person_id,
        part=Part.ASSESSOR,
        behalf=taken.behalf,
        now=now,
        way=Way.VISIT,
        source_id=taken.id,
    )
    _settle(db, [row], How.FILED, "", by=by, now=now, behalf=row.authority_id)
    _settle(db, found.drafts, How.CLOSED, "", by=by, now=now, behalf=row.authority_id)


def close(db: Db, *, thing_id: UUID, word: str, by: UUID, now: datetime) -> None:
    """Close something that was kept, with what was kept with it; it stays on record. A second time changes nothing.

    Raises NotFound unless `by` is a coordinator of the authority; refused without a word.
    """
    found = _received(db, thing_id, by, now)
    word = clean_text(word, LONGEST_WORD)
    if not word:
        raise Refused(N_("Write a few words: why it is not filed."))
    if _is_settled(db, thing_id, How.CLOSED):
        return
    _settle(db, [found.row, *found.drafts], How.CLOSED, word, by=by, now=now, behalf=found.row.authority_id)


def _held(db: Db, thing_id: UUID) -> VisitThing | None:
    """The row, held until the end of the transaction, so that two people never settle it in two ways."""
    return db.get(VisitThing, thing_id, with_for_update=True, populate_existing=True)


def _received(db: Db, thing_id: UUID, by: UUID, now: datetime) -> Received:
    row = _held(db, thing_id)
    if row is None or not people.holds(db, by, Role.COORDINATOR, [row.authority_id], queries.day(now)):
        raise NotFound("visit")
    return queries.received(db, thing_id)


def _is_settled(db: Db, thing_id: UUID, how: How) -> bool:
    """Whether somebody settled it so already; refused when it was settled otherwise."""
    there = db.get(VisitSettled, thing_id)
    if there is not None and there.how is not how:
        raise Refused(_SETTLED)
    return there is not None


def _settle(
    db: Db, rows: Iterable[VisitThing], how: How, word: str, *, by: UUID, now: datetime, behalf: UUID | None
) -> None:
    for row in rows:
        if add_once(db, VisitSettled(thing_id=row.id, how=how, by=by, word=word, at=now)):
            fact = VisitSettledFact(about=row.learner_id, enrolment_id=row.enrolment_id, thing_id=row.id, how=how)
            record(db, fact, by=by, now=now, behalf=behalf)
