"""How PAs of the demonstration came to know the Care Certificate's standards: the same services the pages use."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid4

from lms.assessment.knowledge import services
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.knowledge.services import Heard
from lms.assessment.reading import services as reading
from lms.core.clock import london_day
from lms.core.shelves import shelf
from lms.demo.study import Learner
from lms.demo.words import ASKED, ON_BEING_NEW, ON_KNOWING, SAID, WORD_ON_EQUALITY
from lms.learning import queries
from lms.learning import services as learning
from lms.learning.catalogue import Courses, Module
from lms.learning.shown.queries import shown_in
from lms.learning.states import Judged
from lms.learning.writing import queries as writing

PREPARED = "CCK-12"
"""The unit of a standard without a knowledge line: it is done when it is studied."""


@dataclass
class Knower(Learner):
    """A PA on the course of the standards' knowledge."""

    @property
    def enrolment_id(self) -> UUID:
        """Their enrolment on that course."""
        mine = queries.enrolments_of(self.db, self.person_id)
        return next(each.id for each in mine if each.course == COURSE)

    def module(self, code: str = "CCK-1") -> Module:
        """A unit of the course."""
        return shelf(self.db, Courses).module_in(COURSE, code)

    def begin(self, authority_id: UUID) -> None:
        """Press the button that begins."""
        services.start(self.db, learner_id=self.person_id, authority_id=authority_id, now=self.later(hours=7))

    def units(self) -> list[str]:
        """Every unit that is ready."""
        return [module.code for module in shelf(self.db, Courses).modules_of(COURSE) if module.ready]

    def check_until_shown(self, code: str) -> None:
        """Go through a unit's check as often as it still asks something; the first time one answer is not right."""
        wanted = {question.outcome for question in self.module(code).questions}
        for go in range(5):
            if wanted <= shown_in(self.db, self.enrolment_id).keys():
                return
            self.take_check(code, wrong=0 if go else 1)

    def hand_over(self, code: str, reader: UUID) -> None:
        """Write the activity; somebody reads it and says that it is met."""
        activity = self.module(code).activity
        assert activity is not None
        learning.write_activity(
            self.db,
            enrolment_id=self.enrolment_id,
            activity=activity.code,
            text=ON_BEING_NEW,
            by=self.person_id,
            now=self.later(hours=20),
        )
        piece = writing.activity_piece(self.db, self.enrolment_id, activity.code)
        assert piece is not None
        reading.judge_text(
            self.db,
            id=uuid4(),
            work_id=piece.id,
            version=1,
            judged=Judged.MET,
            comment=ON_KNOWING,
            by=reader,
            now=self.later(days=2),
        )

    def talk(
        self, code: str, by: UUID, outcomes: Collection[str] = (), *, judged: Judged = Judged.MET, word: str = ""
    ) -> None:
        """Say to somebody what one knows of a unit; of all of it unless outcomes are named."""
        moment = self.later(hours=26)
        asked = services.outcomes_asked(self.db, queries.enrolment(self.db, self.enrolment_id), code)
        heard = Heard(
            module=code,
            outcomes=tuple(outcomes or asked),
            on=london_day(moment),
            asked=ASKED,
            said=SAID,
            judged=judged,
            word=word,
        )
        services.hear(self.db, id=uuid4(), learner_id=self.person_id, heard=heard, by=by, now=moment)


def before_a_job(learner: Knower, authority_id: UUID, coordinator: UUID) -> None:
    """No employer yet: two standards shown, two more heard, one heard and not yet, and reading in the next."""
    learner.begin(authority_id)
    units = learner.units()
    for code in units[:2]:
        learner.read_all(code)
        learner.check_until_shown(code)
        learner.hand_over(code, coordinator)
    for code in units[4:6]:
        learner.talk(code, coordinator)
    learner.talk(units[3], coordinator, judged=Judged.NOT_YET, word=WORD_ON_EQUALITY)
    learner.read(3, units[2])


def knows_it_all(learner: Knower, authority_id: UUID, coordinator: UUID) -> None:
    """Somebody with years of experience, heard standard by standard; the class of standard 12 they prepared for."""
    learner.begin(authority_id)
    for code in learner.units():
        if code == PREPARED:
            learner.read_all(code)
        learner.talk(code, coordinator)
