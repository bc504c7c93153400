"""Leads the demonstration's learners on into practice: evidence, drafts, decisions, and standards that are signed off.

Every learner of an authority shows practice in the standards, in the same proportions everywhere: of four, one has a
standard signed off, one is ready for it, one has evidence and drafts that wait, and one a good many decisions.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from lms.assessment import allocated, allocating, places_opening, queries
from lms.assessment.competence import services as competence
from lms.assessment.competence import ties
from lms.assessment.competence.rules import Basis, Relation
from lms.assessment.content import Framework
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.evidence.services import Offer
from lms.assessment.knowledge import services as knowledge
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.rules import Judgement, Setting
from lms.assessment.signing import services as signing
from lms.assessment.signing.rules import Declaration, How
from lms.assessment.standing import assessors_for
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.rules import Role

AUTHORITIES = ("RIVERMERE", "HARBOURGATE")
"""Those in England: the standards are not for Wales."""
FRAMEWORK, DONE, MORE = "cc-2025", "CC12", "CC5"
ENDS = ("signed off", "ready", "waits", "many decisions")
"""Where a learner's practice stands."""

SEEN = "They asked how A. wanted it, did it that way, and checked that it was right before they left."


@dataclass
class Watcher:
    """An assessor beside one learner, and the moment they have come to."""

    db: Db
    framework: Framework
    learner: UUID
    enrolment: UUID
    by: UUID
    at: datetime

    def watch(self, end: str) -> None:
        """See and decide, up to one of ENDS."""
        unit = self._not_signed_off()
        if unit is None:
            return
        done = tuple(line.key for line in self.framework.unit(unit).practice)
        more = tuple(line.key for line in self.framework.unit(MORE).practice)
        self._decide(done, self._offer(done))
        if end == "signed off":
            self._sign_off(unit)
        elif end == "waits":
            piece = self._offer(more)
            for line in more[:3]:
                drafted = _met(line, piece)
                deciding.draft(self.db, enrolment_id=self.enrolment, deciding=drafted, by=self.by, now=self._now())
        elif end == "many decisions":
            self._decide(more, self._offer(more))

    def _not_signed_off(self) -> str | None:
        """DONE, or for those of the demonstration who have that one already the first standard they have not.

        None for whoever has them all: they hold the Care Certificate.
        """
        signed = queries.signed_off(self.db, self.enrolment)
        units = [DONE, *(unit.code for unit in self.framework.units if unit.practice and unit.code != MORE)]
        return next((code for code in units if code not in signed), None)

    def _offer(self, lines: tuple[str, ...]) -> UUID:
        on: date = london_day(self.at)
        offer = Offer(kind=EvidenceKind.DIRECT_OBSERVATION, on=on, text=SEEN, lines=lines, setting=Setting.OWN_HOME)
        return evidence.offer_evidence(
            self.db, id=uuid4(), enrolment_id=self.enrolment, offer=offer, by=self.by, now=self._now()
        )

    def _decide(self, lines: tuple[str, ...], piece: UUID) -> None:
        decisions = [_met(line, piece) for line in lines]
        deciding.decide(
            self.db, id=uuid4(), enrolment_id=self.enrolment, decisions=decisions, by=self.by, now=self._now()
        )

    def _sign_off(self, unit: str) -> None:
        name = people.person(self.db, self.by).name
        declared = Declaration(name=name, role="Assessor", how=How.TYPED)
        signing.sign_off(
            self.db,
            id=uuid4(),
            enrolment_id=self.enrolment,
            unit=unit,
            declaration=declared,
            by=self.by,
            now=self._now(),
        )

    def _now(self) -> datetime:
        self.at += timedelta(minutes=7)
        return self.at


def _met(line: str, piece: UUID) -> Deciding:
    return Deciding(line=line, judgement=Judgement.MET, rests_on=piece, five=ALL_FIVE, reason="Seen from start to end.")


def lead_on(house: House, *, now: datetime) -> None:
    """Every learner of the demonstration's authorities, each end in turn."""
    for code in AUTHORITIES:
        with house.database.writing() as db:
            _authority(db, people.authority_by_code(db, code).id, now)


def _authority(db: Db, authority: UUID, now: datetime) -> None:
    then = now - timedelta(days=12)
    on = london_day(then)
    coordinator = people.people_in(db, authority, Role.COORDINATOR, on)[0].id
    framework = frameworks_for(db, authority).framework(FRAMEWORK)
    known: set[UUID] = set()
    for number, pa in enumerate(people.people_in(db, authority, Role.PA, london_day(now))):
        assessor = _assessor_of(db, authority, pa.id, now, otherwise=known)
        if assessor not in known:
            known.add(assessor)
            competence.record_competence(
                db,
                person_id=assessor,
                authority_id=authority,
                framework=FRAMEWORK,
                units=tuple(unit.code for unit in framework.units),
                basis=Basis.EXPERIENCE,
                words="Twelve years in home care, and assessing for six.",
                since=on,
                by=coordinator,
                now=then,
            )
        here = people.holds(db, pa.id, Role.PA, [authority], on)
        began = then if here else now - timedelta(hours=9)  # who has only just joined begins today
        with_a_story = bool(learning.enrolments_of(db, pa.id))
        enrolment = knowledge.start(db, learner_id=pa.id, authority_id=authority, now=began)
        began = max(began, learning.enrolment(db, enrolment).enrolled_at)
        places_opening.open_standards(db, enrolment_id=enrolment, framework=FRAMEWORK, by=pa.id, now=began)
        if not allocated.allocations_of(db, enrolment, london_day(now)):
            allocating.allocate_assessor(
                db,
                enrolment_id=enrolment,
                assessor_id=assessor,
                since=london_day(began),
                by=coordinator,
                now=began,
            )
        ties.declare(db, person_id=assessor, learner_id=pa.id, relation=Relation.NONE, by=assessor, now=began)
        watcher = Watcher(db, framework, pa.id, enrolment, assessor, _some_days_on(began, number, now))
        try:
            watcher.watch(ENDS[number % len(ENDS)])
        except Refused as refusal:
            if with_a_story:  # the demonstration has told of them already, and something may wait for somebody else
                continue
            raise ValueError(f"The bench's own learner could not be led on: {refusal}") from refusal


def _some_days_on(began: datetime, number: int, now: datetime) -> datetime:
    """A moment after somebody began and before now, another for each of several learners."""
    return began + (now - began) * (1 + number % 7) / 9


def _assessor_of(db: Db, authority: UUID, learner: UUID, now: datetime, *, otherwise: set[UUID]) -> UUID:
    """The assessor a learner has already, else one of the authority's: so that a caseload is one team's."""
    enrolments = [each.id for each in learning.enrolments_of(db, learner)]
    held = allocated.assessors_of(db, enrolments, london_day(now))
    if held:
        return held[0].assessor_id
    return next(iter(otherwise), None) or assessors_for(db, authority, london_day(now))[0].id
