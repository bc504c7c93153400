"""Giving, withdrawing and using a permission, on both databases."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.funding.employers import home
from lms.funding.permissions import queries, services, terms
from lms.funding.permissions.models import Permission, PermissionUse, PermissionWithdrawn
from lms.funding.permissions.queries import Leave
from lms.funding.permissions.rules import Action, GivenHow, Why
from lms.funding.permissions.words import Capacity, Deed, Standing
from lms.funding.vocabulary import ClaimantKind, NeverDelegable
from lms.notifications.models import Notice
from lms.people import agreements
from lms.people import services as people
from lms.people.queries import viewer_of
from lms.people.rules import Role
from tests.funding.permissions.conftest import GRANT, given
from tests.world import World


def use(db: Db, world: World, now: datetime, person: UUID, *, action: Action = Action.SUBMIT) -> Leave:
    return services.use(
        db,
        person_id=person,
        claimant_id=world.employer,
        claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER,
        authority_id=world.authority,
        action=action,
        scheme=GRANT,
        learner_ids=[world.pa],
        deed=Deed.SUBMITTED,
        values={"reference": "RIVERMERE-2026-0001"},
        now=now,
    )


def count(db: Db, model: type[Permission] | type[PermissionUse] | type[PermissionWithdrawn]) -> int:
    return db.scalar(select(func.count()).select_from(model)) or 0


def test_sent_twice_it_is_given_once(db: Db, world: World, now: datetime) -> None:
    once = uuid4()
    assert given(db, world, now, once=once) == given(db, world, now, once=once)
    assert count(db, Permission) == 1


def test_a_form_sent_again_with_other_actions_is_not_said_to_be_saved(db: Db, world: World, now: datetime) -> None:
    once = given(db, world, now, actions=[Action.SUBMIT])
    with pytest.raises(Refused, match="saved from this page before"):
        given(db, world, now, actions=[Action.PREPARE_APPLICATION], once=once)


def test_the_delegate_acts_and_the_employer_sees_it(db: Db, world: World, now: datetime) -> None:
    permission = given(db, world, now)
    leave = use(db, world, now, world.adviser)
    assert (leave.standing, leave.permission_id) == (Standing.DELEGATE, permission)
    (seen,) = queries.uses_of(db, [permission])
    assert (seen.deed, seen.by_name, seen.delegate_name) == (
        Deed.SUBMITTED,
        "Vic Adviser",
        "Rivermere Independent Living",
    )
    assert seen.values["reference"] == "RIVERMERE-2026-0001"


def test_those_of_the_household_and_the_desk_need_no_permission(db: Db, world: World, now: datetime) -> None:
    assert use(db, world, now, world.employer_person).standing is Standing.EMPLOYER
    assert use(db, world, now, world.representative).standing is Standing.REPRESENTATIVE
    assert use(db, world, now, world.coordinator).standing is Standing.DESK
    assert count(db, PermissionUse) == 0


@pytest.mark.parametrize("who", ["adviser", "assessor", "second_employer_person", "other_coordinator", "pa", "admin"])
def test_nobody_else_may_without_one(db: Db, world: World, now: datetime, who: str) -> None:
    with pytest.raises(Refused):
        use(db, world, now, getattr(world, who))


def test_an_assessor_of_the_same_organisation_sees_nobodys_money(db: Db, world: World, now: datetime) -> None:
    given(db, world, now)
    someone = people.add_person(db, name="Ali Assessor", email="ali@example.com", by=None, now=now)
    people.give_role(db, person_id=someone, organisation_id=world.support, role=Role.ASSESSOR, by=None, now=now)
    with pytest.raises(Refused):
        use(db, world, now, someone)


def test_withdrawn_refuses_at_once_and_twice_is_quiet(db: Db, world: World, now: datetime) -> None:
    permission = given(db, world, now)
    services.withdraw(db, permission_id=permission, by=world.employer_person, now=now)
    services.withdraw(db, permission_id=permission, by=world.employer_person, now=now + timedelta(minutes=1))
    assert count(db, PermissionWithdrawn) == 1
    with pytest.raises(Refused, match="withdrawn"):
        use(db, world, now, world.adviser)
    assert count(db, PermissionUse) == 0


def test_a_role_that_ended_opens_nothing(db: Db, world: World, now: datetime) -> None:
    given(db, world, now)
    people.end_role(
        db,
        person_id=world.adviser,
        organisation_id=world.support,
        role=Role.ADVISER,
        by=world.admin,
        now=now,
        until=london_day(now),
    )
    with pytest.raises(Refused):
        use(db, world, now + timedelta(days=1), world.adviser)


@pytest.mark.parametrize("who", ["adviser", "second_employer_person", "other_coordinator", "pa"])
def test_strangers_cannot_withdraw(db: Db, world: World, now: datetime, who: str) -> None:
    permission = given(db, world, now)
    with pytest.raises(NotFound):
        services.withdraw(db, permission_id=permission, by=getattr(world, who), now=now)


@pytest.mark.parametrize("who", ["adviser", "second_employer_person", "other_coordinator", "pa"])
def test_strangers_cannot_give(db: Db, world: World, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        given(db, world, now, by=getattr(world, who))


def test_the_desk_says_how_it_was_given(db: Db, world: World, now: datetime) -> None:
    with pytest.raises(Refused, match="how the employer gave"):
        given(db, world, now, by=world.coordinator)
    with pytest.raises(Refused, match="how the employer gave"):
        given(db, world, now, by=world.coordinator, how=GivenHow.BY_PHONE)
    given(db, world, now, by=world.coordinator, how=GivenHow.BY_PHONE, note="Today at ten; Cora heard it.")
    told = db.scalars(select(Notice.kind).where(Notice.person_id == world.employer_person)).all()
    assert "permission_written_down" in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"actions": ()}, "at least one"),
        ({"workers": ()}, "at least one"),
        ({"days": -1}, "today or later"),
        ({"days": 800}, "two years"),
    ],
)
def test_what_cannot_be_given(db: Db, world: World, now: datetime, change: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        given(db, world, now, **change)  # type: ignore[arg-type]


def test_only_ones_own_pas_and_organisations_that_work_here(db: Db, world: World, now: datetime) -> None:
    with pytest.raises(Refused, match="PAs who work"):
        given(db, world, now, workers=[world.second_pa])
    with pytest.raises(Refused, match="works with your council"):
        services.give(
            db,
            once=uuid4(),
            employer_id=world.employer,
            delegate_id=world.second_employer,
            schemes=[GRANT],
            workers=[world.pa],
            actions=[Action.SUBMIT],
            ends_on=london_day(now),
            given_how=GivenHow.IN_PALMS,
            by=world.employer_person,
            now=now,
        )


def test_terms_and_bank_details_are_never_handed_on(db: Db, world: World, now: datetime) -> None:
    given(db, world, now)
    here = {"claimant_id": world.employer, "authority_id": world.authority, "on": london_day(now)}
    for person, capacity in (
        (world.employer_person, Capacity.EMPLOYER),
        (world.representative, None),
        (world.adviser, None),
        (world.coordinator, None),
        (world.funding_officer, None),
    ):
        found = terms.may_accept(
            db, person_id=person, claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER, learner_ids=[world.pa], **here
        )
        assert found is capacity
    leave = queries.may(
        db,
        person_id=world.adviser,
        claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER,
        action=NeverDelegable.CHANGE_BANK_DETAILS,
        scheme=GRANT,
        learner_ids=[world.pa],
        **here,
    )
    assert (leave.allowed, leave.why) == (False, Why.NOT_DELEGABLE)


def test_a_decision_of_many_lines_is_passed_on_once(db: Db, world: World, now: datetime) -> None:
    permission = given(db, world, now)
    claim_like = {"employer_id": world.employer, "scheme": GRANT, "learner_ids": [world.pa], "values": {}, "now": now}
    assert services.note_decision(db, claim_id=None, **claim_like) == [world.support]  # type: ignore[arg-type]
    services.withdraw(db, permission_id=permission, by=world.employer_person, now=now)
    assert services.note_decision(db, claim_id=None, **claim_like) == []  # type: ignore[arg-type]


def test_what_was_allowed_ends_with_the_agreement_of_the_organisation(db: Db, world: World, now: datetime) -> None:
    permission = given(db, world, now)
    today = london_day(now)
    ends = {"authority_id": world.authority, "organisation_id": world.support, "until": today, "today": today}
    agreements.end(db, **ends)
    assert use(db, world, now, world.adviser).permission_id == permission
    with pytest.raises(Refused, match="does not work with this employer's council any more"):
        use(db, world, now + timedelta(days=1), world.adviser)
    view = queries.permission(db, permission, delegate_ids=[world.support])
    assert [view.holds_on(today + timedelta(days=days)) for days in (0, 1)] == [True, False]
    assert queries.may(
        db,
        person_id=world.adviser,
        claimant_id=world.employer,
        claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER,
        authority_id=world.authority,
        action=Action.UPLOAD_EVIDENCE,
        scheme=GRANT,
        learner_ids=[world.pa],
        on=today + timedelta(days=1),
    ) == Leave(allowed=False, why=Why.NO_AGREEMENT)


def test_home_counts_the_permissions_that_hold(db: Db, world: World, now: datetime) -> None:
    today, tomorrow = london_day(now), london_day(now) + timedelta(days=1)
    given(db, world, now)
    given(db, world, now, days=0)
    over = given(db, world, now)
    services.withdraw(db, permission_id=over, by=world.employer_person, now=now)
    viewer = viewer_of(db, world.adviser, today)
    assert viewer is not None
    values = [next(iter(home.cards(db, viewer, now + timedelta(days=days)))).values["count"] for days in (0, 1)]
    assert values == [2, 1]
    agreements.end(db, authority_id=world.authority, organisation_id=world.support, until=today, today=today)
    assert queries.count_holding(db, [world.support], tomorrow) == 0
