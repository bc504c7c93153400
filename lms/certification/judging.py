"""Whether a certificate may be issued, by its rule and by what is on record. Reads, and writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.certification import grounds as reading
from lms.certification.content import By
from lms.certification.grounds import Award, Facts
from lms.certification.rules import (
    Earlier,
    Ground,
    MissingThing,
    Named,
    Need,
    Verdict,
    comes_anew,
    issuable,
    months_before,
)
from lms.certification.waiting import waits_since

_STUDIED = frozenset({Need.MODULE_STUDIED, Need.MODULES_STUDIED, Need.REFRESHED})


@dataclass(frozen=True)
class Judged:
    """A verdict with what it rests on; `renews` is the certificate that a new one would go on from."""

    verdict: Verdict
    grounds: tuple[Ground, ...] = ()
    renews: UUID | None = None


def judge(facts: Facts, award: Award, *, quickly: bool = False) -> Judged:
    """Whether a certificate may be issued now. `quickly`: end at the first thing that is missing.

    Costs the queries of what the rule asks for; one where a certificate stands already.
    """
    before = earlier_of(facts, award)
    standing = next((each for each in reversed(before) if each.withdrawn is None), None)
    if standing is not None and not (award.design.renews and standing.source_id != award.source.id):
        return Judged(Verdict(already=standing.id))
    found, missing = _found(facts, award, standing, quickly=quickly)
    if quickly and missing:
        return Judged(Verdict(tuple(missing)))
    last = max((each.at for each in found if each.at), default=None)
    withdrawn = before[before.index(standing) + 1 :] if standing else before
    if not missing and not comes_anew(withdrawn, earned_at=last, renews=award.design.renews):
        return Judged(Verdict(already=withdrawn[-1].id))
    waits = None if missing else _waits(facts, award, found)
    return Judged(Verdict(tuple(missing), waits), tuple(found), standing.id if standing else None)


def earlier_of(facts: Facts, award: Award) -> list[Earlier]:
    """The certificates of the same that were issued before, the first first.

    For a module it is asked enrolment by enrolment; what a whole course or framework earns is earned once, in
    whichever enrolment the last of it comes.
    """
    design = award.design
    alone = design.earned in {By.MODULE, By.ATTENDANCE} and not design.renews
    same = [each for each in facts.before if (each.kind, each.code) == (design.kind, award.code)]
    return [each for each in same if each.source_id == award.source.id] if alone else same


def _found(
    facts: Facts, award: Award, renewed: Earlier | None, *, quickly: bool
) -> tuple[list[Ground], list[MissingThing]]:
    design = award.design
    since = months_before(facts.on, design.not_older_than_months) if design.not_older_than_months else None
    found: list[Ground] = []
    missing: list[MissingThing] = []
    for need in design.asked:
        of_need = reading.grounds(facts, award, need, renewed)
        if of_need is None:
            continue
        missing.extend(issuable([need], {need: of_need}, since=since).missing)
        missing.extend(_not_said(award, of_need))
        if missing and quickly:
            return [], missing
        found.extend(of_need)
    return found, missing


def _not_said(award: Award, grounds: tuple[Ground, ...]) -> Iterator[MissingThing]:
    """What was not studied but accepted as prior learning, where a kind has no words for that."""
    prior = tuple(Named(each.code, each.title) for each in grounds if each.prior and each.need in _STUDIED)
    if prior and not award.design.proves_with_prior:
        yield MissingThing(Need.OWN_STUDY, prior)


def _waits(facts: Facts, award: Award, grounds: list[Ground]) -> date | None:
    """Since when it waits for a sample of what was signed off; None when it does not, or the kind does not wait."""
    if "sample" not in award.design.waits_for:
        return None
    signed = {(each.enrolment_id, each.code) for each in grounds if each.enrolment_id is not None}
    return waits_since(facts.db, award.source.holder_id, signed)
