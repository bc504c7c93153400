"""What is told of a PA: three gates, each of which can only take away."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lms.core.shelves import Shelves
from lms.register.content import RegisterRules
from lms.register.feed.answers import ListingAnswer
from lms.register.feed.rules import SEEN_AS, SHOWN_STATES, About, Met, Shown, Statement, Told, may_be_told, told
from lms.register.feed.sources import shown_by
from lms.register.kinds import ListingState, RequirementKind, RequirementState

DAY = date(2026, 3, 9)
VISIBLE = ("none", "met_only", "summary", "full")

PROFILE: Mapping[str, Any] = {
    "display_name": "Pat",
    "profile": "I like gardens.",
    "area": ["North"],
    "availability": {"times": ["mon_morning"], "hours": "to_10"},
    "languages": ["en", "cy"],
    "home_address": "1 High Street",
    "date_of_birth": "1990-01-01",
    "contact_phone": "01632 960001",
}


def statement(code: str, visible: str, kind: RequirementKind = RequirementKind.IDENTITY) -> Statement:
    return Statement(code, kind, visible, {"en": code, "cy": None}, {"version": "2026-1"})


@st.composite
def _shown(draw: st.DrawFn) -> Shown:
    kinds = draw(st.lists(st.sampled_from(RequirementKind), max_size=6))
    lines = [statement(f"R-{n}", draw(st.sampled_from(VISIBLE)), kind) for n, kind in enumerate(kinds)]
    may = draw(st.frozensets(st.sampled_from(sorted(set(Told) - {Told.VERDICT}))))
    return Shown(may, tuple(lines), {"en": "Training in progress", "cy": None})


@st.composite
def _about(draw: st.DrawFn) -> About:
    met = st.builds(Met, st.sampled_from(RequirementState), st.none() | st.just(DAY))
    return About(
        name="Pat Morgan",
        state=draw(st.sampled_from(ListingState)),
        since=DAY,
        met=draw(st.dictionaries(st.sampled_from([f"R-{n}" for n in range(6)]), met)),
        profile=draw(st.sampled_from([PROFILE, {}])),
    )


AGREED = st.frozensets(st.sampled_from(Told))


@given(_shown(), _about(), AGREED)
def test_whatever_is_told_fits_its_description(shown: Shown, about: About, agreed: frozenset[Told]) -> None:
    data = told(shown, about, agreed)
    if data is not None:
        ListingAnswer.model_validate_json(json.dumps(data))


@given(_shown(), _about(), AGREED)
def test_nothing_is_told_that_a_gate_shuts(shown: Shown, about: About, agreed: frozenset[Told]) -> None:
    data = told(shown, about, agreed)
    if about.state not in SHOWN_STATES:
        assert data is None
        return
    assert data is not None
    may = shown.may & agreed
    assert ("display_name" in data) <= (Told.NAME in may)
    for name in ("profile", "area", "availability", "languages"):
        assert (name in data) <= (Told(name) in may)
    lines = {each.code: each for each in shown.statements}
    for one in data.get("requirements", ()):
        line = lines[one["code"]]
        learning = line.kind in {RequirementKind.TRAINING, RequirementKind.ASSESSMENT}
        assert (Told.TRAINING if learning else Told.REQUIREMENTS) in may
        assert line.visible != "none"
        assert about.met[line.code].state in {RequirementState.MET, RequirementState.EXPIRING}
        assert ("met_on" in one) == (line.visible in {"summary", "full"})
        assert ("content" in one) <= (line.visible == "full")


@given(_shown(), _about(), AGREED, AGREED)
def test_agreeing_to_less_never_tells_more(
    shown: Shown, about: About, agreed: frozenset[Told], less: frozenset[Told]
) -> None:
    some, all_ = told(shown, about, agreed & less), told(shown, about, agreed)
    assert (some is None) == (all_ is None)
    if some is not None and all_ is not None:
        assert set(some) <= set(all_)
        assert [one for one in some.get("requirements", ()) if one not in all_.get("requirements", ())] == []


@given(_shown(), _about(), AGREED)
def test_what_employers_never_see_is_nowhere(shown: Shown, about: About, agreed: frozenset[Told]) -> None:
    text = json.dumps(told(shown, about, agreed))
    for never in ("High Street", "1990-01-01", "01632", "home_address", "date_of_birth", "contact_phone"):
        assert never not in text


@given(st.frozensets(st.sampled_from([*SEEN_AS, "message", "home_address", "dbs_detail", "anything"])))
def test_employer_never_sees_outranks_employer_sees(never: frozenset[str]) -> None:
    may = may_be_told(SEEN_AS, never)
    assert may.isdisjoint(SEEN_AS[word] for word in never if word in SEEN_AS)
    assert Told.VERDICT not in may


def test_the_built_in_rules_let_be_told_what_they_say(loaded: Shelves) -> None:
    rules = loaded[RegisterRules].editions
    may = {code: shown_by(editions[-1]).may for code, editions in rules.items()}
    assert {Told.NAME, Told.TRAINING, Told.REQUIREMENTS} <= may["RIVERMERE"]
    assert Told.REQUIREMENTS not in may["HARBOURGATE"]  # a noticeboard shows training only
    assert Told.TRAINING in may["HARBOURGATE"]


def test_of_a_disclosure_only_that_it_is_met_is_told(loaded: Shelves) -> None:
    shown = shown_by(loaded[RegisterRules].editions["RIVERMERE"][-1])
    codes = [each.code for each in shown.statements]
    about = About("Pat", ListingState.LISTED, DAY, {c: Met(RequirementState.MET, DAY) for c in codes}, {})
    data = told(shown, about, frozenset(Told))
    assert data is not None
    said = {one["code"]: one for one in data["requirements"]}
    assert set(said["RM-DBS"]) == {"code", "kind", "title", "met_in"}
    assert not {"RM-INT", "RM-DECL"} & set(said)


def test_a_provisional_listing_carries_its_label() -> None:
    shown = Shown(frozenset(Told), (), {"en": "Training in progress", "cy": None})
    data = told(shown, About("Pat", ListingState.PROVISIONAL, DAY, {}, {}), frozenset(Told))
    assert data is not None
    assert data["label"] == {"en": "Training in progress", "cy": None}
