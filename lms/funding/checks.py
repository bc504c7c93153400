"""Who and what: everything about claimant, learner, item and proof that can refuse a claim. Plain Python.

Each check yields its reasons: against when a known fact breaks a rule, for when a known fact meets it, and nothing
while the fact is not known.
"""

from collections.abc import Iterator, Mapping

from lms.funding.asked import Earlier
from lms.funding.question import Question
from lms.funding.reasons import Reason
from lms.funding.scheme import ClaimItem, DuplicateRule, Scheme
from lms.funding.vocabulary import (
    BLOCKING,
    ClaimShape,
    ClaimState,
    CostKind,
    EvidenceKind,
    LearnerKind,
    Part,
    Refusal,
    Support,
)
from lms.funding.windows import financial_year_start

TERMS_BY_EMPLOYER = "terms_accepted_by_employer"
_GRANTED = frozenset({ClaimState.APPROVED, ClaimState.PAID})
_HALVES = frozenset({Part.FIRST, Part.SECOND})


def place(q: Question) -> Iterator[Reason]:
    """The scheme covers this nation and, when it names areas, this area."""
    if q.asked.nation and q.asked.nation != q.scheme.nation:
        yield Reason(Refusal.NATION_NOT_COVERED, {"nation": q.scheme.nation.value})
    if q.scheme.area_codes and q.asked.area and q.asked.area not in q.scheme.area_codes:
        yield Reason(Refusal.OUTSIDE_AREA, {"area": q.asked.area})


def claimant(q: Question) -> Iterator[Reason]:
    """This kind of claimant may claim."""
    kind = q.asked.claimant
    if kind is None:
        return
    allowed = kind in q.scheme.claimants
    yield Reason(Support.CLAIMANT_ALLOWED if allowed else Refusal.CLAIMANT_KIND_NOT_ALLOWED, {"claimant": kind.value})
    wages, named = q.asked.wages_from, q.scheme.funding_sources_of_employer
    if allowed and wages and named and wages not in named:
        yield Reason(Refusal.CLAIMANT_KIND_NOT_ALLOWED, {"claimant": kind.value, "wages": wages.value})


def learner(q: Question) -> Iterator[Reason]:
    """The learner is not shut out, and is named where the scheme names whom it is for."""
    kind = q.asked.learner
    if kind is None:
        return
    shut_out = kind.also & set(q.scheme.excluded_learners) and not (q.item and q.item.any_staff and _on_staff(kind))
    left_out = q.scheme.beneficiaries and not kind.also & set(q.scheme.beneficiaries)
    refused = bool(shut_out or left_out)
    yield Reason(Refusal.LEARNER_NOT_ELIGIBLE if refused else Support.LEARNER_COVERED, {"learner": kind.value})


def _on_staff(kind: LearnerKind) -> bool:
    # "Any staff" opens an item to regulated professionals on the claimant's staff, never to PAs of somebody else.
    return kind is LearnerKind.REGULATED_PROFESSIONAL


def employer(q: Question) -> Iterator[Reason]:
    """Individual employer funding is for adults who employ for themselves, and only they accept its terms."""
    if q.asked.employs_for_a_child and q.has("not_employing_for_a_child"):
        yield Reason(Refusal.EMPLOYS_FOR_A_CHILD)
    accepted_by = q.asked.terms_accepted_by
    if q.has(TERMS_BY_EMPLOYER) and accepted_by and accepted_by != q.asked.claimant:
        yield Reason(Refusal.TERMS_NOT_ACCEPTED)
    if q.scheme.shape is ClaimShape.APPLICATION and q.asked.booked:
        yield Reason(Support.BOOKED_BEFORE_DECISION)


def item_listed(q: Question) -> Iterator[Reason]:
    """The item is on the scheme's list, and is not of a kind or a cost it never pays for."""
    named = q.asked.training or q.asked.item
    if q.item is None or q.asked.kind in q.scheme.not_fundable:
        yield Reason(Refusal.ITEM_NOT_ON_LIST, {"item": named})
    elif q.asked.training:
        yield Reason(Support.TRAINING_COVERED, {"training": named, "item": q.item.code})
    if q.asked.cost_kind and not covers_cost(q.scheme, q.asked.cost_kind):
        yield Reason(Refusal.COST_NOT_COVERED, {"cost": q.asked.cost_kind.value})
    if q.item and q.item.last_year_for_item:
        yield Reason(Support.LAST_YEAR_FOR_ITEM, {"item": q.item.code})


def covers_cost(scheme: Scheme, cost: CostKind) -> bool:
    """Whether a kind of cost counts under a scheme: it is not left out, and listed where the scheme lists them."""
    return cost not in scheme.excluded_costs and (not scheme.eligible_costs or cost in scheme.eligible_costs)


def parts(q: Question) -> Iterator[Reason]:
    """Parts and stages come in order, for the same employer, unless the scheme's rules for two parts say otherwise.

    A second part without a first has no rate, so that is out of order under any rules.
    """
    first, rules = q.asked.first_part, q.scheme.split_rules
    granted = first is not None and (
        first.state in _GRANTED or bool(rules and not rules.second_part_needs_first_approved)
    )
    if q.part is Part.SECOND and not granted:
        yield Reason(Refusal.PART_OUT_OF_ORDER)
    needed = q.item.requires_approved_item if q.item else None
    if needed and q.asked.approved_items is not None and needed not in q.asked.approved_items:
        yield Reason(Refusal.PART_OUT_OF_ORDER, {"item": needed})
    same = rules is None or rules.same_employer_for_both_parts
    if q.part is Part.SECOND and q.asked.employer_changed and same:
        yield Reason(Refusal.EMPLOYER_CHANGED_BETWEEN_PARTS)


def workforce(q: Question) -> Iterator[Reason]:
    """The claimant's workforce record is whole, nearly complete (nine in ten, usually), and of this financial year.

    Source: the published program code of the adult social care workforce data set service (official).
    """
    data, rule = q.asked.workforce, q.scheme.workforce_rule
    if data is None or not q.has("workforce_data_current"):
        return
    whole = data.staff_records == data.declared_staff or not rule.staff_records_equal_declared_staff
    enough = data.staff_records >= rule.minimum_records
    complete = data.eligible_records >= data.staff_records * rule.minimum_eligible_ratio
    stale = data.updated_on is not None and data.updated_on < financial_year_start(q.sent_on)
    if stale or not (whole and enough and complete):
        yield Reason(Refusal.WORKFORCE_DATA_NOT_CURRENT)


def proof(q: Question) -> Iterator[Reason]:
    """A claim that is sent in has its evidence, and its cost was paid before."""
    asked = q.asked
    if asked.submitted_on is None or q.item is None:
        return
    unpaid = asked.cost_paid == 0 or (asked.paid_on is not None and asked.paid_on > asked.submitted_on)
    if q.has("cost_incurred") and unpaid and not q.item.fixed_rate:
        yield Reason(Refusal.COST_NOT_INCURRED)
    if asked.passed is False and pays_without_pass(q):
        yield Reason(Support.COMPLETED_NOT_PASSED)
    if asked.evidence is not None and evidence_missing(q.item, q.part, _held(q, asked.evidence)):
        yield Reason(Refusal.EVIDENCE_MISSING)


def pays_without_pass(q: Question) -> bool:
    """Whether a training that was completed and not passed pays all the same."""
    return bool(q.scheme.split_rules and q.scheme.split_rules.completed_but_not_passed_still_pays and q.is_split)


def _held(q: Question, held: frozenset[EvidenceKind]) -> frozenset[EvidenceKind]:
    """What is held; nobody who did not pass has a certificate, so where that still pays none is asked for."""
    return held | {EvidenceKind.CERTIFICATE} if q.asked.passed is False and pays_without_pass(q) else held


def still_missing(q: Question, item: ClaimItem, held: frozenset[EvidenceKind]) -> tuple[EvidenceKind, ...]:
    """The kinds of evidence this question still needs."""
    return evidence_missing(item, q.part, _held(q, held))


def evidence_missing(item: ClaimItem, part: Part, held: frozenset[EvidenceKind]) -> tuple[EvidenceKind, ...]:
    """The kinds of evidence an item still needs; a first part is claimed before there can be a certificate."""
    if held & set(item.evidence_alternatives):
        return ()
    later = {EvidenceKind.CERTIFICATE} if part is Part.FIRST else set()
    return tuple(kind for kind in item.evidence if kind not in held and kind not in later)


def duplicates(q: Question) -> Iterator[Reason]:
    """One learner is funded once for one thing, whoever asked before.

    When the earlier claim is another organisation's, the reason says that one exists and nothing more.
    """
    rule = q.scheme.duplicate_rule
    if rule is None or q.item is None:
        return
    wanted = _wanted(rule, q)
    blocking = [e for e in q.asked.earlier if _blocks(rule, q, wanted, e)] if wanted is not None else []
    if blocking:
        ours = all(e.same_claimant for e in blocking)
        yield Reason(Refusal.DUPLICATE_ITEM_FOR_LEARNER, {"same_claimant": ours})
    else:
        yield Reason(Support.NOT_CLAIMED_BEFORE)


def _in_reach(rule: DuplicateRule, scheme: str, earlier: Earlier) -> bool:
    in_time = rule.lifetime or earlier.scheme == scheme
    return in_time and (rule.scope == "all_claimants" or earlier.same_claimant)


def _wanted(rule: DuplicateRule, q: Question) -> Mapping[str, object] | None:
    """What an earlier claim has to say to be for the same thing; None when too little is known to find one."""
    keys = set(rule.key) - {"learner"}
    if "unit_code" in keys and not q.asked.unit_code:
        keys = keys - {"unit_code"} | {"item"}  # a qualification on a list of units is one thing by its own code
    wanted: dict[str, object] = {key: getattr(q.asked, key) for key in keys}
    return None if None in wanted.values() else wanted


def _blocks(rule: DuplicateRule, q: Question, wanted: Mapping[str, object], earlier: Earlier) -> bool:
    if earlier.state not in BLOCKING or not _in_reach(rule, q.scheme.code, earlier):
        return False
    whole = "unit_code" in rule.key and not q.asked.unit_code
    if (whole and earlier.unit_code) or {q.part, earlier.part} == _HALVES:
        return False
    return all(getattr(earlier, key) == value for key, value in wanted.items())


CHECKS = (place, claimant, learner, employer, item_listed, parts, workforce, proof, duplicates)
