"""Write sittings: the assessor's part, handing over, what the learner says, and what both confirmed as evidence.

A person's own secret is looked at by the view, before anything is written here; these services are told who confirmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.assessment import places
from lms.assessment.admission import admitted, refuse_wrong_day
from lms.assessment.content import Placed
from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.rules import ASKED_FOR, EvidenceKind, Way
from lms.assessment.evidence.services import Offer
from lms.assessment.queries import signed_off
from lms.assessment.rules import Capacity, Setting
from lms.assessment.together import queries, rules
from lms.assessment.together.events import TogetherDropped, TogetherRecorded, TogetherSaid, TogetherStarted
from lms.assessment.together.models import Together, TogetherStep
from lms.assessment.together.queries import SittingView
from lms.assessment.together.rules import Step, Turn, may_follow
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.i18n import say_in
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people import sessions
from lms.people.secrets import digest, new_secret

ADDED = N_("%(name)s adds: %(text)s")
_MOVED = N_("This has moved on in another window, or on another phone. Look at where it stands now.")


@dataclass(frozen=True, kw_only=True)
class Part:
    """The assessor's part: what kind of sitting, when and where, what was asked, and what was said or seen."""

    kind: EvidenceKind
    on: date
    text: str
    lines: Sequence[str]
    asked: str = ""
    setting: Setting | None = None


def start(db: Db, *, id: UUID, enrolment_id: UUID, unit: str, part: Part, by: UUID, now: datetime) -> UUID:
    """Begin a sitting; returns its id, which is `id`. The same id again by the same person changes nothing.

    Raises NotFound for anybody who is not the learner's assessor; refused for one's own work, a learner who left, a day
    that cannot be, a unit that is signed off, and somebody without a password or passphrase of their own.
    """
    there = db.get(Together, id)
    if there is not None:
        if there.by != by:
            raise NotFound("sitting")
        return id
    enrolment = learning.enrolment(db, enrolment_id)
    placed = places.unit_of(db, enrolment, unit)
    part = _checked(placed, part)
    standing = admitted(db, enrolment, by=by, on=part.on, now=now, among={Capacity.ASSESSOR}, units=[unit])
    refuse_wrong_day(part.on, enrolment, london_day(now))
    _refuse_impossible(db, enrolment, unit, by)
    places.open_units(db, enrolment, now=now)
    row = Together(
        id=id,
        enrolment_id=enrolment_id,
        learner_id=enrolment.learner_id,
        authority_id=enrolment.authority_id,
        unit=unit,
        lines=list(part.lines),
        kind=part.kind,
        on_day=part.on,
        setting=part.setting,
        asked=part.asked,
        text=part.text,
        by=by,
        behalf=standing.behalf,
        started_at=now,
    )
    if not add_once(db, row):
        return id
    _step(db, id, Step.STARTED, by=by, now=now, first=True)
    fact = TogetherStarted(
        about=enrolment.learner_id,
        enrolment_id=enrolment_id,
        together_id=id,
        unit=unit,
        lines=tuple(part.lines),
        kind=part.kind,
    )
    record(db, fact, by=by, now=now, behalf=standing.behalf)
    return id


def change(db: Db, *, together_id: UUID, part: Part, by: UUID, now: datetime) -> None:
    """Write one's part anew; what the learner confirmed before has to be confirmed again."""
    found = _held(db, together_id, by)
    enrolment = learning.enrolment(db, found.enrolment_id)
    part = _checked(places.unit_of(db, enrolment, found.unit), part)
    admitted(db, enrolment, by=by, on=part.on, now=now, among={Capacity.ASSESSOR}, units=[found.unit])
    refuse_wrong_day(part.on, enrolment, london_day(now))
    row = db.get_one(Together, together_id)
    row.lines, row.kind, row.on_day, row.setting = list(part.lines), part.kind, part.on, part.setting
    row.asked, row.text = part.asked, part.text
    db.flush()
    _step(db, together_id, Step.CHANGED, by=by, now=now)


def hand_over(db: Db, *, together_id: UUID, by: UUID, now: datetime) -> str:
    """Hand the phone over; returns the key by which this phone shows the learner's part, and nothing else."""
    found = _held(db, together_id, by)
    enrolment = learning.enrolment(db, found.enrolment_id)
    admitted(db, enrolment, by=by, on=found.on, now=now, among={Capacity.ASSESSOR}, units=[found.unit])
    key = new_secret()
    _step(db, together_id, Step.HANDED_OVER, by=by, now=now, key=key)
    return key


def say(db: Db, *, together_id: UUID, confirmed: bool, text: str, read: str, language: str, now: datetime) -> None:
    """The learner's word: confirmed, once their own secret was right, or declined with a word.

    `read` is the mark of the part as it stood before them. The same word a second time changes nothing.
    """
    found = _any(db, together_id)
    step = Step.CONFIRMED if confirmed else Step.DECLINED
    said = clean_text(text, rules.LONGEST_ADDED)
    if (found.last.step, found.last.text) == (step, said):
        return
    if not confirmed and not said:
        raise Refused(N_("Say in a word what is not right."))
    if found.turn is not Turn.LEARNER or found.mark != read:
        raise Refused(_MOVED)
    by = found.learner_id if confirmed else None
    _step(db, together_id, step, by=by, now=now, text=said, language=language)
    fact = TogetherSaid(
        about=found.learner_id,
        enrolment_id=found.enrolment_id,
        together_id=together_id,
        confirmed=confirmed,
        digest=found.mark,
    )
    record(db, fact, by=by, now=now)


def take_up(db: Db, *, together_id: UUID, by: UUID, now: datetime) -> None:
    """Take a sitting back that was handed over and left: the phone it was on shows nothing any more."""
    found = _held(db, together_id, by)
    if found.turn is Turn.LEARNER:
        _step(db, together_id, Step.TAKEN_UP, by=by, now=now)


def offer(db: Db, *, together_id: UUID, by: UUID, now: datetime, language: str = "en") -> UUID:
    """Make it evidence, once the assessor's own secret was right too; returns the piece. Again changes nothing.

    Refused unless the learner's confirmation is the last word, and for whatever evidence is refused for.
    """
    found = _held(db, together_id, by)
    if found.last.step is Step.RECORDED:
        return together_id
    confirmed = found.confirmed
    if confirmed is None:
        raise Refused(_MOVED)
    name = people.person(db, found.learner_id).name.split()[0]
    added = say_in(language)(ADDED) % {"name": name, "text": confirmed.text} if confirmed.text else ""
    evidence.offer_evidence(
        db,
        id=together_id,
        enrolment_id=found.enrolment_id,
        offer=Offer(
            kind=found.kind,
            on=found.on,
            text="\n\n".join(filter(None, [found.text, added])),
            lines=found.lines,
            setting=found.setting,
            asked=found.asked,
        ),
        by=by,
        now=now,
        way=Way.TOGETHER,
        source_id=together_id,
        among={Capacity.ASSESSOR},
        language=language,
    )
    _step(db, together_id, Step.RECORDED, by=by, now=now)
    fact = TogetherRecorded(
        about=found.learner_id,
        enrolment_id=found.enrolment_id,
        together_id=together_id,
        evidence_id=together_id,
        digest=found.mark,
    )
    record(db, fact, by=by, now=now, behalf=found.behalf)
    return together_id


def drop(db: Db, *, together_id: UUID, by: UUID, now: datetime) -> None:
    """Give a sitting up; again changes nothing. Refused once it is evidence."""
    found = _held(db, together_id, by)
    if found.last.step is Step.DROPPED:
        return
    _step(db, together_id, Step.DROPPED, by=by, now=now)
    fact = TogetherDropped(about=found.learner_id, enrolment_id=found.enrolment_id, together_id=together_id)
    record(db, fact, by=by, now=now)


def _any(db: Db, together_id: UUID) -> SittingView:
    """A sitting, held until the end of the transaction. Raises NotFound."""
    if db.scalar(select(Together.id).where(Together.id == together_id).with_for_update()) is None:
        raise NotFound("sitting")
    return queries.sitting(db, together_id)


def _held(db: Db, together_id: UUID, by: UUID) -> SittingView:
    found = _any(db, together_id)
    if found.by != by:
        raise NotFound("sitting")
    return found


def _step(
    db: Db,
    together_id: UUID,
    step: Step,
    *,
    by: UUID | None,
    now: datetime,
    text: str = "",
    language: str = "en",
    key: str | None = None,
    first: bool = False,
) -> None:
    now_is = queries.sitting(db, together_id)
    last = None if first else now_is.last
    if not may_follow(last.step if last else None, step):
        raise Refused(_MOVED)
    row = TogetherStep(
        together_id=together_id,
        number=last.number + 1 if last else 1,
        step=step,
        by=by,
        text=text,
        language=language,
        digest=now_is.mark,
        key_digest=digest(key) if key else None,
        at=now,
    )
    if not add_once(db, row):
        raise Refused(_MOVED)


def _checked(placed: Placed, part: Part) -> Part:
    keys = [line.key for line in placed.unit.lines]
    chosen = tuple(key for key in keys if key in set(part.lines))
    if len(chosen) != len(set(part.lines)) or part.kind not in rules.KINDS:
        raise NotFound("line")
    if not chosen:
        raise Refused(N_("Choose at least one criterion that this speaks to."))
    if len(chosen) > rules.MOST_LINES:
        raise Refused(N_("Choose at most %(most)s criteria."), most=rules.MOST_LINES)
    text, asked = clean_text(part.text, rules.LONGEST_TEXT), clean_text(part.asked, rules.LONGEST_ASKED)
    if not text:
        raise Refused(N_("Write what was said or seen. Notes are enough."))
    if part.kind in ASKED_FOR and not asked:
        raise Refused(N_("Write what you asked, or what you talked about."))
    return replace(part, text=text, asked=asked, lines=chosen)


def _refuse_impossible(db: Db, enrolment: EnrolmentView, unit: str, by: UUID) -> None:
    if unit in signed_off(db, enrolment.id):
        raise Refused(N_("This is signed off, so nothing can be added to it."))
    if not sessions.has_secret(db, by):
        raise Refused(N_("You need a password of your own first. Choose one on the page of your account."))
    if not sessions.has_secret(db, enrolment.learner_id):
        raise Refused(
            N_("They have no password or passphrase yet, so they cannot confirm here. They can choose one first.")
        )
    if len(queries.open_of(db, by)) >= rules.MOST_OPEN:
        raise Refused(N_("You have many of these open. Finish or drop some first."))
