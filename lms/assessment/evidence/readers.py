"""In which part somebody reads a piece of evidence, and what of its points and decisions they see."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from lms.assessment.deciding.queries import DecisionView, UnitStand
from lms.assessment.deciding.shown import Practice, practice_of
from lms.assessment.evidence import queries
from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.evidence.rules import Part
from lms.assessment.rules import HOUSEHOLD, Standing, UnitState
from lms.assessment.shelf.parts import Line
from lms.assessment.standing import chosen, standings, units_open_to
from lms.core.web.state import today, unit
from lms.core.web.texts import _
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import viewer
from lms.people.rules import Role


@dataclass(frozen=True)
class Reader:
    """In which part somebody reads a piece: what they see of its decisions, and where they came from.

    Part None: they only read, for the authority. A part without a standing: they gave the piece, and it is over.
    """

    part: Part | None
    standing: Standing | None
    practice: Practice
    back: str
    back_text: str

    @classmethod
    def of(cls, found: EvidenceView) -> "Reader":
        """How the viewer stands to a piece they may see; part None for staff who only read."""
        enrolment = learning.enrolment(unit(), found.enrolment_id)
        if found.learner_id == viewer().person_id:
            practice, back = practice_of(unit(), enrolment), url_for("lms.assessment.practice")
            return cls(Part.LEARNER, None, practice, back, _("Practice at work"))
        name = people.person(unit(), found.learner_id).name
        standing = chosen(standings(unit(), viewer(), enrolment, on=today(), today=today()))
        if standing is None:
            return cls._from_afar(found, enrolment, name)
        if standing.capacity in HOUSEHOLD:
            back = url_for("lms.household.my_pas")
            return cls(Part(standing.capacity), standing, practice_of(unit(), enrolment), back, _("Your PAs"))
        only = units_open_to(unit(), viewer(), enrolment, on=today(), today=today())
        back = url_for("lms.deciding.learner", enrolment_id=enrolment.id)
        return cls(Part.ASSESSOR, standing, practice_of(unit(), enrolment, only=only), back, name)

    @classmethod
    def _from_afar(cls, found: EvidenceView, enrolment: EnrolmentView, name: str) -> "Reader":
        """Staff, a verifier, who may countersign; else somebody who gave it and has nothing to do with it any more."""
        if found.authority_id in viewer().authorities(Role.COORDINATOR, Role.QUALITY_ASSURER):
            back = url_for("lms.deciding.of_learner", person_id=found.learner_id)
            return cls(None, None, practice_of(unit(), enrolment), back, name)
        home = (url_for("lms.people.home"), _("Home"))
        only = queries.units_from_afar(unit(), viewer(), found, today())
        if only:
            return cls(None, None, practice_of(unit(), enrolment, only=only), *home)
        return cls(found.part, None, practice_of(unit(), enrolment, only=found.units), *home)

    @property
    def staff(self) -> bool:
        """Whether they read what staff read of decisions."""
        return self.part is None or (self.part is Part.ASSESSOR and self.standing is not None)

    def lines(self, found: EvidenceView) -> list[tuple[Line, list[DecisionView]]]:
        """What a piece speaks to, as far as it is open to the reader, and the decisions that rest on it."""
        known = ((key, self.practice.line(key)) for key in found.lines)
        return [(line, self._decided(line, found.id)) for _key, line in known if line is not None]

    def _decided(self, line: Line, piece_id: UUID) -> list[DecisionView]:
        those = [one for one in self.practice.history(line) if one.rests_on == piece_id]
        if self.part in {Part.EMPLOYER, Part.REPRESENTATIVE}:  # what an assessor tells their PA is not theirs to read
            return [one for one in those if self.standing is not None and one.behalf == self.standing.behalf]
        if self.part is Part.ASSESSOR and self.standing is None:  # it was theirs once: what others say since is not
            return [one for one in those if one.by == viewer().person_id]
        return those

    def decide(self, found: EvidenceView) -> str | None:
        """Where an assessor decides on it."""
        open_ = any(key in each.lines for each in self.practice.stands.values() for key in found.lines)
        if self.part is not Part.ASSESSOR or self.standing is None or not open_:
            return None
        return url_for("lms.deciding.decide", enrolment_id=found.enrolment_id, evidence_id=found.id)

    def further(self, found: EvidenceView) -> list[UnitStand]:
        """The units of which this reader may say that the piece speaks to more of their points; none for who may not.

        Whoever offered it may while they have to do with the learner, and so may the learner's assessors.
        """
        may = self.part is Part.LEARNER or self.standing is not None
        theirs = found.by == viewer().person_id or self.part is Part.ASSESSOR
        if not (may and theirs) or found.withdrawn or self.practice.enrolment.ended:
            return []
        open_ = (each for each in self.practice.stands.values() if each.state is not UnitState.SIGNED_OFF)
        return [each for each in open_ if any(key not in found.lines for key in each.lines)]
