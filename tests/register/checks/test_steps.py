"""A certificate with content: talked about openly, weighed, decided by named people, told, and looked at again."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.checks import services
from lms.register.checks.kinds import Outcome, Waits
from lms.register.checks.queries import disclosure_behind, news_of, told_to
from lms.register.disclosures import Decision, Factor, FollowUp
from lms.register.kinds import ListingState, RequirementState
from tests.register.checks.world_of_checks import certificate, decided, facts, step, steps_of, waits
from tests.world import World


def notices(db: Db) -> list[tuple[object, str]]:
    wanted = select(Notice).where(Notice.kind.startswith("checks_")).order_by(Notice.made_at)
    return [(each.person_id, each.kind) for each in db.scalars(wanted)]


def state(db: Db, world: World, now: datetime) -> RequirementState:
    judged = register.verdict_of(db, world.pa, world.authority, now.date())
    assert judged is not None
    return judged.verdict.finding("RM-DBS").state


def test_the_steps_come_in_their_order_and_each_waits_for_the_team(db: Db, world: World, now: datetime) -> None:
    seen = certificate(db, world, now, result="has_content")
    today = now.date()
    assert waits(db, world, today) == [Waits.INVITATION]
    for early in (FollowUp.DISCUSSED, FollowUp.CONSIDERED, FollowUp.DECIDED, FollowUp.AGREED, FollowUp.TOLD):
        with pytest.raises(Refused):
            step(db, world, now, seen, early, decision=Decision.PROCEED)
    step(db, world, now, seen, FollowUp.INVITED)
    assert waits(db, world, today) == [Waits.DISCUSSION]
    step(db, world, now, seen, FollowUp.DISCUSSED)
    assert waits(db, world, today) == [Waits.FACTORS]
    with pytest.raises(Refused, match="weighed"):
        step(db, world, now, seen, FollowUp.CONSIDERED, factors=[])
    step(db, world, now, seen, FollowUp.CONSIDERED, factors=[Factor.TIME_PASSED, Factor.RELEVANCE])
    assert waits(db, world, today) == [Waits.DECISION]
    with pytest.raises(Refused, match="Choose what was decided"):
        step(db, world, now, seen, FollowUp.DECIDED)
    step(db, world, now, seen, FollowUp.DECIDED, decision=Decision.WITH_CONDITIONS)
    assert waits(db, world, today) == [Waits.SECOND_PERSON]
    assert state(db, world, now) is RequirementState.PENDING
    with pytest.raises(Refused, match="other than the person who decided"):
        step(db, world, now, seen, FollowUp.AGREED)
    step(db, world, now, seen, FollowUp.AGREED, by=world.register_manager)
    assert waits(db, world, today) == []
    assert state(db, world, now) is RequirementState.MET
    assert steps_of(db, world, seen) == [
        FollowUp.INVITED,
        FollowUp.DISCUSSED,
        FollowUp.CONSIDERED,
        FollowUp.DECIDED,
        FollowUp.AGREED,
        FollowUp.TOLD,
    ]
    view = disclosure_behind(db, seen, [world.authority])
    assert view.steps[2].factors == (Factor.RELEVANCE, Factor.TIME_PASSED)


def test_the_pa_is_invited_and_told_by_message_and_no_message_says_what(db: Db, world: World, now: datetime) -> None:
    decided(db, world, now, Decision.DO_NOT_PROCEED)
    assert notices(db) == [(world.pa, "checks_invited"), (world.pa, "checks_decided")]
    for each in db.scalars(select(Notice).where(Notice.kind.startswith("checks_"))):
        assert set(each.values) == {"authority", "path"}
    assert [each.step for each in news_of(db, world.pa, now.date())] == [FollowUp.TOLD]
    assert news_of(db, world.pa, now.date() + timedelta(days=1)) == []
    assert len(facts(db, "DecisionTold", world.pa)) == 1


def test_barred_and_go_on_need_one_person_and_are_told_at_once(db: Db, world: World, now: datetime) -> None:
    for decision in (Decision.PROCEED, Decision.BARRED):
        seen = decided(db, world, now, decision)
        assert steps_of(db, world, seen)[-2:] == [FollowUp.DECIDED, FollowUp.TOLD]
    assert state(db, world, now) is RequirementState.NOT_MET


def test_a_second_person_can_disagree_and_it_is_decided_again(db: Db, world: World, now: datetime) -> None:
    seen = certificate(db, world, now, result="has_content")
    for what in (FollowUp.INVITED, FollowUp.DISCUSSED, FollowUp.CONSIDERED):
        step(db, world, now, seen, what)
    step(db, world, now, seen, FollowUp.DECIDED, decision=Decision.DO_NOT_PROCEED)
    with pytest.raises(Refused, match="other than the person who decided"):
        step(db, world, now, seen, FollowUp.NOT_AGREED)
    step(db, world, now, seen, FollowUp.NOT_AGREED, by=world.register_manager)
    assert waits(db, world, now.date()) == [Waits.DECISION]
    assert state(db, world, now) is RequirementState.PENDING
    step(db, world, now, seen, FollowUp.DECIDED, decision=Decision.PROCEED)
    assert state(db, world, now) is RequirementState.MET


def test_the_listing_waits_at_checking_all_the_while(db: Db, world: World, now: datetime) -> None:
    certificate(db, world, now, result="has_content")
    judged = register.verdict_of(db, world.pa, world.authority, now.date())
    assert judged is not None
    assert judged.verdict.state is ListingState.CHECKING
    assert judged.verdict.next_step is not None
    assert judged.verdict.next_step.step == "open_discussion_held"


def test_a_step_sent_twice_is_taken_once(db: Db, world: World, now: datetime) -> None:
    seen, once = certificate(db, world, now, result="has_content"), uuid4()
    step(db, world, now, seen, FollowUp.INVITED, once=once)
    step(db, world, now, seen, FollowUp.INVITED, once=once)
    assert steps_of(db, world, seen) == [FollowUp.INVITED]
    assert len(notices(db)) == 1


def test_another_time_can_be_offered_until_the_talk_was_held(db: Db, world: World, now: datetime) -> None:
    seen = certificate(db, world, now, result="has_content")
    step(db, world, now, seen, FollowUp.INVITED)
    step(db, world, now, seen, FollowUp.INVITED, place="Friday at four, by video")
    view = disclosure_behind(db, seen, [world.authority])
    assert view.invitation is not None
    assert view.invitation.place == "Friday at four, by video"
    step(db, world, now, seen, FollowUp.DISCUSSED)
    with pytest.raises(Refused):
        step(db, world, now, seen, FollowUp.INVITED)


@pytest.mark.parametrize("place", ["About your conviction, Tuesday at ten", "th3ft, room 3", "Am y drosedd", "  "])
def test_an_invitation_says_when_and_where_and_nothing_of_an_offence(
    db: Db, world: World, now: datetime, place: str
) -> None:
    seen = certificate(db, world, now, result="has_content")
    with pytest.raises(Refused):
        step(db, world, now, seen, FollowUp.INVITED, place=place)


@pytest.mark.parametrize("days", [1, -60])
def test_days_that_cannot_be_are_refused(db: Db, world: World, now: datetime, days: int) -> None:
    seen = certificate(db, world, now, result="has_content")
    with pytest.raises(Refused):
        step(db, world, now, seen, FollowUp.INVITED, on=now.date() + timedelta(days=days))


def test_walls_and_ones_own(db: Db, world: World, now: datetime) -> None:
    seen, plain = certificate(db, world, now, result="has_content"), certificate(db, world, now)
    with pytest.raises(NotFound):
        step(db, world, now, seen, FollowUp.INVITED, authority_id=world.other_authority)
    with pytest.raises(NotFound):
        step(db, world, now, plain, FollowUp.INVITED)
    people.give_role(
        db, person_id=world.pa, organisation_id=world.authority, role=Role.REGISTER_OFFICER, by=None, now=now
    )
    with pytest.raises(Refused, match="Somebody else"):
        step(db, world, now, seen, FollowUp.INVITED, by=world.pa)


# Reviews ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def third_person(db: Db, world: World, now: datetime) -> None:
    """The coordinator joins the register team."""
    people.give_role(
        db, person_id=world.coordinator, organisation_id=world.authority, role=Role.REGISTER_OFFICER, by=None, now=now
    )


def test_the_pa_asks_for_a_review_and_somebody_without_a_part_decides(db: Db, world: World, now: datetime) -> None:
    seen = decided(db, world, now, Decision.DO_NOT_PROCEED)
    asked = {"record_id": seen, "authority_id": world.authority, "now": now}
    with pytest.raises(NotFound):
        services.ask_review(db, once=uuid4(), by=world.second_pa, **asked)
    for _twice in range(2):
        services.ask_review(db, once=uuid4(), by=world.pa, **asked)
    assert waits(db, world, now.date()) == [Waits.REVIEW]
    assert (world.register_manager, "checks_review_asked") in notices(db)
    anew = {**asked, "outcome": Outcome.DECIDED_ANEW, "decision": Decision.PROCEED}
    for part in (world.register_officer, world.register_manager):
        with pytest.raises(Refused, match="no part in the decision"):
            services.decide_review(db, once=uuid4(), by=part, **anew)
    third_person(db, world, now)
    with pytest.raises(Refused, match="Choose another decision"):
        services.decide_review(db, once=uuid4(), by=world.coordinator, **{**anew, "decision": Decision.DO_NOT_PROCEED})
    services.decide_review(db, once=uuid4(), by=world.coordinator, **anew)
    assert waits(db, world, now.date()) == []
    assert state(db, world, now) is RequirementState.MET
    assert notices(db)[-2:] == [(world.pa, "checks_review_decided"), (world.pa, "checks_decided")]
    with pytest.raises(Refused, match="already"):
        services.decide_review(db, once=uuid4(), by=world.coordinator, **anew)


def test_a_decision_that_stands_can_be_asked_about_again(db: Db, world: World, now: datetime) -> None:
    seen = decided(db, world, now, Decision.BARRED)
    asked = {"record_id": seen, "authority_id": world.authority, "now": now}
    services.ask_review(db, once=uuid4(), by=world.pa, **asked)
    services.decide_review(db, once=uuid4(), by=world.register_manager, outcome=Outcome.STANDS, decision=None, **asked)
    assert state(db, world, now) is RequirementState.NOT_MET
    services.ask_review(db, once=uuid4(), by=world.pa, **asked)
    assert len(disclosure_behind(db, seen, [world.authority]).reviews) == 2


def test_a_review_with_conditions_needs_a_second_person_and_until_then_the_first_decision_stands(
    db: Db, world: World, now: datetime
) -> None:
    seen = decided(db, world, now, Decision.DO_NOT_PROCEED)
    third_person(db, world, now)
    asked = {"record_id": seen, "authority_id": world.authority, "now": now}
    services.ask_review(db, once=uuid4(), by=world.pa, **asked)
    services.decide_review(
        db,
        once=uuid4(),
        by=world.coordinator,
        outcome=Outcome.DECIDED_ANEW,
        decision=Decision.WITH_CONDITIONS,
        **asked,
    )
    assert waits(db, world, now.date()) == [Waits.SECOND_PERSON]
    assert state(db, world, now) is RequirementState.NOT_MET
    step(db, world, now, seen, FollowUp.AGREED, by=world.register_manager)
    assert state(db, world, now) is RequirementState.MET


@pytest.mark.parametrize("decision", [None, Decision.PROCEED])
def test_where_nothing_stands_against_the_pa_there_is_nothing_to_review(
    db: Db, world: World, now: datetime, decision: Decision | None
) -> None:
    seen = decided(db, world, now, decision) if decision else certificate(db, world, now, result="has_content")
    with pytest.raises(Refused):
        services.ask_review(db, once=uuid4(), record_id=seen, authority_id=world.authority, by=world.pa, now=now)


# Employers ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_employer_is_told_only_with_the_pas_agreement(db: Db, world: World, now: datetime) -> None:
    seen = decided(db, world, now, Decision.WITH_CONDITIONS)
    assert told_to(db, [world.employer, world.second_employer]) == []
    given = {"record_id": seen, "authority_id": world.authority, "employer_id": world.employer, "now": now}
    with pytest.raises(NotFound):
        services.let_employer_know(db, once=uuid4(), by=world.register_officer, **given)
    with pytest.raises(NotFound):
        services.let_employer_know(db, once=uuid4(), by=world.pa, **{**given, "employer_id": world.other_employer})
    for _twice in range(2):
        services.let_employer_know(db, once=uuid4(), by=world.pa, **given)
    (told,) = told_to(db, [world.employer, world.second_employer])
    assert (told.pa_id, told.decision) == (world.pa, Decision.WITH_CONDITIONS)
    assert told_to(db, [world.second_employer]) == []
    assert notices(db)[-1] == (world.employer_person, "checks_employer")
    assert steps_of(db, world, seen)[-1] is FollowUp.EMPLOYER_TOLD
    services.end_employer_knowing(db, by=world.pa, **given)
    assert told_to(db, [world.employer]) == []


def test_before_a_decision_there_is_nothing_to_tell(db: Db, world: World, now: datetime) -> None:
    seen = certificate(db, world, now, result="has_content")
    with pytest.raises(Refused):
        services.let_employer_know(
            db,
            once=uuid4(),
            record_id=seen,
            authority_id=world.authority,
            employer_id=world.employer,
            by=world.pa,
            now=now,
        )


def test_a_risk_review_is_noted_once_and_only_after_such_a_decision(db: Db, world: World, now: datetime) -> None:
    good, bad = decided(db, world, now, Decision.PROCEED), decided(db, world, now, Decision.BARRED)
    given = {"authority_id": world.authority, "by": world.register_manager, "now": now}
    with pytest.raises(Refused):
        services.raise_risk_review(db, once=uuid4(), record_id=good, **given)
    for _twice in range(2):
        services.raise_risk_review(db, once=uuid4(), record_id=bad, **given)
    assert steps_of(db, world, bad).count(FollowUp.RISK_REVIEW) == 1
