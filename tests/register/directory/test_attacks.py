"""What is tried with profiles and messages: to learn what is hidden, to pass what may not pass, to be kept for ever."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.register.directory import contact_queries, contacts, keeping, queries, reports, searching, services
from lms.register.directory.bounds import IN_A_MESSAGE, IN_A_PROFILE, first_private
from lms.register.directory.models import ContactMessage, ProfileDraft
from lms.register.directory.searching import Wanted
from lms.register.directory.tags import area_code
from lms.register.directory.words import AbuseAnswer, AbuseReason, Outcome, Reported, Side
from lms.register.kinds import ContactModel, ListingState
from tests.register.town import WRITTEN, Town, listed, make_town, stand, switch

HELLO = "Hello, are you free on Saturdays?"


@pytest.fixture
def town(db: Db, now: datetime) -> Town:
    """Harbourgate with messages through the site; one PA is listed."""
    made = make_town(db, "HARBOURGATE", now)
    switch(db, made, ContactModel.MASKED, now)
    listed(db, made, made.pa, now)
    return made


def begin(db: Db, town: Town, now: datetime, *, text: str = HELLO) -> None:
    """Amina writes to Pat."""
    contacts.begin(
        db, once=uuid4(), pa_id=town.pa, employer_id=town.household, authority_id=town.authority, called="Amina",
        text=text, by=town.employer, now=now,
    )  # fmt: skip


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nobody_is_found_by_what_employers_do_not_see(
    db: Db, town: Town, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(wanted: Wanted) -> int:
        return searching.search(db, town.authority, wanted, now.date(), employer_id=town.household, offset=0, limit=9)[
            1
        ]

    here, elsewhere = (Wanted(areas=(area_code(name),)) for name in ("Northside", "Castle Hill"))
    learned = Wanted(training=("PAI-1",))
    assert (found(here), found(elsewhere), found(learned)) == (1, 0, 0)
    monkeypatch.setattr(queries, "employer_sees", lambda *_asked: frozenset({"display_name"}))
    assert (found(here), found(elsewhere), found(learned)) == (1, 1, 1), "asking tells nothing"


def test_what_is_written_after_an_old_contact_was_forgotten_is_forgotten_too(db: Db, town: Town, now: datetime) -> None:
    begin(db, town, now)
    for later in (timedelta(days=1), timedelta(days=800)):
        keeping.forget_contacts(db, town.authority, now + later)
        assert db.scalar(select(func.count()).select_from(ContactMessage)) == 0
        begin(db, town, now + timedelta(days=700), text="Hello again, after a long time")


def test_the_words_of_a_report_are_forgotten_once_it_was_dealt_with(db: Db, town: Town, now: datetime) -> None:
    made, late = uuid4(), now + timedelta(days=400)
    reports.report(
        db, once=made, authority_id=town.authority, kind=Reported.PROFILE, target_id=uuid4(),
        reason=AbuseReason.RUDE, word="She said it to my son.", by=town.employer, now=now,
    )  # fmt: skip
    keeping.forget_reports(db, town.authority, late)
    assert reports.one(db, made, town.authority).word, "nobody has dealt with it"
    reports.answer(
        db, report_id=made, authority_id=town.authority, answered=AbuseAnswer.NOTHING_WRONG, word="Rang her.",
        by=town.officer, now=now,
    )  # fmt: skip
    keeping.forget_reports(db, town.authority, now)
    assert reports.one(db, made, town.authority).word
    keeping.forget_reports(db, town.authority, late)
    db.expire_all()
    found = reports.one(db, made, town.authority)
    assert (found.word, found.answer_word) == ("", "")


def test_who_writes_a_profile_is_not_forgotten_meanwhile(db: Db, town: Town, now: datetime) -> None:
    later = now + timedelta(days=300)
    services.keep_draft(
        db, person_id=town.pa, authority_id=town.authority, saves=0, now=later,
        profile=WRITTEN.__class__(**{**WRITTEN.data(), "about": "I still like dogs."}),
    )  # fmt: skip
    keeping.forget_profiles(db, town.authority, now + timedelta(days=200), now=later)
    assert db.get(ProfileDraft, (town.pa, town.authority)) is not None
    assert queries.own(db, town.pa, town.authority).published is not None


def test_another_text_in_a_form_that_was_sent_is_not_lost_without_a_word(db: Db, town: Town, now: datetime) -> None:
    begin(db, town, now)
    known = contact_queries.contact_between(db, town.pa, town.household, town.authority)
    assert known is not None
    form = {"once": uuid4(), "contact_id": known.id, "side": Side.PA, "by": town.pa, "now": now}
    contacts.write(db, text="I am free.", **form)
    contacts.write(db, text="I am free.", **form)
    with pytest.raises(Refused):
        contacts.write(db, text="I am not free any more.", **form)
    assert len(contact_queries.messages_of(db, known.id)) == 2


def test_a_form_sent_again_for_another_profile_is_refused(db: Db, town: Town, now: datetime) -> None:
    form = {"once": uuid4(), "outcome": Outcome.PUBLISHED, "reason": None, "word": "", "by": town.officer, "now": now}
    versions = []
    for pa in (town.pa, town.second_pa):
        versions.append(uuid4())
        services.keep_draft(
            db, person_id=pa, authority_id=town.authority, saves=0, now=now,
            profile=WRITTEN.__class__(**{**WRITTEN.data(), "about": "I like tea."}),
        )  # fmt: skip
        services.send(db, once=versions[-1], person_id=pa, authority_id=town.authority, now=now)
    services.look(db, version_id=versions[0], authority_id=town.authority, **form)
    with pytest.raises(Refused):
        services.look(db, version_id=versions[1], authority_id=town.authority, **form)


@pytest.mark.parametrize("state", [s for s in ListingState if s not in searching.VISIBLE])
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nobody_sees_who_is_not_on_the_register_now(db: Db, town: Town, now: datetime, state: ListingState) -> None:
    stand(db, town, town.pa, state, now)
    assert searching.search(
        db, town.authority, Wanted(), now.date(), employer_id=town.household, offset=0, limit=9
    ) == ([], 0)
    with pytest.raises(NotFound):
        begin(db, town, now)


SPELLED = [
    "01632 nine six zero double oh one", "o1632 96ooo1", "0l632 96OOOl", "pat at gmail", "pat AT Hotmail",
    "СF10 1AA", "kеy safe", "my insta is pat_m99", "WhatsApp me", "find me on Facebook as Pat",
    "message me on Telegram", "pat at example . com",
]  # fmt: skip
EVERYDAY = [
    "Best at cooking. Me and my dog love walks.",
    "I am good at English. UK driving licence, own car.",
    "I grew up at home. Wales is where I belong.",
    "I learned unit 4 of the Care Certificate, and unit 7.",
    "Mon, Wed, Fri 10-2, 10-2, 10-2, Sundays 14-18.",
    "I can help you with Facebook, WhatsApp and Instagram on your phone.",
    "I am good at Outlook and Excel. I message my team on time.",
    "One, two, three, four hours: as you like. Five or six, too.",
]


@pytest.mark.parametrize("text", SPELLED)
def test_other_spellings_are_found(text: str) -> None:
    assert first_private(text, IN_A_MESSAGE) is not None


@pytest.mark.parametrize("text", EVERYDAY)
@pytest.mark.parametrize("kinds", [IN_A_PROFILE, IN_A_MESSAGE])
def test_more_everyday_sentences_are_left_alone(text: str, kinds: tuple) -> None:
    assert first_private(text, kinds) is None
