"""Records are listed when due, held, cleared once confirmed, and then really gone; on both databases."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from lms.core import work
from lms.core.words import NotFound, Refused
from lms.funding.claims import queries as claims
from lms.funding.claims.models import Claim, ClaimLine, ClaimMove
from lms.funding.evidence.models import ClaimFile
from lms.funding.records import queries, services, working
from lms.funding.records.words import HoldReason, Outcome
from tests.funding.records.conftest import SECRET, Archive

OFFICERS_WALL = "authority"


def due(archive: Archive) -> list[str]:
    with archive.house.database.reading() as db:
        on = archive.now.date()
        return [each.claim.reference for each in queries.due_in(db, archive.world.authority, on) if each.due(on)]


def reference(archive: Archive, claim_id: UUID) -> str:
    return archive.steps.claim(claim_id).reference


def test_nothing_is_due_before_its_time_and_then_it_is(archive: Archive) -> None:
    claim_id = archive.withdrawn()
    archive.years(5.9)
    assert due(archive) == []
    with pytest.raises(Refused, match="nothing to clear"):
        archive.attempt()
    archive.years(0.6)
    assert due(archive) == [reference(archive, claim_id)]


def test_a_claim_that_has_not_ended_is_never_due(archive: Archive) -> None:
    archive.steps.draft()
    archive.years(40)
    assert due(archive) == []


def test_a_list_clears_nothing_and_says_how_many_files_would_go(archive: Archive) -> None:
    claim_id = archive.withdrawn()
    archive.years(7)
    clearing = archive.attempt()
    with archive.house.database.reading() as db:
        (listed,), total = queries.claims_of(db, clearing)
        assert (listed.claim_id, listed.files, listed.outcome, total) == (claim_id, 1, Outcome.LISTED, 1)
        assert len(db.scalars(select(ClaimFile)).all()) == 1
        assert SECRET in db.scalars(select(ClaimMove.reason)).all()


def test_after_clearing_bytes_and_words_are_gone_and_reference_and_sums_stay(archive: Archive) -> None:
    claim_id = archive.withdrawn()
    with archive.house.database.reading() as db:
        digest = db.scalars(select(ClaimFile.sha256)).one()
        was = claims.claim(db, claim_id, within=[archive.world.authority])
    archive.years(7)
    archive.clear(archive.attempt())
    with pytest.raises(NotFound):
        archive.house.files.get(digest)
    with archive.house.database.reading() as db:
        assert db.scalars(select(ClaimFile)).all() == []
        assert set(db.scalars(select(ClaimMove.reason))) == {""}
        assert queries.cleared_on(db, [claim_id]) == {claim_id: archive.now.date()}
        stands = claims.claim(db, claim_id, within=[archive.world.authority])
    assert (stands.reference, stands.state, stands.sums) == (was.reference, was.state, was.sums)
    assert stands.lines[0].verdict.reasons == ()


def test_nothing_of_what_was_typed_is_left_in_the_files_of_the_database(archive: Archive) -> None:
    if archive.house.database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL writes over its pages itself")
    archive.withdrawn()
    place = Path(str(archive.house.database.engine.url.database))
    archive.house.database.close()
    assert SECRET.encode() in b"".join(path.read_bytes() for path in place.parent.glob("palms.db*"))
    archive.years(7)
    archive.clear(archive.attempt())
    archive.house.database.close()
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in place.parent.glob("palms.db*"))


def test_bytes_that_another_claim_needs_stay(archive: Archive) -> None:
    data = b"%PDF one invoice for two" * 50
    archive.withdrawn(data=data)
    held = archive.withdrawn("PAI-4", data=data)
    archive.hold(claim_id=held)
    archive.years(7)
    archive.clear(archive.attempt())
    with archive.house.database.reading() as db:
        (kept,) = db.scalars(select(ClaimFile))
        assert kept.claim_id == held
    assert archive.house.files.get(kept.sha256) == data


def test_bytes_that_were_stored_again_meanwhile_stay(archive: Archive) -> None:
    data = b"%PDF handed in once more" * 50
    archive.withdrawn(data=data)
    draft = archive.steps.draft(training="PAI-4")
    archive.years(7)
    clearing = archive.attempt()
    archive.confirm(clearing)
    working.clear(archive.house, str(clearing), archive.now)
    digest = archive.file(draft, data)
    work.do_all(archive.house, now=archive.now)
    assert archive.house.files.get(digest) == data


def test_under_a_hold_never_also_when_it_came_after_the_confirmation(archive: Archive) -> None:
    held, free = archive.withdrawn(), archive.withdrawn("PAI-4")
    archive.years(7)
    clearing = archive.attempt()
    archive.confirm(clearing)
    archive.hold(claim_id=held)
    work.do_all(archive.house, now=archive.now)
    assert archive.outcomes(clearing) == {Outcome.CLEARED: 1, Outcome.HELD: 1}
    with archive.house.database.reading() as db:
        assert set(queries.cleared_on(db, [held, free])) == {free}


def test_a_hold_of_a_scheme_keeps_everything_under_it(archive: Archive) -> None:
    archive.withdrawn()
    hold = archive.hold(scheme="PLAIN-2026-27")
    archive.years(7)
    assert due(archive) == []
    with archive.steps.writing() as (db, now):
        for _ in range(2):
            services.let_go(
                db, hold_id=hold, within=[archive.world.authority], by=archive.world.funding_officer, now=now
            )
    assert len(due(archive)) == 1


def test_a_hold_with_a_last_day_ends_by_itself(archive: Archive) -> None:
    claim_id = archive.withdrawn()
    archive.hold(claim_id=claim_id, until=(archive.now + timedelta(days=365 * 8)).date())
    archive.years(7)
    assert due(archive) == []
    archive.years(1.1)
    assert due(archive) == [reference(archive, claim_id)]


def test_what_is_cleared_cannot_be_held_or_cleared_again(archive: Archive) -> None:
    claim_id = archive.withdrawn()
    archive.years(7)
    clearing = archive.attempt()
    archive.clear(clearing)
    assert due(archive) == []
    with pytest.raises(Refused, match="nothing left to hold"):
        archive.hold(claim_id=claim_id)
    working.clear(archive.house, str(clearing), archive.now)
    assert archive.outcomes(clearing) == {Outcome.CLEARED: 1}


def test_a_worker_that_was_killed_goes_on_where_it_was(archive: Archive) -> None:
    for training in ("PAI-3", "PAI-4"):
        archive.withdrawn(training)
    archive.years(7)
    clearing = archive.attempt()
    archive.confirm(clearing)
    with archive.house.database.writing() as db:
        assert working._clear_one(db, archive.house.files, clearing, archive.now)
    assert archive.outcomes(clearing) == {Outcome.CLEARED: 1, Outcome.LISTED: 1}
    work.do_all(archive.house, now=archive.now)
    assert archive.outcomes(clearing) == {Outcome.CLEARED: 2}


def test_only_a_keeper_of_the_authority_holds_tries_and_confirms(archive: Archive) -> None:
    claim_id = archive.withdrawn()
    archive.years(7)
    clearing = archive.attempt()
    for stranger in (archive.world.coordinator, archive.world.other_coordinator, archive.world.pa):
        with pytest.raises(NotFound):
            archive.confirm(clearing, by=stranger)
    with archive.house.database.writing() as db, pytest.raises(NotFound):
        services.attempt(
            db,
            once=uuid4(),
            authority_id=archive.world.other_authority,
            by=archive.world.funding_officer,
            now=archive.now,
        )
    assert archive.outcomes(clearing) == {Outcome.LISTED: 1}
    assert claim_id


def test_a_clearing_put_aside_is_never_done(archive: Archive) -> None:
    archive.withdrawn()
    archive.years(7)
    clearing = archive.attempt()
    with archive.steps.writing() as (db, now):
        services.put_aside(db, clearing_id=clearing, within=[archive.world.authority], by=archive.world.admin, now=now)
    with pytest.raises(Refused, match="put aside"):
        archive.confirm(clearing)


def test_a_learner_stays_known_for_what_is_paid_once_in_a_lifetime(archive: Archive) -> None:
    claim_id = archive.withdrawn()
    archive.years(7)
    archive.clear(archive.attempt())
    with archive.house.database.reading() as db:
        line = db.scalars(select(ClaimLine).where(ClaimLine.claim_id == claim_id)).one()
        assert (line.learner_id, line.certificate_id) == (archive.world.pa, None)
        assert db.scalar(select(Claim.reference).where(Claim.id == claim_id))
        assert db.execute(text("SELECT count(*) FROM lms_record_cleared_claim WHERE outcome = 'cleared'")).scalar() == 1


def test_a_form_sent_again_for_another_claim_does_not_say_that_it_holds(archive: Archive) -> None:
    first, second, once = archive.withdrawn(), archive.withdrawn("PAI-4"), uuid4()

    def hold(claim_id: UUID) -> None:
        with archive.steps.writing() as (db, now):
            services.hold(
                db,
                once=once,
                authority_id=archive.world.authority,
                claim_id=claim_id,
                reason=HoldReason.AUDIT,
                note="",
                until=None,
                by=archive.world.funding_officer,
                now=now,
            )

    hold(first)
    hold(first)  # a double tap is quiet
    with pytest.raises(Refused, match="saved from this page before"):
        hold(second)
