"""Asking a PA what other systems may be told: on their own page, and when they apply."""

from uuid import UUID, uuid5

from flask import request

from lms.core.web.state import now, today, unit
from lms.core.words import NotFound
from lms.people.guards import viewer
from lms.register import queries as register
from lms.register.feed import queries, services, sources
from lms.register.feed.labels import TOLD
from lms.register.feed.rules import Told


def may_be_told(authority_id: UUID) -> list[Told]:
    """What the rules of today let be told, in the order of the words. NotFound where there are no rules."""
    edition = register.edition_for(unit(), authority_id, today())
    if edition is None:
        raise NotFound("rules")
    may = sources.shown_by(edition).may
    return [one for one in TOLD if one in may]


def sent() -> set[Told]:
    """What the page that was answered showed, so that a PA agrees to nothing they did not read."""
    names = request.form.get("told", "")[:500].split(",")
    return {one for one in Told if one.value in names and one is not Told.VERDICT}


def asked_on_applying(authority_id: UUID) -> list[tuple[Told, str]]:
    """What the page on which a PA applies asks about, each with its words; nothing when they answered before."""
    if queries.agreement_of(unit(), viewer().person_id, authority_id) is not None:
        return []
    return [(one, TOLD[one]) for one in may_be_told(authority_id)]


def agree_on_applying(authority_id: UUID, key: UUID) -> None:
    """Keep the PA's agreement when they ticked it; `key` is the number of the form. Refused like `services.agree`."""
    if request.form.get("tell") != "yes":
        return
    services.agree(
        unit(),
        once=uuid5(key, "told"),
        person_id=viewer().person_id,
        authority_id=authority_id,
        told=sent(),
        now=now(),
    )
