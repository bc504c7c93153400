"""No order of anything lets a unit count as signed off without every line met by what is allowed from whom is allowed.

A machine does what people could do, in any order, through the services, on a real SQLite database: evidence of every
kind by everybody, decisions, countersignatures, samples, sign-offs, withdrawals, competence that ends and is renewed,
a tie that is declared. After each step the tables are read anew by plain code that knows the rule and nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from lms.assessment import allocating
from lms.assessment.competence import services as competence
from lms.assessment.competence import ties
from lms.assessment.competence.models import CompetenceRow
from lms.assessment.competence.rules import Basis, Employers, Policy, Relation
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.models import Decision, Review
from lms.assessment.deciding.rules import ALL_FIVE, Five, ReviewOutcome, ReviewPart
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.models import Evidence, EvidenceLine, EvidenceWithdrawn
from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.evidence.services import Offer
from lms.assessment.models import LearnerUnit
from lms.assessment.queries import signed_off
from lms.assessment.rules import Judgement, UnitState
from lms.assessment.signing import services as signing
from lms.assessment.signing.models import SignOff
from lms.assessment.signing.rules import Declaration, How
from lms.core.clock import london_day
from lms.core.db import Base, Database, Db
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.deciding.own_page import says_what_the_whole_record_says
from tests.assessment.practising import FRAMEWORK, Practice, begun
from tests.conftest import NOON, _built_in, house_of, settings_of
from tests.world import World, make_world

UNIT, LINES = "CC12", ("12.1a", "12.1b", "12.1c")
CARRYING = {EvidenceKind.DIRECT_OBSERVATION, EvidenceKind.SIMULATION}
WHO = ("assessor", "second", "employer_person", "representative", "pa", "coordinator", "other_assessor")
_who = st.sampled_from(WHO)
_line = st.sampled_from(LINES)
_lines = st.lists(_line, min_size=1, max_size=3)
_judgements = st.sampled_from([*Judgement, Judgement.MET, Judgement.MET])
_prepared: list[tuple[bytes, World, Practice, UUID]] = []


class Practising(RuleBasedStateMachine):
    """People do what they do."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.database, self.world, self.practice, self.second = _begin(Path(self.folder.name))
        self.moment = self.practice.now
        self.pieces: list[UUID] = []
        self.allowed: dict[UUID, frozenset[UUID]] = {}
        self.close: set[UUID] = set()
        self.competent = {self.world.assessor, self.second}

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()

    @contextmanager
    def doing(self) -> Iterator[Db]:
        """Somebody tries something; what is refused leaves nothing behind."""
        self.moment += timedelta(minutes=1)
        try:
            with self.database.writing() as db:
                yield db
        except (Refused, NotFound):
            pass

    def person(self, who: str) -> UUID:
        return self.second if who == "second" else getattr(self.world, who)

    def may(self, person: UUID) -> bool:
        """Whether somebody is an allowed person now, said plainly: allocated and competent, and not too close."""
        return person in self.competent and person not in self.close

    def some(self, data: st.DataObject) -> UUID | None:
        return data.draw(st.sampled_from(self.pieces)) if self.pieces else None

    @rule(
        who=_who, kind=st.sampled_from(EvidenceKind), lines=st.lists(_line, min_size=1, max_size=3), late=st.booleans()
    )
    def offers(self, who: str, kind: EvidenceKind, lines: list[str], late: bool) -> None:
        by, id = self.person(who), uuid4()
        offer = Offer(kind, london_day(self.moment), "Seen.", tuple(lines), asked="Why?")
        with self.doing() as db:
            evidence.offer_evidence(
                db,
                id=id,
                enrolment_id=self.practice.enrolment,
                offer=offer,
                by=by,
                now=self.moment,
                way=Way.VISIT if late else Way.PAGE,
            )
            self.pieces.append(id)
            self.allowed[id] = frozenset({by}) if self.may(by) else frozenset()

    @rule(lines=st.lists(_line, min_size=1, max_size=3), part=st.sampled_from([Part.WITNESS, Part.EMPLOYER]))
    def somebody_without_an_account_answers(self, lines: list[str], part: Part) -> None:
        id = uuid4()
        kind = EvidenceKind.WITNESS_TESTIMONY if part is Part.WITNESS else EvidenceKind.DIRECT_OBSERVATION
        offer = Offer(kind, london_day(self.moment), "Seen.", tuple(lines))
        with self.doing() as db:
            evidence.offer_evidence(
                db,
                id=id,
                enrolment_id=self.practice.enrolment,
                offer=offer,
                by=None,
                part=part,
                named="N.",
                now=self.moment,
                way=Way.LINK,
            )
            self.pieces.append(id)
            self.allowed[id] = frozenset()

    @rule(data=st.data(), who=_who, line=_line)
    def speaks_to(self, data: st.DataObject, who: str, line: str) -> None:
        piece = self.some(data)
        if piece is not None:
            with self.doing() as db:
                evidence.speak_to(db, evidence_id=piece, lines=[line], by=self.person(who), now=self.moment)

    @rule(data=st.data(), who=_who)
    def withdraws_evidence(self, data: st.DataObject, who: str) -> None:
        piece = self.some(data)
        if piece is not None:
            with self.doing() as db:
                evidence.withdraw_evidence(db, evidence_id=piece, reason="Wrong.", by=self.person(who), now=self.moment)

    @rule(data=st.data(), who=_who, lines=st.lists(_line, min_size=1, max_size=3, unique=True), judgement=_judgements)
    def decides(self, data: st.DataObject, who: str, lines: list[str], judgement: Judgement) -> None:
        five = data.draw(st.sampled_from([ALL_FIVE, ALL_FIVE, Five(valid=True)]))
        made = [Deciding(line, judgement, feedback="Once more.", rests_on=self.some(data), five=five) for line in lines]
        by, id = self.person(who), uuid4()
        may = self.may(by)
        with self.doing() as db:
            deciding.decide(db, id=id, enrolment_id=self.practice.enrolment, decisions=made, by=by, now=self.moment)
            assert may, "somebody decided who may not"

    @rule(data=st.data())
    def an_assessor_sees_it_all_and_decides(self, data: st.DataObject) -> None:
        """The good way, so that units get ready often enough."""
        by = data.draw(st.sampled_from([self.world.assessor, self.second]))
        id, may = uuid4(), self.may(by)
        offer = Offer(EvidenceKind.DIRECT_OBSERVATION, london_day(self.moment), "Seen.", LINES)
        with self.doing() as db:
            common = {"enrolment_id": self.practice.enrolment, "by": by, "now": self.moment}
            evidence.offer_evidence(db, id=id, offer=offer, **common)
            made = [Deciding(line, Judgement.MET, rests_on=id, five=ALL_FIVE) for line in LINES]
            deciding.decide(db, id=uuid4(), decisions=made, **common)
            self.pieces.append(id)
            self.allowed[id] = frozenset({by}) if may else frozenset()
            assert may

    @rule(who=_who, line=_line, data=st.data())
    def drafts_and_finalises(self, who: str, line: str, data: st.DataObject) -> None:
        by, may = self.person(who), self.may(self.person(who))
        with self.doing() as db:
            common = {"enrolment_id": self.practice.enrolment, "by": by, "now": self.moment}
            made = Deciding(line, Judgement.MET, rests_on=self.some(data), five=ALL_FIVE)
            deciding.draft(db, deciding=made, saw=data.draw(st.sampled_from([deciding.Now.LATEST, None])), **common)
            deciding.finalise(db, id=uuid4(), lines=None, **common)
            assert may

    @rule(data=st.data(), part=st.sampled_from(ReviewPart), outcome=st.sampled_from(ReviewOutcome), who=_who)
    def reviews(self, data: st.DataObject, part: ReviewPart, outcome: ReviewOutcome, who: str) -> None:
        self.looks(data, part, outcome, self.person(who))

    @rule(data=st.data(), part=st.sampled_from(ReviewPart), outcome=st.sampled_from(ReviewOutcome))
    def a_quality_assurer_reviews(self, data: st.DataObject, part: ReviewPart, outcome: ReviewOutcome) -> None:
        self.looks(data, part, outcome, self.world.quality_assurer)

    @rule(data=st.data())
    def it_is_signed_off_and_a_sample_comes_back(self, data: st.DataObject) -> None:
        self.an_assessor_sees_it_all_and_decides(data)
        self.signs_off("assessor")
        self.signs_off("second")
        self.looks(data, ReviewPart.SAMPLE, ReviewOutcome.SENT_BACK, self.world.quality_assurer)

    def looks(self, data: st.DataObject, part: ReviewPart, outcome: ReviewOutcome, by: UUID) -> None:
        with self.database.reading() as db:
            made = db.scalars(select(Decision.id).order_by(Decision.at.desc(), Decision.line).limit(4)).all()
        if made:
            with self.doing() as db:
                deciding.review(
                    db,
                    decision_id=data.draw(st.sampled_from(made)),
                    part=part,
                    outcome=outcome,
                    word="Look again.",
                    action="Write it again.",
                    due_on=london_day(self.moment),
                    by=by,
                    now=self.moment,
                )

    @rule(who=st.sampled_from(["assessor", "assessor", "second", "second", *WHO]))
    def signs_off(self, who: str) -> None:
        by = self.person(who)
        may = self.may(by)
        with self.doing() as db:
            signing.sign_off(
                db,
                id=uuid4(),
                enrolment_id=self.practice.enrolment,
                unit=UNIT,
                declaration=Declaration("N.", "Assessor", How.TYPED),
                by=by,
                now=self.moment,
            )
            assert may, "somebody signed off who may not"

    @rule(data=st.data(), who=st.sampled_from([*WHO, "quality_assurer"]))
    def withdraws_a_sign_off(self, data: st.DataObject, who: str) -> None:
        with self.database.reading() as db:
            made = db.scalars(select(SignOff.id).order_by(SignOff.turn)).all()
        if made:
            with self.doing() as db:
                signing.withdraw_sign_off(
                    db,
                    sign_off_id=data.draw(st.sampled_from(made)),
                    reason="Wrong.",
                    by=self.person(who),
                    now=self.moment,
                )

    @rule(who=st.sampled_from(["assessor", "second"]))
    def competence_ends(self, who: str) -> None:
        person = self.person(who)
        with self.doing() as db:
            for row in db.scalars(select(CompetenceRow.id).where(CompetenceRow.person_id == person)).all():
                competence.end_competence(
                    db,
                    competence_id=row,
                    last_day=london_day(self.moment) - timedelta(days=1),
                    reason="Moved on.",
                    by=self.world.coordinator,
                    now=self.moment,
                )
            self.competent.discard(person)

    @rule(who=st.sampled_from(["assessor", "second"]))
    def competence_is_renewed(self, who: str) -> None:
        person = self.person(who)
        with self.doing() as db:
            _competent(db, self.world, person, self.moment)
            self.competent.add(person)

    @rule()
    def the_authority_asks_for_countersignatures(self) -> None:
        with self.doing() as db:
            policy = Policy(employers=Employers.NO, first=500)
            competence.set_policy(
                db, authority_id=self.world.authority, policy=policy, by=self.world.coordinator, now=self.moment
            )

    @rule()
    def somebody_says_they_are_a_relative(self) -> None:
        with self.doing() as db:
            ties.declare(
                db,
                person_id=self.second,
                learner_id=self.world.pa,
                relation=Relation.RELATIVE,
                by=self.second,
                now=self.moment,
            )
            self.close.add(self.second)

    @invariant()
    def signed_off_means_every_line_is_met_by_what_is_allowed(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.reading() as db:
            row = db.get_one(LearnerUnit, (self.practice.enrolment, UNIT))
            signed = UNIT in signed_off(db, self.practice.enrolment)
            assert (row.state is UnitState.SIGNED_OFF) is signed
            stands = [_is_met(db, line, self.allowed) for line in LINES]
            assert row.met == sum(stands)
            assert row.needed == len(LINES)
            if signed or row.state is UnitState.READY:
                assert all(stands), (row.state, stands)
            says_what_the_whole_record_says(db, self.world.pa, self.practice.enrolment)


def _is_met(db: Db, line: str, allowed: dict[UUID, frozenset[UUID]]) -> bool:
    """The rule once more, by hand, from the rows."""
    decisions = db.scalars(select(Decision).where(Decision.line == line).order_by(Decision.turn)).all()
    assert [each.turn for each in decisions] == list(range(1, len(decisions) + 1))
    if not decisions or decisions[-1].judgement is not Judgement.MET:
        return False
    last = decisions[-1]
    reviews = db.scalars(select(Review).where(Review.decision_id == last.id)).all()
    if any(each.outcome is ReviewOutcome.SENT_BACK for each in reviews):
        return False
    if last.needs_countersign and not any(each.part is ReviewPart.COUNTERSIGN for each in reviews):
        return False
    assert last.rests_on is not None
    piece = db.get_one(Evidence, last.rests_on)
    spoken = db.get_one(EvidenceLine, (piece.id, line))
    assert piece.kind in CARRYING
    assert spoken.carries
    assert piece.by in allowed[piece.id], "it rests on what somebody offered who could not decide"
    assert db.get(EvidenceWithdrawn, piece.id) is None
    assert piece.by != piece.learner_id
    assert last.by != last.learner_id
    assert last.sufficient
    return True


def _competent(db: Db, world: World, person: UUID, now: Any) -> None:
    competence.record_competence(
        db,
        person_id=person,
        authority_id=world.authority,
        framework=FRAMEWORK,
        units=[UNIT],
        basis=Basis.EXPERIENCE,
        words="Ten years.",
        since=london_day(now) - timedelta(days=30),
        by=world.coordinator,
        now=now,
    )


def _begin(folder: Path) -> tuple[Database, World, Practice, UUID]:
    """A copy of a database in which two assessors have one learner; the first is made once."""
    if not _prepared:
        _prepared.append(_prepare())
    prepared, world, practice, second = _prepared[0]
    path = folder / "palms.db"
    path.write_bytes(prepared)
    house = house_of(settings_of(f"sqlite:///{path}", folder), _built_in())
    return house.database, world, practice, second


def _prepare() -> tuple[bytes, World, Practice, UUID]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'palms.db'}"
        tables = Database(url)
        Base.metadata.create_all(tables.engine)
        tables.close()
        house = house_of(settings_of(url, folder), _built_in())
        world = make_world(house, NOON)
        practice = begun(house, world, NOON)
        with house.database.writing() as db:
            second = people.add_person(db, name="Sue Second", username="sue.second", by=None, now=NOON)
            since = london_day(NOON) - timedelta(days=30)
            place = {"organisation_id": world.college, "role": Role.ASSESSOR}
            people.give_role(db, person_id=second, **place, by=None, now=NOON, since=since)  # type: ignore[arg-type]
            allocating.allocate_assessor(
                db,
                enrolment_id=practice.enrolment,
                assessor_id=second,
                since=london_day(NOON) - timedelta(days=5),
                by=world.coordinator,
                now=NOON,
            )
            _competent(db, world, second, NOON)
        house.database.close()
        return (folder / "palms.db").read_bytes(), world, practice, second


def test_no_order_of_anything_signs_off_what_is_not_met() -> None:
    run_state_machine_as_test(
        Practising,
        settings=settings(
            max_examples=12,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )
