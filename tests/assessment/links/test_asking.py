"""Who may ask whom, where a link may go, and how many there may be."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.assessment.evidence.rules import Part
from lms.assessment.links import queries, rules, services
from lms.assessment.links.models import Link
from lms.assessment.links.rules import Asks
from lms.assessment.links.services import WITNESS, Whom, clean_mobile
from lms.core import work
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Nation, OrganisationKind
from tests.assessment.conftest import UNIT
from tests.assessment.links.conftest import NURSE, Links


def test_the_learner_their_assessor_and_the_coordinator_may_ask(db: Db, links: Links) -> None:
    world = links.world
    for by, part in (
        (world.pa, Asks.LEARNER),
        (world.assessor, Asks.ASSESSOR),
        (world.coordinator, Asks.COORDINATOR),
    ):
        made, secret = links.ask(db, by=by)
        assert queries.link(db, made).asked_as is part
        assert queries.by_secret(db, secret).id == made


def test_strangers_cannot_ask(db: Db, links: Links) -> None:
    world = links.world
    for by in (
        world.second_pa,
        world.other_pa,
        world.other_coordinator,
        world.other_assessor,
        world.employer_person,
        world.quality_assurer,
    ):
        with pytest.raises(NotFound):
            links.ask(db, by=by)


def test_a_known_person_is_asked_at_the_address_on_record_and_no_other(db: Db, links: Links) -> None:
    asked = Whom(key=links.amina().key, email="pat.another@example.com", name="Somebody")
    made, _secret = links.ask(db, asked)
    assert queries.address_of(db, made) == "amina.yusuf@example.com"
    view = queries.link(db, made)
    assert (view.person_id, view.name, view.part) == (links.world.employer_person, "Amina Yusuf", Part.EMPLOYER)


def test_a_household_without_an_account_is_asked_at_an_address_that_is_given(db: Db, links: Links) -> None:
    world, now = links.world, links.clock()
    home = people.add_organisation(
        db,
        kind=OrganisationKind.INDIVIDUAL_EMPLOYER,
        name="Home of J.",
        nation=Nation.ENGLAND,
        authority_id=world.authority,
        now=now,
    )
    people.start_employment(
        db, pa_id=world.pa, employer_id=home, since=now.date() - timedelta(days=3), by=None, now=now
    )
    key = f"employer.{home}."
    with pytest.raises(Refused, match="Give an e-mail address"):
        links.ask(db, Whom(key=key))
    made, _secret = links.ask(db, Whom(key=key, email="J@Example.com"))
    view = queries.link(db, made)
    assert (view.person_id, view.household_id, view.name, view.part) == (None, home, "Home of J.", Part.EMPLOYER)


def test_the_learners_own_address_and_the_askers_are_refused(db: Db, links: Links) -> None:
    for by, email in ((links.world.pa, "pat.morgan@example.com"), (links.world.assessor, "Dai.Assessor@example.com")):
        with pytest.raises(Refused, match="own address"):
            links.ask(db, Whom(key=WITNESS, name="N", relation="nurse", email=email), by=by)


def test_a_witness_has_a_name_and_something_to_do_with_the_work(db: Db, links: Links) -> None:
    for whom in (
        Whom(key=WITNESS, name="", relation="nurse", email="n@example.com"),
        Whom(key=WITNESS, name="N", relation="", email="n@example.com"),
        Whom(key=WITNESS, name="N", relation="nurse", email="no address"),
        Whom(key=WITNESS, name="N", relation="nurse", email="n@example.com", phone="07700 900982"),
    ):
        with pytest.raises(Refused):
            links.ask(db, whom)
    for key in ("nobody", f"employer.{links.world.other_employer}.{links.world.other_employer_person}"):
        with pytest.raises(NotFound):
            links.ask(db, Whom(key=key, email="n@example.com"))


def test_text_messages_only_where_there_is_a_way_out(house: House, links: Links) -> None:
    phone = Whom(key=WITNESS, name="N", relation="nurse", phone="07700 900982")
    with house.database.writing() as db, pytest.raises(Refused, match="not set up here"):
        links.ask(db, phone)
    made, _secret = links.asked(phone, texts=True)
    with house.database.reading() as db:
        assert queries.address_of(db, made) == "tel:+447700900982"
        assert queries.link(db, made).sent_to == "••• 982"
    work.do_all(house, now=links.clock())
    with house.database.reading() as db:
        waiting = db.scalar(select(Notice).where(Notice.address == "tel:+447700900982"))
        assert waiting is not None
        assert waiting.sent_at is None  # no way out: it waits, and nobody is told that it went


@pytest.mark.parametrize("typed", ["07700 900 982", "+44 7700 900982", "0044 7700-900982", "(07700) 900982"])
def test_a_mobile_number_has_one_spelling(typed: str) -> None:
    assert clean_mobile(typed) == "+447700900982"


@pytest.mark.parametrize("typed", ["0113 496 0000", "07700 90098", "+1 555 0100", "abc", "+447700900982; rm"])
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        clean_mobile(typed)


def test_lines_are_practice_of_the_unit_and_few(db: Db, links: Links) -> None:
    with pytest.raises(Refused):
        links.ask(db, lines=[])
    for lines in (["nowhere"], ["5.1a"]):
        with pytest.raises(NotFound):
            links.ask(db, lines=lines)
    with pytest.raises(NotFound):
        links.ask(db, unit="CC5")


def test_the_same_form_twice_asks_once(db: Db, links: Links) -> None:
    once = uuid4()
    links.ask(db, id=once)
    links.ask(db, id=once)
    assert len(db.scalars(select(Link)).all()) == 1
    assert len(db.scalars(select(Notice).where(Notice.kind == "link_asked")).all()) == 1


def test_nobody_is_flooded(db: Db, links: Links, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_OPEN", 2)
    links.ask(db, NURSE)
    links.ask(db)
    with pytest.raises(Refused, match="Many people"):
        links.ask(db)
    monkeypatch.setattr(rules, "MOST_OPEN", 20)
    monkeypatch.setattr(rules, "MOST_A_DAY", 2)
    with pytest.raises(Refused, match="today"):
        links.ask(db)
    assert links.ask(db, by=links.world.assessor)


def test_sending_again_gives_a_second_secret_and_stops_after_some(db: Db, links: Links) -> None:
    made, first = links.ask(db)
    for _time in range(rules.MOST_SENDINGS - 1):
        services.send_again(db, link_id=made, by=links.world.pa, now=links.clock())
    assert queries.by_secret(db, first).id == made
    with pytest.raises(Refused):
        services.send_again(db, link_id=made, by=links.world.pa, now=links.clock())
    with pytest.raises(NotFound):
        services.send_again(db, link_id=made, by=links.world.assessor, now=links.clock())


def test_cancelling_is_for_who_asked_and_the_coordinator(db: Db, links: Links) -> None:
    world, now = links.world, links.clock()
    made, _secret = links.ask(db, by=world.pa)
    for by in (world.assessor, world.other_coordinator, world.second_pa, world.quality_assurer):
        with pytest.raises(NotFound):
            services.cancel(db, link_id=made, by=by, now=now)
    services.cancel(db, link_id=made, by=world.coordinator, now=now)
    with pytest.raises(Refused):
        services.send_again(db, link_id=made, by=world.pa, now=now)


def test_a_signed_off_unit_and_a_learner_who_left_need_nobody(db: Db, links: Links) -> None:
    world = links.world
    enrolment = learning.enrolment(db, links.course.enrolment)
    from lms.assessment import places

    for line in places.unit_of(db, enrolment, UNIT).unit.practice:
        links.course.look(db, world.assessor, criterion=line.key)
    links.course.sign(db, world.assessor)
    with pytest.raises(Refused, match="signed off"):
        links.ask(db)


def test_the_authority_sets_its_days(db: Db, links: Links) -> None:
    world, now = links.world, links.clock()
    assert queries.days_of(db, world.authority) == 14
    services.set_days(db, id=uuid4(), authority_id=world.authority, days=5, by=world.coordinator, now=now)
    made, _secret = links.ask(db)
    assert queries.link(db, made).expires_at == now + timedelta(days=5)
    for days in (1, 61):
        with pytest.raises(Refused):
            services.set_days(db, id=uuid4(), authority_id=world.authority, days=days, by=world.coordinator, now=now)
    for by in (world.assessor, world.other_coordinator):
        with pytest.raises(NotFound):
            services.set_days(db, id=uuid4(), authority_id=world.authority, days=5, by=by, now=now)
