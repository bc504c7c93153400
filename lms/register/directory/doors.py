"""The blueprint of profiles and contact, and the doors to them: whose profile, whose household, whose contact."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import request

from lms.certification import queries as certification
from lms.certification.content import By, CertificateDesigns
from lms.core import i18n
from lms.core.shelves import shelf
from lms.core.web.rooms import room
from lms.core.web.state import today, unit
from lms.core.web.texts import _, language
from lms.core.words import NotFound
from lms.learning.catalogue import Courses
from lms.people import queries as people
from lms.people.guards import viewer
from lms.people.queries import OrganisationView
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.directory import contact_queries, queries
from lms.register.directory.contact_queries import ContactView
from lms.register.directory.profile import STATEMENTS_SEEN, TRAINING_SEEN
from lms.register.directory.queries import SettingView
from lms.register.directory.words import Side
from lms.register.kinds import RequirementState

pages = room("directory", __name__)

TEAM = (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)
KNOWLEDGE = "CCK-"
"""Modules that teach for the Care Certificate: what shows them is the statement for all of them."""

_MET = (RequirementState.MET, RequirementState.EXPIRING)
_EDITION = re.compile(r"%\(edition\)s")
HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


@dataclass(frozen=True)
class Household:
    """The household the viewer acts for on this page, and how its authority uses the simple register."""

    id: UUID
    authority: OrganisationView
    setting: SettingView


def own_authority(authority_id: UUID) -> tuple[OrganisationView, SettingView]:
    """An authority that knows the viewer as a PA and uses the simple register. NotFound for any other."""
    known = people.authorities_of(unit(), viewer().person_id, today())
    authority = next((one for one in known if one.id == authority_id), None)
    chosen = queries.setting(unit(), authority_id) if authority else None
    if authority is None or chosen is None or not chosen.is_on:
        raise NotFound("profile")
    return authority, chosen


def household(wanted: UUID | None = None) -> Household:
    """The household wanted, or asked for by ?household=…, else the viewer's first. NotFound where this is off."""
    asked = str(wanted) if wanted else request.args.get("household")
    acts = sorted((held.organisation_id, held.authority_id) for held in viewer().roles if held.role in HOUSEHOLD)
    for organisation_id, authority_id in acts:
        if asked in {None, "", str(organisation_id)} and authority_id is not None:
            chosen = queries.setting(unit(), authority_id)
            if chosen is not None and chosen.is_on:
                return Household(organisation_id, people.organisation(unit(), authority_id), chosen)
    raise NotFound("household")


def own_contact(contact_id: UUID) -> tuple[ContactView, Side]:
    """A contact the viewer has a side in, and which. NotFound for others, and for introductions not agreed to yet."""
    found = contact_queries.contact(unit(), contact_id)
    if found is None or not queries.is_on(unit(), found.authority_id):
        raise NotFound("contact")
    if found.pa_id == viewer().person_id and register.knows(unit(), found.authority_id, viewer().person_id, today()):
        return found, Side.PA
    if found.employer_id in viewer().organisations(*HOUSEHOLD) and found.open_to_household:
        return found, Side.EMPLOYER
    raise NotFound("contact")


def team_authority(authority_id: UUID) -> None:
    """Raises NotFound unless the viewer is of this authority's register team."""
    if authority_id not in viewer().authorities(*TEAM):
        raise NotFound("authority")


@dataclass(frozen=True)
class Shown:
    """What stands beside a profile: certificates by title with their month, and what the register team has seen."""

    training: list[tuple[str, str]]
    statements: list[tuple[str, str]]
    label: str


def training_of(person_id: UUID, on: date) -> list[tuple[str, str]]:
    """The certificates of a PA that count on a day: title and month, the newest first."""
    tongue = language()
    return [
        (each.title, i18n.month(each.issued_on, tongue))
        for each in certification.certificates_of(unit(), person_id)
        if each.lapses_on is None or each.lapses_on > on
    ]


def beside_profile(person_id: UUID, authority_id: UUID, *, provisional: bool) -> Shown:
    """What employers of this authority see beside a profile, worked out from facts today."""
    judged, tongue = register.verdict_of(unit(), person_id, authority_id, today()), language()
    if judged is None:
        return Shown([], [], "")
    sees, lines = queries.employer_sees(unit(), authority_id, today()), judged.edition.lines
    findings = {finding.code: finding for finding in judged.verdict.findings if finding.state in _MET}
    statements = [
        (line.title.text(tongue), i18n.month(since, tongue) if (since := findings[code].since) else "")
        for code, line in lines.items()
        if line.visible != "none" and code in findings
    ]
    return Shown(
        training=training_of(person_id, today()) if TRAINING_SEEN & sees else [],
        statements=statements if STATEMENTS_SEEN in sees else [],
        label=judged.edition.file.provisional.label.text(tongue) if provisional else "",
    )


def training_choices() -> list[tuple[str, str]]:
    """The certificates employers can ask for: code and title. A code that ends in * stands for every edition."""
    tongue, courses = language(), shelf(unit(), Courses)
    kinds = [
        (_EDITION.sub("*", design.code), design.title.text(tongue).split(":")[0])
        for design in shelf(unit(), CertificateDesigns).by_kind.values()
        if design.code and design.earned is not By.ATTENDANCE
    ]
    modules = [
        (code, module.title.text(tongue)) for code, module in courses.modules.items() if not code.startswith(KNOWLEDGE)
    ]
    return [*kinds, *sorted(modules)]


def spoken(codes: tuple[str, ...], labels: Mapping[str, str]) -> str:
    """Codes in words, in this request's language."""
    return ", ".join(_(labels[code]) for code in codes if code in labels)
