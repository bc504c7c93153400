"""What the pages of knowledge tell of practice, to whom, and what they never call it."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from lms.assessment import allocating
from lms.assessment.knowledge.practised import Assessing, Practised, practised_of
from lms.assessment.knowledge.rules import Seen
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.rules import Judgement
from lms.assessment.signing import services as signing
from lms.core import work
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.deciding.test_costs import counted
from tests.assessment.practising import Practice, practice
from tests.whole.claims import claims_in, words_of
from tests.world import World

__all__ = ["practice"]

BrowserFor = Callable[..., Any]
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
CC12 = ("12.1a", "12.1b", "12.1c")


def told(db: Db, world: World, **asked: Any) -> Practised:
    return practised_of(db, world.pa, frameworks_for(db, world.authority).framework("cc-2025"), **asked)


def meet(db: Db, practice: Practice, world: World, lines: tuple[str, ...], judgement: Judgement) -> None:
    piece = practice.offer(db, world.assessor, lines)
    practice.decide(db, world.assessor, piece, lines, judgement, feedback="Once more, please.")


def sign(db: Db, practice: Practice, world: World) -> UUID:
    meet(db, practice, world, CC12, Judgement.MET)
    return signing.sign_off(
        db,
        id=uuid4(),
        enrolment_id=practice.enrolment,
        unit="CC12",
        declaration=None,
        by=world.assessor,
        now=practice.now,
    )


def test_practice_is_told_as_it_stands_and_a_withdrawal_takes_it_back(db: Db, practice: Practice, world: World) -> None:
    assert told(db, world).units["CC12"].begun is False
    meet(db, practice, world, CC12[:1], Judgement.MET)
    meet(db, practice, world, CC12[1:2], Judgement.NOT_YET_MET)
    found = told(db, world)
    assert (found.units["CC12"].met, found.units["CC12"].needed, found.units["CC12"].begun) == (1, 3, True)
    assert [found.lines[line] for line in CC12] == [Seen.MET, Seen.NOT_YET, Seen.NOT_YET]
    assert str(found.sentence) == "Practice: 0 of 16 standards signed off"
    end = sign(db, practice, world)
    assert told(db, world).units["CC12"].signed_on == london_day(practice.now)
    assert str(told(db, world).sentence) == "Practice: 1 of 16 standards signed off"
    signing.withdraw_sign_off(db, sign_off_id=end, reason="Looked at again.", by=world.coordinator, now=practice.now)
    assert told(db, world).units["CC12"].signed_on is None


def test_an_assessor_is_told_of_the_standards_they_were_given_alone(
    db: Db, practice: Practice, world: World, now: datetime
) -> None:
    sign(db, practice, world)
    other, day = world.quality_assurer, london_day(now)
    people.give_role(
        db, person_id=other, organisation_id=world.authority, role=Role.ASSESSOR, by=None, now=now, since=day
    )
    given: dict[str, Any] = {"since": day, "by": world.coordinator, "now": now, "units": ("CC5",)}
    allocating.allocate_assessor(db, enrolment_id=practice.enrolment, assessor_id=other, **given)
    found = told(db, world, authority_id=world.authority, assessor=Assessing(other, day))
    assert set(found.units) == {"CC5"}
    assert found.sentence is None
    assert len(told(db, world, assessor=Assessing(world.assessor, day)).units) == 16
    assert not told(db, world, assessor=Assessing(world.employer_person, day)).units


def test_another_authority_is_told_nothing_of_it(db: Db, practice: Practice, world: World) -> None:
    sign(db, practice, world)
    elsewhere = told(db, world, authority_id=uuid4())
    assert elsewhere.units["CC12"].signed_on is None
    assert set(elsewhere.lines.values()) == {Seen.NOT_YET}


@on_sqlite
def test_the_pages_say_what_was_signed_off_and_when(
    house: House, practice: Practice, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        unit = frameworks_for(db, world.authority).framework("cc-2025").unit("CC5")
        meet(db, practice, world, (unit.practice[0].key,), Judgement.MET)
        sign(db, practice, world)
    own = browser_for(world.pa)
    for reader, base in (
        (own, "/care-certificate"),
        (browser_for(world.coordinator), of(world.pa)),
        (browser_for(world.assessor), of(world.pa)),
    ):
        overview = words_of(reader.get(f"{base}?edition=cc-2025").get_data(as_text=True))
        assert "Signed off on 21 November 2026" in overview
        log = words_of(reader.get(f"{base}/cc-2025/CC12").get_data(as_text=True))
        assert "Standard 12: signed off on 21 November 2026" in log
        assert log.count("Seen at work: met") == len(CC12)
        lines = reader.get(f"{base}/cc-2025").get_data(as_text=True)
        assert lines.count("Seen at work: met") == len(CC12) + 1
        assert not list(claims_in(words_of(lines)))
    assert "Seen at work: met" not in browser_for(world.second_pa).get("/care-certificate/cc-2025").get_data(
        as_text=True
    )
    assert f"/practice/{practice.enrolment}/CC12" in own.get("/care-certificate/cc-2025/CC12").get_data(as_text=True)
    own.post("/care-certificate/cc-2025/CC12/log.pdf")
    work.do_all(house, now=house.clock())
    pdf = own.get("/care-certificate/cc-2025/CC12/log.pdf").get_data()
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    assert "signed off on 21 November 2026" in said
    assert not list(claims_in(said))


def of(learner: UUID) -> str:
    return f"/learners/{learner}/care-certificate"


@on_sqlite
def test_it_costs_the_same_however_much_was_decided(house: House, practice: Practice, world: World) -> None:
    with house.database.writing() as db:
        framework = frameworks_for(db, world.authority).framework("cc-2025")
        for _ in range(3):
            meet(db, practice, world, CC12, Judgement.MET)
            with counted(db) as asked:
                practised_of(db, world.pa, framework)
            assert len(asked) == 2
