"""Profiles on both databases: switched on, drafted, sent, read, published, hidden, followed, forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.directory import keeping, queries, searching, services
from lms.register.directory.models import ProfileDraft, ProfileVersion
from lms.register.directory.profile import Profile
from lms.register.directory.searching import Wanted
from lms.register.directory.words import BackReason, Outcome
from lms.register.kinds import ContactModel, ListingState, RequirementState
from tests.conftest import StandingClock
from tests.register.town import WRITTEN, Town, listed, make_town, publish, stand, switch

Found = Callable[..., list[object]]


@pytest.fixture
def town(db: Db, now: datetime) -> Town:
    """Harbourgate, whose rules ask for a profile; the simple register is on with messages through the site."""
    made = make_town(db, "HARBOURGATE", now)
    switch(db, made, ContactModel.MASKED, now)
    return made


def _search(db: Db, town: Town, now: datetime, **wanted: tuple[str, ...]) -> list[str]:
    found, total = searching.search(
        db, town.authority, Wanted(**wanted), london_day(now), employer_id=town.household, offset=0, limit=20
    )
    assert total == len(found)
    return [each.profile.called for each in found]


def test_it_is_off_until_a_register_manager_switches_it_on(db: Db, now: datetime) -> None:
    town = make_town(db, "HARBOURGATE", now)
    assert not queries.is_on(db, town.authority)
    for nobody in (town.officer, town.pa, town.employer):
        with pytest.raises(NotFound):
            services.choose(
                db,
                once=uuid4(),
                authority_id=town.authority,
                is_on=True,
                contact_model=ContactModel.MASKED,
                areas=(),
                by=nobody,
                now=now,
            )
    with pytest.raises(NotFound):
        services.keep_draft(db, person_id=town.pa, authority_id=town.authority, profile=WRITTEN, saves=0, now=now)
    switch(db, town, ContactModel.MASKED, now)
    assert queries.is_on(db, town.authority)
    switch(db, town, ContactModel.MASKED, now, is_on=False)
    assert not queries.is_on(db, town.authority)


def test_a_draft_is_kept_and_a_second_window_loses_nothing(db: Db, town: Town, now: datetime) -> None:
    save = {"person_id": town.pa, "authority_id": town.authority, "now": now}
    services.keep_draft(db, profile=WRITTEN, saves=0, **save)
    services.keep_draft(db, profile=Profile(called="Second"), saves=1, **save)
    with pytest.raises(Refused, match="another window"):
        services.keep_draft(db, profile=Profile(called="Third"), saves=1, **save)
    mine = queries.own(db, town.pa, town.authority)
    assert mine.draft == Profile(called="Second")
    assert mine.newest is None


def test_a_profile_is_published_only_after_somebody_read_it(db: Db, town: Town, now: datetime) -> None:
    services.keep_draft(db, person_id=town.pa, authority_id=town.authority, profile=WRITTEN, saves=0, now=now)
    version = uuid4()
    services.send(db, once=version, person_id=town.pa, authority_id=town.authority, now=now)
    services.send(db, once=version, person_id=town.pa, authority_id=town.authority, now=now)  # a double tap
    stand(db, town, town.pa, ListingState.LISTED, now)
    assert _search(db, town, now) == []
    assert queries.profile_for_feed(db, [town.pa], town.authority) == {}
    waiting, how_many = queries.waiting_profiles(db, [town.authority], limit=5)
    assert how_many == 1
    assert waiting[0].id == version
    with pytest.raises(NotFound):
        _look(db, town, version, now, by=town.pa)
    _look(db, town, version, now)
    stand(db, town, town.pa, ListingState.LISTED, now)  # what the rules say of Pat is not what this is about
    assert _search(db, town, now) == ["Pat M"]
    assert queries.profile_for_feed(db, [town.pa, town.second_pa], town.authority)[town.pa]["display_name"] == "Pat M"
    with pytest.raises(Refused, match="already"):
        _look(db, town, version, now)


def test_a_published_profile_meets_what_the_rules_ask_for(db: Db, town: Town, now: datetime) -> None:
    def profile_asked() -> RequirementState:
        judged = register.verdict_of(db, town.pa, town.authority, london_day(now))
        assert judged is not None
        return judged.verdict.finding("HG-PROFILE").state

    assert profile_asked() is RequirementState.NOT_STARTED
    publish(db, town, town.pa, now)
    assert profile_asked() is RequirementState.MET


def test_what_is_published_stays_until_a_change_is_read(db: Db, town: Town, now: datetime) -> None:
    listed(db, town, town.pa, now)
    again = uuid4()
    services.keep_draft(
        db, person_id=town.pa, authority_id=town.authority, profile=Profile(called="New Name"), saves=0, now=now
    )
    services.send(db, once=again, person_id=town.pa, authority_id=town.authority, now=now)
    assert _search(db, town, now) == ["Pat M"]
    with pytest.raises(Refused, match="Choose why"):
        _look(db, town, again, now, outcome=Outcome.SENT_BACK)
    _look(db, town, again, now, outcome=Outcome.SENT_BACK, reason=BackReason.UNCLEAR)
    assert _search(db, town, now) == ["Pat M"]
    mine = queries.own(db, town.pa, town.authority)
    assert mine.newest is not None
    assert mine.newest.reason is BackReason.UNCLEAR
    assert mine.published is not None
    assert mine.published.profile.called == "Pat M"


def test_of_several_sent_only_the_newest_waits(db: Db, town: Town, now: datetime) -> None:
    first, second = uuid4(), uuid4()
    for version, name in ((first, "One"), (second, "Two")):
        services.keep_draft(
            db, person_id=town.pa, authority_id=town.authority, profile=Profile(called=name), saves=0, now=now
        )
        services.send(db, once=version, person_id=town.pa, authority_id=town.authority, now=now)
    assert queries.waiting_profiles(db, [town.authority], limit=5)[1] == 1
    with pytest.raises(Refused, match="newer"):
        _look(db, town, first, now)


@pytest.mark.parametrize("state", [each for each in ListingState if each not in searching.VISIBLE])
def test_only_listed_and_provisional_pas_are_seen(db: Db, town: Town, now: datetime, state: ListingState) -> None:
    listed(db, town, town.pa, now)
    assert _search(db, town, now) == ["Pat M"]
    stand(db, town, town.pa, state, now)
    assert _search(db, town, now) == []
    assert searching.visible_profile(db, town.pa, town.authority, london_day(now), employer_id=None) is None
    stand(db, town, town.pa, ListingState.PROVISIONAL, now)
    assert _search(db, town, now) == ["Pat M"]


def test_a_pa_who_withdrew_is_gone_at_once_and_comes_back_when_they_like(db: Db, town: Town, now: datetime) -> None:
    listed(db, town, town.pa, now)
    for shown in (False, False, True):
        services.show(db, once=uuid4(), person_id=town.pa, authority_id=town.authority, shown=shown, now=now)
        assert _search(db, town, now) == (["Pat M"] if shown else [])
        assert bool(queries.profile_for_feed(db, [town.pa], town.authority)) is shown


def test_a_pa_who_left_the_authority_is_not_found(db: Db, town: Town, now: datetime) -> None:
    listed(db, town, town.pa, now)
    people.end_role(
        db,
        person_id=town.pa,
        organisation_id=town.authority,
        role=Role.PA,
        until=london_day(now) - timedelta(days=1),
        by=None,
        now=now,
    )
    assert _search(db, town, now) == []


def test_the_team_takes_a_profile_off(db: Db, town: Town, now: datetime) -> None:
    listed(db, town, town.pa, now)
    with pytest.raises(NotFound):
        services.take_off(db, person_id=town.pa, authority_id=town.authority, by=town.employer, now=now)
    services.take_off(db, person_id=town.pa, authority_id=town.authority, by=town.officer, now=now)
    assert _search(db, town, now) == []


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"areas": ("northside",)}, True),
        ({"areas": ("castle-hill",)}, False),
        ({"areas": ("castle-hill", "northside")}, True),
        ({"languages": ("bsl",)}, True),
        ({"languages": ("cy",)}, False),
        ({"times": ("sat_evening", "sun_evening")}, True),
        ({"times": ("wed_night",)}, False),
        ({"areas": ("northside",), "times": ("wed_night",)}, False),
        ({"training": ("PAI-1",)}, False),
    ],
)
def test_a_search_finds_what_it_asks_for(
    db: Db, town: Town, now: datetime, wanted: dict[str, tuple[str, ...]], fits: bool
) -> None:
    listed(db, town, town.pa, now)
    assert _search(db, town, now, **wanted) == (["Pat M"] if fits else [])


def test_employers_see_only_what_the_rules_name(db: Db, now: datetime) -> None:
    """Rivermere’s employers see no words of the PA’s own, and nothing to reach them by."""
    town = make_town(db, "RIVERMERE", now)
    switch(db, town, ContactModel.MASKED, now)
    listed(db, town, town.pa, now)
    found = searching.visible_profile(db, town.pa, town.authority, london_day(now), employer_id=town.household)
    assert found is not None
    assert found.profile.areas == ("Northside",)
    assert (found.profile.about, found.profile.phone, found.profile.email) == ("", "", "")


def test_what_was_not_used_for_long_is_forgotten_by_the_rules(house: House, clock: StandingClock) -> None:
    with house.database.writing() as db:
        town = make_town(db, "HARBOURGATE", clock.now)
        switch(db, town, ContactModel.MASKED, clock.now)
        listed(db, town, town.pa, clock.now)
        services.keep_draft(
            db, person_id=town.second_pa, authority_id=town.authority, profile=WRITTEN, saves=0, now=clock.now
        )
    clock.on(days=360)  # twelve months in Harbourgate
    assert keeping.forget_old(house, clock.now) == 0
    clock.on(days=10)
    assert keeping.forget_old(house, clock.now) == 2
    assert keeping.forget_old(house, clock.now) == 0
    with house.database.reading() as db:
        assert [version.data for version in db.query(ProfileVersion)] == [{}]
        assert db.query(ProfileDraft).count() == 0
        assert queries.own(db, town.pa, town.authority).newest is None


def _look(
    db: Db,
    town: Town,
    version: object,
    now: datetime,
    *,
    outcome: Outcome = Outcome.PUBLISHED,
    reason: BackReason | None = None,
    by: object = None,
) -> None:
    services.look(
        db,
        once=uuid4(),
        version_id=version,  # type: ignore[arg-type]
        authority_id=town.authority,
        outcome=outcome,
        reason=reason,
        word="",
        by=by or town.officer,  # type: ignore[arg-type]
        now=now,
    )
