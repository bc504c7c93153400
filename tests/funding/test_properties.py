"""What has to hold of every verdict, whatever is asked: amounts stay within what there is, every last day counts."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.content import Problems
from lms.core.shelves import folders
from lms.funding.amounts import maximum_of
from lms.funding.asked import Asked
from lms.funding.content import Schemes, load
from lms.funding.reasons import Verdict
from lms.funding.rules import claimable, one_after_another
from lms.funding.scheme import ClaimItem, Limits, Scheme
from lms.funding.vocabulary import CountedFrom, Measure, Part, Provenance, Refusal
from lms.funding.windows import Window, months_later


def _shelf() -> Schemes:
    problems = Problems()
    found = load(folders("funding"), problems)
    problems.stop_if_any()
    return found


SHELF = _shelf()
ITEMS = [(scheme, item) for scheme in SHELF.all for item in scheme.items]
EVERY_ITEM = pytest.mark.parametrize(
    ("scheme", "item"), ITEMS, ids=[f"{scheme.code}-{item.code}" for scheme, item in ITEMS]
)
pence = st.integers(0, 400_000)


def _asked(item: ClaimItem, **more: object) -> Asked:
    credit_count = {"credits": 30} if item.measure is Measure.PER_CREDIT else {}
    return Asked(item=item.code, **{**credit_count, **more})  # type: ignore[arg-type]


def _ordinary(scheme: Scheme) -> date:
    assert scheme.claim_year
    assert scheme.claim_year.first
    return scheme.claim_year.first


def _limited(scheme: Scheme, *, learner: int, organisation: int) -> Scheme:
    limits = Limits(
        per_learner_per_year_pence=learner,
        per_organisation_cap="exists",
        per_organisation_cap_pence=organisation,
        provenance=Provenance.ILLUSTRATIVE,
    )
    return scheme.model_copy(update={"limits": limits})


@given(cost=pence, learner=st.integers(1, 300_000), organisation=st.integers(1, 300_000), had=pence, ours=pence)
def test_nothing_pays_more_than_cost_maximum_and_what_is_left(
    cost: int, learner: int, organisation: int, had: int, ours: int
) -> None:
    for whole, item in ITEMS:
        scheme = _limited(whole, learner=learner, organisation=organisation)
        asked = _asked(item, cost_paid=cost, had_this_year=had, organisation_had_this_year=ours)
        verdict = claimable(scheme, asked, on=_ordinary(scheme))
        most = maximum_of(item, asked.credits, asked.days)
        assert 0 <= verdict.amount <= most
        assert verdict.amount <= max(0, learner - had)
        assert verdict.amount <= max(0, organisation - ours)
        if not item.fixed_rate:
            assert verdict.amount <= max(0, cost - (item.price_to_pa_pence or 0))
        _adds_up(verdict)


def _adds_up(verdict: Verdict) -> None:
    if verdict.first_part is not None:
        assert verdict.second_part is not None
        whole = verdict.first_part + verdict.second_part
        assert whole * 60 - 50 <= verdict.first_part * 100 <= whole * 60 + 50
        assert verdict.amount in {whole, verdict.first_part, verdict.second_part, 0}
    if verdict.grant is not None:
        assert verdict.match is not None
        assert verdict.amount == verdict.grant


@given(cost=pence, part=st.sampled_from([Part.FIRST, Part.BOTH]))
def test_the_two_parts_are_the_whole(cost: int, part: Part) -> None:
    scheme = SHELF.by_code["LDSS-2025-26"]
    item = scheme.items[0]
    both = claimable(scheme, _asked(item, cost_paid=cost, part=Part.BOTH), on=_ordinary(scheme))
    one = claimable(scheme, _asked(item, cost_paid=cost, part=part), on=_ordinary(scheme))
    if both.claimable and both.first_part is not None and both.second_part is not None:
        assert both.first_part + both.second_part == both.amount == min(cost, item.max_amount_pence)
        assert one.amount in {both.first_part, both.amount}


@given(st.lists(st.tuples(st.integers(0, 3), pence), min_size=1, max_size=12), pence, st.integers(1, 300_000))
def test_many_lines_never_get_more_than_is_left_in_any_order(
    lines: list[tuple[int, int]], had: int, organisation: int
) -> None:
    scheme = _limited(SHELF.by_code["RIVERMERE-GRANT-2026-27"], learner=60_000, organisation=organisation)
    asks = [
        (learner, Asked(item="COURSE", cost_quoted=cost, organisation_had_this_year=had)) for learner, cost in lines
    ]
    for order in (asks, asks[::-1]):
        verdicts = one_after_another(scheme, order, on=_ordinary(scheme))
        assert sum(v.amount for v in verdicts) <= max(0, organisation - had)
        for learner in range(4):
            mine = sum(v.amount for (who, _), v in zip(order, verdicts, strict=True) if who == learner)
            assert mine <= 60_000


@given(days=st.decimals(Decimal("0.01"), Decimal(60), places=2), cost=pence)
def test_part_days_are_counted_in_whole_pence(days: Decimal, cost: int) -> None:
    scheme = SHELF.by_code["ULO-2026-27"]
    verdict = claimable(scheme, Asked(item="TRAIN-DAY", days=days, cost_paid=cost), on=date(2026, 10, 1))
    assert verdict.amount <= cost
    assert abs(Decimal(verdict.amount) - min(Decimal(cost), 15000 * days)) <= Decimal("0.5")


WINDOWS = [
    (scheme, name, window)
    for scheme in SHELF.all
    for name, window in scheme.windows.named()
    if isinstance(window, Window) and name != "application"
]
FACT = {
    "achievement": "completed_on",
    "delivery": "completed_on",
    "course_date": "completed_on",
    "payment": "paid_on",
    "start": "started_on",
    "certificate": "certificate_on",
}
ABOUT = {Refusal.OUTSIDE_ACHIEVEMENT_WINDOW, Refusal.STARTED_AFTER_CUTOFF, Refusal.CERTIFICATE_AFTER_CUTOFF}


@pytest.mark.parametrize(
    ("scheme", "name", "window"), WINDOWS, ids=[f"{scheme.code}-{name}" for scheme, name, _ in WINDOWS]
)
def test_the_first_and_the_last_day_of_every_window_count(scheme: Scheme, name: str, window: Window) -> None:
    def refused(day: date) -> bool:
        verdict = claimable(scheme, Asked(item=scheme.items[0].code, **{FACT[name]: day}), on=day)  # type: ignore[arg-type]
        return any(
            reason.code in ABOUT and reason.values.get("window") == name and "day_on" in reason.values
            for reason in verdict.reasons
            if reason.against
        )

    for day, outside in (
        (window.first, False),
        (window.first and window.first - timedelta(days=1), True),
        (window.last, False),
        (window.last and window.last + timedelta(days=1), True),
    ):
        if day is not None:
            assert refused(day) is outside, day


@pytest.mark.parametrize("code", ["IEF-2017-18", "IEF-2019-20", "RIVERMERE-GRANT-2026-27"])
def test_the_last_minute_of_a_closing_hour_counts(code: str) -> None:
    scheme = SHELF.by_code[code]
    window = scheme.windows.application
    assert window
    assert window.last
    for hour, refused in ((time(17, 0), False), (time(17, 0, 59), False), (time(17, 1), True), (time(0, 0), False)):
        asked = Asked(item="COURSE", applied_on=window.last, applied_at=hour)
        verdict = claimable(scheme, asked, on=window.last)
        assert (Refusal.OUTSIDE_SUBMISSION_WINDOW in verdict.refusals) is refused
    before = Asked(item="COURSE", applied_on=window.last - timedelta(days=1), applied_at=time(23, 59))
    assert claimable(scheme, before, on=window.last).claimable


@given(done=st.dates(date(2025, 4, 1), date(2030, 12, 31)))
def test_months_end_on_the_same_day_or_the_months_last(done: date) -> None:
    scheme = SHELF.by_code["LDSS-2025-26"]
    last = months_later(done, 3)
    assert (last.month - done.month) % 12 == 3
    assert last.day == done.day or (last + timedelta(days=1)).day == 1
    for day, late in ((last, False), (last + timedelta(days=1), True)):
        asked = Asked(item="EX-COURSE-160", completed_on=done, paid_on=date(2025, 6, 1), submitted_on=day)
        verdict = claimable(scheme, asked, on=day)
        assert (Refusal.OUTSIDE_SUBMISSION_WINDOW in verdict.refusals) is late


@pytest.mark.parametrize(
    ("done", "last"),
    [
        (date(2023, 11, 29), date(2024, 2, 29)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 5, 29)),
        (date(2024, 11, 30), date(2025, 2, 28)),
        (date(2025, 8, 31), date(2025, 11, 30)),
        (date(2025, 12, 31), date(2026, 3, 31)),
    ],
)
def test_leap_days_and_month_ends(done: date, last: date) -> None:
    rule = SHELF.by_code["LDSS-2025-26"].windows.submission
    assert rule
    assert rule.last_day(Part.FULL, {CountedFrom.COMPLETION: done}) == last


@EVERY_ITEM
def test_a_closed_scheme_takes_nothing_new(scheme: Scheme, item: ClaimItem) -> None:
    day = date(2027, 1, 15)
    verdict = claimable(scheme, _asked(item, cost_paid=1000, completed_on=day, started_on=day, paid_on=day), on=day)
    if scheme.status_on(day).value in {"closed", "closing"}:
        assert Refusal.OUTSIDE_SUBMISSION_WINDOW in verdict.refusals
