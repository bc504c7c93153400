"""When a permission covers something: plain values, and any order of days, schemes and workers."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.funding.permissions.rules import (
    Action,
    GivenHow,
    Permission,
    Why,
    last_day,
    nearest,
    why_not,
)
from lms.funding.vocabulary import NeverDelegable

EMPLOYER, DELEGATE, PAT, SAM = (UUID(int=number) for number in range(1, 5))
FIRST, LAST = date(2026, 11, 1), date(2027, 2, 28)


def permission(
    *,
    actions: frozenset[Action] = frozenset(Action),
    workers: frozenset[UUID] = frozenset({PAT}),
    schemes: frozenset[str] = frozenset({"GRANT"}),
    withdrawn_on: date | None = None,
) -> Permission:
    return Permission(
        employer_id=EMPLOYER,
        delegate_id=DELEGATE,
        schemes=schemes,
        workers=workers,
        actions=actions,
        given_on=FIRST,
        given_how=GivenHow.IN_PALMS,
        ends_on=LAST,
        withdrawn_on=withdrawn_on,
    )


def asked(
    found: Permission, *, on: date = FIRST, scheme: str | None = "GRANT", workers: tuple[UUID, ...] = (PAT,)
) -> Why | None:
    return why_not(found, action=Action.SUBMIT, scheme=scheme, workers=workers, on=on)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (FIRST - timedelta(days=1), Why.NOT_BEGUN),
        (FIRST, None),
        (LAST, None),
        (LAST + timedelta(days=1), Why.ENDED),
    ],
)
def test_both_ends_count(on: date, why: Why | None) -> None:
    assert asked(permission(), on=on) is why


def test_withdrawn_opens_nothing_also_on_that_very_day() -> None:
    assert asked(permission(withdrawn_on=FIRST), on=FIRST) is Why.WITHDRAWN


def test_another_scheme_another_worker_another_action() -> None:
    assert asked(permission(), scheme="OTHER") is Why.OTHER_SCHEME
    assert asked(permission(), workers=(PAT, SAM)) is Why.OTHER_WORKER
    assert asked(permission(actions=frozenset({Action.SEE_TRAINING_RECORD}))) is Why.OTHER_ACTION


@given(st.sampled_from(NeverDelegable), st.dates(FIRST, LAST))
def test_what_is_never_delegable_is_not_under_any_permission(action: NeverDelegable, on: date) -> None:
    assert why_not(permission(), action=action, scheme="GRANT", workers=[PAT], on=on) is Why.NOT_DELEGABLE


@given(
    st.frozensets(st.sampled_from(Action)),
    st.frozensets(st.sampled_from([PAT, SAM])),
    st.sampled_from(Action),
    st.lists(st.sampled_from([PAT, SAM])),
    st.dates(FIRST - timedelta(days=5), LAST + timedelta(days=5)),
)
def test_it_covers_exactly_what_was_ticked(
    actions: frozenset[Action], workers: frozenset[UUID], action: Action, wanted: list[UUID], on: date
) -> None:
    found = permission(actions=actions, workers=workers)
    covered = why_not(found, action=action, scheme="GRANT", workers=wanted, on=on) is None
    assert covered == (action in actions and set(wanted) <= workers and FIRST <= on <= LAST)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 3000))
def test_no_permission_outlasts_two_years(given_on: date, days: int) -> None:
    last = last_day(given_on, given_on + timedelta(days=days))
    assert given_on <= last <= given_on + timedelta(days=731)


def test_two_years_from_a_leap_day() -> None:
    assert last_day(date(2028, 2, 29), date(2099, 1, 1)) == date(2030, 2, 28)


def test_the_nearest_reason_is_said() -> None:
    assert nearest([]) is Why.NOBODY_ALLOWED
    assert nearest([Why.ENDED, Why.OTHER_WORKER]) is Why.OTHER_WORKER
    assert nearest([Why.WITHDRAWN, Why.ENDED]) is Why.WITHDRAWN
