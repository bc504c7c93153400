"""What both halves of the pages of checks share: the blueprint, and whose checks a page is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.core.web.rooms import room
from lms.core.web.state import today, unit
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.guards import viewer
from lms.people.queries import OrganisationView
from lms.register import queries as register
from lms.register.checks import rules
from lms.register.checks.kinds import RightToAsk
from lms.register.checks.queries import DisclosureView
from lms.register.checks.rules import Stop
from lms.register.content import Edition
from lms.register.findings import Finding
from lms.register.kinds import Requirement, RequirementKind
from lms.register.lines import Line
from lms.register.queries import RecordView

pages = room("checks", __name__)

SHOWN = frozenset({RequirementKind.IDENTITY, RequirementKind.RIGHT_TO_WORK, RequirementKind.REFERENCE})
"""The checks beside the certificates of the DBS."""


@dataclass(frozen=True)
class Checks:
    """What the rules ask of one PA's checks, how each requirement stands, and what else was seen."""

    edition: Edition
    needed: list[Requirement]
    findings: list[tuple[Line, Finding]]
    others: list[RecordView]

    def due(self, view: DisclosureView) -> date | None:
        """The day by which the update service is to be asked again about a certificate."""
        return rules.recheck_due(self.needed, view.disclosure)


def checks_of(person_id: UUID, authority_id: UUID) -> Checks:
    """What is asked of a PA's checks and how it stands today. NotFound where the authority has no rules."""
    judged = register.verdict_of(unit(), person_id, authority_id, today())
    if judged is None:
        raise NotFound("rules")
    said = register.circumstances_of(unit(), person_id, authority_id)
    needed = rules.applying(judged.edition.rules.requirements, (c for c, holds in said.items() if holds))
    applying = {rule.code for rule in needed}
    lines = judged.edition.lines
    return Checks(
        edition=judged.edition,
        needed=needed,
        findings=[
            (lines[f.code], f) for f in judged.verdict.findings if f.code in applying and f.kind is RequirementKind.DBS
        ],
        others=[r for r in register.records_of(unit(), person_id, authority_id) if r.kind in SHOWN],
    )


def own_authority(authority_id: UUID) -> OrganisationView:
    """An authority that knows the viewer as a PA. NotFound for any other."""
    known = people.authorities_of(unit(), viewer().person_id, today())
    found = next((a for a in known if a.id == authority_id), None)
    if found is None:
        raise NotFound("authority")
    return found


Said = tuple[RightToAsk, datetime] | None
"""What a PA said last about status checks, and when."""


def given(said: Said) -> bool:
    """Whether the PA agrees to status checks."""
    return said is not None and said[0] is RightToAsk.GIVEN


def stops(checks: Checks, view: DisclosureView, said: Said) -> Stop | None:
    """What stands in the way of a status check about a certificate today."""
    return rules.stops(checks.needed, view.disclosure, consent=given(said), on=today())


def asked_about(checks: Checks, views: Iterable[DisclosureView], said: Said) -> frozenset[UUID]:
    """The certificates about which the update service may be asked."""
    return frozenset(view.id for view in views if stops(checks, view, said) is None)
