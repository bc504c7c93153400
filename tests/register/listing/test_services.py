"""Moving listings on a real database: who may, when, once, and what is kept of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.rules import Role
from lms.register import queries as register
from lms.register import standings
from lms.register.kinds import ListingState
from lms.register.listing import doubles, queries, removing, reviewing, services
from lms.register.listing.models import Listing, ListingMove, RemovalNotice
from lms.register.listing.moves import Act
from lms.register.listing.reasons import Reason
from lms.register.listing.reminding import warn
from lms.register.models import Standing
from tests.register.listing.conftest import Life

State = ListingState
DAY = timedelta(days=1)


def test_nobody_has_a_listing_who_never_applied(life: Life) -> None:
    life.have_everything()
    assert queries.listing_of(life.db, life.pa, life.world.authority) is None


def test_from_the_application_to_the_register(life: Life) -> None:
    life.get_listed()
    view = life.view()
    assert (view.state, view.shown_as, view.sent_on) == (State.LISTED, State.LISTED, london_day(life.now))
    assert [m.state for m in queries.moves_of(life.db, view.id)] == [
        State.LISTED,
        State.CHECKING,
        State.SUBMITTED,
        State.DRAFT,
    ]
    verdict = life.db.scalars(select(ListingMove.verdict).where(ListingMove.act == Act.LIST)).one()
    assert verdict["state"] == "listed"
    assert verdict["missing"] == []


def test_what_is_missing_keeps_a_pa_off_the_register(life: Life) -> None:
    life.have_everything(lacks=("RM-MCA", "RM-CODE"))
    life.apply()
    life.move(State.CHECKING)
    with pytest.raises(Refused, match="still missing"):
        life.move(State.LISTED)
    with pytest.raises(Refused, match="needed to begin"):
        life.move(State.PROVISIONAL)
    life.meet("RM-CODE", life.now)
    life.move(State.PROVISIONAL)
    assert life.view().provisional_since == london_day(life.now)
    life.meet("RM-MCA", life.now)
    assert life.state is State.LISTED
    assert life.view().provisional_since is None


def test_only_the_parts_of_the_table_can_move(life: Life) -> None:
    world = life.world
    life.apply()
    for stranger in (world.coordinator, world.other_coordinator, world.second_pa, world.assessor):
        with pytest.raises(NotFound):
            life.move(State.CHECKING, by=stranger)
    with pytest.raises(Refused):
        life.move(State.CHECKING, by=life.pa)
    with pytest.raises(Refused):
        life.move(State.LISTED)
    assert life.state is State.SUBMITTED


def test_an_officer_who_is_the_pa_does_not_move_their_own_listing(life: Life) -> None:
    people.give_role(
        life.db,
        person_id=life.pa,
        organisation_id=life.world.authority,
        role=Role.REGISTER_MANAGER,
        by=None,
        now=life.now - 9 * DAY,
    )
    life.apply()
    with pytest.raises(Refused):
        life.move(State.CHECKING, by=life.pa)


def test_the_same_form_twice_is_one_move_and_another_use_of_it_is_refused(life: Life) -> None:
    life.get_listed()
    once = uuid4()
    for _twice in range(2):
        life.move(State.PAUSED, by=life.pa, once=once)
    assert len(queries.moves_of(life.db, life.view().id)) == 5
    with pytest.raises(Refused, match="saved from this page"):
        life.move(State.LISTED, by=life.pa, once=once)


def test_a_pa_pauses_and_goes_on(life: Life) -> None:
    life.get_listed()
    life.move(State.PAUSED, by=life.pa)
    assert (life.view().shown_as, life.view().lapses_on) == (State.LISTED, None)
    life.move(State.LISTED, by=life.pa)
    assert life.view().lapses_on is not None


def test_who_paused_can_be_suspended_and_is_paused_again_afterwards(life: Life) -> None:
    life.get_listed()
    life.move(State.PAUSED, by=life.pa)
    life.move(State.SUSPENDED, reason=Reason.CONCERN)
    with pytest.raises(Refused, match="Talk with them first"):
        life.move(State.LISTED, by=life.pa)
    with pytest.raises(Refused):
        life.move(State.REMOVED, by=life.pa)
    to = services.lift(
        life.db, once=uuid4(), reason=Reason.NOTHING_FOUND, by=life.world.register_manager, now=life.now, **life.who
    )
    assert to is State.PAUSED


def test_a_suspension_needs_a_reason_and_a_manager_to_lift_it(life: Life) -> None:
    life.get_listed()
    with pytest.raises(Refused, match="Choose why"):
        life.move(State.SUSPENDED)
    life.move(State.SUSPENDED, reason=Reason.SAFEGUARDING_ENQUIRY)
    with pytest.raises(Refused):
        life.move(State.LISTED, reason=Reason.NOTHING_FOUND, act=Act.LIFT)
    life.move(State.LISTED, by=life.world.register_manager, reason=Reason.NOTHING_FOUND, act=Act.LIFT)
    assert life.state is State.LISTED


def test_reasons_are_withheld_only_where_the_rules_allow_it(life: Life) -> None:
    life.get_listed()
    with pytest.raises(Refused, match="the PA is told why"):
        life.move(State.SUSPENDED, reason=Reason.CONCERN, withheld=True)


def test_something_that_runs_out_hides_a_pa_after_grace_and_renewing_brings_them_back(life: Life) -> None:
    life.get_listed(declared_days_ago=360)
    view = life.view()
    assert view.lapses_on is not None
    assert view.runs_out_on is not None
    assert (view.lapses_on - view.runs_out_on).days == 14
    for days, state in ((-1, State.LISTED), (0, State.LAPSED)):
        at = life.now + (view.lapses_on - london_day(life.now)) + days * DAY
        standings.reassess(life.db, now=at, **life.who)
        assert life.state is state
    life.now = at
    life.meet("RM-DECL", life.now)
    assert life.state is State.LISTED
    assert [m.by for m in queries.moves_of(life.db, view.id)][:2] == [None, None]


def test_the_provisional_period_ends_on_its_day(life: Life) -> None:
    life.have_everything(lacks=("RM-MCA",))
    life.apply()
    life.move(State.CHECKING)
    life.move(State.PROVISIONAL)
    over = life.view().lapses_on
    assert over == london_day(life.now) + timedelta(days=91)
    standings.reassess(life.db, now=life.now + timedelta(days=90), **life.who)
    assert life.state is State.PROVISIONAL
    standings.reassess(life.db, now=life.now + timedelta(days=91), **life.who)
    assert (life.state, life.view().reason) == (State.LAPSED, Reason.PROVISIONAL_OVER)


def test_the_standing_comes_due_on_the_day_a_listing_lapses(life: Life) -> None:
    """The sweep that works standings out again finds it on that very day."""
    life.get_listed(declared_days_ago=360)
    view = life.view()
    on = london_day(life.now)
    while life.state is State.LISTED:
        due = life.db.scalars(select(Standing.holds_until).where(Standing.person_id == life.pa)).one()
        assert due is not None
        on = due
        standings.reassess(life.db, now=life.now + (on - london_day(life.now)), **life.who)
    assert on == view.lapses_on


def test_a_warning_comes_on_its_day_and_never_twice(life: Life) -> None:
    life.get_listed(declared_days_ago=320)
    listing_id, out = life.view().id, life.view().runs_out_on
    assert out is not None
    told: list[tuple[date, int]] = []
    for days in range(70):
        at = life.now + days * DAY
        standings.reassess(life.db, now=at, **life.who)
        for _twice in range(2):
            if warn(life.db, listing_id, now=at):
                fact = life.db.scalars(
                    select(EventRow).where(EventRow.kind == "ListingRunsOut").order_by(EventRow.id.desc()).limit(1)
                ).one()
                told.append((london_day(at), fact.data["days"]))
    assert told == [
        (london_day(life.now), 60),
        (out - 30 * DAY, 30),
        (out - 7 * DAY, 7),
        (out, 0),
    ]
    assert life.state is State.LAPSED


# The end of a listing.


def _remove(life: Life, reason: Reason, **more: object) -> date:
    return removing.remove(
        life.db,
        once=more.pop("once", None) or uuid4(),  # type: ignore[arg-type]
        reason=reason,
        by=life.world.register_manager,
        now=life.now,
        **life.who,
        **more,  # type: ignore[arg-type]
    )


def test_a_removal_gives_days_of_notice(life: Life) -> None:
    life.get_listed()
    once = uuid4()
    ends = _remove(life, Reason.CONDUCT_NOT_KEPT, once=once)
    assert _remove(life, Reason.CONDUCT_NOT_KEPT, once=once) == ends == london_day(life.now) + timedelta(days=15)
    assert life.state is State.LISTED
    with pytest.raises(Refused, match="already"):
        _remove(life, Reason.CONDUCT_NOT_KEPT)
    notice = life.db.get(RemovalNotice, once)
    assert notice is not None
    assert removing.carry_out(life.db, notice, now=life.now + timedelta(days=15))
    assert not removing.carry_out(life.db, notice, now=life.now + timedelta(days=15))
    assert (life.state, life.view().reason) == (State.REMOVED, Reason.CONDUCT_NOT_KEPT)


def test_a_notice_is_taken_back_and_nothing_ends(life: Life) -> None:
    life.get_listed()
    once = uuid4()
    _remove(life, Reason.CONDUCT_NOT_KEPT, once=once)
    for _twice in range(2):
        removing.take_back(life.db, by=life.world.register_manager, now=life.now, **life.who)
    notice = life.db.get(RemovalNotice, once)
    assert notice is not None
    assert not removing.carry_out(life.db, notice, now=life.now + timedelta(days=15))
    assert life.state is State.LISTED


def test_immediate_grounds_end_a_listing_at_once(life: Life) -> None:
    life.get_listed()
    assert _remove(life, Reason.FALSE_DECLARATION) == london_day(life.now)
    assert life.state is State.REMOVED


def test_the_days_of_notice_cannot_be_passed_by(life: Life) -> None:
    life.get_listed()
    with pytest.raises(Refused, match="days of notice"):
        life.move(State.REMOVED, by=life.world.register_manager, reason=Reason.NO_ANSWER, act=Act.REMOVE)
    with pytest.raises(Refused):
        life.move(State.REMOVED, reason=Reason.BARRED, act=Act.REMOVE)


def test_who_was_barred_does_not_apply_again_and_anybody_else_can(life: Life) -> None:
    life.get_listed()
    life.move(State.REMOVED, by=life.pa)
    life.apply()
    assert life.state is State.SUBMITTED
    life.move(State.CHECKING)
    life.move(State.REFUSED, reason=Reason.BARRED)
    with pytest.raises(Refused, match="cannot apply"):
        life.apply()


# Reviews.


def _ask(life: Life) -> None:
    reviewing.ask(life.db, once=uuid4(), now=life.now, **life.who)


def _answer(life: Life, *, changed: bool, by: object = None) -> None:
    from lms.register.listing.history import open_review

    review = open_review(life.db, life.view().id)
    assert review is not None
    reviewing.answer(
        life.db,
        review_id=review.id,
        authority_id=life.world.authority,
        changed=changed,
        by=by or life.world.register_manager,  # type: ignore[arg-type]
        now=life.now,
    )


def test_somebody_else_answers_a_review_and_a_changed_suspension_is_lifted(life: Life) -> None:
    life.get_listed()
    with pytest.raises(Refused, match="no decision"):
        _ask(life)
    life.move(State.SUSPENDED, reason=Reason.CONCERN)
    _ask(life)
    with pytest.raises(Refused):
        _ask(life)
    with pytest.raises(Refused, match="Only a register manager"):
        _answer(life, changed=True, by=life.world.register_officer)
    _answer(life, changed=True)
    assert (life.state, life.view().reason) == (State.LISTED, Reason.DECISION_CHANGED)


def test_who_decided_does_not_answer(life: Life) -> None:
    life.get_listed()
    _remove(life, Reason.FALSE_DECLARATION)
    _ask(life)
    with pytest.raises(Refused, match="you made this decision"):
        _answer(life, changed=False)


def test_a_decision_that_stands_changes_nothing_and_a_refusal_is_opened_again(life: Life) -> None:
    life.apply()
    life.move(State.CHECKING)
    life.move(State.REFUSED, reason=Reason.REQUIREMENTS_NOT_MET)
    _ask(life)
    _answer(life, changed=False)
    assert life.state is State.REFUSED
    with pytest.raises(Refused):
        _ask(life)
    life.apply()
    life.move(State.CHECKING)
    life.move(State.REFUSED, reason=Reason.REQUIREMENTS_NOT_MET)
    _ask(life)
    _answer(life, changed=True)
    assert life.state is State.CHECKING


def test_a_review_of_a_notice_takes_it_back(life: Life) -> None:
    life.get_listed()
    manager = people.add_person(life.db, name="Second Manager", email="second@example.com", by=None, now=life.now)
    people.give_role(
        life.db,
        person_id=manager,
        organisation_id=life.world.authority,
        role=Role.REGISTER_MANAGER,
        by=None,
        now=life.now - DAY,
    )
    _remove(life, Reason.NO_ANSWER)
    _ask(life)
    _answer(life, changed=True, by=manager)
    assert queries.open_notice(life.db, life.view().id) is None
    assert life.state is State.LISTED


# Two records, and people who leave.


def test_a_double_is_closed_and_comes_back(life: Life) -> None:
    life.get_listed()
    by = life.world.register_officer
    for _twice in range(2):
        doubles.close_double(life.db, by=by, now=life.now, **life.who)
    assert (life.state, life.view().reason) == (State.REMOVED, Reason.SAME_PERSON)
    for _twice in range(2):
        doubles.reopen_double(life.db, by=by, now=life.now, **life.who)
    assert life.state is State.LISTED


def test_a_listing_that_was_ended_otherwise_is_not_reopened(life: Life) -> None:
    life.get_listed()
    life.move(State.REMOVED, by=life.pa)
    doubles.reopen_double(life.db, by=life.world.register_officer, now=life.now, **life.who)
    assert life.state is State.REMOVED


def test_many_are_asked_in_the_same_number_of_questions_as_one(life: Life) -> None:
    life.get_listed()
    ids = [life.pa, life.world.second_pa, life.world.other_pa]
    assert set(queries.listings_of_many(life.db, ids, life.world.authority)) == {life.pa}
    assert set(queries.before_of_many(life.db, ids, life.world.authority)) == set(ids)
    assert register.verdict_of(life.db, life.pa, life.world.authority, london_day(life.now)) is not None
    row = life.db.scalars(select(Listing)).one()
    assert row.turn == 4
