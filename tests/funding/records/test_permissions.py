"""What was written about a permission goes with the last claim it was used for; who allowed whom stays."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.funding.permissions.models import Permission, PermissionUse
from lms.funding.permissions.rules import Action, GivenHow
from lms.funding.permissions.words import Deed
from tests.funding.records.conftest import Archive

TOLD = "Her sister heard it on the violet telephone"
WHERE = "in the saffron folder"


def permission(archive: Archive, *claim_ids: UUID) -> UUID:
    """One that was given on paper and used for these claims."""
    permission_id, world = uuid4(), archive.world
    with archive.steps.writing() as (db, now):
        db.add(
            Permission(
                id=permission_id, employer_id=world.employer, delegate_id=world.college, authority_id=world.authority,
                schemes=["PLAIN-2026-27"], actions=[Action.SUBMIT.value], given_on=now.date(),
                ends_on=now.date() + timedelta(days=100), given_how=GivenHow.ON_PAPER, note=TOLD,
                given_by=world.coordinator, at=now,
            )
        )  # fmt: skip
        db.flush()
        for number, claim_id in enumerate(claim_ids):
            values = {"reference": f"RIVERMERE-2026-{number:04}", "words": WHERE}
            db.add(
                PermissionUse(
                    id=uuid4(), permission_id=permission_id, action=Action.SUBMIT, deed=Deed.SUBMITTED,
                    claim_id=claim_id, learner_id=world.pa, values=values, by=world.coordinator, at=now,
                )
            )  # fmt: skip
    return permission_id


def note_of(archive: Archive, permission_id: UUID) -> str:
    with archive.house.database.reading() as db:
        return db.get_one(Permission, permission_id).note


def test_words_go_and_who_allowed_whom_stays(archive: Archive) -> None:
    permission_id = permission(archive, archive.withdrawn())
    archive.years(7)
    archive.clear(archive.attempt())
    with archive.house.database.reading() as db:
        given, used = db.get_one(Permission, permission_id), db.scalars(select(PermissionUse)).one()
    assert (given.note, given.given_how, given.delegate_id) == ("", GivenHow.ON_PAPER, archive.world.college)
    assert (used.values["reference"], used.learner_id, used.deed) == ("RIVERMERE-2026-0000", None, Deed.SUBMITTED)
    assert "words" not in used.values


def test_how_it_was_given_stays_while_another_claim_is_kept(archive: Archive) -> None:
    cleared, kept = archive.withdrawn(), archive.withdrawn("PAI-4")
    permission_id = permission(archive, cleared, kept)
    hold = archive.hold(claim_id=kept, until=(archive.now + timedelta(days=365 * 8)).date())
    archive.years(7)
    archive.clear(archive.attempt())
    assert (note_of(archive, permission_id), bool(hold)) == (TOLD, True)
    archive.years(2)
    archive.clear(archive.attempt())
    assert not note_of(archive, permission_id)


def test_nothing_of_it_is_left_in_the_files_of_the_database(archive: Archive) -> None:
    if archive.house.database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL writes over its pages itself")
    permission(archive, archive.withdrawn())
    place = Path(str(archive.house.database.engine.url.database))

    def left() -> list[str]:
        archive.house.database.close()
        held = b"".join(path.read_bytes() for path in place.parent.glob("palms.db*"))
        return [word for word in (TOLD, WHERE) if word.encode() in held]

    assert left() == [TOLD, WHERE]
    archive.years(7)
    archive.clear(archive.attempt())
    assert left() == []
