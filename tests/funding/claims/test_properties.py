"""What has to hold whatever people do: parts add up, nobody is paid twice, a claim moves only where it may."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lms.core.content import Problems
from lms.core.shelves import folders
from lms.funding.asked import Asked, FirstPart
from lms.funding.claims.changes import changed, digest_of
from lms.funding.claims.drafting import counted
from lms.funding.claims.once import opened_as, taken_key
from lms.funding.claims.readings import asked_data, asked_from, scheme_from, terms_of
from lms.funding.content import load
from lms.funding.rules import claimable
from lms.funding.scheme import DuplicateRule
from lms.funding.vocabulary import MOVES, ClaimState, Part, Provenance

PACK = Path(__file__).parent / "pack"
SCHEMES = load(folders("funding", [PACK]), Problems())
PARTS = SCHEMES.by_code["PARTS-2026-27"]
ON = (PARTS.claim_year.first if PARTS.claim_year else None) or None
PENCE = st.integers(min_value=1, max_value=200_000)


@given(PENCE)
def test_two_parts_add_up_to_the_whole_at_the_first_rate(cost):
    asked = Asked(item="LONG", training="PAI-5", cost_paid=cost, part=Part.FIRST)
    first = claimable(PARTS, asked, on=ON)
    whole = min(cost, 99999)
    before = FirstPart(state=ClaimState.APPROVED, payable=counted(Part.FIRST, first))
    cheaper = PARTS.items[1].model_copy(update={"max_amount_pence": 1})
    later = PARTS.model_copy(update={"items": (PARTS.items[0], cheaper)})
    second = claimable(later, replace(asked, part=Part.SECOND, first_part=before), on=ON)
    assert first.amount + second.amount == whole
    assert counted(Part.FIRST, first) + counted(Part.SECOND, second) == whole


RULES = st.builds(
    DuplicateRule,
    key=st.sets(st.sampled_from(["item", "training", "unit_code"]), min_size=1).map(lambda s: ("learner", *sorted(s))),
    scope=st.sampled_from(["all_claimants", "one_claimant"]),
    lifetime=st.booleans(),
    provenance=st.just(Provenance.OFFICIAL),
)
ASKED = st.builds(
    Asked,
    item=st.sampled_from(["A", "B"]),
    training=st.sampled_from(["T", "U"]),
    unit_code=st.sampled_from([None, "1", "2"]),
    part=st.sampled_from([Part.FULL, Part.FIRST, Part.SECOND]),
)
LEARNER, ONE, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)


@given(RULES, ASKED, ASKED, st.booleans(), st.booleans())
def test_a_key_is_shared_only_by_what_the_rule_calls_the_same(rule, one, two, same_scheme, same_claimant):
    keys = [
        taken_key(rule, one, learner=LEARNER, scheme="S", claimant=ONE),
        taken_key(
            rule, two, learner=LEARNER, scheme="S" if same_scheme else "R", claimant=ONE if same_claimant else OTHER
        ),
    ]
    if keys[0] is None or keys[0] != keys[1]:
        return
    assert rule.lifetime or same_scheme
    assert rule.scope == "all_claimants" or same_claimant
    assert (one.part is Part.SECOND) == (two.part is Part.SECOND)
    for name in set(rule.key) - {"learner", "unit_code"}:
        assert getattr(one, name) == getattr(two, name)


@given(st.lists(ASKED, min_size=2, max_size=4), RULES)
def test_no_order_of_sending_in_holds_a_thing_twice(asks, rule):
    rule = rule.model_copy(update={"scope": "all_claimants", "lifetime": True})
    kept = set()
    for order in permutations(asks):
        taken = set()
        for asked in order:
            key = taken_key(rule, asked, learner=LEARNER, scheme=uuid4().hex, claimant=uuid4())
            if key is not None:
                taken.add(key)
        kept.add(frozenset(taken))
    assert len(kept) == 1


@given(ASKED)
def test_another_learner_holds_another_thing(asked):
    rule = DuplicateRule(key=("learner", "item"), scope="all_claimants", lifetime=True, provenance=Provenance.OFFICIAL)
    keys = {taken_key(rule, asked, learner=UUID(int=n), scheme="S", claimant=ONE) for n in range(5)}
    assert len(keys) == 5


def test_every_move_leads_somewhere_known_and_ends_stay_ends():
    assert set(MOVES) == set(ClaimState)
    assert all(went <= set(ClaimState) and came not in went for came, went in MOVES.items())
    for end in (ClaimState.REJECTED, ClaimState.WITHDRAWN, ClaimState.RECOVERED):
        assert not MOVES[end]


@given(ASKED, st.decimals(min_value="0.01", max_value=60, places=2), PENCE)
def test_what_is_kept_is_read_back_as_it_was(asked, days, cost):
    told = replace(asked, days=Decimal(days), cost_paid=cost)
    assert asked_from(asked_data(told)) == told


def test_terms_are_whole_enough_to_think_with_and_a_standing_changes_nothing():
    for scheme in SCHEMES.all:
        for item in scheme.items:
            kept = scheme_from(terms_of(scheme, item.code))
            assert changed(kept, scheme, item.code) == ()
            surer = item.model_copy(update={"amount_provenance": Provenance.CONFIRMED})
            assert changed(kept, scheme.model_copy(update={"items": (surer,)}), item.code) == ()


@given(PENCE)
def test_another_rate_is_a_change_with_a_digest_of_its_own(pence):
    item = PARTS.items[0].model_copy(update={"max_amount_pence": pence})
    found = changed(PARTS, PARTS.model_copy(update={"items": (item,), "edition": "2026.2"}), "DAY")
    names = {each.name.value for each in found}
    assert names == ({"edition", "rate"} if pence != 16000 else {"edition"})
    assert digest_of(found) == digest_of(tuple(reversed(found)))
    assert digest_of(found) != digest_of(())


def test_a_line_opens_once_for_each_turn_part_and_claimant():
    same = {"learner": LEARNER, "scheme": "S", "item": "A", "training": "T"}
    digests = {
        opened_as(**same, part=part, claimant=claimant, turn=turn)
        for part in (Part.FULL, Part.FIRST, Part.SECOND)
        for claimant in (ONE, OTHER)
        for turn in (1, 2)
    }
    assert len(digests) == 12
