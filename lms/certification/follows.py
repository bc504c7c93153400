"""What follows when a module is studied, and which certificates are on the way. For the pages of learners."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.assessment import places
from lms.assessment import queries as assessment
from lms.assessment.content import Framework
from lms.certification import awards, queries, sentences, sources
from lms.certification.content import By, CertificateDesigns
from lms.certification.grounds import Award, Facts
from lms.certification.judging import judge
from lms.certification.queries import CertificateView
from lms.certification.rules import Need, Needs, Verdict
from lms.certification.services import MODULE
from lms.core.content import Words
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.words import Say
from lms.learning import queries as learning
from lms.learning.catalogue import Courses


@dataclass(frozen=True)
class Follows:
    """What comes after the study of one module.

    `units`: how many pieces of practice are recorded here for it, `signed` how many of them are signed off. `earns`:
    whether a certificate of its own can come for it; `certificate` the one that came.
    """

    module: str
    units: int
    signed: int
    earns: bool
    certificate: CertificateView | None

    @property
    def to_show(self) -> bool:
        """Whether somebody has still to see it at work."""
        return self.signed < self.units


def what_follows(db: Db, enrolment_id: UUID) -> Mapping[str, Follows]:
    """What follows in an enrolment, by module; modules after which nothing follows are left out.

    A module without practice earns no certificate while the rule asks for a sign-off, and neither does one that was
    accepted as prior learning as a whole: it was not studied.
    """
    design = shelf(db, CertificateDesigns).by_kind.get(MODULE)
    practice = assessment.practice_of(db, enrolment_id)
    prior = learning.prior_outcomes(db, enrolment_id)
    enrolment = learning.enrolment(db, enrolment_id)
    issued = {
        each.code: each
        for each in queries.certificates_of(db, enrolment.learner_id)
        if each.enrolment_id == enrolment_id and each.kind == MODULE
    }
    found: dict[str, Follows] = {}
    for module in shelf(db, Courses).modules_of(enrolment.course, enrolment.editions):
        units = [record for record in practice if record.placed.unit.module == module.code]
        signed = sum(record.sign_off is not None for record in units)
        earns = design is not None and can_come(design.needs, practised=bool(units), studied=module.code not in prior)
        found[module.code] = Follows(module.code, len(units), signed, earns, issued.get(module.code))
    return {code: each for code, each in found.items() if each.units or each.earns or each.certificate}


def can_come(needs: Needs, *, practised: bool, studied: bool) -> bool:
    """Whether a rule can ever be met for a module: it has practice where a sign-off is asked for, and is studied."""
    return (practised or needs.practice_signed_off is not True) and (studied or not needs.module_studied)


@dataclass(frozen=True)
class OnTheWay:
    """A certificate somebody has begun to earn: of all its rule asks for how much is there, and what is missing."""

    kind: str
    code: str
    title: Words
    enrolment_id: UUID
    met: int
    asked: int
    verdict: Verdict
    framework: str | None = None

    @property
    def waits_since(self) -> date | None:
        """Since when it waits for a quality sample."""
        return self.verdict.waits_since

    def lines(self, say: Say, language: str) -> list[str]:
        """What is missing in plain words, a sentence for each thing."""
        return self.verdict.lines(say, language)


def on_the_way(db: Db, person_id: UUID, now: datetime) -> tuple[OnTheWay, ...]:
    """The certificates a learner is on the way to, the nearest first; those held are not among them.

    Of a course, from enrolment on; of a module, once something of it is there; of standards, once those of one set
    are begun, by the set that is worked to or the one furthest on. A number of queries that does not grow with what
    was done.
    """
    found: list[OnTheWay] = []
    last: Facts | None = None
    by_themselves = [each for each in shelf(db, CertificateDesigns).by_kind.values() if each.issued != "by_hand"]
    running = learning.enrolments_of(db, person_id)
    for enrolment in running:
        source = sources.of_enrolment(enrolment)
        last = facts = last.of(source) if last else Facts(db, source, now, days=False, running=running)
        for design in by_themselves:
            ways = [way for award in awards.awards(db, design, facts.source) if (way := _way(facts, award))]
            found.extend(_nearest(db, enrolment.id, ways) if design.earned is By.FRAMEWORK else ways)
    return tuple(sorted(found, key=lambda each: (each.asked - each.met, each.kind, each.code)))


@dataclass(frozen=True)
class Comes:
    """A certificate for a whole course, or for the standards it teaches: the one that came, or the way to it."""

    certificate: CertificateView | None = None
    way: OnTheWay | None = None


def of_course(db: Db, enrolment_id: UUID, now: datetime) -> tuple[Comes, ...]:
    """The certificates for the whole of a course: those that came in this enrolment, then those still to come."""
    enrolment = learning.enrolment(db, enrolment_id)
    kinds = shelf(db, CertificateDesigns).by_kind
    whole = {kind for kind, design in kinds.items() if design.earned in {By.COURSE, By.FRAMEWORK}}
    held = [each for each in queries.certificates_of(db, enrolment.learner_id) if each.kind in whole]
    ways = [each for each in on_the_way(db, enrolment.learner_id, now) if each.kind in whole]
    return (
        *(Comes(certificate=each) for each in held if each.enrolment_id == enrolment_id),
        *(Comes(way=each) for each in ways if each.enrolment_id == enrolment_id),
    )


def _way(facts: Facts, award: Award) -> OnTheWay | None:
    if _is_far(facts, award):
        return None
    judged = judge(facts, award)
    met = sum(each.at is not None for each in judged.grounds)
    begun = met > 0 or award.design.earned is By.COURSE
    if judged.verdict.already or not begun:
        return None
    title = Words(
        en=_titled(award, "en"),
        cy=_titled(award, "cy") if award.design.title.cy and award.title.cy else None,
    )
    assert facts.source.enrolment is not None
    return OnTheWay(
        kind=award.design.kind,
        code=award.code,
        title=title,
        enrolment_id=facts.source.id,
        met=met,
        asked=len(judged.grounds),
        verdict=judged.verdict,
        framework=award.framework.code if award.framework else None,
    )


def _is_far(facts: Facts, award: Award) -> bool:
    """Whether a certificate is not on the way, as one sees without judging it: most are not, on every such page."""
    needs = award.design.needs
    if not {each.earlier.code for each in facts.held}.issuperset(needs.certificates_held):
        return True
    if award.module is not None:
        units = facts.practised.get(award.module.code, ())
        if not can_come(needs, practised=bool(units), studied=True):
            return True
        begun = award.module.code in facts.studied or any(placed.unit.code in facts.signed for placed in units)
        return not begun and _OF_A_MODULE.issuperset(award.design.asked)
    of_its_own = needs.knowledge_shown is True or needs.standards_signed_off is True
    begins = _OF_STANDARDS.get(award.design.asked) if of_its_own else None
    return begins is not None and award.framework is not None and not begins(facts, award.framework)


def _has_shown(facts: Facts, framework: Framework) -> bool:
    """Whether all that is asked to be known of some standard of a framework is shown."""
    shown = facts.shown(framework)
    asked = (unit.knowledge for unit in framework.units if unit.knowledge)
    return bool(shown) and any(shown.issuperset(line.key for line in lines) for lines in asked)


def _has_signed(facts: Facts, framework: Framework) -> bool:
    """Whether some standard of a framework is signed off."""
    return any(end.framework == framework.code for end in facts.signed_anywhere)


_OF_A_MODULE = frozenset({Need.MODULE_STUDIED, Need.PRACTICE_SIGNED_OFF})
_OF_STANDARDS: Mapping[tuple[Need, ...], Callable[[Facts, Framework], bool]] = {
    (Need.KNOWLEDGE_SHOWN,): _has_shown,
    (Need.STANDARDS_SIGNED_OFF,): _has_signed,
}
"""Of rules that ask for no more than these is seen at once whether anything is there."""


def _titled(award: Award, language: str) -> str:
    """A kind's title with what it is for; places that are known only at issue stay empty."""
    said = {"module": award.title.text(language), "framework": award.title.text(language), "code": award.code}
    return sentences.filled(award.design.title.text(language), dict.fromkeys(sentences.PLACES, "") | said)


def _nearest(db: Db, enrolment_id: UUID, ways: Sequence[OnTheWay]) -> list[OnTheWay]:
    """Of several sets of standards the one that is worked to, else the one furthest on."""
    if len(ways) < 2:
        return list(ways)
    works_to = places.works_to(db, enrolment_id)
    own = [way for way in ways if works_to and way.framework == works_to]
    return own[:1] or sorted(ways, key=lambda way: way.asked - way.met)[:1]
