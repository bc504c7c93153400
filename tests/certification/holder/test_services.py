"""Links end when their holder says; what strangers see is what the holder chose last."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from lms.certification import services as certificates
from lms.certification.checking import queries as checking
from lms.certification.holder import queries, services
from lms.certification.holder.models import HolderChoice, Share, ShareLook
from lms.certification.holder.rules import MOST_OPEN, NameShown
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.people.models import Person
from tests.world import World

KEY = "the site's own key"


def share(db: Db, issued: CertificateView, by: UUID, now: datetime, **more: Any) -> UUID:
    id: UUID = more.pop("id", None) or uuid4()
    given = {"for_whom": "Anna", "until": london_day(now) + timedelta(days=30), "name_shown": NameShown.FULL, **more}
    services.share(db, id=id, key=KEY, certificate_id=issued.id, by=by, now=now, **given)
    return id


def works(db: Db, id: UUID, on: date) -> bool:
    return queries.opened(db, services.secret_of(KEY, id), on) is not None


def test_a_link_works_up_to_its_day(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    id, on = share(db, issued, world.pa, now), london_day(now)
    assert [works(db, id, on + timedelta(days=days)) for days in (0, 30, 31)] == [True, True, False]
    found = queries.opened(db, services.secret_of(KEY, id), on)
    assert found is not None
    assert (found.certificate_id, found.for_whom, found.name_shown) == (issued.id, "Anna", NameShown.FULL)
    row = db.get_one(Share, id)
    assert services.secret_of(KEY, id) not in str(vars(row))
    assert services.secret_of("another key", id) != services.secret_of(KEY, id)
    assert queries.opened(db, row.secret_digest, on) is None
    (fact,) = db.scalars(select(EventRow).where(EventRow.kind == "CertificateShared"))
    assert "Anna" not in str(fact.data)


def test_it_ends_when_its_holder_says(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    id, on = share(db, issued, world.pa, now), london_day(now)
    for _ in range(2):
        assert services.end_share(db, share_id=id, by=world.pa, now=now) == issued.id
    assert not works(db, id, on)
    assert len(db.scalars(select(EventRow).where(EventRow.kind == "CertificateShareEnded")).all()) == 1
    other = share(db, issued, world.pa, now)
    for who in (world.second_pa, world.coordinator, world.employer_person):
        with pytest.raises(NotFound):
            services.end_share(db, share_id=other, by=who, now=now)
    with pytest.raises(NotFound):
        services.end_share(db, share_id=uuid4(), by=world.pa, now=now)
    assert works(db, other, on)


def test_only_the_holder_shares(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    for who in (world.second_pa, world.coordinator, world.employer_person, world.quality_assurer):
        with pytest.raises(NotFound):
            share(db, issued, who, now)


def test_a_form_sent_twice_is_one_link(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    id = uuid4()
    for _ in range(2):
        share(db, issued, world.pa, now, id=id)
    assert queries.count_shares_of(db, issued.id) == 1


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (365, True), (366, False)])
def test_a_last_day_within_a_year(
    *, db: Db, issued: CertificateView, world: World, now: datetime, days: int, fine: bool
) -> None:
    until = london_day(now) + timedelta(days=days)
    if fine:
        share(db, issued, world.pa, now, until=until)
    else:
        with pytest.raises(Refused, match="Choose a last day"):
            share(db, issued, world.pa, now, until=until)


def test_so_many_links_and_no_more(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    ids = [share(db, issued, world.pa, now) for _ in range(MOST_OPEN)]
    with pytest.raises(Refused, match="End one"):
        share(db, issued, world.pa, now)
    services.end_share(db, share_id=ids[0], by=world.pa, now=now)
    share(db, issued, world.pa, now)


def test_no_link_to_what_was_withdrawn(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    reason = WithdrawalReason.ISSUED_IN_ERROR
    certificates.withdraw(db, certificate_id=issued.id, reason=reason, by=world.coordinator, now=now)
    with pytest.raises(Refused, match="does not count any more"):
        share(db, issued, world.pa, now)


def test_looks_are_counted_by_day_without_who(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    id = share(db, issued, world.pa, now)
    for days in (0, 0, 1):
        services.looked(db, share_id=id, now=now + timedelta(days=days))
    (found,) = queries.shares_of(db, issued.id)
    last = now + timedelta(days=1)
    assert (found.times, found.last_at) == (3, last)
    assert not found.counts_again(last + timedelta(minutes=9))
    assert found.counts_again(last + timedelta(minutes=10))
    assert {column.key for column in ShareLook.__table__.columns} == {"share_id", "on", "times", "last_at"}


def test_what_was_chosen_last_counts(db: Db, issued: CertificateView, world: World, now: datetime) -> None:
    def choose(shown: NameShown, stays: bool, minutes: int) -> None:
        at = now + timedelta(minutes=minutes)
        services.choose(db, id=uuid4(), holder_id=world.pa, name_shown=shown, stays_checkable=stays, now=at)

    assert queries.name_shown(db, world.pa) is NameShown.INITIALS
    assert queries.choice_of(db, world.pa).made_at is None
    choose(NameShown.FULL, True, 1)
    choose(NameShown.FULL, True, 2)
    assert len(db.scalars(select(HolderChoice)).all()) == 1
    found = checking.by_number(db, issued.number)
    assert found is not None
    assert (found.name_shown, found.checkable) == (NameShown.FULL, True)
    choose(NameShown.INITIALS, False, 3)
    assert queries.name_shown(db, world.pa) is NameShown.INITIALS
    assert queries.name_shown(db, world.second_pa) is NameShown.INITIALS
    assert len(db.scalars(select(EventRow).where(EventRow.kind == "HolderChose")).all()) == 2


@pytest.mark.parametrize(("stays", "after"), [(None, False), (False, False), (True, True)])
def test_after_the_account_is_closed_it_stays_checkable_if_the_holder_agreed(
    *, db: Db, issued: CertificateView, world: World, now: datetime, stays: bool | None, after: bool
) -> None:
    if stays is not None:
        services.choose(db, id=uuid4(), holder_id=world.pa, name_shown=NameShown.FULL, stays_checkable=stays, now=now)
    assert queries.stays_checkable(db, issued.id)
    db.execute(update(Person).where(Person.id == world.pa).values(closed_at=now))
    assert queries.stays_checkable(db, issued.id) is after
    found = checking.by_number(db, issued.number)
    assert found is not None
    assert found.checkable is after


def test_what_is_not_there_is_not_checkable(db: Db, world: World) -> None:
    assert not queries.stays_checkable(db, uuid4())
