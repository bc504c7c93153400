"""Everybody who has to do with a holder of a certificate, or nothing, and one thing of each kind: for access."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from lms.certification import queries
from lms.certification.appearance import services as appearance
from lms.certification.appearance.services import Named
from lms.certification.attendance import queries as workshops
from lms.certification.attendance import services as attendance
from lms.certification.attendance.issuing import issue_to_all
from lms.certification.attendance.models import Attendance
from lms.certification.attendance.rules import Place
from lms.certification.attendance.services import Held
from lms.certification.bulk import services as bulk
from lms.certification.credentials.models import StatusList
from lms.certification.holder import services as holder
from lms.certification.holder.rules import NameShown
from lms.core import work
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Nation, OrganisationKind, Role
from tests.certification import steps
from tests.world import World

NOBODY = "nobody"


@dataclass(frozen=True)
class Cast:
    """Who they are, and the ids of what there is to open."""

    people: dict[str, UUID | None]
    things: dict[str, object] = field(default_factory=dict)


def cast(house: House, world: World, app: Flask) -> Cast:
    """Make them: a certificate with PDF, credential and link; a batch with its files; a workshop; a signatory."""
    with house.database.writing() as db:
        steps.earns(db, world, house.clock())
        before = _employer_before(db, world, house)
        things = _certificate(db, world, house, str(app.secret_key))
        things |= _workshop(db, world, house) | _batch(db, world, house)
    work.do_all(house, now=house.clock())
    with house.database.writing() as db:
        things["download"] = bulk.ask_for_files(
            db, id=uuid4(), batch_id=_id(things, "batch"), by=world.coordinator, now=house.clock()
        )
        things["list"] = db.scalars(select(StatusList.id)).first()
    work.do_all(house, now=house.clock())
    return Cast(_people(world, before), things)


def _id(things: dict[str, object], name: str) -> UUID:
    found = things[name]
    assert isinstance(found, UUID)
    return found


def _people(world: World, before: UUID) -> dict[str, UUID | None]:
    return {
        "holder": world.pa,
        "another PA": world.second_pa,
        "employer": world.employer_person,
        "other employer": world.second_employer_person,
        "representative": world.representative,
        "employer before": before,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "verifier": world.verifier,
        "coordinator": world.coordinator,
        "register officer": world.register_officer,
        "register manager": world.register_manager,
        "funding officer": world.funding_officer,
        "admin": world.admin,
        "PA elsewhere": world.other_pa,
        "coordinator elsewhere": world.other_coordinator,
        "employer elsewhere": world.other_employer_person,
        "assessor elsewhere": world.other_assessor,
        NOBODY: None,
    }


def _certificate(db: Db, world: World, house: House, key: str) -> dict[str, object]:
    (issued,) = queries.certificates_of(db, world.pa)
    share, now = uuid4(), house.clock()
    holder.share(
        db,
        id=share,
        key=key,
        certificate_id=issued.id,
        for_whom="Anna",
        name_shown=NameShown.FULL,
        until=london_day(now) + timedelta(days=9),
        by=world.pa,
        now=now,
    )
    return {
        "certificate": issued.id,
        "number": issued.number,
        "authority": world.authority,
        "share": share,
        "secret": holder.secret_of(key, share),
    }


def _workshop(db: Db, world: World, house: House) -> dict[str, object]:
    workshop, now = _held(db, world, house), house.clock()
    there = db.scalars(select(Attendance.id)).one()
    named = Named(
        name="Ann Head", role="Head of training", role_cy="", organisation="", since=london_day(now), until=None
    )
    signatory = uuid4()
    appearance.name_signatory(
        db, id=signatory, authority_id=world.authority, named=named, by=world.coordinator, now=now
    )
    return {"workshop": workshop, "attendance": there, "signatory": signatory}


def _held(db: Db, world: World, house: House) -> UUID:
    """A workshop the holder was at."""
    workshop, now = uuid4(), house.clock()
    held = Held(title="Moving with care", on=london_day(now), minutes=90, place=Place.IN_PERSON)
    attendance.record_workshop(db, id=workshop, authority_id=world.authority, held=held, by=world.coordinator, now=now)
    attendance.note_attendance(db, workshop_id=workshop, people_ids=[world.pa], by=world.coordinator, now=now)
    return workshop


def _batch(db: Db, world: World, house: House) -> dict[str, object]:
    """A batch that gives everybody of another workshop their certificate."""
    held = workshops.workshop(db, _held(db, world, house), [world.authority])
    batch = issue_to_all(db, id=uuid4(), workshop=held, by=world.coordinator, now=house.clock())
    return {"batch": batch}


def _employer_before(db: Db, world: World, house: House) -> UUID:
    """Somebody the holder worked for, and does no more."""
    now, began = house.clock(), london_day(house.clock()) - timedelta(days=9)
    person = people.add_person(db, name="Ed Before", email="ed@example.com", by=None, now=now)
    home = people.add_organisation(
        db,
        kind=OrganisationKind.INDIVIDUAL_EMPLOYER,
        name="Ed Before",
        nation=Nation.ENGLAND,
        authority_id=world.authority,
        now=now,
    )
    people.give_role(db, person_id=person, organisation_id=home, role=Role.EMPLOYER, by=None, now=now)
    people.start_employment(db, pa_id=world.pa, employer_id=home, since=began, by=None, now=now)
    people.end_employment(
        db, pa_id=world.pa, employer_id=home, until=began + timedelta(days=2), by=world.coordinator, now=now
    )
    return person
