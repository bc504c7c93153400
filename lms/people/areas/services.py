"""Write areas: name them, close them, and say which PA or employer belongs to which. Nothing is guessed."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from lms.core.db import Db, add_once
from lms.core.events import record, record_all
from lms.core.spelling import clean_name
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.areas import queries
from lms.people.areas.events import AreaAdded, AreaChanged, AreaGiven, EmployerAreaGiven
from lms.people.areas.models import Area, EmployerArea, PersonArea
from lms.people.rules import OrganisationKind

MOST_AREAS = 200
LONGEST = 80
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_TAKEN = N_("Another area has this name or code. Give this one a name and a code of its own.")


def add_area(
    db: Db, *, id: UUID, authority_id: UUID, code: str, name: str, name_cy: str, by: UUID, now: datetime
) -> None:
    """Add an area; the same form twice adds it once. Refused for a name or code that is taken or cannot be used."""
    values = _clean(code, name, name_cy)
    there = db.get(Area, id)
    if there is not None:
        if there.authority_id != authority_id:
            raise NotFound("area")
        return
    many = db.scalar(select(func.count()).select_from(Area).where(Area.authority_id == authority_id)) or 0
    if many >= MOST_AREAS:
        raise Refused(N_("There are %(most)s areas already, and there can be no more."), most=MOST_AREAS)
    if not add_once(db, Area(id=id, authority_id=authority_id, **values)):
        raise Refused(_TAKEN)
    record(db, AreaAdded(about=by, authority_id=authority_id, area_id=id), by=by, now=now, behalf=authority_id)


def change_area(
    db: Db,
    *,
    area_id: UUID,
    authority_id: UUID,
    code: str,
    name: str,
    name_cy: str,
    closed: bool,
    by: UUID,
    now: datetime,
) -> None:
    """Call an area otherwise, close it or open it again. Whoever belongs to it still does. Raises NotFound."""
    row = db.get(Area, area_id)
    if row is None or row.authority_id != authority_id:
        raise NotFound("area")
    values = _clean(code, name, name_cy)
    if (row.code, row.name, row.name_cy, row.closed_at is not None) == (*values.values(), closed):
        return
    others = Area.authority_id == authority_id, Area.id != area_id
    taken = select(Area.id).where(*others, (Area.code == values["code"]) | (Area.name == values["name"]))
    if db.scalar(taken.limit(1)) is not None:
        raise Refused(_TAKEN)
    row.code, row.name, row.name_cy = values["code"], values["name"], values["name_cy"]
    row.closed_at = (row.closed_at or now) if closed else None
    db.flush()
    fact = AreaChanged(about=by, authority_id=authority_id, area_id=area_id, closed=closed)
    record(db, fact, by=by, now=now, behalf=authority_id)


def _clean(code: str, name: str, name_cy: str) -> dict[str, Any]:
    code, called, welsh = code.strip(), clean_name(name), " ".join(name_cy.split())
    if not _CODE.fullmatch(code):
        raise Refused(N_("Give a code of up to 40 letters, digits, dots or hyphens, such as NORTH-1."))
    if len(called) > LONGEST or len(welsh) > LONGEST:
        raise Refused(N_("Give the area a name of up to %(most)s letters."), most=LONGEST)
    return {"code": code, "name": called, "name_cy": welsh or None}


def give_areas(db: Db, *, authority_id: UUID, areas: Mapping[UUID, UUID | None], by: UUID | None, now: datetime) -> int:
    """Say to which area these PAs belong, None: to none; how many that changed. Also for an import of many.

    Raises NotFound when one of them never was a PA there, or for another authority's area. Refused for one that is
    closed.
    """
    if set(areas) - queries.ever_pas(db, authority_id, list(areas)):
        raise NotFound("person")
    known = _open(db, authority_id, areas.values())
    before = queries.area_of_people(db, authority_id, list(areas))
    changed = {id: area for id, area in areas.items() if before.get(id) != area}
    if not changed:
        return 0
    db.execute(
        delete(PersonArea).where(PersonArea.authority_id == authority_id, PersonArea.person_id.in_(list(changed)))
    )
    rows = [
        {"authority_id": authority_id, "person_id": id, "area_id": known[area], "set_by": by, "set_at": now}
        for id, area in changed.items()
        if area is not None
    ]
    if rows:
        db.execute(insert(PersonArea), rows)
    facts = [AreaGiven(about=id, authority_id=authority_id, area_id=area) for id, area in sorted(changed.items())]
    record_all(db, facts, by=by, now=now, behalf=authority_id)
    return len(changed)


def give_employer_areas(
    db: Db, *, authority_id: UUID, areas: Mapping[UUID, UUID | None], by: UUID | None, now: datetime
) -> int:
    """The same for individual employers. Raises NotFound for one behind another authority's wall."""
    homes = people.organisations(db, list(areas))
    for id in areas:
        home = homes.get(id)
        if home is None or home.kind is not OrganisationKind.INDIVIDUAL_EMPLOYER or home.authority_id != authority_id:
            raise NotFound("employer")
    known = _open(db, authority_id, areas.values())
    before = queries.area_of_employers(db, authority_id, list(areas))
    changed = {id: area for id, area in areas.items() if before.get(id) != area}
    if not changed:
        return 0
    db.execute(delete(EmployerArea).where(EmployerArea.employer_id.in_(list(changed))))
    rows = [
        {"employer_id": id, "area_id": known[area], "set_by": by, "set_at": now}
        for id, area in changed.items()
        if area is not None
    ]
    if rows:
        db.execute(insert(EmployerArea), rows)
    facts = [
        EmployerAreaGiven(about=by or id, authority_id=authority_id, employer_id=id, area_id=area)
        for id, area in sorted(changed.items())
    ]
    record_all(db, facts, by=by, now=now, behalf=authority_id)
    return len(changed)


def _open(db: Db, authority_id: UUID, wanted: Any) -> dict[UUID, UUID]:
    """The areas that are asked for, each by itself, once it is sure that somebody can be put into all of them."""
    ids = {id for id in wanted if id is not None}
    known = {each.id: each for each in queries.areas_of(db, authority_id)} if ids else {}
    if ids - set(known):
        raise NotFound("area")
    for id in ids:
        if known[id].closed:
            raise Refused(N_("The area %(name)s is closed. Choose another one."), name=known[id].name)
    return {id: id for id in ids}
