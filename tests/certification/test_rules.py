"""When a certificate is earned, until when it counts, and how it stands."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.rules import (
    Earlier,
    Ground,
    Need,
    Needs,
    Standing,
    Verdict,
    WithdrawalReason,
    Withdrawn,
    comes_anew,
    issuable,
    lapses_on,
    months_before,
    standing,
)
from lms.core.content import Words

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
moments = st.builds(
    lambda on, hours: datetime.combine(on, time(), UTC) + timedelta(hours=hours), days, st.integers(0, 23)
)
BOTH = Needs(module_studied=True, practice_signed_off=True)


def ground(need: Need, at: datetime | None, code: str = "PAI-3", title: str = "Keeping well") -> Ground:
    return Ground(need=need, code=code, title=Words(en=title, cy="Cadw'n iach"), at=at)


@pytest.mark.parametrize(
    ("studied", "signed", "missing"),
    [
        (None, None, [Need.MODULE_STUDIED, Need.PRACTICE_SIGNED_OFF]),
        (AT, None, [Need.PRACTICE_SIGNED_OFF]),
        (None, AT, [Need.MODULE_STUDIED]),
        (AT, AT, []),
    ],
)
def test_what_is_missing_is_said(studied: datetime | None, signed: datetime | None, missing: list[Need]) -> None:
    on_record = {need: (ground(need, at),) for need, at in zip(BOTH.asked, (studied, signed), strict=True)}
    verdict = issuable(BOTH.asked, on_record)
    assert [each.what for each in verdict.missing] == missing
    assert verdict.issuable is (missing == [])
    assert all(line.endswith(".") for line in verdict.lines(str, "en"))


def test_every_missing_thing_is_named_in_plain_words() -> None:
    found = {
        Need.MODULES_STUDIED: [
            ground(Need.MODULES_STUDIED, None),
            ground(Need.MODULES_STUDIED, AT, "PAI-4", "Moving"),
            ground(Need.MODULES_STUDIED, None, "PAI-7", "Emergencies"),
        ],
        Need.CONDUCT_ACCEPTED: [ground(Need.CONDUCT_ACCEPTED, None)],
        Need.PRACTICE_SIGNED_OFF: [],
    }
    verdict = issuable(list(found), found)
    assert verdict.lines(str, "en") == [
        "Module PAI-3 Keeping well is not studied yet.",
        "Module PAI-7 Emergencies is not studied yet.",
        "The code of conduct is not accepted yet.",
        "There is no practice here that could be signed off.",
    ]
    assert "Cadw'n iach" in verdict.lines(str, "cy")[0]


@pytest.mark.parametrize("need", list(Need))
def test_there_are_words_for_every_need_with_names_and_without(need: Need) -> None:
    for grounds in ([], [ground(need, None)]):
        assert all(len(line) > 20 for line in issuable([need], {need: grounds}).lines(str, "en"))


@given(
    st.sets(st.sampled_from(list(Need)), min_size=1), st.dictionaries(st.sampled_from(list(Need)), st.none() | moments)
)
def test_only_what_is_asked_for_decides(asked: set[Need], known: dict[Need, datetime | None]) -> None:
    earned = {need: [ground(need, at)] for need, at in known.items()}
    verdict = issuable(sorted(asked), earned)
    assert verdict.issuable is all(known.get(need) is not None for need in asked)
    assert {each.what for each in verdict.missing} == {need for need in asked if known.get(need) is None}


@given(moments, days)
def test_what_is_from_before_a_day_is_too_long_ago(at: datetime, since: date) -> None:
    verdict = issuable([Need.MODULE_STUDIED], {Need.MODULE_STUDIED: [ground(Need.MODULE_STUDIED, at)]}, since=since)
    on = ground(Need.MODULE_STUDIED, at).on
    assert on is not None
    assert verdict.issuable is (on >= since)
    assert all("too long ago" in line for line in verdict.lines(str, "en"))


def test_one_that_stands_or_waits_is_not_issued_though_nothing_is_missing() -> None:
    assert Verdict().issuable
    assert not Verdict(waits_since=DAY).issuable
    assert not Verdict(already=UUID(int=1)).issuable


def test_a_rule_has_to_ask_for_something() -> None:
    with pytest.raises(ValueError, match="need something"):
        Needs()


@given(days, st.integers(1, 240))
def test_months_before_and_after_are_the_same_way(on: date, months: int) -> None:
    before = months_before(on, months)
    assert (on.year - before.year) * 12 + on.month - before.month == months
    assert before.day == on.day or (before + timedelta(days=1)).day == 1


@given(days, st.integers(1, 240))
def test_it_lapses_that_many_months_later(issued: date, months: int) -> None:
    end = lapses_on(issued, months)
    assert end is not None
    assert (end.year - issued.year) * 12 + end.month - issued.month == months
    assert end.day == issued.day or (end + timedelta(days=1)).day == 1


def test_without_a_term_it_never_lapses() -> None:
    assert lapses_on(DAY, None) is None


def test_the_last_day_of_a_long_month_becomes_that_of_a_short_one() -> None:
    assert lapses_on(date(2027, 8, 31), 6) == date(2028, 2, 29)


@given(st.none() | days, st.none() | days, st.none() | days, st.none() | days, days)
def test_the_gravest_comes_first(
    lapses: date | None, suspended: date | None, replaced: date | None, withdrawn: date | None, on: date
) -> None:
    found = standing(on=on, lapses=lapses, suspended=suspended, replaced=replaced, withdrawn=withdrawn)
    since = [withdrawn, replaced, suspended, lapses]
    order = [Standing.WITHDRAWN, Standing.REPLACED, Standing.SUSPENDED, Standing.LAPSED]
    true = [name for name, day in zip(order, since, strict=True) if day is not None and day <= on]
    assert found is (true[0] if true else Standing.VALID)


def withdrawn(why: WithdrawalReason = WithdrawalReason.GROUND_FELL_AWAY) -> Earlier:
    return Earlier(UUID(int=1), "refresher", "PAI-REFRESHER", UUID(int=2), AT - timedelta(days=9), Withdrawn(why, AT))


@pytest.mark.parametrize(
    ("earlier", "earned_at", "comes"),
    [
        ([], None, True),
        ([], AT, True),
        ([withdrawn()], AT + timedelta(hours=1), True),
        ([withdrawn()], AT - timedelta(hours=1), False),
        ([withdrawn()], None, False),
        ([withdrawn(), withdrawn()], AT + timedelta(hours=1), True),
        ([withdrawn(WithdrawalReason.ISSUED_IN_ERROR)], AT + timedelta(hours=1), False),
        ([withdrawn(WithdrawalReason.HOLDER_ASKED)], AT + timedelta(hours=1), False),
        ([withdrawn(), withdrawn(WithdrawalReason.HOLDER_ASKED)], AT + timedelta(hours=1), False),
    ],
)
def test_it_comes_again_only_when_its_ground_was_earned_anew(
    earlier: list[Earlier], earned_at: datetime | None, comes: bool
) -> None:
    assert comes_anew(earlier, earned_at=earned_at) is comes


def test_of_a_kind_that_renews_it_is_earned_anew_after_any_end() -> None:
    given_back = [withdrawn(WithdrawalReason.HOLDER_ASKED)]
    assert comes_anew(given_back, earned_at=AT + timedelta(hours=1), renews=True)
    assert not comes_anew(given_back, earned_at=AT - timedelta(hours=1), renews=True)
