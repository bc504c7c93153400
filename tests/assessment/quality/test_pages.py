"""The pages of quality assurance: what they show, to whom, and at what cost."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment.deciding.models import Decision
from lms.assessment.quality.models import Appeal, QualityActivity, Sample, SamplingPolicy, SamplingWork
from lms.assessment.quality.planning import services as plans
from lms.assessment.quality.rules import Stage, Waits, period_of
from lms.assessment.quality.samples.rules import State
from lms.assessment.rules import Capacity, Judgement
from lms.core.clock import london_day
from lms.core.house import House
from tests.assessment.conftest import CRITERION, UNIT
from tests.assessment.doings import BrowserFor, counted, text
from tests.assessment.quality.conftest import Quality
from tests.world import World


@pytest.fixture
def looked(house: House, quality: Quality, world: World) -> UUID:
    """A sample of what the assessor decided, and a plan that chose it, committed."""
    with house.database.writing() as db:
        quality.course.look(db, world.assessor)
        quality.plan(db)
        return quality.samples(db)[0].id


def state_of(house: House, sample_id: UUID) -> State:
    with house.database.reading() as db:
        return db.get_one(Sample, sample_id).state


def decision_of(house: House) -> str:
    with house.database.reading() as db:
        return db.scalars(select(Decision.id).order_by(Decision.turn.desc()).limit(1)).one().hex


def test_a_plan_says_where_it_stands_and_why(looked: UUID, world: World, browser_for: BrowserFor) -> None:
    page = text(browser_for(world.quality_assurer).get("/quality"))
    assert "1 sample is still to be looked at" in page
    assert "Pat Morgan" in page
    assert "Chosen because nobody had looked at this assessor’s work in this quarter" in page


def test_before_anything_is_decided_the_plan_says_so(quality: Quality, world: World, browser_for: BrowserFor) -> None:
    assert "Nothing was decided in this quarter yet" in text(browser_for(world.quality_assurer).get("/quality"))
    assert "already counts" in text(browser_for(world.quality_assurer).get("/quality/policy"))


def test_a_sample_is_taken_and_accepted_on_its_page(
    house: House, looked: UUID, world: World, browser_for: BrowserFor
) -> None:
    browser, path = browser_for(world.quality_assurer), f"/quality/samples/{looked}"
    assert "Pat asked A. before moving the boxes." in text(browser.get(path))
    assert browser.post(f"{path}/take").status_code == 302
    page = browser.submit(path).get_data(as_text=True)
    summary = page[page.index("govuk-error-summary") :][:900]
    assert f"{CRITERION}: choose whether you agree." in summary, "the summary says of which point"
    said = {f"say_{decision_of(house)}": "agree"}
    assert browser.submit(path, said).status_code == 302
    assert state_of(house, looked) is State.ACCEPTED
    assert "The plan is met" in text(browser.get("/quality"))
    assert "Quinn Assurer accepted it" in text(browser.get(path))


def test_a_sample_is_sent_back_and_the_assessor_reads_what_to_do(
    house: House, looked: UUID, world: World, browser_for: BrowserFor
) -> None:
    browser, path = browser_for(world.quality_assurer), f"/quality/samples/{looked}"
    browser.post(f"{path}/take")
    key = decision_of(house)
    back = {f"say_{key}": "back", "due_on": ["1", "12", "2026"]}
    assert f"{CRITERION}: write what has to be done." in text(browser.submit(path, back))
    assert browser.submit(path, back | {f"action_{key}": "Write what A. chose."}).status_code == 302
    assert state_of(house, looked) is State.SENT_BACK
    page = text(browser_for(world.assessor).get("/sent-back"))
    assert "Write what A. chose." in page
    assert "By 1 December 2026" in page
    assert "Nothing was sent back" in text(browser_for(world.employer_person).get("/sent-back"))
    assert "A quality assurer asks you to look again" in text(browser_for(world.assessor).get("/messages"))


def test_a_second_quality_assurer_is_told_who_has_it(
    looked: UUID, quality: Quality, world: World, browser_for: BrowserFor
) -> None:
    path = f"/quality/samples/{looked}"
    browser_for(world.quality_assurer).post(f"{path}/take")
    other = browser_for(quality.second)
    other.post(f"{path}/take")
    assert "Quinn Assurer is looking at this one" in text(other.get(path))
    assert browser_for(world.quality_assurer).post(f"{path}/give-back").status_code == 302
    assert other.post(f"{path}/take").status_code == 302
    assert "Save what you found" in text(other.get(path))


def test_another_authority_sees_nothing_of_it(
    looked: UUID, quality: Quality, world: World, browser_for: BrowserFor
) -> None:
    far = browser_for(quality.far)
    path = f"/quality/samples/{looked}"
    assert far.get(path).status_code == 404
    for step in ("", "/take", "/give-back"):
        assert far.post(f"{path}{step}").status_code == 404
    assert far.get(f"/quality?authority={world.authority}").status_code == 404
    assert "Pat Morgan" not in text(far.get("/quality"))


def test_the_policy_is_set_and_what_cannot_be_is_refused(
    house: House, quality: Quality, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.quality_assurer)
    form = {
        **{f"share_{n}": "10" for n in ("final", "interim", "learners", "standards", "kinds", "assessors")},
        **{
            f"weight_{n}": "2" for n in ("new_assessor", "employer_as_assessor", "relative_declared", "fast", "uniform")
        },
        "fast_hours": "24",
        "uniform_from": "4",
        "waits": "chosen",
        "waits_in": ["pai-practice"],
        "wait_days": "10",
        "answer_days": "14",
        "appeal_days": "28",
        "appeal_answer_days": "14",
    }
    nothing = {"share_final": "0", "share_interim": "0"}
    assert "Both cannot be 0" in text(browser.submit("/quality/policy", form | nothing))
    assert "Enter a number from 1 to 20" in text(
        browser.submit("/quality/policy", form | {"weight_relative_declared": "0"})
    )
    assert "Enter a number from 0 to 100" in text(browser.submit("/quality/policy", form | {"share_final": "101"}))
    assert browser.submit("/quality/policy", form).status_code == 302
    with house.database.reading() as db:
        row = db.scalars(select(SamplingPolicy)).one()
        assert (row.waits, row.waits_in, row.set_by) == (Waits.CHOSEN, ["pai-practice"], world.quality_assurer)
    assert "Set by Quinn Assurer" in text(browser.get("/quality/policy"))


def test_a_visit_is_written_down(house: House, quality: Quality, world: World, browser_for: BrowserFor) -> None:
    form = {
        "kind": "observed_assessor",
        "about": str(world.assessor),
        "on": ["20", "11", "2026"],
        "said": "Let Pat finish before asking.",
    }
    browser = browser_for(world.quality_assurer)
    assert browser.submit("/quality/activities", form).status_code == 302
    assert "Assessor watched at work: Dai Assessor" in text(browser.get("/quality/activities"))
    with house.database.reading() as db:
        assert len(db.scalars(select(QualityActivity)).all()) == 1


def test_work_is_chosen_by_hand(house: House, quality: Quality, world: World, browser_for: BrowserFor) -> None:
    with house.database.writing() as db:
        quality.course.look(db, world.assessor)
        work_id = db.scalars(select(SamplingWork.id)).one()
    assert browser_for(quality.far).post(f"/quality/work/{work_id}/choose").status_code == 404
    browser = browser_for(world.quality_assurer)
    assert "Pat Morgan" in text(browser.get("/quality/work"))
    assert browser.post(f"/quality/work/{work_id}/choose").status_code == 302
    assert "because a quality assurer chose it" in text(browser.get("/quality"))


def test_a_learner_asks_for_a_second_look_and_follows_it(
    house: House, quality: Quality, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        quality.course.look(db, world.assessor, judgement=Judgement.NOT_YET_MET, feedback="Ask first.")
    decision = UUID(decision_of(house))
    pat, ask = browser_for(world.pa), f"/appeals/ask/{decision}"
    assert "Asking is your right" in text(pat.get(ask))
    for stranger in (world.second_pa, world.other_assessor, world.other_employer_person):
        assert browser_for(stranger).get(ask).status_code == 404
    assert "Say in a few words" in text(pat.submit(ask, {"why": ""}))
    assert pat.submit(ask, {"why": "I did ask her at breakfast."}).status_code == 302
    with house.database.reading() as db:
        appeal = f"/appeals/{db.scalars(select(Appeal.id)).one()}"
    for stranger in (world.second_pa, world.employer_person, world.other_coordinator, quality.far, world.assessor):
        assert browser_for(stranger).get(appeal).status_code == 404
    staff = browser_for(world.coordinator)
    assert staff.post(f"{appeal}/acknowledge").status_code == 302
    assert "Choose who looks at it" in text(staff.submit(appeal, {"second": ""}, to=f"{appeal}/second"))
    assert staff.submit(appeal, {"second": str(quality.second)}, to=f"{appeal}/second").status_code == 302
    second = browser_for(quality.second)
    listed = second.get("/appeals").get_data(as_text=True)
    assert "For you to do" in listed
    assert listed.count(f'href="{appeal}"') == 1, "one thing stands once"
    assert "I did ask her at breakfast." in text(second.get(appeal))
    answer = {"outcome": "upheld", "word": "I read it all."}
    assert browser_for(world.quality_assurer).post(f"{appeal}/answer", answer).status_code == 404
    assert second.submit(appeal, answer, to=f"{appeal}/answer").status_code == 302
    page = text(pat.get(appeal))
    assert "The decision stays as it is" in page
    assert "I read it all." in page
    assert pat.submit(appeal, {"why": "Please once more."}, to=f"{appeal}/again").status_code == 302
    assert "Asked a second time" in text(pat.get("/appeals"))
    assert pat.post(f"{appeal}/take-back").status_code == 302
    assert "Taken back by the learner" in text(pat.get(appeal))


def test_the_holder_and_the_coordinator_read_that_a_certificate_waits(
    house: House, quality: Quality, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        quality.policy(db, waits=Waits.EVERY)
        quality.course.look(db, world.assessor, criterion=CRITERION)
        quality.course.sign(db, world.assessor)
    assert "Waits for a quality sample" in text(browser_for(world.pa).get("/certificates"))
    page = text(browser_for(world.coordinator).get(f"/learners/{world.pa}/practice/{UNIT}"))
    assert "The certificate waits for a quality sample since 21 November 2026" in page


def test_a_plan_of_many_decisions_costs_no_more_queries(
    house: House, looked: UUID, quality: Quality, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.quality_assurer)
    with counted(house) as few:
        browser.get("/quality")
    with house.database.writing() as db:
        many(db, quality, 300)
        quality.plan(db)
    browser.get("/quality")
    with counted(house) as lots:
        page = browser.get("/quality")
    assert len(lots) == len(few)
    assert "301" in text(page) or "decisions so far" in text(page)


def many(db, quality: Quality, number: int) -> None:  # type: ignore[no-untyped-def]
    """More pieces of work of one learner, as if there were as many quarters' worth of assessors."""
    from lms.people import services as people

    now, world = quality.now, quality.world
    for n in range(number):
        assessor = people.add_person(db, name=f"Assessor {n}", email=f"a{n}@example.com", by=None, now=now)
        db.add(
            SamplingWork(
                id=uuid4(),
                authority_id=world.authority,
                period=period_of(london_day(now)).code,
                enrolment_id=quality.course.enrolment,
                unit=UNIT,
                framework="pai-practice",
                edition="2026.1",
                learner_id=world.pa,
                assessor_id=assessor,
                capacity=Capacity.ASSESSOR,
                stage=Stage.INTERIM,
                kinds="direct_observation",
                risks="",
                decisions=3,
                first_at=now - timedelta(days=3),
                last_at=now,
                changed_at=now,
                planned=False,
            )
        )
    db.flush()


def test_the_queue_of_a_quality_assurer_has_the_sample(looked: UUID, world: World, browser_for: BrowserFor) -> None:
    assert "A sample of the work of Pat Morgan" in text(browser_for(world.quality_assurer).get("/queue"))


def test_the_home_page_says_how_much_waits(looked: UUID, world: World, browser_for: BrowserFor) -> None:
    assert "Work to look at again: 1" in text(browser_for(world.quality_assurer).get("/"))


def test_replanning_is_one_job_for_many_decisions(house: House, quality: Quality, world: World) -> None:
    with house.database.writing() as db:
        for criterion in (CRITERION,) * 3:
            quality.course.look(db, world.assessor, criterion=criterion, text=f"Seen again {uuid4()}.")
    plans.sweep(house, quality.now)
    with house.database.reading() as db:
        assert db.scalars(select(SamplingWork)).one().decisions == 3
