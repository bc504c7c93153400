"""Vacancies on both databases: bounded, read first, answered by PAs who may, ended by the calendar, forgotten."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.register.directory import contact_queries, contacts
from lms.register.directory import services as directory
from lms.register.directory.words import BackReason, Outcome, Side
from lms.register.kinds import ContactModel, ListingState
from lms.register.vacancies import ending, queries, services
from lms.register.vacancies.models import VacancyText
from lms.register.vacancies.rules import Asking, Stop, last_day, open_on, stop
from lms.register.vacancies.text import VacancyWords, cleaned_words
from lms.register.vacancies.words import EndReason
from tests.conftest import StandingClock
from tests.register.town import AREAS, Town, listed, make_town, publish, stand, switch

WORDS = VacancyWords(
    title="Saturday evenings with a film lover",
    text="I want to go to the cinema and cook together on Saturdays. You like people and arrive on time.",
    called="Amina",
    area="Northside",
    times=("sat_evening",),
    hours="to_10",
    languages=("en",),
    pay=1260,
)
ANSWER = "I like films and I am free on Saturdays."


@pytest.fixture
def town(db: Db, now: datetime) -> Town:
    """Harbourgate, where employers post vacancies; one PA is listed with a profile."""
    made = make_town(db, "HARBOURGATE", now)
    switch(db, made, ContactModel.ADVERT_REPLY, now)
    listed(db, made, made.pa, now)
    return made


def send(db: Db, town: Town, now: datetime, *, words: VacancyWords = WORDS, vacancy: UUID | None = None) -> UUID:
    """Amina sends a vacancy; returns its text."""
    text = uuid4()
    services.send(
        db,
        once=text,
        vacancy_id=vacancy or text,
        employer_id=town.household,
        authority_id=town.authority,
        words=words,
        by=town.employer,
        now=now,
    )
    return text


def look(db: Db, town: Town, text: UUID, now: datetime, *, by: UUID | None = None, back: bool = False) -> None:
    """An officer reads it."""
    services.look(
        db,
        once=uuid4(),
        text_id=text,
        authority_id=town.authority,
        outcome=Outcome.SENT_BACK if back else Outcome.PUBLISHED,
        reason=BackReason.UNCLEAR if back else None,
        word="",
        by=by or town.officer,
        now=now,
    )


def posted(db: Db, town: Town, now: datetime) -> UUID:
    """A vacancy PAs can answer."""
    text = send(db, town, now)
    look(db, town, text, now)
    return text


def answer(db: Db, vacancy: UUID, pa: UUID, now: datetime, *, once: UUID | None = None) -> UUID:
    """A PA answers."""
    return services.answer(db, once=once or uuid4(), vacancy_id=vacancy, pa_id=pa, text=ANSWER, now=now)


def read_by(db: Db, town: Town, pa: UUID, now: datetime) -> int:
    """How many vacancies a PA can read."""
    return queries.open_vacancies(db, town.authority, pa, london_day(now), offset=0, limit=5)[1]


def test_nobody_reads_a_vacancy_before_the_team_has(db: Db, town: Town, now: datetime) -> None:
    text = send(db, town, now)
    assert read_by(db, town, town.pa, now) == 0
    with pytest.raises(NotFound):
        answer(db, text, town.pa, now)
    for nobody in (town.employer, town.pa, town.second_employer):
        with pytest.raises(NotFound):
            look(db, town, text, now, by=nobody)
    look(db, town, text, now)
    assert read_by(db, town, town.pa, now) == 1
    with pytest.raises(Refused, match="already"):
        look(db, town, text, now, by=town.manager)
    found = queries.vacancy(db, text)
    assert found is not None
    assert found.ends_on == london_day(now) + timedelta(days=27), "28 days, the first one included"


def test_a_vacancy_sent_back_is_changed_and_read_again(db: Db, town: Town, now: datetime) -> None:
    first = send(db, town, now)
    look(db, town, first, now, back=True)
    second = send(db, town, now, vacancy=first)
    assert queries.waiting(db, [town.authority], limit=5)[1] == 1
    look(db, town, second, now)
    change = VacancyWords.of({**WORDS.data(), "title": "Sundays instead"})
    send(db, town, now, vacancy=first, words=change)
    found = queries.vacancy(db, first)
    assert found is not None
    assert found.words is not None
    assert found.words.title == WORDS.title, "a change is read before PAs see it"


def test_an_answer_opens_messages_and_brings_the_profile(db: Db, town: Town, now: datetime) -> None:
    vacancy, once = posted(db, town, now), uuid4()
    contact = answer(db, vacancy, town.pa, now, once=once)
    assert answer(db, vacancy, town.pa, now, once=once) == contact, "a double tap"
    with pytest.raises(Refused, match="have answered"):
        answer(db, vacancy, town.pa, now)
    found = contact_queries.contact(db, contact)
    assert found is not None
    assert (found.called, found.pa_called, found.last_side) == ("Amina", "Pat M", Side.PA)
    told = [row.kind for row in db.query(Notice).filter_by(person_id=town.representative)]
    assert told == ["vacancy_answered"]
    contacts.write(
        db, once=uuid4(), contact_id=contact, side=Side.EMPLOYER, text="Shall we talk?", by=town.employer, now=now
    )


def test_a_pa_who_is_not_accredited_reads_but_does_not_answer(db: Db, town: Town, now: datetime) -> None:
    vacancy = posted(db, town, now)
    publish(db, town, town.second_pa, now)
    stand(db, town, town.second_pa, ListingState.PROVISIONAL, now)
    assert read_by(db, town, town.second_pa, now) == 1
    with pytest.raises(Refused, match="once nothing is missing"):
        answer(db, vacancy, town.second_pa, now)


@pytest.mark.parametrize("state", [s for s in ListingState if s not in {ListingState.LISTED, ListingState.PROVISIONAL}])
def test_a_pa_who_is_not_on_the_register_does_not_answer(
    db: Db, town: Town, now: datetime, state: ListingState
) -> None:
    vacancy = posted(db, town, now)
    stand(db, town, town.pa, state, now)
    with pytest.raises(Refused, match="when you are on the register"):
        answer(db, vacancy, town.pa, now)


def test_a_pa_who_hid_the_profile_shows_it_first(db: Db, town: Town, now: datetime) -> None:
    vacancy = posted(db, town, now)
    directory.show(db, once=uuid4(), person_id=town.pa, authority_id=town.authority, shown=False, now=now)
    with pytest.raises(Refused, match="profile"):
        answer(db, vacancy, town.pa, now)


def test_walls_stand_between_authorities(db: Db, town: Town, now: datetime) -> None:
    vacancy = posted(db, town, now)
    far = make_town(db, "DYFFRYN", now)
    switch(db, far, ContactModel.ADVERT_REPLY, now)
    listed(db, far, far.pa, now)
    with pytest.raises(NotFound):
        answer(db, vacancy, far.pa, now)
    with pytest.raises(NotFound):
        look(db, far, send(db, town, now), now)
    with pytest.raises(NotFound):
        services.end_by_team(db, vacancy_id=vacancy, authority_id=far.authority, by=far.officer, now=now)
    for by in (far.employer, town.second_employer, town.pa):
        with pytest.raises(NotFound):
            services.end_by_household(db, vacancy_id=vacancy, why=EndReason.FILLED, by=by, now=now)
    with pytest.raises(NotFound):
        services.send(
            db,
            once=uuid4(),
            vacancy_id=vacancy,
            employer_id=town.second_household,
            authority_id=town.authority,
            words=WORDS,
            by=town.second_employer,
            now=now,
        )


def test_a_blocked_pa_does_not_find_the_vacancy(db: Db, town: Town, now: datetime) -> None:
    vacancy = posted(db, town, now)
    contacts.block(
        db,
        once=uuid4(),
        authority_id=town.authority,
        pa_id=town.pa,
        employer_id=town.household,
        side=Side.EMPLOYER,
        blocked=True,
        by=town.employer,
        now=now,
    )
    assert read_by(db, town, town.pa, now) == 0
    with pytest.raises(NotFound):
        answer(db, vacancy, town.pa, now)


@pytest.mark.parametrize("model", [m for m in ContactModel if m is not ContactModel.ADVERT_REPLY])
def test_only_where_vacancies_are_offered(db: Db, town: Town, now: datetime, model: ContactModel) -> None:
    vacancy = posted(db, town, now)
    switch(db, town, model, now)
    with pytest.raises(NotFound):
        send(db, town, now)
    with pytest.raises(NotFound):
        answer(db, vacancy, town.pa, now)


def test_a_household_has_only_so_many(db: Db, town: Town, now: datetime) -> None:
    for _number in range(services.MOST_OPEN):
        send(db, town, now)
    with pytest.raises(Refused, match="End one"):
        send(db, town, now)


def test_the_calendar_ends_a_vacancy_and_later_it_is_forgotten(house: House, clock: StandingClock) -> None:
    with house.database.writing() as db:
        town = make_town(db, "HARBOURGATE", clock.now)
        switch(db, town, ContactModel.ADVERT_REPLY, clock.now)
        listed(db, town, town.pa, clock.now)
        vacancy, never = posted(db, town, clock.now), send(db, town, clock.now)
    clock.on(days=27)
    assert ending.end_due(house, clock.now) == 0
    with house.database.reading() as db:
        assert read_by(db, town, town.pa, clock.now) == 1, "the last day counts"
    clock.on(days=1)
    with house.database.reading() as db:
        assert read_by(db, town, town.pa, clock.now) == 0, "also before the worker came round"
    assert ending.end_due(house, clock.now) == 1
    assert ending.end_due(house, clock.now) == 0
    with house.database.writing() as db:
        assert queries.end_of(db, vacancy) is EndReason.CALENDAR
        assert [n.kind for n in db.query(Notice).filter_by(person_id=town.employer)][-1] == "vacancy_ended"
        with pytest.raises(Refused, match="ended"):
            answer(db, vacancy, town.pa, clock.now)
        with pytest.raises(Refused, match="Post a new one"):
            send(db, town, clock.now, vacancy=vacancy)
    clock.on(days=70)
    assert ending.end_due(house, clock.now) == 1, "one that was never published is not kept open for ever"
    clock.on(days=370)
    ending.end_due(house, clock.now)
    with house.database.reading() as db:
        assert {row.vacancy_id: row.data for row in db.query(VacancyText)} == {vacancy: {}, never: {}}


@pytest.mark.parametrize(
    "text",
    [
        "Come to 12 Mill Lane on Saturdays, we cook together and talk.",
        "My flat is in RM1 2AB, come and see me on Saturday evenings.",
        "Ring me on 01632 960 001 and we talk about the work on Saturdays.",
        "Write to amina@example.com and we talk about the work on Saturdays.",
        "I have multiple sclerosis and need help on Saturday evenings at home.",
        "The key safe is by the door; come in when you arrive on Saturdays.",
        "too short",
    ],
)
def test_a_vacancy_gives_away_no_address_no_number_and_no_health(text: str) -> None:
    with pytest.raises(Refused):
        cleaned_words(VacancyWords.of({**WORDS.data(), "text": text}), AREAS)
    with pytest.raises(Refused):
        cleaned_words(VacancyWords.of({**WORDS.data(), "title": text[:80], "text": text}), AREAS)


def test_what_is_cut_in_two_between_heading_and_text_is_found_as_well() -> None:
    with pytest.raises(Refused):
        cleaned_words(
            VacancyWords.of({**WORDS.data(), "title": "Evenings, see 12", "text": f"Mill Lane. {WORDS.text}"}), AREAS
        )


def test_an_area_nobody_offers_is_left_out() -> None:
    assert cleaned_words(VacancyWords.of({**WORDS.data(), "area": "12 Mill Lane"}), AREAS).area == ""


DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))


@given(DAYS, st.integers(0, 400))
def test_until_is_exactly_when_it_changes(published: date, days: int) -> None:
    last = last_day(published, days)
    assert open_on(last, None, published)
    assert open_on(last, None, last)
    assert not open_on(last, None, last + timedelta(days=1))
    assert (last - published).days + 1 == max(days, 1)


PAS = st.builds(
    Asking,
    state=st.sampled_from([None, *ListingState]),
    profile_seen=st.booleans(),
    blocked=st.booleans(),
    provisional_may=st.booleans(),
)


@given(PAS, DAYS, st.none() | DAYS, DAYS)
def test_nobody_answers_who_is_not_seen_on_the_register(
    asking: Asking, ends: date, ended: date | None, on: date
) -> None:
    if stop(asking, ends_on=ends, ended_on=ended, on=on) is None:
        provisional = asking.state is ListingState.PROVISIONAL and asking.provisional_may
        assert asking.state is ListingState.LISTED or provisional
        assert asking.profile_seen
        assert not asking.blocked
        assert ended is None
        assert on <= ends


def test_a_provisional_pa_is_told_what_is_missing() -> None:
    asking = Asking(state=ListingState.PROVISIONAL, profile_seen=True, blocked=False, provisional_may=False)
    day = date(2026, 11, 21)
    assert stop(asking, ends_on=day, ended_on=None, on=day) is Stop.NOT_ACCREDITED
