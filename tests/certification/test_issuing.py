"""Issuing: by rule, once, from whichever side the last thing comes, and never changed afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.certification import queries, services
from lms.certification.models import Certificate, Withdrawal
from lms.certification.numbers import reads
from lms.certification.queries import CertificateView
from lms.certification.reactions import issue_when_complete
from lms.certification.rules import Standing, WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Database, Db
from lms.core.events import Reactions
from lms.core.house import House
from lms.core.models import EventRow, WorkRow
from lms.core.words import NotFound
from lms.learning import services as learning
from lms.learning.catalogue import Courses
from lms.learning.events import LearnerEnrolled, ModuleStudied
from lms.learning.prior import services as prior
from lms.people import services as people
from tests.certification import steps
from tests.certification.conftest import REACTIONS
from tests.world import World


def facts(db: Db, kind: str) -> list[EventRow]:
    return list(db.scalars(select(EventRow).where(EventRow.kind == kind)))


def beside(house: House, reactions: Reactions) -> Database:
    """The same database, in which other rooms react otherwise."""
    return Database(house.settings.database_url, info={"reactions": reactions, "shelves": house.shelves})


def test_nothing_is_issued_before_both_are_done(db: Db, world: World, now: datetime) -> None:
    enrolment_id = steps.enrolled(db, world, now)
    steps.is_seen(db, enrolment_id, world.employer_person, now)
    steps.signs_off(db, enrolment_id, world.employer_person, now)
    assert queries.certificates_of(db, world.pa) == []
    attempt = steps.studies_all_but_the_end(db, enrolment_id, world.pa, now)
    assert queries.certificates_of(db, world.pa) == []
    learning.hand_in(db, attempt_id=attempt, by=world.pa, now=now)
    assert len(queries.certificates_of(db, world.pa)) == 1


def test_the_sign_off_can_be_the_last_thing(db: Db, world: World, now: datetime) -> None:
    later = now + timedelta(days=3)
    enrolment_id = steps.enrolled(db, world, now)
    steps.studies(db, enrolment_id, world.pa, now)
    steps.is_seen(db, enrolment_id, world.employer_person, later)
    assert queries.certificates_of(db, world.pa) == []
    steps.signs_off(db, enrolment_id, world.employer_person, later)
    (issued,) = queries.certificates_of(db, world.pa)
    assert (issued.studied_on, issued.signed_off_on) == (london_day(now), london_day(later))
    assert issued.issued_on == london_day(later)


def test_it_says_everything(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    assert reads(issued.number) == issued.number
    assert (issued.kind, issued.code, issued.holder_id, issued.holder_name) == (
        "module",
        "PAI-1",
        world.pa,
        "Pat Morgan",
    )
    assert issued.title == "Module certificate: Being a personal assistant"
    assert (issued.edition, issued.content_edition, issued.framework_edition) == ("2026.1", "2026.1", "2026.1")
    assert (issued.authority_id, issued.authority_name) == (world.authority, "Rivermere Council")
    assert (issued.signed_off_by, issued.signed_off_as) == ("Amina Yusuf", "an individual employer")
    assert issued.lapses_on is None
    assert "21 November 2026" in issued.proves[0]
    assert any("not the Care Certificate" in line for line in issued.does_not_prove)
    with house.database.reading() as db:
        (fact,) = facts(db, "CertificateIssued")
        assert (fact.about, fact.by) == (world.pa, None)
        assert fact.data == {
            "certificate_id": str(issued.id),
            "kind": "module",
            "code": "PAI-1",
            "enrolment_id": str(issued.enrolment_id),
            "frozen_digest": issued.frozen_digest,
        }
        (work,) = db.scalars(select(WorkRow))
        assert (work.kind, work.key) == ("certification.render", str(issued.id))


def test_nobody_but_the_holder_is_named(house: House, issued: CertificateView) -> None:
    with house.database.reading() as db:
        html = db.get_one(Certificate, issued.id).html
    assert "Pat Morgan" in html
    assert "Amina Yusuf" not in html
    assert "Amina Yusuf" not in " ".join(issued.proves)


def test_told_twice_it_issues_once(house: House, issued: CertificateView, now: datetime) -> None:
    fact = ModuleStudied(about=issued.holder_id, enrolment_id=issued.enrolment_id, module="PAI-1", edition="2026.1")
    with house.database.writing() as db:
        issue_when_complete(db, fact, now)
        assert services.issue_if_complete(db, issued.enrolment_id, "PAI-1", now) is None
        assert len(facts(db, "CertificateIssued")) == 1


def test_twenty_at_the_same_moment_issue_one(house: House, world: World, now: datetime) -> None:
    quiet = beside(house, {**REACTIONS, ModuleStudied: [], **{k: [] for k in REACTIONS if k is not LearnerEnrolled}})
    with quiet.writing() as db:
        enrolment_id = steps.earns(db, world, now)
        assert queries.certificates_of(db, world.pa) == []
    start = Barrier(20)

    def ask(_turn: int) -> UUID | None:
        start.wait()
        with house.database.writing() as db:
            return services.issue_if_complete(db, enrolment_id, "PAI-1", now)

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(ask, range(20)))
    assert sum(answer is not None for answer in answers) == 1
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Certificate)) == 1
        assert len(facts(db, "CertificateIssued")) == 1
        assert db.scalar(select(func.count()).select_from(WorkRow)) == 1
    quiet.close()


def test_study_and_sign_off_in_the_same_moment_cannot_miss_each_other(
    house: House, world: World, now: datetime
) -> None:
    """Nothing but certification's own lock holds them apart here."""
    alone = beside(house, {k: [r for r in several if r is not _READY] for k, several in REACTIONS.items()})
    with alone.writing() as db:
        enrolment_id = steps.enrolled(db, world, now)
        attempt = steps.studies_all_but_the_end(db, enrolment_id, world.pa, now)
        steps.is_seen(db, enrolment_id, world.employer_person, now)
    signed = Event()

    def sign() -> None:
        with alone.writing() as db:
            steps.signs_off(db, enrolment_id, world.employer_person, now)
        signed.set()

    with alone.writing() as db:
        learning.hand_in(db, attempt_id=attempt, by=world.pa, now=now)
        thread = Thread(target=sign)
        thread.start()
        assert not signed.wait(0.5)
    thread.join(timeout=20)
    assert signed.is_set()
    with alone.reading() as db:
        assert len(queries.certificates_of(db, world.pa)) == 1
    alone.close()


_READY = REACTIONS[ModuleStudied][0]


def test_two_people_get_two_numbers(db: Db, world: World, now: datetime) -> None:
    steps.earns(db, world, now)
    steps.earns(db, world, now, learner=world.second_pa, employer=world.second_employer_person)
    (one,), (other,) = queries.certificates_of(db, world.pa), queries.certificates_of(db, world.second_pa)
    assert one.number != other.number


def test_a_number_that_is_taken_is_drawn_again(
    db: Db, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([7, 7, 8])
    monkeypatch.setattr("lms.certification.services.secrets.randbits", lambda _bits: next(drawn))
    steps.earns(db, world, now)
    steps.earns(db, world, now, learner=world.second_pa, employer=world.second_employer_person)
    assert db.scalar(select(func.count(Certificate.number.distinct()))) == 2


def test_later_changes_do_not_reach_it(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    with house.database.reading() as db:
        html = db.get_one(Certificate, issued.id).html
    with house.database.writing() as db:
        people.change_details(
            db, person_id=world.pa, name="Pat Renamed", language="cy", access_needs="", now=house.clock()
        )
        people.change_details(
            db, person_id=world.employer_person, name="Amina Other", language="en", access_needs="", now=house.clock()
        )
    renamed = Database(house.settings.database_url, info={"shelves": {**house.shelves, Courses: _retitled(house)}})
    with renamed.reading() as db:
        assert queries.certificate(db, issued.id) == issued
        assert db.get_one(Certificate, issued.id).html == html
    renamed.close()


def test_a_title_without_end_does_not_undo_a_sign_off(house: House, world: World, now: datetime) -> None:
    shelves = {**house.shelves, Courses: _retitled(house, "Safe " * 200)}
    database = Database(house.settings.database_url, info={"reactions": REACTIONS, "shelves": shelves})
    with database.writing() as db:
        steps.earns(db, world, now)
    with database.reading() as db:
        (issued,) = queries.certificates_of(db, world.pa)
    assert issued.module_title is not None
    assert (len(issued.module_title), issued.module_title[-1]) == (200, "…")
    database.close()


def _retitled(house: House, to: str = "Retitled") -> Courses:
    courses: Any = house.shelves[Courses]
    title = {"title": courses.modules["PAI-1"].title.model_copy(update={"en": to})}
    return Courses(courses.courses, {**courses.modules, "PAI-1": courses.modules["PAI-1"].model_copy(update=title)})


def test_withdrawing_adds_and_takes_nothing_away(
    house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    for reason in (WithdrawalReason.ISSUED_IN_ERROR, WithdrawalReason.HOLDER_ASKED):
        with house.database.writing() as db:
            services.withdraw(db, certificate_id=issued.id, reason=reason, by=world.coordinator, now=now)
    with house.database.reading() as db:
        assert queries.certificates_of(db, world.pa) == []
        (kept,) = queries.every_certificate_of(db, world.pa, offset=0, limit=10)
        assert (kept.withdrawn_on, kept.withdrawn_because) == (london_day(now), WithdrawalReason.ISSUED_IN_ERROR)
        assert kept.standing(london_day(now)) is Standing.WITHDRAWN
        assert (kept.number, kept.proves) == (issued.number, issued.proves)
        (fact,) = facts(db, "CertificateWithdrawn")
        assert (fact.by, fact.data["reason"]) == (world.coordinator, "issued_in_error")
        assert db.scalar(select(func.count()).select_from(Withdrawal)) == 1


def test_a_withdrawn_one_is_not_issued_again(
    house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        reason = WithdrawalReason.ISSUED_IN_ERROR
        services.withdraw(db, certificate_id=issued.id, reason=reason, by=world.coordinator, now=now)
        assert services.issue_if_complete(db, issued.enrolment_id, "PAI-1", now) is None


def test_what_does_not_exist_cannot_be_withdrawn(db: Db, world: World, now: datetime) -> None:
    with pytest.raises(NotFound):
        services.withdraw(
            db, certificate_id=uuid4(), reason=WithdrawalReason.HOLDER_ASKED, by=world.coordinator, now=now
        )


def test_the_day_is_the_london_day(house: House, world: World) -> None:
    just_after_midnight = datetime.fromisoformat("2027-07-01T23:30:00+00:00")
    with house.database.writing() as db:
        steps.earns(db, world, just_after_midnight)
    with house.database.reading() as db:
        (issued,) = queries.certificates_of(db, world.pa)
    assert issued.issued_on.isoformat() == "2027-07-02"


def test_a_certificate_calls_nothing_study_that_was_prior_learning(db: Db, world: World, now: datetime) -> None:
    enrolment_id = steps.enrolled(db, world, now)
    offer_id = uuid4()
    prior.offer_prior(
        db,
        id=offer_id,
        enrolment_id=enrolment_id,
        module="PAI-1",
        outcomes=["PAI-1.1"],
        title="Induction elsewhere",
        earned_on=None,
        says="",
        paper=None,
        certificate="ABCD-EFGH",
        by=world.pa,
        now=now,
    )
    prior.decide(
        db,
        id=uuid4(),
        offer_id=offer_id,
        accepted=["PAI-1.1"],
        reason="Shown.",
        by=world.assessor,
        behalf=world.college,
        now=now,
    )
    steps.is_seen(db, enrolment_id, world.employer_person, now)
    steps.signs_off(db, enrolment_id, world.employer_person, now)
    steps.studies(db, enrolment_id, world.pa, now)
    (issued,) = queries.certificates_of(db, world.pa)
    assert "1 of its 6 outcomes were not studied here" in issued.proves[0]
    assert "every lesson" not in " ".join(issued.proves)
