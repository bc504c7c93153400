"""Pages about competence: who may open them, and what they do."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select

from lms.assessment.competence import queries, services
from lms.assessment.competence.models import CompetenceRow, MarkRow, PolicyRow, RelationRow, TrainingRow
from lms.assessment.competence.rules import Basis, Mark, Policy, Relation
from lms.assessment.deciding.models import Decision, Review
from lms.assessment.models import Allocation
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.doings import BrowserFor, count, counted, text
from tests.assessment.practising import Practice, second_assessor
from tests.world import World

EVERYBODY = (
    "pa",
    "second_pa",
    "employer_person",
    "second_employer_person",
    "representative",
    "assessor",
    "quality_assurer",
    "coordinator",
    "register_officer",
    "funding_officer",
    "admin",
    "other_coordinator",
    "other_assessor",
    "other_employer_person",
    "other_pa",
)
STAFF = {"coordinator", "quality_assurer"}
RECORD = {
    "units": ["CC3", "CC4"],
    "basis": "qualification",
    "words": "An award in assessing.",
    "since": ["1", "10", "2026"],
    "until": ["1", "10", "2027"],
}


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/assessors/people/{assessor}", STAFF),
        ("/assessors/people/{assessor}/add", STAFF),
        ("/assessors/people/{assessor}/training", STAFF),
        ("/assessors/people/{assessor}/mark", STAFF),
        ("/assessors/competence/{competence}/end", STAFF),
        ("/people/{pa}/ties", {"coordinator"}),
        ("/people/{pa}/ties/{tie}/end", {"coordinator"}),
        (
            "/assess/{enrolment}/tie",
            {"assessor", "quality_assurer", "employer_person", "second_employer_person", "representative"},
        ),
        ("/assess/countersign/{decision}", {"quality_assurer"}),
    ],
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_each_page_opens_for_those_it_is_for_and_for_nobody_else(
    *, house: House, world: World, practice: Practice, browser_for: BrowserFor, path: str, who: set[str]
) -> None:
    now = practice.now
    with house.database.writing() as db:
        second_assessor(db, practice, world)
        services.set_policy(db, authority_id=world.authority, policy=Policy(first=3), by=world.coordinator, now=now)
        services.mark(
            db,
            person_id=world.quality_assurer,
            authority_id=world.authority,
            mark=Mark.EXPERIENCED,
            reason="Years.",
            by=world.coordinator,
            now=now,
        )
        piece = practice.offer(db, world.assessor, ("5.2b",))
        practice.decide(db, world.assessor, piece, ("5.2b",), Judgement.NOT_YET_MET, feedback="Again.")
        competence = db.scalars(select(CompetenceRow.id).where(CompetenceRow.person_id == world.assessor)).first()
        tie = uuid4()
        db.add(
            RelationRow(
                id=tie,
                person_id=world.assessor,
                learner_id=world.pa,
                relation=Relation.FRIEND,
                said_by=world.assessor,
                said_at=now,
            )
        )
        ids = {
            "assessor": world.assessor,
            "pa": world.pa,
            "enrolment": practice.enrolment,
            "competence": competence,
            "tie": tie,
            "decision": db.scalars(select(Decision.id)).one(),
        }
    for name in EVERYBODY:
        status = browser_for(getattr(world, name)).get(path.format(**ids)).status_code
        assert (status == 200) is (name in who), (name, status)
        assert status in {200, 403, 404}, (name, status)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_another_authoritys_people_are_not_there(world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.coordinator)
    assert browser.get(f"/assessors/people/{world.other_assessor}").status_code == 404
    assert browser.get(f"/people/{world.other_pa}/ties").status_code == 404
    assert browser.get(f"/assessors/people?authority={world.other_authority}").status_code == 404
    assert browser.get(f"/assessors/policy?authority={world.other_authority}").status_code == 404
    assert browser.get(f"/assessors/competence/{uuid4()}/end").status_code == 404


def test_a_coordinator_records_several_standards_and_ends_one(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    browser, path = browser_for(world.coordinator), f"/assessors/people/{world.assessor}"
    assert "4 of 16 standards" in text(browser.get(path))
    assert browser.submit(f"{path}/add", RECORD).status_code == 302
    assert "6 of 16 standards" in text(browser.get(path))
    with house.database.reading() as db:
        row = db.scalars(select(CompetenceRow).where(CompetenceRow.unit == "CC3")).one()
    ended = {"last_day": ["20", "11", "2026"], "reason": "Left the field."}
    assert browser.submit(f"/assessors/competence/{row.id}/end", ended).status_code == 302
    page = text(browser.get(path))
    assert "5 of 16 standards" in page
    assert "Ended: Left the field." in page


def test_mistakes_stand_beside_what_was_typed(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    browser, path = browser_for(world.coordinator), f"/assessors/people/{world.assessor}/add"
    page = browser.submit(path, RECORD | {"units": [], "until": ["1", "1", "2020"]})
    assert page.status_code == 200
    said = text(page)
    assert "Error:" in said
    assert "Choose at least one standard." in said
    assert "An award in assessing." in said
    assert "on or after the first day" in text(browser.submit(path, RECORD | {"until": ["1", "1", "2020"]}))


def test_the_same_form_twice_is_one_record(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.quality_assurer)
    before = count(house, CompetenceRow)
    once = str(uuid4())
    for _tap in range(2):
        path = f"/assessors/people/{world.assessor}/add"
        assert browser.submit(path, RECORD | {"once": once}).status_code == 302
    assert count(house, CompetenceRow) == before + 2


def test_training_and_marks_are_said_and_ended(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    browser, path = browser_for(world.quality_assurer), f"/assessors/people/{world.assessor}"
    training = {"kind": "award", "words": "Level 3", "done_on": ["1", "3", "2020"], "until": ["", "", ""]}
    assert browser.submit(f"{path}/training", training).status_code == 302
    mark = {"mark": "watched", "reason": "New here.", "until": ["", "", ""]}
    assert browser.submit(f"{path}/mark", mark).status_code == 302
    said = text(browser.get(path))
    assert "Level 3" in said
    assert "New here." in said
    with house.database.reading() as db:
        marked = db.scalars(select(MarkRow.id)).one()
        trained = db.scalars(select(TrainingRow.id)).one()
    browser.post(f"{path}/mark/{marked}/end")
    browser.submit(f"/assessors/training/{trained}/end", {"last_day": ["20", "11", "2026"], "reason": "A mistake."})
    said = text(browser.get(path))
    assert "New here." not in said
    assert "Does not count now" in said


def test_an_assessor_reads_what_they_may_assess_and_what_runs_out(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        services.record_competence(
            db,
            person_id=world.assessor,
            authority_id=world.authority,
            framework="cc-2025",
            units=["CC9"],
            basis=Basis.STANDARDISATION,
            words="A course.",
            since=london_day(practice.now),
            until=london_day(practice.now) + timedelta(days=20),
            by=world.coordinator,
            now=practice.now,
        )
    said = text(browser_for(world.assessor).get("/assess/what-i-may"))
    assert "You can decide" in said
    assert "Ends soon" in said
    assert "11 December 2026" in said
    assert "Nothing is on record yet" in text(browser_for(world.other_assessor).get("/assess/what-i-may"))


def test_the_policy_is_set_and_kept_as_rows(house: House, world: World, browser_for: BrowserFor) -> None:
    for browser, employers in ((browser_for(world.admin), "no"), (browser_for(world.coordinator), "countersigned")):
        answer = browser.submit("/assessors/policy", {"employers": employers, "first": "4"})
        assert answer.status_code == 302
    assert count(house, PolicyRow) == 2
    with house.database.reading() as db:
        assert queries.policy_of(db, world.authority).first == 4
    assert "Enter a number" in text(
        browser_for(world.admin).submit("/assessors/policy", {"employers": "no", "first": "-1"})
    )


def test_the_question_is_asked_once_and_leads_back(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.second_employer_person)
    page = f"/assess/{practice.enrolment}/tie"
    assert "Are you related to Pat Morgan" in text(browser.get(page))
    answer = browser.submit(f"{page}?next=/my-pas", {"relation": "relative"})
    assert answer.status_code == 302
    assert answer.location.endswith("/my-pas")
    with house.database.reading() as db:
        assert queries.has_answered(db, world.second_employer_person, world.pa)
        assert (
            queries.close_to(db, world.second_employer_person, world.pa, london_day(practice.now)) is Relation.RELATIVE
        )
    elsewhere = browser.submit(f"{page}?next=//elsewhere.example", {"relation": "none"})
    assert "elsewhere" not in elsewhere.location


def test_a_pa_says_who_is_close_and_the_coordinator_sees_and_ends_it(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    answer = browser_for(world.pa).submit(
        "/practice/ties", {"person": str(world.employer_person), "relation": "same_home"}
    )
    assert answer.status_code == 302
    coordinator = browser_for(world.coordinator)
    assert "Witness only" in text(coordinator.get(f"/people/{world.pa}/ties"))
    with house.database.reading() as db:
        tie = db.scalars(select(RelationRow.id).where(RelationRow.relation == Relation.SAME_HOME)).one()
    ended = {"last_day": ["20", "11", "2026"], "reason": "Moved out."}
    assert coordinator.submit(f"/people/{world.pa}/ties/{tie}/end", ended).status_code == 302
    assert "Witness only" not in text(coordinator.get(f"/people/{world.pa}/ties"))
    page = browser_for(world.pa).submit("/practice/ties", {"person": str(world.second_pa), "relation": "relative"})
    assert page.status_code == 200  # not one of those who look at their work


def waiting_decision(house: House, world: World, practice: Practice) -> UUID:
    with house.database.writing() as db:
        second = second_assessor(db, practice, world)
        services.set_policy(
            db, authority_id=world.authority, policy=Policy(first=3), by=world.coordinator, now=practice.now
        )
        services.mark(
            db,
            person_id=second,
            authority_id=world.authority,
            mark=Mark.EXPERIENCED,
            reason="Years.",
            by=world.coordinator,
            now=practice.now,
        )
        piece = practice.offer(db, world.assessor, ("5.2b",))
        practice.decide(db, world.assessor, piece, ("5.2b",), Judgement.NOT_YET_MET, feedback="Look again.")
        return db.scalars(select(Decision.id)).one()


def test_a_second_assessor_agrees_or_sends_back(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    decision = waiting_decision(house, world, practice)
    browser, page = browser_for(world.quality_assurer), f"/assess/countersign/{decision}"
    assert "Pat Morgan" in text(browser.get("/assess/countersign"))
    said = text(browser.get(page))
    assert "Look again." in said
    assert "did it her way" in said
    wrong = text(browser.submit(page, {"outcome": "sent_back", "word": "", "action": "", "due_on": ["", "", ""]}))
    assert "Write what they should do." in wrong
    back = {"outcome": "sent_back", "word": "", "action": "See it again.", "due_on": ["1", "12", "2026"]}
    assert browser.submit(page, back).status_code == 302
    assert browser.get(page).status_code == 404
    assert "Nothing waits for you." in text(browser.get("/assess/countersign"))
    assert count(house, Review) == 1


def test_who_countersigns_is_asked_first_whether_they_are_close(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    decision = waiting_decision(house, world, practice)
    with house.database.writing() as db:
        db.execute(delete(RelationRow).where(RelationRow.person_id == world.quality_assurer))
        db.execute(delete(Allocation).where(Allocation.assessor_id == world.quality_assurer))
    browser, page = browser_for(world.quality_assurer), f"/assess/countersign/{decision}"
    unasked = browser.post(page, {"outcome": "agreed", "once": str(uuid4())})
    assert "First say whether you are close to this person" in text(unasked)
    question = browser.get(page).headers["Location"]
    assert question.startswith(f"/assess/{practice.enrolment}/tie?next=")
    assert browser.submit(question, {"relation": "none"}).headers["Location"] == page
    assert browser.get(page).status_code == 200
    close = browser.submit(question, {"relation": "relative", "since": ["", "", ""]})
    assert close.headers["Location"] == "/assess/countersign", "nothing of it waits for them any more"
    assert "Nothing waits for you." in text(browser.get("/assess/countersign"))
    assert browser.get(page).status_code == 404
    assert count(house, Review) == 0


def test_competence_that_ends_between_page_and_sending_stops_the_countersignature(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    decision = waiting_decision(house, world, practice)
    browser, page = browser_for(world.quality_assurer), f"/assess/countersign/{decision}"
    assert browser.get(page).status_code == 200
    with house.database.writing() as db:
        rows = db.scalars(select(CompetenceRow.id).where(CompetenceRow.person_id == world.quality_assurer)).all()
        for row in rows:
            services.end_competence(
                db,
                competence_id=row,
                last_day=london_day(practice.now) - timedelta(days=1),
                reason="Over.",
                by=world.coordinator,
                now=practice.now,
            )
    assert browser.post(page, {"outcome": "agreed", "once": str(uuid4())}).status_code == 404
    assert count(house, Review) == 0


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_lists_cost_the_same_for_many(house: House, world: World, practice: Practice, browser_for: BrowserFor) -> None:
    browser = browser_for(world.coordinator)

    def cost(path: str) -> int:
        browser.get(path)
        with counted(house) as sent:
            assert browser.get(path).status_code == 200
        return len(sent)

    before = cost("/assessors/people")
    with house.database.writing() as db:
        for number in range(20):
            person = people.add_person(
                db, name=f"Assessor {number}", email=f"a{number}@example.com", by=None, now=practice.now
            )
            people.give_role(
                db,
                person_id=person,
                organisation_id=world.college,
                role=Role.ASSESSOR,
                by=None,
                now=practice.now,
            )
    assert cost("/assessors/people") == before
