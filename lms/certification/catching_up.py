"""Gives certificates of kinds that are new, or whose rule is, to those who fulfil it already, a piece at a time.

A kind comes with an upgrade or a pack, and what it asks for may have come true long before. Each minute the worker
compares the digest of every rule with those it went through everybody's records for: when all are known, that is one
question and nothing else. What was issued before stays as it is. Knowledge counts under the mapping of the day, so a
new mapping of what shows what is looked through again as well.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, tuple_

from lms.assessment.knowledge import catching_up as mappings
from lms.certification import services
from lms.certification.content import By, CertificateDesign, CertificateDesigns
from lms.certification.freezing import digest
from lms.certification.models import KindRead
from lms.certification.rules import Need
from lms.core.db import add_once
from lms.core.house import House
from lms.learning.done import running_after

AT_ONCE = 100
"""Enrolments looked through in one go."""

PIECES = 10
"""How many goes a minute: a few seconds of the worker's time."""


def catch_up(house: House, now: datetime) -> int:
    """Go on with the rules that are not looked through yet; returns how many enrolments were looked through."""
    done = 0
    rules = _rules(house)
    for _ in range(PIECES):
        open_ones = _open_rules(house, rules)
        if not open_ones:
            break
        done += _go_on(house, open_ones, now)
    return done


def _open_rules(house: House, rules: Mapping[str, str]) -> Mapping[str, str]:
    """Of the rules that are not looked through, those that are as far as the one that is least far."""
    with house.database.reading() as db:
        known = tuple_(KindRead.kind, KindRead.rule).in_(rules.items())
        rows = {row.kind: row for row in db.scalars(select(KindRead).where(known))}
    ended = {kind for kind, row in rows.items() if row.done_at is not None}
    far = {kind: rows[kind].after if kind in rows else None for kind in rules.keys() - ended}
    least = min(far.values(), key=lambda each: (each is not None, str(each)), default=None)
    return {kind: rules[kind] for kind, after in far.items() if after == least}


def _rules(house: House) -> Mapping[str, str]:
    """The digest of the rule of each kind that comes by itself."""
    designs: CertificateDesigns = house.shelves[CertificateDesigns]
    asked = [design for design in designs.by_kind.values() if design.issued == "at_once"]
    mapping = mappings.looked_through(house) if any(_of_knowledge(design) for design in asked) else ""
    return {d.kind: _rule(d, mapping if _of_knowledge(d) else "") for d in asked if d.earned is not By.ATTENDANCE}


def _of_knowledge(design: CertificateDesign) -> bool:
    return Need.KNOWLEDGE_SHOWN in design.asked


def _rule(design: CertificateDesign, mapping: str) -> str:
    named = design.model_dump(mode="json", include=_RULE)
    return digest([named, mapping])


_RULE = {"kind", "earned", "of", "code", "needs", "refreshed_by", "not_older_than_months", "issued"}


def _go_on(house: House, rules: Mapping[str, str], now: datetime) -> int:
    """The next piece. Only whoever is given something is written for, each in a unit of work of its own."""
    with house.database.writing() as db:
        for kind, rule in rules.items():
            add_once(db, KindRead(kind=kind, rule=rule, after=None, began_at=now, done_at=None))
    with house.database.reading() as db:
        after = db.get_one(KindRead, next(iter(rules.items()))).after
        found = running_after(db, after, limit=AT_ONCE)
        given = [each for each in found if services.would_come(db, each, now, kinds=rules.keys())]
    for enrolment_id in given:
        with house.database.writing() as db:
            services.look(db, enrolment_id, now, kinds=rules.keys())
    with house.database.writing() as db:
        for key in rules.items():
            row = db.get_one(KindRead, key, with_for_update=True)
            # Two workers may have done the same piece, which is harmless; neither takes the other back.
            if found and (row.after is None or row.after < found[-1]):
                row.after = found[-1]
            if len(found) < AT_ONCE:
                row.done_at = row.done_at or now
    return len(found)
