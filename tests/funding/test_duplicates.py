"""Whether something was asked before is answered the same, however it is looked for."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.funding import checks
from lms.funding.asked import Asked, Earlier
from lms.funding.question import Question
from lms.funding.scheme import DuplicateRule, Scheme
from lms.funding.vocabulary import BLOCKING, ClaimState, Part, Provenance, Refusal

ON = date(2026, 11, 21)
CODES, WORDS = st.sampled_from([None, "", "1", "2"]), st.sampled_from(["A", "A", "A", "B", None])
PARTS = st.sampled_from([Part.FULL, Part.FIRST, Part.SECOND])
RULES = st.builds(
    DuplicateRule,
    key=st.sets(st.sampled_from(["item", "training", "unit_code"])).map(lambda s: ("learner", "learner", *sorted(s))),
    scope=st.sampled_from(["all_claimants", "one_claimant"]),
    lifetime=st.booleans(),
    provenance=st.just(Provenance.OFFICIAL),
)
EARLIER = st.builds(
    Earlier,
    scheme=st.sampled_from(["ULO-2026-27", "S"]),
    state=st.sampled_from([ClaimState.SUBMITTED, ClaimState.PAID, ClaimState.REJECTED]),
    item=WORDS,
    unit_code=CODES,
    training=WORDS,
    part=PARTS,
    same_claimant=st.booleans(),
)
ASKED = st.builds(Asked, item=st.just("A"), training=WORDS, unit_code=CODES, part=PARTS)


def slow(rule: DuplicateRule, q: Question, earlier: Earlier) -> bool:
    """The rule read word for word, one earlier claim at a time."""
    in_reach = rule.lifetime or earlier.scheme == q.scheme.code
    if earlier.state not in BLOCKING or not in_reach or not (rule.scope == "all_claimants" or earlier.same_claimant):
        return False
    if {q.part, earlier.part} == {Part.FIRST, Part.SECOND}:
        return False
    keys = set(rule.key) - {"learner"}
    if "unit_code" in keys and not (q.asked.unit_code or earlier.unit_code):
        keys = keys - {"unit_code"} | {"item"}
    said = {key: getattr(q.asked, key) for key in keys}
    return None not in said.values() and all(getattr(earlier, key) == value for key, value in said.items())


@settings(max_examples=600)
@given(RULES, ASKED, st.lists(EARLIER, max_size=2))
def test_the_quick_answer_is_the_slow_one_and_saying_a_thing_twice_changes_nothing(schemes, rule, asked, earlier):
    scheme: Scheme = schemes.by_code["ULO-2026-27"].model_copy(update={"duplicate_rule": rule})
    item = scheme.items[0]

    def answer(several: tuple[Earlier, ...]) -> list[dict[str, object]]:
        q = Question(scheme, item, replace(asked, earlier=several), ON)
        found = list(checks.duplicates(q))
        return [dict(r.values) for r in found if r.code is Refusal.DUPLICATE_ITEM_FOR_LEARNER]

    q = Question(scheme, item, asked, ON)
    blocking = [each for each in earlier if slow(rule, q, each)]
    wanted = [{"same_claimant": all(each.same_claimant for each in blocking)}] if blocking else []
    assert answer(tuple(earlier)) == wanted
    assert answer(tuple(dict.fromkeys(earlier))) == wanted
