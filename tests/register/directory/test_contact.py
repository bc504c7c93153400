"""The contact models from end to end: who may write to whom, what passes, who is asked first, and what a block does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.register.directory import contact_queries, contacts, keeping, queries, reports, searching
from lms.register.directory.words import AbuseAnswer, AbuseReason, Reported, Side, Way
from lms.register.kinds import ContactModel, ListingState
from tests.conftest import StandingClock
from tests.register.town import Town, listed, make_town, stand, switch

HELLO = "Hello, I look for somebody on Saturday evenings. Would that suit you?"
TownWith = Callable[[ContactModel], Town]


@pytest.fixture
def town_with(db: Db, now: datetime) -> TownWith:
    """A town with a contact model, in which one PA is listed with a profile."""

    def make(model: ContactModel) -> Town:
        town = make_town(db, "HARBOURGATE", now)
        switch(db, town, model, now)
        listed(db, town, town.pa, now)
        return town

    return make


def begin(db: Db, town: Town, now: datetime, *, text: str = HELLO, once: UUID | None = None) -> UUID:
    """Amina writes to Pat."""
    return contacts.begin(
        db,
        once=once or uuid4(),
        pa_id=town.pa,
        employer_id=town.household,
        authority_id=town.authority,
        called="Amina",
        text=text,
        by=town.employer,
        now=now,
    )


def write(db: Db, town: Town, contact: UUID, side: Side, text: str, now: datetime) -> None:  # noqa: PLR0917
    """One of the two goes on."""
    by = town.pa if side is Side.PA else town.employer
    contacts.write(db, once=uuid4(), contact_id=contact, side=side, text=text, by=by, now=now)


def notices(db: Db, person: UUID) -> list[str]:
    """The kinds of what somebody was told."""
    return [row.kind for row in db.query(Notice).filter_by(person_id=person).order_by(Notice.made_at)]


def test_masked_details_pass_only_when_the_pa_agrees(db: Db, town_with: TownWith, now: datetime) -> None:
    town = town_with(ContactModel.MASKED)
    contact = begin(db, town, now)
    assert begin(db, town, now) == contact, "a pair has one contact"
    write(db, town, contact, Side.PA, "That would suit me well. When do we talk?", now)
    for text in ("Ring 01632 960 001", "I am at 12 Mill Lane", "pat@example.com"):
        for side in (Side.PA, Side.EMPLOYER):
            with pytest.raises(Refused, match="Leave out"):
                write(db, town, contact, side, text, now)
    assert contact_queries.details_of(db, contact) is None
    pass_details = {"contact_id": contact, "phone": "01632 960001", "email": ""}
    with pytest.raises(NotFound):
        contacts.pass_details(db, once=uuid4(), pa_id=town.second_pa, passed=True, now=now, **pass_details)
    contacts.pass_details(db, once=uuid4(), pa_id=town.pa, passed=True, now=now, **pass_details)
    details = contact_queries.details_of(db, contact)
    assert details is not None
    assert details.phone == "01632 960 001"
    write(db, town, contact, Side.EMPLOYER, "Thank you. Mine is 01632 960 002.", now)
    with pytest.raises(Refused, match="National Insurance"):
        write(db, town, contact, Side.EMPLOYER, "Send me your AB 12 34 56 C", now)
    contacts.pass_details(db, once=uuid4(), pa_id=town.pa, passed=False, now=now, **pass_details)
    assert contact_queries.details_of(db, contact) is None
    assert notices(db, town.pa).count("directory_message") == 1 + 1, "told once until they answer"
    assert notices(db, town.representative) == ["directory_message", "details_passed"]


def test_a_double_tap_writes_once(db: Db, town_with: TownWith, now: datetime) -> None:
    town, once = town_with(ContactModel.MASKED), uuid4()
    contact = begin(db, town, now, once=once)
    assert begin(db, town, now, once=once) == contact
    assert len(contact_queries.messages_of(db, contact)) == 1


def test_only_a_household_of_this_authority_writes(db: Db, town_with: TownWith, now: datetime) -> None:
    town = town_with(ContactModel.MASKED)
    far = make_town(db, "DYFFRYN", now)
    switch(db, far, ContactModel.MASKED, now)
    for household, by in (
        (far.household, far.employer),  # an employer of another authority
        (town.household, far.employer),  # somebody who does not act for this household
        (town.household, town.pa),
        (town.second_household, town.employer),
    ):
        with pytest.raises(NotFound):
            contacts.begin(
                db,
                once=uuid4(),
                pa_id=town.pa,
                employer_id=household,
                authority_id=town.authority,
                called="Nobody",
                text=HELLO,
                by=by,
                now=now,
            )


@pytest.mark.parametrize("model", [ContactModel.ADVERT_REPLY, ContactModel.TEAM_MATCH])
def test_where_pas_cannot_be_browsed_nobody_writes_first(
    db: Db, town_with: TownWith, now: datetime, model: ContactModel
) -> None:
    town = town_with(model)
    with pytest.raises(NotFound):
        begin(db, town, now)


@pytest.mark.parametrize("state", [ListingState.PAUSED, ListingState.SUSPENDED, ListingState.REMOVED])
def test_nothing_reaches_a_pa_who_cannot_be_found(
    db: Db, town_with: TownWith, now: datetime, state: ListingState
) -> None:
    town = town_with(ContactModel.MASKED)
    contact = begin(db, town, now)
    stand(db, town, town.pa, state, now)
    with pytest.raises(Refused, match="not on the register"):
        write(db, town, contact, Side.EMPLOYER, "Are you there?", now)
    with pytest.raises(NotFound):
        begin(db, town, now)
    if state is ListingState.PAUSED:
        write(db, town, contact, Side.PA, "I have a break until March.", now)
        return
    with pytest.raises(Refused, match="when you are on the register"):
        write(db, town, contact, Side.PA, "Hello again.", now)


@pytest.mark.parametrize("side", [Side.PA, Side.EMPLOYER])
def test_a_block_ends_messages_and_hides_the_two_from_each_other(
    db: Db, town_with: TownWith, now: datetime, side: Side
) -> None:
    town = town_with(ContactModel.MASKED)
    contact = begin(db, town, now)

    def block(*, blocked: bool) -> None:
        contacts.block(
            db,
            once=uuid4(),
            authority_id=town.authority,
            pa_id=town.pa,
            employer_id=town.household,
            side=side,
            blocked=blocked,
            by=town.pa if side is Side.PA else town.employer,
            now=now,
        )

    def seen_by(household: UUID) -> bool:
        today = london_day(now)
        return bool(searching.visible_profile(db, town.pa, town.authority, today, employer_id=household))

    block(blocked=True)
    for each in (Side.PA, Side.EMPLOYER):
        with pytest.raises(Refused, match="closed"):
            write(db, town, contact, each, "Hello?", now)
    assert not seen_by(town.household)
    assert seen_by(town.second_household)
    block(blocked=False)
    write(db, town, contact, Side.EMPLOYER, "Hello again.", now)
    assert seen_by(town.household)


def test_an_open_directory_shows_details_to_who_opens_them_and_the_pa_sees_who(db: Db, now: datetime) -> None:
    town = make_town(db, "DYFFRYN", now)
    switch(db, town, ContactModel.OPEN_DIRECTORY, now)
    listed(db, town, town.pa, now)
    opened = {"pa_id": town.pa, "employer_id": town.household, "authority_id": town.authority, "now": now}
    contacts.open_details(db, by=town.employer, **opened)
    contacts.open_details(db, by=town.employer, **opened)
    assert queries.who_opened(db, town.pa, town.authority) == [(town.household, london_day(now))]
    with pytest.raises(NotFound):
        contacts.open_details(db, by=town.second_employer, **opened)
    switch(db, town, ContactModel.MASKED, now)
    with pytest.raises(NotFound):
        contacts.open_details(db, by=town.employer, **opened)


def test_the_team_asks_the_pa_before_a_household_learns_of_them(db: Db, town_with: TownWith, now: datetime) -> None:
    town = town_with(ContactModel.TEAM_MATCH)

    def introduce(by: UUID, once: UUID) -> UUID:
        return contacts.introduce(
            db,
            once=once,
            pa_id=town.pa,
            employer_id=town.household,
            authority_id=town.authority,
            called="Amina",
            text="Amina likes films and looks for somebody on Saturdays.",
            by=by,
            now=now,
        )

    for nobody in (town.employer, town.pa):
        with pytest.raises(NotFound):
            introduce(nobody, uuid4())
    contact = introduce(town.officer, once := uuid4())
    assert introduce(town.officer, once) == contact
    assert notices(db, town.pa)[-1] == "introduction_asked"
    assert notices(db, town.employer) == []

    def known_to_household() -> int:
        return contact_queries.contacts_of_household(db, [town.household], offset=0, limit=5)[1]

    assert known_to_household() == 0
    with pytest.raises(Refused, match="Answer the introduction"):
        write(db, town, contact, Side.EMPLOYER, "Hello?", now)
    with pytest.raises(NotFound):
        contacts.answer_introduction(db, contact_id=contact, pa_id=town.second_pa, agreed=True, now=now)
    contacts.answer_introduction(db, contact_id=contact, pa_id=town.pa, agreed=False, now=now)
    assert known_to_household() == 0
    assert notices(db, town.employer) == []
    contacts.answer_introduction(db, contact_id=contact, pa_id=town.pa, agreed=True, now=now)
    assert known_to_household() == 1
    assert notices(db, town.employer) == ["introduction_agreed"]
    write(db, town, contact, Side.EMPLOYER, "I am glad to hear from you.", now)


def test_a_household_cannot_write_to_everybody_in_a_day(db: Db, town_with: TownWith, now: datetime) -> None:
    town = town_with(ContactModel.MASKED)
    for _number in range(contacts.MOST_NEW_A_DAY):
        _old_contact(db, town, now - timedelta(hours=2))
    with pytest.raises(Refused, match="many PAs today"):
        begin(db, town, now)
    begin(db, town, now + timedelta(hours=23))


def test_a_report_is_dealt_with_once_by_somebody_else(db: Db, town_with: TownWith, now: datetime) -> None:
    town = town_with(ContactModel.MASKED)
    contact, report = begin(db, town, now), uuid4()
    for _tap in range(2):
        reports.report(
            db,
            once=report,
            authority_id=town.authority,
            kind=Reported.MESSAGES,
            target_id=contact,
            reason=AbuseReason.RUDE,
            word="See the last one.",
            by=town.pa,
            now=now,
        )
    assert reports.open_reports(db, [town.authority], limit=5)[1] == 1
    with pytest.raises(NotFound):
        _answer(db, town, report, town.employer, now)
    _answer(db, town, report, town.officer, now)
    with pytest.raises(Refused, match="already"):
        _answer(db, town, report, town.manager, now)
    assert reports.open_reports(db, [town.authority], limit=5)[1] == 0
    assert notices(db, town.pa)[-1] == "report_answered"
    assert "directory_message" not in notices(db, town.employer)


def test_old_messages_go_by_the_rules_but_not_what_is_reported(house: House, clock: StandingClock) -> None:
    with house.database.writing() as db:
        town = make_town(db, "HARBOURGATE", clock.now)
        switch(db, town, ContactModel.MASKED, clock.now)
        listed(db, town, town.pa, clock.now)
        contact, report = begin(db, town, clock.now), uuid4()
        reports.report(
            db,
            once=report,
            authority_id=town.authority,
            kind=Reported.MESSAGES,
            target_id=contact,
            reason=AbuseReason.MONEY,
            word="",
            by=town.pa,
            now=clock.now,
        )
    clock.on(days=370)
    keeping.forget_old(house, clock.now)
    with house.database.writing() as db:
        assert len(contact_queries.messages_of(db, contact)) == 1
        _answer(db, town, report, town.officer, clock.now)
    keeping.forget_old(house, clock.now)
    with house.database.reading() as db:
        assert contact_queries.messages_of(db, contact) == []
        found = contact_queries.contact(db, contact)
        assert found is not None
        assert (found.called, found.pa_called) == ("", "")


def _answer(db: Db, town: Town, report: UUID, by: UUID, now: datetime) -> None:
    reports.answer(
        db,
        report_id=report,
        authority_id=town.authority,
        answered=AbuseAnswer.TALKED,
        word="",
        by=by,
        now=now,
    )


def _old_contact(db: Db, town: Town, at: datetime) -> None:
    from lms.people import services as people
    from lms.register.directory.models import Contact

    other = people.add_person(db, name="Other Pa", email=f"{uuid4()}@example.com", by=None, now=at)
    db.add(
        Contact(
            id=uuid4(),
            authority_id=town.authority,
            pa_id=other,
            employer_id=town.household,
            way=Way.PROFILE,
            called="Amina",
            pa_called="Other",
            opened_by=town.employer,
            opened_at=at,
            last_at=at,
            last_side=Side.EMPLOYER,
        )
    )
    db.flush()
