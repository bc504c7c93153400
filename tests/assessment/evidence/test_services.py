"""Offering evidence, saying what it speaks to, withdrawing it, and who may see it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment.evidence import queries, services
from lms.assessment.evidence.models import Evidence, EvidenceLine
from lms.assessment.evidence.offering import MOST_LINES
from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.evidence.services import Offer
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from tests.assessment.practising import Practice, leaves
from tests.assessment.reading import count, facts
from tests.world import World

LINES = ("12.1a", "12.1b")
KIND = EvidenceKind


def test_one_piece_speaks_to_lines_across_standards(db: Db, practice: Practice, world: World) -> None:
    id = practice.offer(db, world.assessor, ("12.1a", "5.4a", "12.1a", "13.3c"))
    piece = queries.piece(db, id)
    assert (piece.part, piece.by_name, piece.behalf) == (Part.ASSESSOR, "Dai Assessor", world.college)
    assert set(piece.lines) == {"12.1a", "5.4a", "13.3c"}
    assert set(piece.units) == {"CC12", "CC5", "CC13"}
    assert piece.carries_for == {"12.1a", "5.4a"}, "they are not competent in standard 13"
    assert (piece.carries, piece.locked, piece.withdrawn) == (True, False, False)
    (fact,) = facts(db, "EvidenceOffered")
    assert (fact.about, fact.by, fact.data["carries"]) == (world.pa, world.assessor, True)
    assert "did it her way" not in str(fact.data), "what was written stays out of the facts"


@pytest.mark.parametrize(
    ("who", "kind", "part", "carries"),
    [
        ("pa", KIND.REFLECTIVE_ACCOUNT, Part.LEARNER, False),
        ("pa", KIND.WORK_PRODUCT, Part.LEARNER, False),
        ("employer_person", KIND.DIRECT_OBSERVATION, Part.EMPLOYER, False),
        ("representative", KIND.WITNESS_TESTIMONY, Part.REPRESENTATIVE, False),
        ("assessor", KIND.SIMULATION, Part.ASSESSOR, True),
    ],
)
def test_everybody_offers_in_their_own_part(  # noqa: PLR0917  a table of people
    db: Db, practice: Practice, world: World, who: str, kind: EvidenceKind, part: Part, carries: bool
) -> None:
    piece = queries.piece(db, practice.offer(db, getattr(world, who), LINES, kind=kind))
    assert (piece.part, piece.carries) == (part, carries)


@pytest.mark.parametrize(
    ("who", "given", "says"),
    [
        ("pa", {}, "comes from somebody else"),
        ("employer_person", {"kind": KIND.ORAL_QUESTIONS, "asked": "Why?"}, "comes from somebody else"),
        ("assessor", {"kind": KIND.REFLECTIVE_ACCOUNT}, "comes from somebody else"),
        ("assessor", {"kind": KIND.ORAL_QUESTIONS}, "Write what you asked"),
        ("assessor", {"text": " \u200e "}, "One sentence is enough"),
        ("assessor", {"text": "x" * 4001}, "at most 4000"),
        ("assessor", {"in_presence_of": "x" * 201}, "at most 200"),
        ("pa", {"kind": KIND.REFLECTIVE_ACCOUNT, "text": ""}, "what you learned from it"),
    ],
)
def test_what_cannot_be_offered(  # noqa: PLR0917
    db: Db, practice: Practice, world: World, who: str, given: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        practice.offer(db, getattr(world, who), LINES, **given)


def test_days_that_cannot_be(db: Db, practice: Practice, world: World) -> None:
    today = london_day(practice.now)
    with pytest.raises(Refused, match="has not come yet"):
        practice.offer(db, world.assessor, LINES, on=today + timedelta(days=1))
    with pytest.raises(Refused, match=r"before they joined|did not work together"):
        practice.offer(db, world.assessor, LINES, on=today - timedelta(days=21))
    with pytest.raises(Refused, match="has not come yet"):
        practice.offer(db, world.pa, LINES, kind=KIND.PRIOR_LEARNING, on=today + timedelta(days=1))
    practice.offer(db, world.pa, LINES, kind=KIND.PRIOR_LEARNING, on=today - timedelta(days=900))


def test_lines_of_another_edition_and_too_many_are_refused(db: Db, practice: Practice, world: World) -> None:
    for lines in (("99.9z",), ("12.1a", "PAI-1-P.1"), ("12.1~mine",)):
        with pytest.raises(NotFound):
            practice.offer(db, world.assessor, lines)
    with pytest.raises(Refused, match="at least one"):
        practice.offer(db, world.assessor, ())
    with pytest.raises(Refused, match="at most 300"):
        practice.offer(db, world.assessor, tuple(str(number) for number in range(MOST_LINES + 1)))


def test_strangers_find_nothing_and_nobody_plays_another_part(db: Db, practice: Practice, world: World) -> None:
    strangers = "other_assessor other_employer_person other_coordinator coordinator quality_assurer admin second_pa"
    for name in strangers.split():
        with pytest.raises(NotFound):
            practice.offer(db, getattr(world, name), LINES)
    offer = Offer(KIND.DIRECT_OBSERVATION, practice.yesterday, "Seen.", LINES)
    whole = {"id": uuid4(), "enrolment_id": practice.enrolment, "offer": offer, "now": practice.now}
    with pytest.raises(Refused, match="Somebody else has to"):
        services.offer_evidence(db, **whole, by=world.pa, part=Part.EMPLOYER)
    with pytest.raises(Refused, match="Somebody else has to"):
        services.offer_evidence(db, **whole, by=world.assessor, part=Part.LEARNER)
    with pytest.raises(Refused, match="Enter a name"):
        services.offer_evidence(db, **whole, by=None, part=Part.LEARNER, named="Pat")
    with pytest.raises(Refused, match="Enter a name"):
        services.offer_evidence(db, **whole, by=None, part=Part.WITNESS, named="  ")


def test_somebody_without_an_account_is_kept_by_name_and_carries_nothing(
    db: Db, practice: Practice, world: World
) -> None:
    offer = Offer(KIND.DIRECT_OBSERVATION, practice.yesterday, "Seen.", LINES)
    whole = {"enrolment_id": practice.enrolment, "offer": offer, "now": practice.now, "way": Way.LINK}
    id = services.offer_evidence(
        db, id=uuid4(), **whole, by=None, part=Part.EMPLOYER, named=" Amina  Y. ", behalf=world.employer
    )
    piece = queries.piece(db, id)
    assert (piece.by, piece.part, piece.behalf, piece.carries) == (None, Part.EMPLOYER, world.employer, False)
    known = services.offer_evidence(db, id=uuid4(), **whole, by=world.assessor, part=Part.ASSESSOR, carries=False)
    assert queries.piece(db, known).carries_for == frozenset(), "the caller said that nothing may rest on it"


def test_a_double_tap_makes_one_and_other_content_is_not_lost_silently(
    db: Db, practice: Practice, world: World
) -> None:
    def tap(**given: object) -> UUID:
        asked = {"kind": KIND.DIRECT_OBSERVATION, "on": practice.yesterday, "text": "Seen.", "lines": LINES} | given
        return services.offer_evidence(
            db,
            id=once,
            enrolment_id=practice.enrolment,
            offer=Offer(**asked),
            by=world.assessor,
            now=practice.now,  # type: ignore[arg-type]
        )

    once = uuid4()
    assert tap() == tap(text=" Seen. ") == once
    assert (count(db, Evidence), count(db, EvidenceLine), len(facts(db, "EvidenceOffered"))) == (1, 2, 1)
    for changed in ({"text": "Other."}, {"lines": ("12.1c",)}, {"kind": KIND.SIMULATION}):
        with pytest.raises(Refused, match="Open the page anew"):
            tap(**changed)


def test_after_they_left_nothing_is_added(db: Db, practice: Practice, world: World) -> None:
    id = practice.offer(db, world.assessor, LINES)
    leaves(db, practice.enrolment, practice.now)
    for by, kind in ((world.assessor, KIND.DIRECT_OBSERVATION), (world.pa, KIND.REFLECTIVE_ACCOUNT)):
        with pytest.raises(Refused, match="They have left"):
            practice.offer(db, by, LINES, kind=kind)
    with pytest.raises(Refused, match="They have left"):
        services.speak_to(db, evidence_id=id, lines=["12.1c"], by=world.assessor, now=practice.now)


def test_a_piece_can_speak_to_more(db: Db, practice: Practice, world: World) -> None:
    id = practice.offer(db, world.assessor, LINES)
    services.speak_to(db, evidence_id=id, lines=["12.1c", "13.3c", "12.1a"], by=world.assessor, now=practice.now)
    piece = queries.piece(db, id)
    assert set(piece.lines) == {*LINES, "12.1c", "13.3c"}
    assert piece.carries_for == {*LINES, "12.1c"}
    own = practice.offer(db, world.pa, LINES, kind=KIND.REFLECTIVE_ACCOUNT)
    services.speak_to(db, evidence_id=own, lines=["5.4a"], by=world.assessor, now=practice.now)
    assert queries.piece(db, own).carries_for == frozenset(), "an assessor's word does not make a text carry practice"
    for by in (world.employer_person, world.coordinator, world.second_pa):
        with pytest.raises(NotFound):
            services.speak_to(db, evidence_id=id, lines=["5.4a"], by=by, now=practice.now)
    with pytest.raises(NotFound):
        services.speak_to(db, evidence_id=id, lines=["99.9z"], by=world.assessor, now=practice.now)


def test_withdrawing_says_why_and_ends_what_could_rest_on_it(db: Db, practice: Practice, world: World) -> None:
    id = practice.offer(db, world.assessor, LINES)

    def withdraw(by: UUID, reason: str = "Written for the wrong person.") -> None:
        services.withdraw_evidence(db, evidence_id=id, reason=reason, by=by, now=practice.now)

    for by in (world.pa, world.employer_person, world.other_coordinator):
        with pytest.raises(NotFound):
            withdraw(by)
    with pytest.raises(Refused, match="Say why"):
        withdraw(world.assessor, " ")
    withdraw(world.assessor)
    withdraw(world.assessor)
    assert (queries.piece(db, id).withdrawn, len(facts(db, "EvidenceWithdrawn"))) == (True, 1)
    with pytest.raises(Refused, match="was withdrawn"):
        services.speak_to(db, evidence_id=id, lines=["12.1c"], by=world.assessor, now=practice.now)
    with pytest.raises(Refused, match="was withdrawn"):
        practice.decide(db, world.assessor, id, ("12.1a",), Judgement.MET)


def test_what_a_decision_rests_on_stays(db: Db, practice: Practice, world: World) -> None:
    id = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, id, ("12.1a",), Judgement.MET)
    assert queries.piece(db, id).locked
    with pytest.raises(Refused, match="cannot be withdrawn"):
        services.withdraw_evidence(db, evidence_id=id, reason="Wrong.", by=world.assessor, now=practice.now)


@pytest.mark.parametrize(
    ("offerer", "sees"),
    [
        ("assessor", "pa assessor coordinator quality_assurer"),
        ("pa", "pa assessor coordinator quality_assurer"),
        ("employer_person", "pa assessor coordinator quality_assurer employer_person representative"),
    ],
)
def test_who_may_see_a_piece(db: Db, practice: Practice, world: World, offerer: str, sees: str) -> None:
    kind = KIND.REFLECTIVE_ACCOUNT if offerer == "pa" else KIND.DIRECT_OBSERVATION
    piece = queries.piece(db, practice.offer(db, getattr(world, offerer), LINES, kind=kind))
    on = london_day(practice.now)
    names = [name for name in World.__dataclass_fields__ if people.viewer_of(db, getattr(world, name), on)]
    seeing = {name for name in names if queries.may_see(db, people.viewer_of(db, getattr(world, name), on), piece, on)}  # type: ignore[arg-type]
    assert seeing == set(sees.split())


def test_reading_all_costs_the_same_however_many(db: Db, practice: Practice, world: World) -> None:
    for number in range(3):
        practice.offer(db, world.assessor, LINES, text=f"Seen {number}.")
    assert len(queries.evidence_of(db, practice.enrolment)) == 3
    assert len(db.scalars(select(EvidenceLine)).all()) == 6
