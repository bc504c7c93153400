"""Who and what: everything about claimant, learner, item and proof that can refuse a claim. Plain Python.

Each check yields its reasons: against when a known fact breaks a rule, for when a known fact meets it, and nothing
while the fact is not known.
"""

from collections.abc import Iterator

from lms.funding.asked import Earlier
from lms.funding.question import Question
from lms.funding.reasons import Reason
from lms.funding.scheme import ClaimItem, DuplicateRule
from lms.funding.vocabulary import BLOCKING, ClaimState, EvidenceKind, LearnerKind, Part, Refusal, Support

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


def item_listed(q: Question) -> Iterator[Reason]:
    """The item is on the scheme's list."""
    named = q.asked.training or q.asked.item
    if q.item is None:
        yield Reason(Refusal.ITEM_NOT_ON_LIST, {"item": named})
    elif q.asked.training:
        yield Reason(Support.TRAINING_COVERED, {"training": named, "item": q.item.code})


def parts(q: Question) -> Iterator[Reason]:
    """Parts and stages come in order, for the same employer."""
    first = q.asked.first_part
    if q.part is Part.SECOND and (first is None or first.state not in _GRANTED):
        yield Reason(Refusal.PART_OUT_OF_ORDER)
    needed = q.item.requires_approved_item if q.item else None
    if needed and q.asked.approved_items is not None and needed not in q.asked.approved_items:
        yield Reason(Refusal.PART_OUT_OF_ORDER, {"item": needed})
    if q.part is Part.SECOND and q.asked.employer_changed:
        yield Reason(Refusal.EMPLOYER_CHANGED_BETWEEN_PARTS)


def workforce(q: Question) -> Iterator[Reason]:
    """The claimant's workforce record is whole, and nine in ten of its entries are complete.

    Source: the published program code of the adult social care workforce data set service (official).
    """
    data = q.asked.workforce
    if data is None or not q.has("workforce_data_current"):
        return
    whole = data.staff_records == data.declared_staff and data.staff_records >= 1
    if not whole or data.eligible_records * 10 < data.staff_records * 9:
        yield Reason(Refusal.WORKFORCE_DATA_NOT_CURRENT)


def proof(q: Question) -> Iterator[Reason]:
    """A claim that is sent in has its evidence, and its cost was paid before."""
    asked = q.asked
    if asked.submitted_on is None or q.item is None:
        return
    unpaid = asked.cost_paid == 0 or (asked.paid_on is not None and asked.paid_on > asked.submitted_on)
    if q.has("cost_incurred") and unpaid and not q.item.fixed_rate:
        yield Reason(Refusal.COST_NOT_INCURRED)
    if asked.evidence is not None and evidence_missing(q.item, q.part, asked.evidence):
        yield Reason(Refusal.EVIDENCE_MISSING)


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
    earlier = [e for e in q.asked.earlier if e.state in BLOCKING and _in_reach(rule, q.scheme.code, e)]
    blocking = [e for e in earlier if _same_thing(rule, q, e)]
    if blocking:
        ours = all(e.same_claimant for e in blocking)
        yield Reason(Refusal.DUPLICATE_ITEM_FOR_LEARNER, {"same_claimant": ours})
    else:
        yield Reason(Support.NOT_CLAIMED_BEFORE)


def _in_reach(rule: DuplicateRule, scheme: str, earlier: Earlier) -> bool:
    in_time = rule.lifetime or earlier.scheme == scheme
    return in_time and (rule.scope == "all_claimants" or earlier.same_claimant)


def _same_thing(rule: DuplicateRule, q: Question, earlier: Earlier) -> bool:
    if {q.part, earlier.part} == _HALVES:
        return False
    keys = set(rule.key) - {"learner"}
    if "unit_code" in keys and not (q.asked.unit_code or earlier.unit_code):
        keys = keys - {"unit_code"} | {"item"}  # a qualification on a list of units is one thing by its own code
    wanted = {key: getattr(q.asked, key) for key in keys}
    return None not in wanted.values() and all(getattr(earlier, key) == value for key, value in wanted.items())


CHECKS = (place, claimant, learner, employer, item_listed, parts, workforce, proof, duplicates)
