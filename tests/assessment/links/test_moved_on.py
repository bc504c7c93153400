"""What becomes of a link when the world moved on: cancelled, over, left, signed off, reminded of, forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.assessment.deciding import queries as deciding
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.links import queries, services
from lms.assessment.links.models import LinkAnswer, LinkProof, LinkSecret
from lms.assessment.links.reminding import forget_unsent, remind
from lms.core.house import House
from lms.core.words import Refused
from lms.notifications.models import Notice
from tests.assessment.conftest import UNIT
from tests.assessment.links.conftest import NURSE, SEEN, Answering, Links, facts, left, pieces

Answers = Callable[[str], Answering]


def test_cancelled_in_between(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    with house.database.writing() as db:
        services.cancel(db, link_id=link_id, by=links.world.pa, now=links.clock())
        services.cancel(db, link_id=link_id, by=links.world.pa, now=links.clock())
    assert who.browser.post(f"{who.home}/check", {"read": "x"}).status_code == 410
    assert "not needed any more" in who.text()
    with house.database.reading() as db:
        assert pieces(db, links) == ()
        assert len(facts(db, "LinkCancelled")) == 1


def test_an_answer_comes_first_then_nobody_cancels(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    who.send("/check")
    with house.database.writing() as db, pytest.raises(Refused):
        services.cancel(db, link_id=link_id, by=links.world.pa, now=links.clock())


def test_after_its_days_it_asks_nothing(links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    links.clock.on(days=14)
    over = who.browser.post(f"{who.home}/check", {"read": "x"})
    assert over.status_code == 410
    assert "time for this link is over" in over.get_data(as_text=True)


def test_an_unknown_or_altered_link_is_a_plain_404_and_guessing_is_slowed(links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    altered = answering(secret[:-1] + ("A" if secret[-1] != "A" else "B"))
    codes = [altered.page().status_code for _try in range(7)]
    assert codes[:5] == [404] * 5
    assert codes[5:] == [429] * 2
    assert altered.browser.post(altered.home).status_code == 429
    assert answering(secret).page().status_code == 200


def test_the_learner_left_meanwhile(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    with house.database.writing() as db:
        left(db, links)
    gone = who.browser.post(f"{who.home}/check", {"read": "x"})
    assert gone.status_code == 410
    assert "not on this course any more" in gone.get_data(as_text=True)
    with house.database.reading() as db:
        assert queries.proof(db, link_id) is None


def test_signed_off_meanwhile_is_kept_beside_the_record(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    _sign_everything(house, links)
    assert who.send("/check").status_code == 302
    with house.database.reading() as db:
        proof = queries.proof(db, link_id)
        assert proof is not None
        assert proof.evidence_id is not None
        assert "signed" in proof.kept_out.lower()
    assert "Somebody else will decide" in who.text()


def _sign_everything(house: House, links: Links) -> None:
    from lms.assessment.content import Frameworks
    from lms.core.shelves import shelf

    with house.database.writing() as db:
        for line in shelf(db, Frameworks).framework("pai-practice").unit(UNIT).practice:
            links.course.look(db, links.world.assessor, criterion=line.key)
        links.course.sign(db, links.world.assessor)


def test_an_employer_who_left_meanwhile_is_a_witness(house: House, links: Links, answering: Answers) -> None:
    from lms.people import services as people

    _link, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    today = links.clock().date()
    with house.database.writing() as db:
        people.end_employment(
            db,
            pa_id=links.world.pa,
            employer_id=links.world.employer,
            until=today - timedelta(days=1),
            by=links.world.coordinator,
            now=links.clock(),
        )
    who.go(SEEN)
    who.send("/check")
    with house.database.reading() as db:
        [piece] = pieces(db, links)
        assert piece.kind is EvidenceKind.WITNESS_TESTIMONY
        assert deciding.decisions_of(db, links.course.enrolment) == ()


def test_what_was_not_right_is_noted_beside_it_for_some_days(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    who.send("/check")
    said = who.browser.submit(who.home, {"text": "It was the day before."}, to=f"{who.home}/not-right")
    assert said.status_code == 302
    assert "It was the day before." in who.text()
    with house.database.reading() as db:
        assert [note.text for note in queries.notes_of(db, link_id)] == ["It was the day before."]
        assert pieces(db, links)[0].text == "P. asked me before moving the boxes."
    links.clock.on(days=7)
    late = who.browser.submit(who.home, {"text": "And more."}, to=f"{who.home}/not-right")
    assert "7 days after the answer" in late.get_data(as_text=True)


def test_a_changed_record_is_seen(house: House, links: Links, answering: Answers) -> None:
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    who.send("/check")
    with house.database.writing() as db:
        row = db.get_one(LinkProof, link_id)
        record = dict(row.record) | {"at": "2020-01-01T00:00:00+00:00"}
        db.execute(update(LinkProof).values(record=record))
    with house.database.reading() as db:
        proof = queries.proof(db, link_id)
        assert proof is not None
        assert not proof.whole


def test_one_reminder_after_half_of_the_days_with_a_link_of_its_own(
    house: House, links: Links, answering: Answers
) -> None:
    link_id, secret = links.asked()
    remind(house, links.clock())
    links.clock.on(days=7)
    for _minute in range(3):
        remind(house, links.clock())
    with house.database.reading() as db:
        assert db.scalars(select(Notice.kind).where(Notice.kind == "link_reminder")).all() == ["link_reminder"]
        assert len(db.scalars(select(LinkSecret)).all()) == 2
        second = db.scalar(select(Notice.secret).where(Notice.kind == "link_reminder"))
        assert queries.link(db, link_id).reminded
    assert second
    answering(secret).send()
    assert "You are" not in answering(second).text()
    assert answering(second).page().status_code == 200


def test_nobody_is_reminded_of_what_was_answered_or_of_who_left(house: House, links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.go({"saw": {"answer": "no"}})
    who.send("/check")
    links.asked(NURSE)
    with house.database.writing() as db:
        left(db, links)
    links.clock.on(days=7)
    remind(house, links.clock())
    with house.database.reading() as db:
        assert db.scalars(select(Notice).where(Notice.kind == "link_reminder")).all() == []


def test_what_was_never_sent_is_forgotten_and_what_was_sent_is_not(
    house: House, links: Links, answering: Answers
) -> None:
    _sent, first = links.asked()
    said = answering(first)
    said.go(SEEN)
    said.send("/check")
    _given_up, second = links.asked(NURSE)
    answering(second).go(SEEN)
    cancelled, third = links.asked()
    answering(third).go(SEEN)
    with house.database.writing() as db:
        services.cancel(db, link_id=cancelled, by=links.world.pa, now=links.clock())
    for days, kept in ((0, 3), (2, 2), (14, 1)):
        links.clock.on(days=days)
        forget_unsent(house, links.clock())
        with house.database.reading() as db:
            assert len(set(db.scalars(select(LinkAnswer.link_id)))) == kept, days
    assert said.page().status_code == 200
