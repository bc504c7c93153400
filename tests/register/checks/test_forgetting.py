"""The record of a decision goes when the council's years are over, and not while the decision still rules."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from lms.core import seal
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.register import cli
from lms.register import queries as register
from lms.register.checks import forgetting, services
from lms.register.checks.kinds import Outcome
from lms.register.checks.models import DisclosureReview, FactorConsidered, Invitation
from lms.register.disclosures import Decision
from lms.register.models import DisclosureStep, RequirementRecord
from tests.register.changing.test_pages import Given
from tests.register.checks.world_of_checks import certificate, decided, facts
from tests.world import World

SIX_YEARS = timedelta(days=6 * 366)
"""Rivermere keeps decision records for six years."""


@pytest.fixture(name="replaced")
def replaced_fixture(house: House, world: World, now: datetime) -> UUID:
    """A decision about a certificate after which another certificate, without content, was seen."""
    with house.database.writing() as db:
        old = decided(db, world, now, Decision.WITH_CONDITIONS, issue_date="2020-10-01")
        certificate(db, world, now + timedelta(days=30))
    return old


@pytest.fixture(name="later")
def later_fixture(now: datetime) -> datetime:
    """When the years are over, and not by much."""
    return now + SIX_YEARS


def due(house: House, world: World, on: datetime) -> list[UUID]:
    with house.database.reading() as db:
        return [each.record_id for each in forgetting.due(db, world.authority, on.date())]


def test_it_goes_when_the_years_are_over(house: House, world: World, later: datetime, replaced: UUID) -> None:
    assert due(house, world, later - timedelta(days=30)) == []
    assert due(house, world, later) == [replaced]
    assert forgetting.forget(house, world.authority, now=later) == 1
    assert forgetting.forget(house, world.authority, now=later) == 0
    with house.database.reading() as db:
        for table in (DisclosureStep, FactorConsidered, Invitation):
            assert db.scalar(select(func.count()).select_from(table)) == 0, table
        assert db.scalar(select(RequirementRecord).where(RequirementRecord.id == replaced)) is None
        (fact,) = facts(db, "DecisionRecordCleared", world.pa)
        assert str(replaced) not in str(fact.data)


def test_the_facts_say_no_more_what_was_decided_and_the_chain_holds(
    house: House, world: World, later: datetime, replaced: UUID
) -> None:
    with house.database.writing() as db:
        seal.seal_batch(db, now=later)
    forgetting.forget(house, world.authority, now=later)
    with house.database.reading() as db:
        said = [row for kind in forgetting.SAID_SO for row in facts(db, kind.__name__, world.pa)]
        assert said
        assert {str(row.data) for row in said} == {"{}"}
        assert not _with(db, Decision.WITH_CONDITIONS.value)


def _with(db: Db, said: str) -> list[EventRow]:
    return [row for row in db.scalars(select(EventRow)) if said in str(row.data)]


def test_looking_changes_nothing(house: House, world: World, later: datetime, replaced: UUID) -> None:
    then = Given(replace(house, clock=lambda: later))

    def run(*words: str) -> Any:
        return CliRunner().invoke(cli.command, ["forget-decisions", "--authority", "RIVERMERE", *words], obj=then)

    looked = run()
    assert looked.exit_code == 0, looked.output
    assert "Would be forgotten: 1." in looked.output
    assert str(world.pa) in looked.output
    assert due(house, world, later) == [replaced]
    assert "Forgotten: 1" in run("--confirm").output
    assert "Would be forgotten: 0." in run().output


def test_a_decision_that_still_rules_is_kept_however_old(
    house: House, world: World, now: datetime, later: datetime
) -> None:
    with house.database.writing() as db:
        decided(db, world, now, Decision.DO_NOT_PROCEED, issue_date="2020-10-01")
        certificate(db, world, now, issue_date="2019-05-01")  # an older one came to light
    before = _state(house, world, later)
    assert due(house, world, later) == []
    assert forgetting.forget(house, world.authority, now=later) == 0
    assert _state(house, world, later) == before


def test_an_open_review_keeps_it(house: House, world: World, later: datetime, replaced: UUID) -> None:
    with house.database.writing() as db:
        db.add(DisclosureReview(id=replaced, disclosure_id=replaced, turn=1, at=later))
    assert due(house, world, later) == []
    with house.database.writing() as db:
        services.decide_review(
            db,
            once=world.pa,
            record_id=replaced,
            authority_id=world.authority,
            outcome=Outcome.STANDS,
            decision=None,
            by=world.coordinator,
            now=later,
        )
    assert due(house, world, later) == [replaced]
    assert forgetting.forget(house, world.authority, now=later) == 1


def test_another_authority_clears_nothing_here(house: House, world: World, later: datetime, replaced: UUID) -> None:
    assert forgetting.forget(house, world.other_authority, now=later) == 0
    assert due(house, world, later) == [replaced]


def _state(house: House, world: World, now: datetime) -> Any:
    with house.database.reading() as db:
        judged = register.verdict_of(db, world.pa, world.authority, now.date())
        assert judged is not None
        return judged.verdict.state, judged.verdict.missing
