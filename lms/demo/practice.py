"""PAs of the demonstration who show at work what the Care Certificate's standards ask, each at another stage.

Somebody new with a first observation; somebody with feedback to work on and evidence that waits; somebody with a new
assessor whose decision waits for a second look; and somebody with standards signed off, one of them withdrawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from lms.assessment import allocating
from lms.assessment.asking.opening import open_for
from lms.assessment.competence import ties
from lms.assessment.competence.rules import Relation
from lms.assessment.content import Frameworks
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.evidence.services import Offer
from lms.assessment.rules import Judgement, Setting
from lms.assessment.signing import services as signing
from lms.assessment.signing.rules import Declaration, How
from lms.core.clock import london_day
from lms.core.shelves import shelf
from lms.demo.people import Stage

FRAMEWORK = "cc-2025"
SHOWER = (
    "A. asked for a shower before breakfast. He asked how she wanted it, laid the towels where she can reach them, "
    "closed the door and waited outside until she called. He told her the water was warm before she put her hand in."
)
TOWN = (
    "They went to the market together. She read the list with G. and let him choose and pay, though it took longer. A "
    "stallholder spoke to her and not to him; she stepped back and waited for G. to answer."
)
ROTA = "The rota we made for the week with P. She chose the days; I wrote it so that the other PA can read it too."
BUS = (
    "P. wanted to go to the pool by herself. I was worried at first. We rode the bus together twice, I sat further and "
    "further back, and the third time she went alone with her phone. I learned that my worry is not her risk."
)
WITNESS = (
    "He always knocks and waits, also when he is late. Last week he told me himself that he had forgotten to shop."
)
ASKED = "What would you do if somebody asked you to keep quiet about money that has gone?"
ANSWERED = "I cannot promise that. I write down the words as they were, and ring the council's safeguarding number."
NOT_YET = "You finished his sentences twice at the stall. Count to ten before you help with a word, then ask him."
MORE = "It is in your account, but I have not seen it. Show me on a shopping day."


@dataclass(frozen=True)
class Shower:
    """A PA who shows practice, with their assessor: ids, and where they are in the demonstration's time."""

    stage: Stage
    learner: UUID
    assessor: UUID
    enrolment: UUID

    @classmethod
    def begin(cls, stage: Stage, learner: str, assessor: str, authority: str, *, days_ago: int) -> "Shower":
        """Open the standards, allocate the assessor, and have them say that they are not close to the learner."""
        person, by = stage.persons[learner], stage.persons[assessor]
        coordinator, now = stage.persons[_COORDINATOR[authority]], stage.ago(days_ago)
        enrolment = open_for(
            stage.db,
            learner_id=person,
            authority_id=stage.places[authority],
            framework=FRAMEWORK,
            by=coordinator,
            now=now,
        )
        allocating.allocate_assessor(
            stage.db, enrolment_id=enrolment, assessor_id=by, since=london_day(now), by=coordinator, now=now
        )
        ties.declare(stage.db, person_id=by, learner_id=person, relation=Relation.NONE, by=by, now=now)
        return cls(stage, person, by, enrolment)

    def offer(
        self,
        kind: EvidenceKind,
        text: str,
        lines: Sequence[str],
        *,
        days_ago: float,
        by: UUID | None = None,
        setting: Setting | None = Setting.OWN_HOME,
        asked: str = "",
    ) -> UUID:
        """Somebody, the assessor unless told, offers a piece on the day it was seen."""
        now = self.stage.ago(days_ago)
        offer = Offer(kind, london_day(now), text, tuple(lines), setting, asked=asked)
        by = by or self.assessor
        return evidence.offer_evidence(
            self.stage.db, id=uuid4(), enrolment_id=self.enrolment, offer=offer, by=by, now=now
        )

    def decided(self, piece: UUID, lines: Sequence[str], judgement: Judgement, why: str, *, days_ago: float) -> None:
        """The assessor decides on lines by a piece; what is not met has `why` for its feedback."""
        met = judgement is Judgement.MET
        made = [
            Deciding(line, judgement, why if met else "", "" if met else why, rests_on=piece, five=ALL_FIVE)
            for line in lines
        ]
        now = self.stage.ago(days_ago)
        deciding.decide(
            self.stage.db, id=uuid4(), enrolment_id=self.enrolment, decisions=made, by=self.assessor, now=now
        )

    def drafted(self, piece: UUID, line: str, why: str, *, days_ago: float) -> None:
        """The assessor has begun to decide, and was interrupted."""
        made = Deciding(line, Judgement.MET, why, rests_on=piece, five=ALL_FIVE)
        now = self.stage.ago(days_ago)
        deciding.draft(self.stage.db, enrolment_id=self.enrolment, deciding=made, by=self.assessor, now=now)

    def signed(self, unit: str, declaration: Declaration, *, days_ago: float) -> UUID:
        """The assessor signs a standard off."""
        return signing.sign_off(
            self.stage.db,
            id=uuid4(),
            enrolment_id=self.enrolment,
            unit=unit,
            declaration=declaration,
            by=self.assessor,
            now=self.stage.ago(days_ago),
        )


_COORDINATOR = {"RIVERMERE": "Carol Bennett", "HARBOURGATE": "Tess Marlow"}
_KIND = EvidenceKind


def show(stage: Stage) -> None:
    """Everybody's practice."""
    _beginning(stage)
    _with_feedback(stage)
    _with_a_new_assessor(stage)
    _nearly_there(stage)


def _beginning(stage: Stage) -> None:
    """Femi: one activity seen and written down, decided on in part; the rest is a draft."""
    femi = Shower.begin(stage, "Femi Ogun", "Hannah Cole", "RIVERMERE", days_ago=16)
    seen = femi.offer(_KIND.DIRECT_OBSERVATION, SHOWER, ("7.2a", "7.2b", "5.6a", "1.1c"), days_ago=3)
    femi.decided(seen, ("7.2a", "7.2b"), Judgement.MET, "He asked first, and kept the door closed.", days_ago=2.9)
    femi.drafted(seen, "5.6a", "He told her about the water before she needed to ask.", days_ago=2.8)
    told = stage.persons["Precious Dube"]
    ties.declare(stage.db, person_id=told, learner_id=femi.learner, relation=Relation.NONE, by=told, now=stage.ago(1.1))
    femi.offer(_KIND.WITNESS_TESTIMONY, WITNESS, ("7.2a", "1.4c"), days_ago=1, by=told, setting=None)


def _with_feedback(stage: Stage) -> None:
    """Grace: some met, one not yet, one that needs more; her own account and a rota wait to be read."""
    grace = Shower.begin(stage, "Grace Adomako", "Hannah Cole", "RIVERMERE", days_ago=30)
    seen = grace.offer(
        _KIND.DIRECT_OBSERVATION, TOWN, ("5.4a", "5.5a", "5.7b", "7.4a"), days_ago=9, setting=Setting.OUT_AND_ABOUT
    )
    grace.decided(seen, ("5.4a", "7.4a"), Judgement.MET, "G. chose and paid, and was given the time.", days_ago=8.9)
    grace.decided(seen, ("5.5a",), Judgement.NOT_YET_MET, NOT_YET, days_ago=8.8)
    own = grace.offer(_KIND.REFLECTIVE_ACCOUNT, BUS, ("5.2a", "5.7a", "5.7b"), days_ago=6, by=grace.learner)
    grace.decided(own, ("5.7b",), Judgement.MORE_EVIDENCE, MORE, days_ago=5)
    grace.offer(_KIND.WORK_PRODUCT, ROTA, ("1.4a", "6.5b"), days_ago=2, by=grace.learner, setting=None)


def _with_a_new_assessor(stage: Stage) -> None:
    """Ravi: his assessor is new, so what he decides waits for somebody experienced."""
    ravi = Shower.begin(stage, "Ravi Patel", "Marcus Webb", "RIVERMERE", days_ago=12)
    seen = ravi.offer(_KIND.DIRECT_OBSERVATION, SHOWER, ("1.1c", "5.4a"), days_ago=4)
    ravi.decided(seen, ("1.1c", "5.4a"), Judgement.MET, "He did it the way A. had asked for.", days_ago=3.9)


def _nearly_there(stage: Stage) -> None:
    """Zofia: the knowledge is all shown; two standards are signed off, and one was and is open again."""
    zofia = Shower.begin(stage, "Zofia Lewandowska", "Leila Haddad", "HARBOURGATE", days_ago=21)
    at_work = ("1.1c", "1.2d", "1.4c", "1.4d", "3.2b", "3.2c", "10.3b", "14.1d")
    known = [line for line in at_work if line in _practice_lines(stage)]
    seen = zofia.offer(_KIND.DIRECT_OBSERVATION, TOWN, known, days_ago=12, setting=Setting.OUT_AND_ABOUT)
    zofia.decided(seen, known, Judgement.MET, "Seen over a whole morning, and again after lunch.", days_ago=11.9)
    zofia.offer(_KIND.ORAL_QUESTIONS, ANSWERED, ("10.3a",), days_ago=11, asked=ASKED, setting=None)
    mine = Declaration("Leila Haddad", "assessor, Harbour Skills", How.TYPED)
    zofia.signed("CC1", mine, days_ago=10)
    spoken = Declaration("Leila Haddad", "assessor, Harbour Skills", How.SPOKEN, heard_by="Tess Marlow")
    zofia.signed("CC9", spoken, days_ago=9)
    over = zofia.signed("CC16", mine, days_ago=8)
    signing.withdraw_sign_off(
        stage.db,
        sign_off_id=over,
        reason="I signed the wrong standard. I meant the one on mental health, which she has signed off already.",
        by=zofia.assessor,
        now=stage.ago(7.9) + timedelta(minutes=3),
    )


def _practice_lines(stage: Stage) -> frozenset[str]:
    """The lines of the standards that are about what somebody does."""
    found = shelf(stage.db, Frameworks).framework(FRAMEWORK)
    return frozenset(line.key for unit in found.units for line in unit.practice)
