"""Before a change is published: whom it would affect; and afterwards: those are told, once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.register import lists
from lms.register import queries as register
from lms.register import services as register_services
from lms.register.authoring import services as authoring
from lms.register.authoring.models import RegisterDraft
from lms.register.changing import comparing, queries, services, working
from lms.register.changing.models import RuleChangeTold, RuleLook
from lms.register.changing.queries import LookView
from lms.register.changing.rules import Effect
from lms.register.kinds import ListingState
from lms.register.listing.models import Listing
from tests.register.changing.doings import AHEAD, Change, ask, begins_with_fee, do_all, less, publish
from tests.register.test_services import DISCLOSURE, see
from tests.world import World

DAY = timedelta(days=1)


def newest(house: House, draft_id: UUID) -> LookView:
    with house.database.reading() as db:
        found = queries.newest_of_draft(db, draft_id)
    assert found is not None
    return found


def line(house: House, look: LookView, person: UUID) -> queries.LineView | None:
    with house.database.reading() as db:
        return next((each for each in queries.lines(db, look.id) if each.person_id == person), None)


def test_who_has_more_to_do_and_why(house: House, world: World, now: datetime, draft: Change) -> None:
    draft_id = draft()
    ask(house, world, draft_id, now)
    assert newest(house, draft_id).state == "working"
    do_all(house, now)
    look = newest(house, draft_id)
    assert (look.state, look.done, look.total) == ("done", look.total, 2)
    assert look.judged_on == (now + AHEAD).date()
    assert {each: look.many(each) for each in Effect} == {
        Effect.LOSES: 0,
        Effect.GAINS: 0,
        Effect.MORE: 2,
        Effect.LESS: 0,
    }
    assert ("+", "RM-FEE", 2) in look.why(Effect.MORE)
    assert ("-", "RM-INT", 2) in look.why(Effect.MORE)
    found = line(house, look, world.pa)
    assert found is not None
    assert (found.more, found.fewer) == (["RM-FEE"], ["RM-INT"])


def test_who_would_lose_because_of_what_they_lacked_all_along(
    house: House, world: World, now: datetime, draft: Change
) -> None:
    with house.database.writing() as db:
        _enough_to_begin(db, world, now)
    draft_id = draft(begins_with_fee)
    ask(house, world, draft_id, now)
    do_all(house, now)
    look = newest(house, draft_id)
    found = line(house, look, world.pa)
    assert found is not None
    assert (found.effect, found.was, found.will) == (Effect.LOSES, ListingState.PROVISIONAL, ListingState.CHECKING)
    assert found.more == ["RM-INT"]
    assert line(house, look, world.second_pa) is None, "nothing changes for one who has nothing yet"


@pytest.mark.parametrize("shown", [True, False])
def test_of_those_who_would_lose_it_is_said_how_many_are_shown_now(
    house: House, world: World, now: datetime, draft: Change, shown: bool
) -> None:
    with house.database.writing() as db:
        _enough_to_begin(db, world, now)
        state = ListingState.PROVISIONAL if shown else ListingState.CHECKING
        db.add(
            Listing(
                person_id=world.pa,
                authority_id=world.authority,
                state=state,
                since=now.date(),
                turn=1,
                withheld=False,
                shown_as=state if shown else None,
                provisional_since=now.date() if shown else None,
            )
        )
    draft_id = draft(begins_with_fee)
    ask(house, world, draft_id, now)
    do_all(house, now)
    look = newest(house, draft_id)
    assert (look.many(Effect.LOSES), look.shown_lose) == (1, int(shown))
    assert [name for _sign, name, _number in look.why(Effect.LOSES)] == ["RM-INT"], "it is no reason"


def _enough_to_begin(db: Db, world: World, now: datetime) -> None:
    for code in ("RM-ID", "RM-RTW", "RM-DECL"):
        see(db, world, now, code)
    see(db, world, now, "RM-DBS", data=DISCLOSURE)
    for source in ("most_recent_employer_or_tutor", "other"):
        see(db, world, now, "RM-REF", data={"source": source, "relative": False})
    register_services.accept_code(
        db, once=uuid4(), person_id=world.pa, authority_id=world.authority, version="2026-1", now=now
    )


def test_nothing_is_changed_by_looking(house: House, world: World, now: datetime, draft: Change) -> None:
    draft_id = draft()
    with house.database.reading() as db:
        before = db.scalar(select(func.count()).select_from(EventRow))
    ask(house, world, draft_id, now)
    do_all(house, now)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(EventRow)) == before
        assert db.scalar(select(func.count()).select_from(Notice)) == 0


def test_a_double_tap_is_one_look_and_a_strangers_draft_is_none(
    house: House, world: World, now: datetime, draft: Change
) -> None:
    draft_id, once = draft(), uuid4()
    ask(house, world, draft_id, now, once=once)
    ask(house, world, draft_id, now, once=once)
    with house.database.writing() as db:
        assert db.scalar(select(func.count()).select_from(RuleLook)) == 1
        with pytest.raises(NotFound):
            services.ask(db, once=uuid4(), draft_id=draft_id, authority_id=uuid4(), by=world.pa, now=now)


def test_a_draft_with_mistakes_is_refused(house: House, world: World, now: datetime, draft: Change) -> None:
    draft_id = draft(lambda data: data.pop("renewal"))
    with pytest.raises(Refused):
        ask(house, world, draft_id, now)


def test_a_draft_that_changes_meanwhile_is_not_told_of_as_it_was(
    house: House, world: World, now: datetime, draft: Change
) -> None:
    draft_id = draft()
    ask(house, world, draft_id, now)
    with house.database.writing() as db:
        db.execute(update(RegisterDraft).where(RegisterDraft.id == draft_id).values(version=RegisterDraft.version + 1))
    do_all(house, now)
    assert newest(house, draft_id).state == "overtaken"


def test_a_killed_worker_leaves_a_look_that_goes_on(
    house: House, world: World, now: datetime, draft: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One PA a slice; the worker dies after the first, and again in the middle of the second."""
    monkeypatch.setattr("lms.register.changing.comparing._NEXT", _one_at_a_time())
    draft_id = draft()
    ask(house, world, draft_id, now)
    look_id = newest(house, draft_id).id
    assert working._look(house, look_id, now)
    assert newest(house, draft_id).done == 1
    monkeypatch.setattr(working, "_keep", _dies)
    with pytest.raises(KeyboardInterrupt):
        working._look(house, look_id, now)
    monkeypatch.undo()
    do_all(house, now)
    look = newest(house, draft_id)
    assert (look.state, look.done, look.many(Effect.MORE)) == ("done", 2, 2)


def _one_at_a_time() -> Any:
    return comparing._NEXT.limit(1)


def _dies(*_given: object) -> None:
    raise KeyboardInterrupt


# Telling ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def told(house: House, person: UUID) -> list[str]:
    with house.database.reading() as db:
        kinds = select(Notice.kind).where(Notice.person_id == person, Notice.kind.startswith("rule_change"))
        return list(db.scalars(kinds.order_by(Notice.made_at)))


def goes_on(house: House, now: datetime) -> None:
    working.sweep(house, now)
    do_all(house, now)


def test_those_affected_are_told_some_days_before_and_only_once(
    house: House, world: World, now: datetime, draft: Change
) -> None:
    publish(house, world, draft(), now)
    goes_on(house, now)
    assert told(house, world.pa) == []
    early = now + AHEAD - timedelta(days=28)
    for moment in (early, early + timedelta(minutes=1), early + DAY, now + AHEAD - 7 * DAY, now + AHEAD - DAY):
        goes_on(house, moment)
    assert told(house, world.pa) == ["rule_change_more_to_do"]
    with house.database.reading() as db:
        (one,) = queries.told_to(db, world.pa, (now + AHEAD - DAY).date())
        assert one.effect is Effect.MORE
        assert queries.told_to(db, world.pa, (now + AHEAD).date()) == []
        (change,) = queries.changes_to_come(db, world.authority, now.date())
        assert (change.told, change.next_on) == (2, None)


def test_whom_it_comes_to_affect_later_is_told_then(house: House, world: World, now: datetime, draft: Change) -> None:
    publish(house, world, draft(), now)
    goes_on(house, now + AHEAD - timedelta(days=28))
    with house.database.writing() as db:
        db.execute(RuleChangeTold.__table__.delete().where(RuleChangeTold.person_id == world.second_pa))
    goes_on(house, now + AHEAD - timedelta(days=10))
    assert len(told(house, world.second_pa)) == 1
    goes_on(house, now + AHEAD - timedelta(days=7))
    assert len(told(house, world.second_pa)) == 2, "the second time stands for one it affects only now"
    assert len(told(house, world.pa)) == 1


def test_nobody_is_told_of_less_to_do(house: House, world: World, now: datetime, draft: Change) -> None:
    publish(house, world, draft(less), now)
    goes_on(house, now + AHEAD - timedelta(days=28))
    assert told(house, world.pa) == []


def test_a_change_that_is_taken_back_is_told_to_those_who_knew(
    house: House, world: World, now: datetime, draft: Change
) -> None:
    edition_id = publish(house, world, draft(), now)
    early = now + AHEAD - timedelta(days=28)
    goes_on(house, early)
    with house.database.writing() as db:
        authoring.take_back(
            db, edition_id=edition_id, authority_id=world.authority, by=world.register_manager, now=early
        )
    goes_on(house, early + DAY)
    goes_on(house, early + 2 * DAY)
    assert told(house, world.pa) == ["rule_change_more_to_do", "rule_change_off"]
    with house.database.reading() as db:
        assert queries.changes_to_come(db, world.authority, early.date()) == []


def test_the_days_before_are_set_and_kept_in_bounds(house: House, world: World, now: datetime, draft: Change) -> None:
    publish(house, world, draft(), now)
    goes_on(house, now)
    with house.database.writing() as db:
        (change,) = queries.changes_to_come(db, world.authority, now.date())
        given = {"authority_id": world.authority, "edition": change.edition, "valid_from": change.valid_from}
        by = {"by": world.register_manager, "now": now}
        services.set_days(db, **given, days_before=45, **by)
        with pytest.raises(Refused):
            services.set_days(db, **given, days_before=0, **by)
        with pytest.raises(NotFound):
            services.set_days(db, **{**given, "edition": "1999.1"}, days_before=10, **by)
    goes_on(house, now + AHEAD - timedelta(days=45))
    assert len(told(house, world.pa)) == 1


def test_on_its_day_the_standings_follow(house: House, world: World, now: datetime, draft: Change) -> None:
    publish(house, world, draft(), now)
    on_day = now + AHEAD
    register_services.reread(house, now=now)
    with house.database.reading() as db:
        assert "RM-FEE" not in lists.lacks_of(db, world.authority, [world.pa])[world.pa]
        (standing,) = register.standings_of(db, world.pa, now.date())
        assert standing.holds_until == on_day.date()
    register_services.reread(house, now=on_day)
    with house.database.reading() as db:
        assert "RM-FEE" in lists.lacks_of(db, world.authority, [world.pa])[world.pa]
