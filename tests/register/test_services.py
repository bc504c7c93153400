"""Recording on both databases: what is seen, what the PA says, what follows a disclosure, and the standing after it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.rules import Role
from lms.register import lists, queries, services
from lms.register.kinds import Circumstance, ListingState, RequirementKind, RequirementState
from lms.register.lists import Chosen
from lms.register.models import RequirementRecord
from lms.register.rules import Verdict
from tests.world import World

DISCLOSURE = {"level": "enhanced_adults_list", "workforce": "adult", "issue_date": "2026-10-01", "result": "no_content"}


def see(db: Db, world: World, now: datetime, code: str, **more: Any) -> UUID:
    once = more.pop("once", None) or uuid4()
    given = {"on": now.date(), "data": {}, "by": world.register_officer, "authority_id": world.authority, **more}
    person_id = given.pop("person_id", world.pa)
    services.record_seen(db, once=once, person_id=person_id, code=code, now=now, **given)
    return once


def verdict(db: Db, world: World, now: datetime) -> Verdict:
    judged = queries.verdict_of(db, world.pa, world.authority, now.date())
    assert judged is not None
    return judged.verdict


def standing(db: Db, world: World, now: datetime) -> queries.StandingView:
    (found,) = queries.standings_of(db, world.pa, now.date())
    return found


def facts(db: Db, kind: str, person_id: UUID) -> list[EventRow]:
    return list(db.scalars(select(EventRow).where(EventRow.kind == kind, EventRow.about == person_id)))


def everything(db: Db, world: World, now: datetime) -> None:
    """All that Rivermere asks for but training."""
    see(db, world, now, "RM-ID")
    see(db, world, now, "RM-RTW")
    see(db, world, now, "RM-DBS", data=DISCLOSURE)
    for source in ("most_recent_employer_or_tutor", "other"):
        see(db, world, now, "RM-REF", data={"source": source, "relative": False})
    see(db, world, now, "RM-INT", data={"met": True})
    see(db, world, now, "RM-DECL")
    services.accept_code(db, once=uuid4(), person_id=world.pa, authority_id=world.authority, version="2026-1", now=now)


def test_a_new_pa_stands_on_the_list_at_once_and_it_is_no_news(db: Db, world: World, now: datetime) -> None:
    found = standing(db, world, now)
    assert found.state is ListingState.CHECKING
    assert found.missing == 10
    assert facts(db, "VerdictChanged", world.pa) == []


def test_each_record_changes_the_standing_and_says_so(db: Db, world: World, now: datetime) -> None:
    see(db, world, now, "RM-ID")
    assert standing(db, world, now).missing == 9
    (fact,) = facts(db, "VerdictChanged", world.pa)
    assert "RM-ID" not in fact.data["missing"]
    assert fact.by is None
    (seen,) = facts(db, "RequirementSeen", world.pa)
    assert (seen.by, seen.behalf, seen.data["code"]) == (world.register_officer, world.authority, "RM-ID")


def test_from_nothing_to_nothing_missing(db: Db, world: World, now: datetime) -> None:
    everything(db, world, now)
    assert verdict(db, world, now).state is ListingState.PROVISIONAL
    for kind, code in [("modules", "PAI-4"), ("modules", "PAF-10"), ("certificates", "PAI-CERT")]:
        requirement = {"PAI-4": "RM-SAFE", "PAF-10": "RM-MCA", "PAI-CERT": "RM-CC-KNOW"}[code]
        learned = {"item_kind": kind, "item_code": code, "completed_on": "2026-05-01"}
        see(db, world, now, requirement, data=learned)
    found = standing(db, world, now)
    assert (found.state, found.missing) == (ListingState.LISTED, 0)
    assert found.holds_until == date(2027, 11, 21) - timedelta(days=60)
    states = [fact.data["state"] for fact in facts(db, "VerdictChanged", world.pa)]
    assert states[-1] == "listed"
    assert states.count("listed") == 1


def test_the_same_form_twice_makes_one_record(db: Db, world: World, now: datetime) -> None:
    once = see(db, world, now, "RM-ID")
    see(db, world, now, "RM-ID", once=once)
    assert db.scalar(select(func.count()).select_from(RequirementRecord)) == 1
    assert len(facts(db, "RequirementSeen", world.pa)) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"on": date(2026, 11, 22)},
        {"on": date(1999, 12, 31)},
        {"ends_on": date(2026, 11, 20)},
        {"data": {"offence": "x"}},
    ],
)
def test_days_and_data_that_cannot_be_are_refused(db: Db, world: World, now: datetime, more: Any) -> None:
    with pytest.raises(Refused):
        see(db, world, now, "RM-RTW", **more)


@pytest.mark.parametrize(
    "data",
    [
        {**DISCLOSURE, "offences": "x"},
        {**DISCLOSURE, "certificate_number": "001234567890"},
        {**DISCLOSURE, "image": "x"},
        {**DISCLOSURE, "result": "clear"},
        {**DISCLOSURE, "level": "gold"},
        {**DISCLOSURE, "issue_date": "soon"},
        {name: value for name, value in DISCLOSURE.items() if name != "result"},
        {**DISCLOSURE, "issue_date": "2026-11-22"},
    ],
)
def test_of_a_disclosure_nothing_else_can_be_stored(db: Db, world: World, now: datetime, data: Any) -> None:
    with pytest.raises((Refused, ValueError)):
        see(db, world, now, "RM-DBS", data=data)
    assert db.scalar(select(func.count()).select_from(RequirementRecord)) == 0


def test_nobody_records_for_themselves(db: Db, world: World, now: datetime) -> None:
    people.give_role(
        db, person_id=world.register_officer, organisation_id=world.authority, role=Role.PA, by=None, now=now
    )
    with pytest.raises(Refused):
        see(db, world, now, "RM-ID", person_id=world.register_officer)
    own = RequirementRecord(
        id=uuid4(),
        person_id=world.pa,
        authority_id=world.authority,
        kind=RequirementKind.IDENTITY,
        code="RM-ID",
        data={},
        seen_on=now.date(),
        by=world.pa,
        at=now,
    )
    db.add(own)
    with pytest.raises(IntegrityError):
        db.flush()


def test_what_only_the_pa_can_say_cannot_be_recorded_by_the_team(db: Db, world: World, now: datetime) -> None:
    with pytest.raises(Refused):
        see(db, world, now, "RM-CODE", data={"version": "2026-1"})


def test_walls(db: Db, world: World, now: datetime) -> None:
    with pytest.raises(NotFound):
        see(db, world, now, "RM-ID", person_id=world.other_pa)
    with pytest.raises(NotFound):
        see(db, world, now, "DY-ID")
    with pytest.raises(NotFound):
        services.accept_code(
            db, once=uuid4(), person_id=world.pa, authority_id=world.other_authority, version="2025", now=now
        )
    with pytest.raises(NotFound):
        services.say_circumstances(
            db, person_id=world.pa, authority_id=world.other_authority, answers={}, by=world.pa, now=now
        )


def test_one_authority_does_not_see_what_another_recorded(db: Db, world: World, now: datetime) -> None:
    people.give_role(db, person_id=world.pa, organisation_id=world.other_authority, role=Role.PA, by=None, now=now)
    see(db, world, now, "RM-ID")
    judged = queries.verdict_of(db, world.pa, world.other_authority, now.date())
    assert judged is not None
    assert "DY-ID" in judged.verdict.missing


def test_only_the_current_version_of_the_code_can_be_accepted(db: Db, world: World, now: datetime) -> None:
    with pytest.raises(Refused):
        services.accept_code(
            db, once=uuid4(), person_id=world.pa, authority_id=world.authority, version="2025-1", now=now
        )


def test_what_the_pa_says_of_their_work_decides_what_applies(db: Db, world: World, now: datetime) -> None:
    answers = {Circumstance.CHILD: True, Circumstance.SELF_EMPLOYED: False}
    given = {"person_id": world.pa, "authority_id": world.authority, "by": world.pa, "now": now}
    services.say_circumstances(db, answers=answers, **given)
    services.say_circumstances(db, answers=answers, **given)
    assert len(facts(db, "CircumstancesSaid", world.pa)) == 1
    assert "RM-DBS-CH" in verdict(db, world, now).missing
    services.say_circumstances(db, answers={Circumstance.CHILD: False}, **given)
    assert verdict(db, world, now).finding("RM-DBS-CH").state is RequirementState.NOT_APPLICABLE


# The calendar, and leaving ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_pa_who_leaves_is_on_the_list_to_the_last_day(db: Db, world: World, now: datetime) -> None:
    people.end_role(
        db,
        person_id=world.pa,
        organisation_id=world.authority,
        role=Role.PA,
        by=world.coordinator,
        now=now,
        until=now.date(),
    )
    assert lists.count(db, world.authority, now.date(), Chosen()) == 2
    tomorrow = now.date() + timedelta(days=1)
    assert lists.count(db, world.authority, tomorrow, Chosen()) == 1
    again = now + timedelta(days=2)
    people.give_role(db, person_id=world.pa, organisation_id=world.authority, role=Role.PA, by=None, now=again)
    assert lists.count(db, world.authority, again.date(), Chosen()) == 2


def test_lists_are_narrowed_by_state_and_name(db: Db, world: World, now: datetime) -> None:
    everything(db, world, now)
    provisional = Chosen(rules=ListingState.PROVISIONAL)
    (rows,) = lists.every(db, world.authority, now.date(), provisional)
    assert [row.person_id for row in rows] == [world.pa]
    assert lists.count(db, world.authority, now.date(), Chosen(name="nobody is called so")) == 0
    assert queries.count_by_state(db, [world.authority], now.date()) == {
        ListingState.PROVISIONAL: 1,
        ListingState.CHECKING: 1,
    }


def test_an_authority_without_rules_has_no_verdict_and_no_standing(house: House, db: Db, world: World) -> None:
    past = datetime.fromisoformat("2025-06-01T12:00:00+00:00")
    assert queries.verdict_of(db, world.pa, world.authority, past.date()) is None
    assert services.reassess(db, person_id=world.pa, authority_id=world.authority, now=past) is None
