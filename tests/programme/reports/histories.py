"""What people do, in any order, whose numbers a report counts: study and work, decide and look again."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.quality.appeals import services as appeals
from lms.assessment.quality.models import Sample
from lms.assessment.quality.planning import services as planning
from lms.assessment.quality.rules import period_of
from lms.assessment.quality.samples import queries as reading
from lms.assessment.quality.samples import services as samples
from lms.assessment.quality.samples.rules import Found
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import services as learning
from lms.learning.models import ModuleDone
from lms.learning.queries import enrolment as learning_of
from lms.people import queries as people_queries
from lms.people import services as people
from lms.people.events import EmploymentStarted
from lms.people.models import Employment
from lms.people.rules import Nation, OrganisationKind, Role
from lms.register import services as register
from tests.assessment.practising import Practice, second_assessor
from tests.certification import earning
from tests.programme.desk.test_counting import History
from tests.programme.teams.conftest import finish
from tests.world import World

LINES = ("12.1a", "12.1b")


class Lives(History):
    """The history of the desk; beside it people complete a course, choose a language and work for agencies."""

    def __init__(self, house: House, world: World, clock: Any, seed: int) -> None:
        super().__init__(house, world, clock, seed)
        self.language: dict[UUID, str] = defaultdict(lambda: "en")
        same = {"nation": Nation.ENGLAND, "now": clock(), "authority_id": world.authority}
        with house.database.writing() as db:
            kind = OrganisationKind.HOME_CARE_AGENCY
            self.agency = people.add_organisation(db, kind=kind, name="Harbour Care", **same)

    def go_on(self) -> None:
        """One thing somebody could do: one of the desk's, or one of these."""
        more = (
            self._completes,
            self._completes,
            self._staff_study,
            self._speaks,
            self._works_for_agency,
            self._leaves_agency,
        )
        if self.chance.random() < 0.6:
            super().go_on()
            return
        with suppress(Refused, NotFound), self.house.database.writing() as db:
            self.chance.choice(more)(db)

    def _completes(self, db: Db) -> None:
        """The code of conduct and every module that is not done: with them comes the certificate of the course."""
        enrolment, pa = self._one()
        if learning_of(db, enrolment).course != "PAI":
            raise NotFound("course")
        done = set(db.scalars(select(ModuleDone.module).where(ModuleDone.enrolment_id == enrolment)))
        earning.accept_code(db, self.world, self.clock(), learner=pa)
        earning.study(db, enrolment, [each for each in earning.SEVEN if each not in done], self.clock())

    def _staff_study(self, db: Db) -> None:
        """Somebody of the staff takes their own course, which is no PA's and so in no report."""
        enrolment = learning.enrol(
            db, learner_id=self.world.learner, authority_id=self.world.authority, course="AWARENESS",
            by=self.world.coordinator, now=self.clock(),
        )  # fmt: skip
        finish(db, enrolment, self.clock())

    def _speaks(self, db: Db) -> None:
        who, language = self.chance.choice(self.pas), self.chance.choice(["cy", "cy", "en"])
        said = {"name": f"Person {who.hex[:6]}", "language": language, "access_needs": ""}
        people.change_details(db, person_id=who, now=self.clock(), **said)
        self.language[who] = language

    def _works_for_agency(self, db: Db) -> None:
        """No page lets an agency employ a PA yet; a report counts it where the record says so."""
        who = self.chance.choice(self.pas)
        if people_queries.employer_for(db, who, [self.agency], self.on) is None:
            db.add(Employment(pa_id=who, employer_id=self.agency, since=self.on))
            began = EmploymentStarted(about=who, employer_id=self.agency, since=self.on)
            record(db, began, by=self.world.coordinator, now=self.clock())

    def _leaves_agency(self, db: Db) -> None:
        until = self.on + timedelta(days=self.chance.randrange(0, 9))
        who, by = self.chance.choice(self.pas), self.world.coordinator
        people.end_employment(db, pa_id=who, employer_id=self.agency, until=until, by=by, now=self.clock())


class Register(Lives):
    """People who come and go as PAs of an authority, apply, and whose papers are seen."""

    def go_on(self) -> None:
        """One thing somebody could do: one of these, or one of their lives."""
        if self.chance.random() < 0.5:
            super().go_on()
            return
        with suppress(Refused, NotFound), self.house.database.writing() as db:
            self.chance.choice([self._is_seen, self._is_seen, self._is_seen, self._ends])(db)

    def _is_seen(self, db: Db) -> None:
        code = self.chance.choice(["RM-DBS", "RM-ID", "RM-RTW", "RM-REF", "RM-INT"])
        register.record_seen(
            db, once=uuid4(), person_id=self.chance.choice(self.pas), authority_id=self.world.authority, code=code,
            on=self.on, data={}, by=self.world.register_officer, now=self.clock(),
        )  # fmt: skip

    def _ends(self, db: Db) -> None:
        if self.chance.random() < 0.4:
            until = self.on + timedelta(days=self.chance.randrange(0, 20))
            gone = {"person_id": self.chance.choice(self.pas), "organisation_id": self.world.authority}
            people.end_role(db, **gone, role=Role.PA, until=until, by=self.world.coordinator, now=self.clock())


class Looks:
    """Two assessors and a household write down what they saw; it is decided, sampled, sent back and appealed.

    `stands_on` keeps for each sitting what its decision stood on, since that is in no fact.
    """

    def __init__(self, house: House, world: World, practice: Practice, clock: Any, chance: Any) -> None:
        self.house, self.world, self.practice, self.clock, self.chance = house, world, practice, clock, chance
        with house.database.writing() as db:
            self.assessors = [world.assessor, second_assessor(db, practice, world)]
            self.assurer = people.add_person(db, name="Q", email="q@example.com", by=None, now=clock())
            at = {"organisation_id": world.authority, "role": Role.QUALITY_ASSURER, "by": None, "now": clock()}
            people.give_role(db, person_id=self.assurer, since=london_day(clock()), **at)
        self.seen: list[UUID] = []
        self.told: list[UUID] = []
        self.stands_on: dict[UUID, tuple[UUID, ...]] = {}

    def go_on(self) -> None:
        """One thing somebody could do; what is not allowed is refused and changes nothing."""
        doing: list[Callable[[Db], None]] = [
            self._sees, self._tells, self._decides, self._decides, self._plans, self._samples, self._appeals,
            self._appeals,
        ]  # fmt: skip
        with suppress(Refused, NotFound), self.house.database.writing() as db:
            self.chance.choice(doing)(db)

    @property
    def _today(self) -> Practice:
        return replace(self.practice, now=self.clock())

    def _sees(self, db: Db) -> None:
        self.seen.append(self._today.offer(db, self.chance.choice(self.assessors), LINES))

    def _tells(self, db: Db) -> None:
        kind = self.chance.choice([EvidenceKind.DIRECT_OBSERVATION, EvidenceKind.WITNESS_TESTIMONY])
        self.told.append(self._today.offer(db, self.world.employer_person, LINES, kind=kind))

    def _decides(self, db: Db) -> None:
        if not self.seen:
            return
        rests, sitting = self.chance.choice(self.seen), uuid4()
        beside = tuple(self.chance.sample(self.told, min(len(self.told), self.chance.randrange(3))))
        met = self.chance.choice([Judgement.MET, Judgement.NOT_YET_MET])
        said = Deciding(
            self.chance.choice(LINES), met, feedback="Once more.", rests_on=rests, beside=beside, five=ALL_FIVE
        )
        deciding.decide(
            db, id=sitting, enrolment_id=self.practice.enrolment, decisions=[said],
            by=self.chance.choice(self.assessors), now=self.clock(),
        )  # fmt: skip
        self.stands_on[sitting] = (rests, *beside)

    def _plans(self, db: Db) -> None:
        planning.replan(db, self.world.authority, period_of(london_day(self.clock())), self.clock())

    def _samples(self, db: Db) -> None:
        every = list(db.scalars(select(Sample).order_by(Sample.chosen_at, Sample.id)))
        if not every:
            return
        row, by, agreed = self.chance.choice(every), self.assurer, self.chance.random() < 0.4
        samples.take(db, sample_id=row.id, by=by, now=self.clock())
        db.refresh(row)
        looked = reading.to_look_at(db, reading.views(db, [row])[0])
        said = dict.fromkeys((each.id for each in looked), Found(agreed=agreed, action="" if agreed else "Ask A."))
        due = None if agreed else london_day(self.clock()) + timedelta(days=14)
        samples.say(db, sample_id=row.id, found=said, due_on=due, by=by, now=self.clock())

    def _appeals(self, db: Db) -> None:
        newest = select(Decision.id).where(Decision.judgement != Judgement.MET).order_by(Decision.at.desc()).limit(3)
        if every := list(db.scalars(newest)):
            asked = self.chance.choice(every)
            appeals.ask(db, id=uuid4(), decision_id=asked, why="I did ask.", by=self.world.pa, now=self.clock())
