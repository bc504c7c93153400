"""Take what waited on an assessor's phone: each thing by itself, nothing lost, and nothing decided.

Any order, split and repetition of the same things ends in the same record: each has its number, of drafts of a line
the newest from a phone counts, and a draft waits for the observation it rests on.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment import places
from lms.assessment.competence.queries import may_decide
from lms.assessment.deciding.latest import latest_of
from lms.assessment.evidence.models import Evidence
from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.evidence.services import Offer, offer_evidence
from lms.assessment.rules import UnitState, wrong_day
from lms.assessment.visits import rules
from lms.assessment.visits.drafts import content_of_draft, content_of_thing, drafts_here, write_draft
from lms.assessment.visits.events import VisitReceived
from lms.assessment.visits.models import VisitSettled, VisitTaken, VisitThing
from lms.assessment.visits.rules import Came, Filing, How, Why
from lms.assessment.visits.standings import tie_of
from lms.assessment.visits.texts import SAYS
from lms.assessment.visits.things import Draft, Observation, content_of
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.offline.rules import moment_of
from lms.learning.outcomes import NumberUsed
from lms.learning.queries import EnrolmentView

Thing = Observation | Draft

NOT_YOURS = Refused(N_("This is not from a visit of yours, so it was not saved."))
"""The same for what does not exist and for what belongs to somebody else."""
UNREAD = Refused(N_("This could not be read, so it was not saved."))
_WAITS = Refused(N_("The observation this rests on has not arrived yet."))


@dataclass(frozen=True)
class Outcome:
    """What one thing came to, with a sentence where the assessor has to know more."""

    id: UUID
    came: Came
    says: Refused | None = None


class _Waits(Exception):  # noqa: N818  not an error: something else comes first
    """The observation a draft rests on is not here."""


@dataclass(frozen=True)
class _Fate:
    """What becomes of one thing, and what is kept of it."""

    came: Came
    why: Why | None = None
    evidence_id: UUID | None = None
    mark: str | None = None


def take(db: Db, things: Sequence[Thing], *, by: UUID, now: datetime, phone_now: datetime) -> list[Outcome]:
    """Keep what an assessor wrote on a phone, each thing in a savepoint of its own; returns an outcome for each.

    What is more than anybody writes in a day has no outcome yet: the phone sends it again later.
    """
    _hold(db, {thing.taken for thing in things})
    day_ago = VisitThing.received_at > now - timedelta(days=1)
    before = db.scalar(select(func.count()).select_from(VisitThing).where(VisitThing.person_id == by, day_ago)) or 0
    taker = _Taker(db, by, now, phone_now)
    in_order = sorted(things, key=lambda thing: (isinstance(thing, Draft), thing.at, str(thing.id)))
    return [taker.take(thing) for thing in in_order[: max(rules.MOST_A_DAY - before, 0)]]


def _hold(db: Db, taken: Collection[UUID]) -> None:
    """Let the same visit's batches wait for each other: a phone that lost patience may send one twice at once."""
    rows = select(VisitTaken.id).where(VisitTaken.id.in_(taken)).order_by(VisitTaken.id)
    db.execute(rows.with_for_update())


class _Taker:
    """One batch: who sends it and when."""

    def __init__(self, db: Db, by: UUID, now: datetime, phone_now: datetime) -> None:
        self._db, self._by, self._now, self._phone_now = db, by, now, phone_now

    def take(self, thing: Thing) -> Outcome:
        try:
            with self._db.begin_nested():
                return self._kept(thing)
        except _Waits:
            return Outcome(thing.id, Came.WAIT, _WAITS)
        except NotFound:
            return Outcome(thing.id, Came.REFUSED, NOT_YOURS)
        except Refused as refusal:
            return Outcome(thing.id, Came.REFUSED, refusal)

    def _kept(self, thing: Thing) -> Outcome:
        digest = _digest(thing)
        there = self._db.get(VisitThing, thing.id)
        if there is not None:
            if there.person_id != self._by or there.digest != digest:
                raise NumberUsed
            return Outcome(thing.id, there.came if there.came in _TOLD_AGAIN else Came.THERE, _says(there.why))
        taken = self._db.get(VisitTaken, thing.taken)
        if taken is None or taken.person_id != self._by:
            raise NotFound("visit")
        enrolment = learning.enrolment(self._db, taken.enrolment_id)
        written = rules.recorded_at(
            moment_of(thing.at), phone_now=self._phone_now, now=self._now, taken_at=taken.taken_at
        )
        if isinstance(thing, Observation):
            fate = self._observation(thing, taken, enrolment, written)
        else:
            fate = self._draft(thing, enrolment)
        self._write(thing, taken, fate, written, digest)
        return Outcome(thing.id, fate.came, _says(fate.why))

    def _observation(self, thing: Observation, taken: VisitTaken, enrolment: EnrolmentView, written: datetime) -> _Fate:
        today = london_day(self._now)
        on = rules.day_of(on=thing.on, days_ago=thing.days_ago, written_on=london_day(written))
        every = {line.key: p.unit.code for p in places.units_of(self._db, enrolment) for line in p.unit.lines}
        units = {every[key] for key in thing.lines if key in every}
        fits = all(key in every for key in thing.lines)
        fits = fits and not places.opened_since(self._db, enrolment.id, taken.taken_at)
        tie = tie_of(self._db, enrolment, by=self._by, on=on, today=today, units=units)
        day_fits = wrong_day(on, enrolled_on=london_day(enrolment.enrolled_at), today=today) is None
        filing, why = rules.filing(
            tie_today=tie.today is not None,
            tie_then=tie.then is not None,
            left=enrolment.ended,
            day_fits=day_fits,
            lines_fit=fits,
        )
        if filing is Filing.NOT or tie.then is None:
            return _Fate(Came.KEPT, why)
        carries = None if filing is Filing.WHOLE else False  # None: as they may decide today
        offer = Offer(
            kind=EvidenceKind.DIRECT_OBSERVATION,
            on=on,
            text=thing.text,
            lines=thing.lines,
            setting=thing.setting,
            in_presence_of=thing.in_presence_of,
        )
        try:
            with self._db.begin_nested():
                offer_evidence(
                    self._db,
                    id=thing.id,
                    enrolment_id=enrolment.id,
                    offer=offer,
                    by=self._by,
                    part=Part.ASSESSOR,
                    behalf=tie.then.behalf,
                    now=self._now,
                    way=Way.VISIT,
                    source_id=taken.id,
                    carries=carries,
                )
        except (Refused, NotFound):
            return _Fate(Came.KEPT, Why.NOT_TAKEN)
        return _Fate(Came.SAVED, why, evidence_id=thing.id)

    def _draft(self, thing: Draft, enrolment: EnrolmentView) -> _Fate:
        seen = self._db.get(VisitThing, thing.observation)
        if seen is None:
            raise _Waits
        if seen.person_id != self._by or seen.enrolment_id != enrolment.id or seen.kind != "observation":
            raise NotFound("observation")
        mark = rules.mark_of(content_of_thing(thing))
        same_phone = select(VisitThing).where(
            VisitThing.enrolment_id == enrolment.id,
            VisitThing.person_id == self._by,
            VisitThing.line == thing.line,
            VisitThing.phone == thing.phone,
        )
        mine = self._db.scalars(same_phone).all()
        if not rules.is_newest(thing, mine):
            return _Fate(Came.OLDER, mark=mark)
        why = self._may_not(thing, enrolment, seen)
        if why is not None:
            return _Fate(Came.KEPT, why, mark=mark)
        draft = drafts_here(self._db, enrolment.id, self._by).get(thing.line)
        decision = latest_of(self._db, enrolment.id).get(thing.line)
        stands_here = rules.mark_of(content_of_draft(draft)) if draft is not None else None
        known = {each.mark for each in mine if each.mark and each.came is Came.SAVED} | {thing.knew or "", mark}
        meets = rules.meeting(draft=stands_here, knew=known, decision=decision.id if decision else None, saw=thing.saw)
        if meets is not None:
            return _Fate(Came.MEETS, meets, mark=mark)
        try:
            with self._db.begin_nested():
                written = write_draft(self._db, enrolment_id=enrolment.id, said=thing, by=self._by, now=self._now)
        except (Refused, NotFound):
            return _Fate(Came.KEPT, Why.NOT_TAKEN, mark=mark)
        return _Fate(Came.SAVED, mark=written)

    def _may_not(self, thing: Draft, enrolment: EnrolmentView, seen: VisitThing) -> Why | None:
        """Why a draft cannot become one here: whatever ended or was closed meanwhile."""
        if enrolment.ended:
            return Why.LEFT
        if seen.evidence_id is None and not self._filed(seen):
            return Why.NOT_FILED
        placed = next(
            (p for p in places.units_of(self._db, enrolment) if any(x.key == thing.line for x in p.unit.lines)), None
        )
        taken_at = self._db.get_one(VisitTaken, thing.taken).taken_at
        if placed is None or places.opened_since(self._db, enrolment.id, taken_at):
            return Why.OTHER_LINES
        today = london_day(self._now)
        tie = tie_of(self._db, enrolment, by=self._by, on=today, today=today, units={placed.unit.code})
        if tie.today is None:
            return Why.TIE_ENDED
        held = places.hold(self._db, enrolment, placed.unit.code, now=self._now)
        if held.state is UnitState.SIGNED_OFF:
            return Why.SIGNED_OFF
        may = may_decide(
            self._db,
            person_id=self._by,
            capacity=tie.today.capacity,
            behalf=tie.today.behalf,
            enrolment=enrolment,
            placed=placed,
            on=self._db.scalar(select(Evidence.on_day).where(Evidence.id == seen.id)) or london_day(seen.recorded_at),
            today=today,
        )
        return None if may.yes else Why.MAY_NOT_DECIDE

    def _filed(self, seen: VisitThing) -> bool:
        settled = self._db.get(VisitSettled, seen.id)
        return settled is not None and settled.how is How.FILED

    def _write(self, thing: Thing, taken: VisitTaken, fate: _Fate, written: datetime, digest: str) -> None:
        keeps = fate.came in {Came.KEPT, Came.MEETS, Came.OLDER}
        row = VisitThing(
            id=thing.id,
            taken_id=taken.id,
            person_id=self._by,
            enrolment_id=taken.enrolment_id,
            learner_id=taken.learner_id,
            authority_id=taken.authority_id,
            kind=thing.kind,
            phone=thing.phone,
            at=thing.at,
            recorded_at=written,
            received_at=self._now,
            digest=digest,
            came=fate.came,
            why=fate.why,
            line=thing.line if isinstance(thing, Draft) else None,
            observation_id=thing.observation if isinstance(thing, Draft) else None,
            mark=fate.mark,
            clock=thing.clock if isinstance(thing, Observation) else "",
            evidence_id=fate.evidence_id,
            content=content_of(thing) if keeps else None,
        )
        self._db.add(row)
        self._db.flush()
        fact = VisitReceived(
            about=row.learner_id,
            enrolment_id=row.enrolment_id,
            thing_id=row.id,
            kind=row.kind,
            came=fate.came,
            why=fate.why,
        )
        record(self._db, fact, by=self._by, now=self._now, behalf=taken.behalf)


_TOLD_AGAIN = frozenset({Came.KEPT, Came.MEETS})


def _says(why: Why | None) -> Refused | None:
    return Refused(SAYS[why]) if why is not None else None


def _digest(thing: Thing) -> str:
    said = json.dumps({"at": thing.at, "taken": str(thing.taken), **content_of(thing)}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
