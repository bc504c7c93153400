"""Numbers that go, consent that can be taken back, and status checks; on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import String, Text, cast, select, text

from lms.core.db import Base, Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.register import queries as register
from lms.register import services as trunk
from lms.register.checks import services
from lms.register.checks.kinds import Waits
from lms.register.checks.models import DisclosureNumber
from lms.register.checks.queries import consent_of, count_waiting, disclosure_behind, waiting
from lms.register.checks.sweeping import delete_numbers
from lms.register.disclosures import Decision, StatusResult
from lms.register.kinds import Circumstance, ListingState, RequirementState
from tests.register.checks.world_of_checks import NUMBER, certificate, consent, decided, facts, waits
from tests.world import World


def number_of(db: Db, record_id: UUID) -> DisclosureNumber | None:
    return db.get(DisclosureNumber, record_id, populate_existing=True)


def places_with(db: Db, said: str) -> Iterator[str]:
    """Every table and column that has this text in it."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if db.scalar(select(1).where(cast(column, Text).contains(said)).select_from(table).limit(1)):
                yield f"{table.name}.{column.name}"


# The number ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_number_is_kept_apart_and_stands_nowhere_else(db: Db, world: World, now: datetime) -> None:
    consent(db, world, now)
    seen = certificate(db, world, now, number="0019 8765 4321")
    kept = number_of(db, seen)
    assert kept is not None
    assert (kept.number, kept.delete_on) == (NUMBER, now.date() + timedelta(days=183))
    assert list(places_with(db, NUMBER)) == ["lms_disclosure_number.number"]


@pytest.mark.parametrize("number", ["1", "12345678901", "1234567890123", "12345678901x", "１２３４５６７８９０１２"])
def test_a_number_has_twelve_digits(db: Db, world: World, now: datetime, number: str) -> None:
    consent(db, world, now)
    with pytest.raises(Refused, match="12 digits"):
        certificate(db, world, now, number=number)


def test_without_consent_no_number_is_kept(db: Db, world: World, now: datetime) -> None:
    with pytest.raises(Refused, match="not agreed"):
        certificate(db, world, now, number=NUMBER)
    seen = certificate(db, world, now)
    assert number_of(db, seen) is None


def test_the_decision_moves_the_day_of_the_number(db: Db, world: World, now: datetime) -> None:
    consent(db, world, now)
    from tests.register.checks.world_of_checks import FollowUp, step

    seen = certificate(db, world, now, number=NUMBER, result="has_content")
    later = now + timedelta(days=30)
    for what in (FollowUp.INVITED, FollowUp.DISCUSSED, FollowUp.CONSIDERED):
        step(db, world, later, seen, what, on=later.date())
    kept = number_of(db, seen)
    assert kept is not None
    assert kept.delete_on == now.date() + timedelta(days=183)
    step(db, world, later, seen, FollowUp.DECIDED, on=later.date(), decision=Decision.DO_NOT_PROCEED)
    assert number_of(db, seen).delete_on == now.date() + timedelta(days=183)  # type: ignore[union-attr]
    step(db, world, later, seen, FollowUp.AGREED, on=later.date(), by=world.register_manager)
    assert number_of(db, seen).delete_on == later.date() + timedelta(days=183)  # type: ignore[union-attr]


def test_a_certificate_seen_long_ago_keeps_no_number(db: Db, world: World, now: datetime) -> None:
    consent(db, world, now)
    seen = certificate(db, world, now, on=now.date() - timedelta(days=183), issue_date="2025-10-01", number=NUMBER)
    assert number_of(db, seen) is None


def test_the_sweep_deletes_it_on_its_day_and_not_before(
    house: House, world: World, now: datetime, tmp_path: Path
) -> None:
    with house.database.writing() as db:
        consent(db, world, now)
        seen = certificate(db, world, now, number=NUMBER)
    assert NUMBER.encode() in stored(house, tmp_path)
    last = datetime(2027, 5, 22, 23, 30, tzinfo=UTC) - timedelta(hours=1, minutes=31)  # 22 May, London
    assert last.date() + timedelta(days=1) == now.date() + timedelta(days=183)
    assert delete_numbers(house, last) == 0
    day = last + timedelta(days=1)
    assert delete_numbers(house, day) == 1
    assert delete_numbers(house, day) == 0
    with house.database.reading() as db:
        kept = number_of(db, seen)
        assert kept is not None
        assert kept.number is None
        view = disclosure_behind(db, seen, [world.authority])
        assert (view.number, view.number_deleted) == (None, date(2027, 5, 23))
        (fact,) = facts(db, "DisclosureNumberDeleted", world.pa)
        assert fact.by is None
        assert list(places_with(db, NUMBER)) == []
    assert NUMBER.encode() not in stored(house, tmp_path)


def stored(house: House, folder: Path) -> bytes:
    """Every byte of the files in which the database keeps the table, pages that were freed included."""
    if house.database.engine.dialect.name == "sqlite":
        return b"".join(path.read_bytes() for path in folder.glob("palms.db*"))
    with house.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        found = connection.execute(
            text("SELECT pg_read_binary_file(pg_relation_filepath('lms_disclosure_number'))")
        ).scalar_one()
        return bytes(found)


# Consent and status checks ───────────────────────────────────────────────────────────────────────────────────────────


def test_only_the_pa_says_it_and_the_same_again_changes_nothing(db: Db, world: World, now: datetime) -> None:
    assert consent_of(db, world.pa, world.authority) is None
    consent(db, world, now)
    consent(db, world, now)
    assert len(facts(db, "StatusConsentSaid", world.pa)) == 1
    consent(db, world, now, given=False)
    found = consent_of(db, world.pa, world.authority)
    assert found is not None
    assert found[0] == "withdrawn"
    with pytest.raises(NotFound):
        services.say_consent(
            db, once=uuid4(), person_id=world.pa, authority_id=world.other_authority, given=True, now=now
        )


def test_taken_back_the_number_goes_with_the_next_sweep(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        consent(db, world, now)
        certificate(db, world, now, number=NUMBER)
        consent(db, world, now, given=False)
    assert delete_numbers(house, now) == 1


def status(db: Db, world: World, now: datetime, record_id: UUID, result: StatusResult, **more: Any) -> None:
    given = {"on": now.date(), "by": world.register_officer, "authority_id": world.authority, **more}
    services.record_status(db, once=uuid4(), record_id=record_id, result=result, now=now, **given)


def finding(db: Db, world: World, on: date) -> RequirementState:
    judged = register.verdict_of(db, world.pa, world.authority, on)
    assert judged is not None
    return judged.verdict.finding("RM-DBS").state


def test_a_status_check_carries_a_certificate_on_and_needs_consent(db: Db, world: World, now: datetime) -> None:
    seen = certificate(db, world, now, issue_date="2024-01-10", on=date(2024, 2, 1))
    with pytest.raises(Refused, match="has not agreed"):
        status(db, world, now, seen, StatusResult.NO_CHANGE_NO_CONTENT)
    consent(db, world, now)
    soon = date(2027, 1, 11)
    assert finding(db, world, soon) is RequirementState.EXPIRED
    status(db, world, now, seen, StatusResult.NO_CHANGE_NO_CONTENT)
    assert finding(db, world, soon) is RequirementState.MET
    consent(db, world, now, given=False)
    assert finding(db, world, soon) is RequirementState.MET, "what was found out stays found out"


def test_a_change_asks_for_a_new_check(db: Db, world: World, now: datetime) -> None:
    consent(db, world, now)
    seen = certificate(db, world, now)
    status(db, world, now, seen, StatusResult.DETAILS_DO_NOT_MATCH)
    status(db, world, now, seen, StatusResult.CHANGED)
    assert finding(db, world, now.date()) is RequirementState.EXPIRED
    with pytest.raises(Refused, match="new check"):
        status(db, world, now, seen, StatusResult.NO_CHANGE_NO_CONTENT)


def test_answers_that_cannot_be_are_refused(db: Db, world: World, now: datetime) -> None:
    consent(db, world, now)
    seen = certificate(db, world, now)
    with pytest.raises(Refused, match="does not fit"):
        status(db, world, now, seen, StatusResult.NO_CHANGE_HAS_CONTENT)
    for on in (now.date() + timedelta(days=1), now.date() - timedelta(days=1)):
        with pytest.raises(Refused):
            status(db, world, now, seen, StatusResult.NO_CHANGE_NO_CONTENT, on=on)
    with pytest.raises(NotFound):
        status(db, world, now, seen, StatusResult.NO_CHANGE_NO_CONTENT, authority_id=world.other_authority)
    with pytest.raises(Refused, match="Somebody else"):
        status(db, world, now, seen, StatusResult.NO_CHANGE_NO_CONTENT, by=world.pa)


def test_a_status_check_waits_a_month_before_its_day(db: Db, world: World, now: datetime) -> None:
    seen = certificate(db, world, now)
    due = date(2027, 11, 21)
    assert waits(db, world, due) == []
    consent(db, world, now)
    assert waits(db, world, due - timedelta(days=31)) == []
    (found,) = waiting(db, world.authority, due - timedelta(days=30))
    assert (found.what, found.due, found.person_id, found.disclosure_id) == (Waits.STATUS_CHECK, due, world.pa, seen)
    assert count_waiting(db, world.authority, due) == {Waits.STATUS_CHECK: 1}
    assert waiting(db, world.other_authority, due) == []
    then = datetime(2027, 11, 1, 12, tzinfo=UTC)
    status(db, world, then, seen, StatusResult.NO_CHANGE_NO_CONTENT)
    assert waits(db, world, due) == []
    assert waits(db, world, date(2028, 11, 1)) == [Waits.STATUS_CHECK]
    consent(db, world, now, given=False)
    assert waits(db, world, date(2028, 11, 1)) == []


def test_only_the_newest_certificate_is_asked_about(db: Db, world: World, now: datetime) -> None:
    consent(db, world, now)
    certificate(db, world, now, issue_date="2025-01-10")
    newer = certificate(db, world, now)
    (found,) = waiting(db, world.authority, date(2028, 1, 1))
    assert found.disclosure_id == newer


def test_nobody_waits_for_a_pa_who_has_left(db: Db, world: World, now: datetime) -> None:
    from lms.people import services as people
    from lms.people.rules import Role

    certificate(db, world, now, result="has_content")
    people.end_role(
        db,
        person_id=world.pa,
        organisation_id=world.authority,
        role=Role.PA,
        by=world.coordinator,
        now=now,
        until=now.date(),
    )
    assert waits(db, world, now.date()) == [Waits.INVITATION]
    assert waits(db, world, now.date() + timedelta(days=1)) == []


# Where a child is ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_where_a_child_is_in_the_home_nobody_begins_without_the_check(db: Db, world: World, now: datetime) -> None:
    def see(code: str, **data: Any) -> None:
        trunk.record_seen(
            db,
            once=uuid4(),
            person_id=world.pa,
            authority_id=world.authority,
            code=code,
            on=now.date(),
            data=data,
            by=world.register_officer,
            now=now,
        )

    for code in ("RM-ID", "RM-RTW", "RM-DECL"):
        see(code)
    see("RM-REF", source="most_recent_employer_or_tutor", relative=False)
    see("RM-REF", source="other", relative=False)
    trunk.accept_code(db, once=uuid4(), person_id=world.pa, authority_id=world.authority, version="2026-1", now=now)
    certificate(db, world, now)

    def state() -> ListingState:
        judged = register.verdict_of(db, world.pa, world.authority, now.date())
        assert judged is not None
        return judged.verdict.state

    assert state() is ListingState.PROVISIONAL
    trunk.say_circumstances(
        db,
        person_id=world.pa,
        authority_id=world.authority,
        answers={Circumstance.CHILD: True},
        by=world.pa,
        now=now,
    )
    assert state() is ListingState.CHECKING
    services.record_certificate(
        db,
        once=uuid4(),
        person_id=world.pa,
        authority_id=world.authority,
        code="RM-DBS-CH",
        on=now.date(),
        data={
            "level": "enhanced_both_lists",
            "workforce": "adult_and_child",
            "issue_date": "2026-10-01",
            "result": "no_content",
        },
        by=world.register_officer,
        now=now,
    )
    assert state() is ListingState.PROVISIONAL


def test_a_decision_is_kept_with_its_day_and_its_names(db: Db, world: World, now: datetime) -> None:
    seen = decided(db, world, now, Decision.WITH_CONDITIONS)
    view = disclosure_behind(db, seen, [world.authority])
    assert view.decision is Decision.WITH_CONDITIONS
    assert view.had_a_part == {world.register_officer, world.register_manager}
    assert String not in {type(view.decision)}
