"""Anything a PA may hold, for the property tests."""

from datetime import date

from hypothesis import strategies as st

from lms.register.disclosures import Content, Decision, Disclosure, StatusCheck, StatusResult
from lms.register.held import Accepted, Area, Held, Learned, Reference, Seen, Waiver
from lms.register.kinds import (
    Circumstance,
    Item,
    Level,
    ListingState,
    ReferenceSource,
    RequirementKind,
    TrainingKind,
    Workforce,
)
from lms.register.rules import AuthorityRules, Before

DAYS = st.dates(date(2022, 1, 1), date(2030, 12, 31))
MAYBE_DAY = st.none() | DAYS
SEEN_KINDS = [k for k in RequirementKind if k not in {RequirementKind.DBS, RequirementKind.TRAINING}]

GOOD_SEEN = st.builds(Seen, kind=st.sampled_from(SEEN_KINDS), on=DAYS, ends_on=MAYBE_DAY)
ANY_SEEN = st.builds(Seen, kind=st.sampled_from(SEEN_KINDS), on=DAYS, ends_on=MAYBE_DAY, met=st.booleans())
GOOD_DISCLOSURES = st.builds(
    Disclosure,
    level=st.sampled_from(Level),
    workforce=st.sampled_from(Workforce),
    issued_on=DAYS,
    seen_on=DAYS,
    content=st.just(Content.NONE),
    status_checks=st.lists(
        st.builds(StatusCheck, on=DAYS, result=st.just(StatusResult.NO_CHANGE_NO_CONTENT)), max_size=2
    ).map(tuple),
)
ANY_DISCLOSURES = st.builds(
    Disclosure,
    level=st.sampled_from(Level),
    workforce=st.sampled_from(Workforce),
    issued_on=DAYS,
    seen_on=DAYS,
    content=st.sampled_from(Content),
    discussed_on=MAYBE_DAY,
    decision=st.none() | st.sampled_from(Decision),
    decided_on=MAYBE_DAY,
    status_checks=st.lists(st.builds(StatusCheck, on=DAYS, result=st.sampled_from(StatusResult)), max_size=2).map(
        tuple
    ),
)


def items_of(rules: AuthorityRules) -> list[Item]:
    """Every piece of learning an authority's rules name."""
    found = {item for r in rules.requirements for alternative in getattr(r, "alternatives", ()) for item in alternative}
    return sorted(found | {Item(TrainingKind.MODULE, "PAI-2")})


def holding(rules: AuthorityRules, *, good: bool = False) -> st.SearchStrategy[Held]:
    """Something held under an authority's rules; `good` leaves out whatever speaks against a PA."""
    learned = st.builds(Learned, item=st.sampled_from(items_of(rules)), on=DAYS, ends_on=MAYBE_DAY)
    versions = ["0", *{r.version for r in rules.requirements if hasattr(r, "version")}]
    codes = [r.code for r in rules.requirements]
    circumstances = st.just(frozenset[Circumstance]()) if good else st.frozensets(st.sampled_from(Circumstance))
    return st.builds(
        Held,
        circumstances=circumstances,
        seen=st.lists(GOOD_SEEN if good else ANY_SEEN, max_size=9).map(tuple),
        disclosures=st.lists(GOOD_DISCLOSURES if good else ANY_DISCLOSURES, max_size=3).map(tuple),
        references=st.lists(
            st.builds(Reference, on=DAYS, source=st.sampled_from(ReferenceSource), relative=st.booleans()), max_size=3
        ).map(tuple),
        learned=st.lists(learned, max_size=6).map(tuple),
        accepted=st.lists(st.builds(Accepted, version=st.sampled_from(versions), on=DAYS), max_size=2).map(tuple),
        areas=st.lists(st.builds(Area, area=st.sampled_from(["DY", "ELSEWHERE"]), on=DAYS), max_size=2).map(tuple),
        waivers=st.lists(
            st.builds(Waiver, code=st.sampled_from(codes), reason=st.just("x"), on=DAYS, ends_on=DAYS), max_size=2
        ).map(tuple),
    )


BEFORE = st.builds(
    Before,
    state=st.sampled_from([None, ListingState.PROVISIONAL, ListingState.LISTED, ListingState.LAPSED]),
    provisional_since=MAYBE_DAY,
)
