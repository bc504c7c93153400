"""What the form offers, how many are chosen, and what a work is called."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from lms.assessment.standing import assessors_for
from lms.certification.bulk.choices import choices
from lms.certification.bulk.forms import called
from lms.core import i18n
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.web.texts import _, language
from lms.learning.catalogue import Courses
from lms.people import queries as people
from lms.people.areas import queries as areas
from lms.people.rules import Role
from lms.programme.bulk.choosing import as_ids, members_of
from lms.programme.bulk.labels import WHATS
from lms.programme.bulk.words import What
from lms.programme.desk.lists import Wanted
from lms.programme.desk.selecting import people_in
from lms.programme.groups import queries as groups

Offered = Mapping[str, list[tuple[str, str]]]


def offered(db: Db, authority_id: UUID, on: date) -> Offered:
    """The choices of each field, as value and words."""
    tongue = language()
    courses = shelf(db, Courses).courses.values()
    there = [(str(id), name) for id, name in groups.names_in(db, authority_id)]
    return {
        "course": [(each.code, each.title.text(tongue)) for each in courses if each.for_pas],
        "certificate": [(each.value, called(each, tongue)) for each in choices(db)],
        "area": [(str(each.id), each.called(tongue)) for each in areas.areas_of(db, authority_id) if not each.closed],
        "group": there,
        "out_of": there,
        "assessors": [
            (str(each.id), f"{each.name} ({each.email})" if each.email else each.name)
            for each in assessors_for(db, authority_id, on)
        ],
    }


def asked_for(given: MultiDict[str, str], on: date) -> dict[str, Any]:
    """Who was chosen on another page: ticked, or everybody its list shows; empty when nobody was."""
    if ids := as_ids(given.getlist("enrolment")):
        return {"enrolments": [str(id) for id in ids]}
    if ids := as_ids(given.getlist("person")):
        return {"people": [str(id) for id in ids]}
    if ids := as_ids([given.get("of_group")]):
        return {"of_group": str(ids[0])}
    if "named" in given:
        return {"named": given["named"].strip()[:100]}
    return {"list": Wanted.read(given, on).told()} if "which" in given else {}


def count(db: Db, authority_id: UUID, chosen: Mapping[str, Any], on: date) -> int:
    """How many are chosen; 0 when they are pasted in."""
    match chosen:
        case {"list": asked}:
            return len(people_in(db, authority_id, asked, on))
        case {"named": search}:
            return people.count_people_in(db, authority_id, Role.PA, on, search=search)
        case {"of_group": str(group_id)}:
            return len(members_of(db, authority_id, group_id))
        case {"people": ids} | {"enrolments": ids}:
            return len(ids)
    return 0


def title(db: Db, authority_id: UUID, what: What, details: Mapping[str, Any]) -> str:
    """What a work is called, in the words of whoever asks for it."""
    said, here = _(WHATS[what][0]), offered(db, authority_id, date.min)
    named = [
        dict(here[name]).get(str(details[name]), "")
        for name in ("course", "certificate", "area", "group")
        if details.get(name)
    ]
    if details.get("until"):
        named.append(_("up to %(day)s", day=i18n.day(date.fromisoformat(details["until"]), language())))
    about = ", ".join(each for each in named if each)
    return f"{said}: {about}"[:200] if about else said
