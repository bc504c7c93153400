"""What checks write when a fact is recorded: what waits for the register team, worked out again."""

from datetime import datetime

from lms.core.db import Db
from lms.register.checks.events import DisclosureReviewAsked, DisclosureReviewDecided, StatusConsentSaid
from lms.register.checks.following import follow
from lms.register.events import CircumstancesSaid, DisclosureStepTaken, RequirementSeen
from lms.register.kinds import RequirementKind

About = DisclosureStepTaken | DisclosureReviewAsked | DisclosureReviewDecided | StatusConsentSaid | CircumstancesSaid


def follow_record(db: Db, fact: RequirementSeen, now: datetime) -> None:
    """A certificate was seen."""
    if fact.kind == RequirementKind.DBS:
        follow(db, fact.about, fact.authority_id, now)


def follow_fact(db: Db, fact: About, now: datetime) -> None:
    """Something followed a certificate, or decides whether the update service may be asked."""
    follow(db, fact.about, fact.authority_id, now)
