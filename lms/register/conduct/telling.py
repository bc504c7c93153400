"""PAs who accepted an earlier code of conduct are told of the one that holds, when it comes and before time is up."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.register.authoring import queries as authoring
from lms.register.conduct.events import ConductToAccept
from lms.register.conduct.known import Known, accepted_on, holds
from lms.register.conduct.models import ConductNote
from lms.register.conduct.rules import last_day, step_on
from lms.register.kinds import RequirementKind
from lms.register.merging.queries import same_as
from lms.register.models import RequirementRecord, Standing

AT_ONCE = 100
"""PAs told in one unit of work, so that nobody waits long for the writer."""

_LOOKED = "register.conduct.looked"


def remind(house: House, now: datetime) -> int:
    """Tell everybody who has to hear of a version today, each once; returns how many. The worker asks each minute.

    Where nobody is left to be told, an authority is looked at again on the next day, not the next minute.
    """
    on, told = london_day(now), 0
    looked: dict[UUID, tuple[str, int, date]] = house.known.setdefault(_LOOKED, {})
    with house.database.reading() as db:
        due = [(each, version) for each in authoring.authorities_with_rules(db) if (version := holds(db, each, on))]
    for authority_id, version in due:
        step = step_on(version.from_day, version.reaccept_days, on)
        if step is None or looked.get(authority_id) == (version.version, step, on):
            continue
        told += _tell_all(house, authority_id, version, step, now)
        looked[authority_id] = (version.version, step, on)
    return told


def _tell_all(house: House, authority_id: UUID, version: Known, step: int, now: datetime) -> int:
    told = 0
    while True:
        with house.database.reading() as db:
            some = db.scalars(_to_tell(authority_id, version.version, step).limit(AT_ONCE)).all()
        if some:
            with house.database.writing() as db:
                told += sum(_tell(db, _Due(each, authority_id, version, step), now) for each in some)
        if len(some) < AT_ONCE:
            return told


@dataclass(frozen=True)
class _Due:
    """Somebody who has to hear of a version."""

    person_id: UUID
    authority_id: UUID
    version: Known
    step: int


def _tell(db: Db, due: _Due, now: datetime) -> bool:
    """Note it and record the fact, unless somebody was faster or the PA accepted it under another record of theirs."""
    person_id, authority_id, version = due.person_id, due.authority_id, due.version
    note = ConductNote(person_id=person_id, authority_id=authority_id, version=version.version, step=due.step, at=now)
    if not add_once(db, note):
        return False
    others = same_as(db, [person_id], authority_id).get(person_id, ())
    if any(version.version in accepted_on(db, other, authority_id) for other in others):
        return False
    fact = ConductToAccept(
        about=person_id,
        authority_id=authority_id,
        version=version.version,
        last_day=last_day(version.from_day, version.reaccept_days),
        step=due.step,
    )
    record(db, fact, by=None, now=now, behalf=authority_id)
    return True


def _to_tell(authority_id: UUID, version: str, step: int) -> Select[UUID]:
    """PAs of an authority who accepted some version, not this one, and have not been told this step."""
    accepted = (
        RequirementRecord.authority_id == authority_id,
        RequirementRecord.kind == RequirementKind.CODE_OF_CONDUCT,
    )
    some = select(RequirementRecord.id).where(*accepted, RequirementRecord.person_id == Standing.person_id)
    this = some.where(RequirementRecord.data["version"].as_string() == version)
    noted = select(ConductNote.step).where(
        ConductNote.person_id == Standing.person_id,
        ConductNote.authority_id == authority_id,
        ConductNote.version == version,
        ConductNote.step == step,
    )
    return (
        select(Standing.person_id)
        .where(
            Standing.authority_id == authority_id,
            Standing.ended_on.is_(None),
            some.exists(),
            ~this.exists(),
            ~noted.exists(),
        )
        .order_by(Standing.person_id)
    )
