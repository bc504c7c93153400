"""What PAs learned here, in the register's words: modules, certificates, standards, knowledge, units and criteria.

It only reads, and only what the rules name. What a code covers follows from the shelves, never from a title:

- a module when all its learning is done, further modules alike;
- a certificate that was not withdrawn, replaced or suspended, up to its last day;
- a Care Certificate standard (`CC3`, or of one edition only `cc-2025:CC3`) whose sign-off stands;
- the knowledge of the Care Certificate (`all`: of any edition, or of one only `cc-2025`) once every line of an edition
  about what somebody knows was shown;
- a unit of practice whose sign-off stands;
- a criterion (`cc-2025:3.1a`) by the last decision on it, by learning that shows it, or with its unit's sign-off.

The whole Care Certificate, seen on paper or earned here, covers all standards of its edition with their knowledge.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from uuid import UUID

from lms.assessment import earned
from lms.assessment.content import Framework, Frameworks
from lms.assessment.earned import UnitEarned
from lms.certification import queries as certification
from lms.certification.content import CertificateDesigns
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import queries as learning
from lms.register.content import RegisterRules
from lms.register.held import Learned
from lms.register.kinds import Item, LearningNeeded, Requirement, TrainingKind
from lms.register.rules import AuthorityRules

Kind = TrainingKind
ALL = "all"
COVERED = frozenset({Kind.CARE_CERTIFICATE_STANDARD, Kind.CARE_CERTIFICATE_KNOWLEDGE})
"""Kinds of which a certificate can cover some."""

_DAY = timedelta(days=1)


def items_of(requirements: Iterable[Requirement]) -> frozenset[Item]:
    """Every piece of learning that requirements name."""
    needed = (each for each in requirements if isinstance(each, LearningNeeded))
    return frozenset(item for each in needed for items in each.alternatives for item in items)


def learned_of_many(db: Db, person_ids: Collection[UUID], wanted: Collection[Item]) -> dict[UUID, list[Learned]]:
    """What each of these people learned of what is wanted, wherever they were enrolled: a constant number of queries.

    Which kinds are wanted decides what is asked at all.
    """
    kinds = {item.kind for item in wanted}
    found: defaultdict[UUID, list[Learned]] = defaultdict(list)
    if Kind.MODULE in kinds:
        _modules(db, person_ids, found)
    if kinds & {Kind.CERTIFICATE, *COVERED}:
        _certificates(db, person_ids, found)
    if kinds & {Kind.CARE_CERTIFICATE_STANDARD, Kind.UNIT, Kind.CRITERION}:
        _signed_off(db, person_ids, found, _criteria(wanted))
    if Kind.CARE_CERTIFICATE_KNOWLEDGE in kinds:
        _knowledge(db, person_ids, found)
    if Kind.CRITERION in kinds:
        _met(db, person_ids, found, _criteria(wanted))
    return found


def items_of_rules(rules: AuthorityRules) -> frozenset[Item]:
    """Every piece of learning that one edition's rules name, worked out once for them."""
    known = _ITEMS.get(id(rules))
    if known is None or known[0] is not rules:
        if len(_ITEMS) >= _MOST:
            _ITEMS.clear()
        known = _ITEMS[id(rules)] = rules, items_of(rules.requirements)
    return known[1]


_ITEMS: dict[int, tuple[AuthorityRules, frozenset[Item]]] = {}
_MOST = 5000

_Found = dict[UUID, list[Learned]]


def _modules(db: Db, person_ids: Collection[UUID], found: _Found) -> None:
    for person_id, modules in learning.modules_passed_of(db, person_ids).items():
        found[person_id] += [Learned(item=Item(Kind.MODULE, code), on=on) for code, on in modules.items()]


def _certificates(db: Db, person_ids: Collection[UUID], found: _Found) -> None:
    for person_id, several in certification.earned_by(db, person_ids).items():
        for each in several:
            last = each.lapses_on - _DAY if each.lapses_on else None
            found[person_id].append(Learned(item=Item(Kind.CERTIFICATE, each.code), on=each.issued_on, ends_on=last))


def _signed_off(db: Db, person_ids: Collection[UUID], found: _Found, criteria: Mapping[tuple[str, str], Item]) -> None:
    frameworks = shelf(db, Frameworks)
    for person_id, units in earned.units_of(db, person_ids).items():
        for unit in units:
            found[person_id] += [Learned(item=item, on=unit.on) for item in _of_unit(unit)]
            if criteria:
                found[person_id] += [
                    Learned(item=item, on=unit.on) for item in _lines_of_unit(frameworks, unit, criteria)
                ]


def _of_unit(unit: UnitEarned) -> Iterator[Item]:
    if unit.standards:
        yield from _standard(unit.framework, unit.unit)
    else:
        yield Item(Kind.UNIT, unit.unit)


def _standard(framework: str, unit: str) -> tuple[Item, Item]:
    """A standard by its own code, and by that of its edition alone."""
    kind = Kind.CARE_CERTIFICATE_STANDARD
    return Item(kind, unit), Item(kind, f"{framework}:{unit}")


def _lines_of_unit(
    frameworks: Frameworks, unit: UnitEarned, criteria: Mapping[tuple[str, str], Item]
) -> Iterator[Item]:
    placed = frameworks.placed(unit.framework, unit.edition, unit.unit)
    for line in placed.unit.lines if placed else ():
        if (unit.framework, line.key) in criteria:
            yield criteria[unit.framework, line.key]


def _knowledge(db: Db, person_ids: Collection[UUID], found: _Found) -> None:
    for person_id, editions in earned.knowledge_of(db, person_ids).items():
        for framework, on in editions.items():
            found[person_id] += [Learned(item=item, on=on) for item in _knows(framework)]


def _knows(framework: str) -> tuple[Item, Item]:
    return Item(Kind.CARE_CERTIFICATE_KNOWLEDGE, ALL), Item(Kind.CARE_CERTIFICATE_KNOWLEDGE, framework)


def _met(db: Db, person_ids: Collection[UUID], found: _Found, criteria: Mapping[tuple[str, str], Item]) -> None:
    for person_id, lines in earned.lines_of(db, person_ids, criteria).items():
        found[person_id] += [Learned(item=criteria[line], on=on) for line, on in lines.items()]


def _criteria(wanted: Collection[Item]) -> dict[tuple[str, str], Item]:
    """The lines that criteria name, by framework and key."""
    found = {}
    for item in wanted:
        if item.kind is Kind.CRITERION:
            framework, _, key = item.code.partition(":")
            found[framework, key] = item
    return found


# What a certificate covers besides itself ────────────────────────────────────────────────────────────────────────────


class Covered:
    """What certificates of whole frameworks cover: from the shelves, by the code that stands on them."""

    def __init__(self, frameworks: Iterable[Framework], designs: CertificateDesigns) -> None:
        self._items: dict[str, tuple[Item, ...]] = {}
        for framework in frameworks:
            for design in designs.by_kind.values():
                needs = design.needs
                if not design.code or not (needs.standards_signed_off or needs.knowledge_shown):
                    continue
                items = list(_knows(framework.code))
                if needs.standards_signed_off:
                    items += [item for unit in framework.units for item in _standard(framework.code, unit.code)]
                self._items[design.code % {"edition": framework.edition}] = tuple(items)

    def by(self, learned: Learned) -> Iterator[Learned]:
        """What else somebody has who has this; it ends with it."""
        if learned.item.kind is Kind.CERTIFICATE:
            for item in self._items.get(learned.item.code, ()):
                yield Learned(item=item, on=learned.on, ends_on=learned.ends_on)


def covered(db: Db) -> Covered:
    """What certificates cover by the shelves of this unit of work, worked out once for them."""
    known = shelf(db, RegisterRules).known
    if Covered not in known:
        known[Covered] = Covered(shelf(db, Frameworks).standards(), shelf(db, CertificateDesigns))
    made: Covered = known[Covered]
    return made
