"""`lms doctor` finds a paper that was exchanged, a withdrawal that was taken away, and lists that were forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from lms.certification import doctor, services, witnessed
from lms.certification.checking.files import judging
from lms.certification.credentials import lists
from lms.certification.credentials.models import StatusDocument
from lms.certification.keys import services as keys
from lms.certification.keys.rules import Purpose
from lms.certification.life import services as life
from lms.certification.life.models import Suspension, SuspensionLift
from lms.certification.life.reasons import SuspensionReason
from lms.certification.models import CertificatePdf, Withdrawal
from lms.certification.printing import rendering
from lms.certification.printing.queries import page_to_print
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core.db import Db
from lms.core.doctor import Level
from lms.core.files import keep
from lms.core.house import House
from lms.core.models import EventRow
from tests.certification.checking.sealing import key as somebodys_key
from tests.certification.checking.sealing import whole_and_sealed
from tests.world import World


def wrong(house: House, now: datetime, about: str) -> list[str]:
    return [sentence for level, sentence in said(house, now, about) if level is Level.WRONG]


def said(house: House, now: datetime, about: str) -> list[tuple[Level, str]]:
    with house.database.reading() as db:
        return [(each.level, each.sentence) for each in doctor.look(db, house, now) if each.about == about]


@pytest.fixture
def printed(house: House, issued: CertificateView, now: datetime) -> CertificateView:
    """A certificate whose PDF the worker made."""
    rendering.render(house, str(issued.id), now)
    return issued


def point_at(house: House, issued: CertificateView, data: bytes, now: datetime, **more: object) -> None:
    """What an attacker does who can write into the database and the file store."""
    with house.database.writing() as db:
        digest = keep(db, house.files, data, "application/pdf", now=now)
        row = update(CertificatePdf).where(CertificatePdf.certificate_id == issued.id)
        db.execute(row.values(sha256=digest, **more))


def without_fact(house: House) -> None:
    """As it was before there were facts of printing."""
    with house.database.writing() as db:
        db.execute(delete(EventRow).where(EventRow.kind == "CertificatePrinted"))


def test_printing_is_on_record_once(house: House, world: World, printed: CertificateView, now: datetime) -> None:
    rendering.render(house, str(printed.id), now)
    with house.database.reading() as db:
        fact = db.scalars(select(EventRow).where(EventRow.kind == "CertificatePrinted")).one()
        row = db.get_one(CertificatePdf, printed.id)
        assert (fact.about, fact.by, fact.behalf, fact.at) == (world.pa, None, world.authority, now)
        assert fact.data == {
            "certificate_id": str(printed.id),
            "kind": "module",
            "code": "PAI-1",
            "sha256": row.sha256,
            "key_id": str(row.key_id),
        }
    assert [level for level, _ in said(house, now, "papers")] == [Level.WELL]


def test_a_worker_that_comes_second_records_nothing(
    house: House, printed: CertificateView, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.database.writing() as db:
        kept = db.get_one(CertificatePdf, printed.id)
        values = {name: getattr(kept, name) for name in ("certificate_id", "sha256", "made_at", "key_id", "sealed")}
        db.delete(kept)
    with house.database.reading() as db:
        page = page_to_print(db, printed.id)
    with house.database.writing() as db:
        db.add(CertificatePdf(**values))
    monkeypatch.setattr("lms.certification.printing.rendering.queries.page_to_print", lambda _db, _id: page)
    rendering.render(house, str(printed.id), now + timedelta(hours=1))
    with house.database.reading() as db:
        assert len(db.scalars(select(EventRow).where(EventRow.kind == "CertificatePrinted")).all()) == 1


def test_a_paper_that_was_exchanged_is_found_though_the_check_page_believes_it(
    house: House, printed: CertificateView, now: datetime
) -> None:
    forged = b"%PDF-1.7 Mallory is a doctor"
    point_at(house, printed, forged, now)
    assert judging.judge(house, forged).verdict.genuine
    (found,) = wrong(house, now, "papers")
    assert printed.number in found


def test_a_fact_of_their_own_does_not_help_them(house: House, printed: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        genuine = db.get_one(CertificatePdf, printed.id)
        key_id = genuine.key_id
        db.delete(genuine)
    rendering.render(house, str(printed.id), now + timedelta(hours=1))
    with house.database.reading() as db:
        assert db.get_one(CertificatePdf, printed.id).key_id == key_id
    (found,) = wrong(house, now, "papers")
    assert printed.number in found


def test_a_row_of_a_paper_that_is_gone_is_found(house: House, printed: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        db.execute(delete(CertificatePdf))
    (found,) = wrong(house, now, "papers")
    assert (printed.number in found, "is gone" in found) == (True, True)


def test_a_paper_from_before_is_not_called_forged(house: House, printed: CertificateView, now: datetime) -> None:
    without_fact(house)
    (_well, (level, note)) = said(house, now, "papers")
    assert (level, note.startswith("1 PDFs have no fact"), "seals of 1 " in note) == (Level.NOTE, True, True)
    assert wrong(house, now, "papers") == []


def test_an_unsealed_paper_from_before_there_were_keys_is_counted(
    house: House, issued: CertificateView, now: datetime
) -> None:
    with house.database.writing() as db:
        digest = keep(db, house.files, b"%PDF old", "application/pdf", now=now)
        db.add(CertificatePdf(certificate_id=issued.id, sha256=digest, made_at=now))
    assert wrong(house, now, "papers") == []
    assert "1 of those drawn were made before there were seals" in said(house, now, "papers")[-1][1]


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (lambda number, _own: whole_and_sealed(number, private=somebodys_key("Mallory")), "a key of its authority"),
        (lambda _number, own: whole_and_sealed(private=own), "another certificate’s"),
        (lambda number, own: whole_and_sealed(number, private=own) + b"\n%%EOF", "changed after it was sealed"),
        (lambda _number, _own: b"%PDF-1.7 no seal", "a key of its authority"),
    ],
)
def test_a_paper_from_before_that_was_exchanged_is_known_by_its_seal(
    house: House, printed: CertificateView, now: datetime, forge: Callable[..., bytes], why: str
) -> None:
    without_fact(house)
    own = keys.at_hand(house, printed.authority_id, Purpose.SEAL, now).private()
    point_at(house, printed, forge(printed.number, own), now)
    (found,) = wrong(house, now, "papers")
    assert (printed.number in found, why in found) == (True, True)


def test_to_say_that_it_never_had_a_seal_does_not_help(
    house: House, world: World, printed: CertificateView, now: datetime
) -> None:
    later = now + timedelta(days=1)
    with house.database.writing() as db:
        new = services.replace(db, certificate_id=printed.id, holder_name="Right Name", by=world.coordinator, now=later)
        digest = keep(db, house.files, b"%PDF Mallory", "application/pdf", now=now)
        db.add(CertificatePdf(certificate_id=new, sha256=digest, made_at=now))
    (found,) = wrong(house, later, "papers")
    assert "has no seal" in found


def test_only_so_many_seals_are_looked_at(
    house: House, world: World, printed: CertificateView, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.database.writing() as db:
        new = services.replace(db, certificate_id=printed.id, holder_name="Right Name", by=world.coordinator, now=now)
    rendering.render(house, str(new), now)
    without_fact(house)
    monkeypatch.setattr(witnessed, "MOST", 1)
    note = said(house, now, "papers")[-1][1]
    assert (note.startswith("2 PDFs"), "seals of 1 " in note) == (True, True)


def suspend(db: Db, issued: CertificateView, by: UUID, now: datetime) -> None:
    life.suspend(
        db,
        id=uuid4(),
        certificate_id=issued.id,
        reason=SuspensionReason.GROUND_LOOKED_AT,
        word="We look at it again.",
        by=by,
        now=now,
    )


def lived(house: House, issued: CertificateView, by: UUID, now: datetime) -> None:
    """Suspended, lifted, suspended once more, lifted, withdrawn."""
    with house.database.writing() as db:
        for days in (1, 3):
            suspend(db, issued, by, now + timedelta(days=days))
            life.lift(db, id=uuid4(), certificate_id=issued.id, by=by, now=now + timedelta(days=days + 1))
        services.withdraw(
            db,
            certificate_id=issued.id,
            reason=WithdrawalReason.ISSUED_IN_ERROR,
            by=by,
            now=now + timedelta(days=5),
        )


def test_a_life_on_record_is_well(house: House, world: World, issued: CertificateView, now: datetime) -> None:
    lived(house, issued, world.coordinator, now)
    assert [level for level, _ in said(house, now, "withdrawals")] == [Level.WELL]


@pytest.fixture
def issued_and_lived(house: House, world: World, issued: CertificateView, now: datetime) -> CertificateView:
    """A certificate that was moved in every way."""
    lived(house, issued, world.coordinator, now)
    return issued


def _first_suspension(db: Db) -> None:
    first = db.scalars(select(Suspension.id).where(Suspension.turn == 1)).one()
    db.execute(delete(SuspensionLift).where(SuspensionLift.suspension_id == first))
    db.execute(delete(Suspension).where(Suspension.id == first))


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (lambda db, _now: db.execute(delete(Withdrawal)), ["The withdrawal of"]),
        (
            lambda db, now: db.execute(update(Withdrawal).values(withdrawn_on=now.date() + timedelta(days=9999))),
            ["The withdrawal of", "is withdrawn from"],
        ),
        (lambda db, _now: _first_suspension(db), ["The suspension of", "The lift of a suspension of"]),
        (lambda db, _now: db.execute(delete(SuspensionLift)), ["The lift of a suspension of"] * 2),
    ],
)
def test_what_was_taken_away_is_found(
    house: House, issued_and_lived: CertificateView, now: datetime, tamper: Callable[..., object], named: list[str]
) -> None:
    issued = issued_and_lived
    with house.database.writing() as db:
        tamper(db, now)
    found = wrong(house, now, "withdrawals")
    assert len(found) == len(named)
    assert all(any(name in each for each in found) and issued.number in found[0] for name in named)


def test_a_lift_that_nobody_made_is_found(house: House, world: World, issued: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        suspend(db, issued, world.coordinator, now)
        suspension = db.scalars(select(Suspension.id)).one()
        db.add(SuspensionLift(suspension_id=suspension, lifted_on=now.date(), by=world.coordinator, at=now))
    (found,) = wrong(house, now, "withdrawals")
    assert (issued.number in found, "counts again" in found) == (True, True)


def test_erased_facts_witness_nothing(house: House, world: World, printed: CertificateView, now: datetime) -> None:
    lived(house, printed, world.coordinator, now)
    with house.database.writing() as db:
        for row in db.scalars(select(EventRow).where(EventRow.about == world.pa)):
            row.data, row.salt = {}, None
    assert wrong(house, now, "withdrawals") == []
    assert wrong(house, now, "papers") == []


def test_the_first_ones_are_named_and_the_others_counted(
    house: House, world: World, issued: CertificateView, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(house, issued, world.coordinator, now)
    with house.database.writing() as db:
        for table in (SuspensionLift, Suspension, Withdrawal):
            db.execute(delete(table))
    monkeypatch.setattr(witnessed, "NAMED", 2)
    found = wrong(house, now, "withdrawals")
    assert (len(found), found[-1]) == (3, "… and 3 more.")


def test_a_list_that_is_not_renewed_is_found(
    house: House, world: World, issued: CertificateView, now: datetime
) -> None:
    key = lists.signing_key(house, world.authority, now)
    listed, _place = lists.free_place(house, key, now)
    assert said(house, now + timedelta(days=2), "credentials") == []
    (late,) = wrong(house, now + timedelta(days=2, minutes=1), "credentials")
    assert (listed.address in late, " lapses on " in late, "worker" in late) == (True, True, True)
    (gone,) = wrong(house, now + timedelta(days=14), "credentials")
    assert " lapsed on " in gone
    lists.sweep(house, now + timedelta(days=3))
    assert wrong(house, now + timedelta(days=4), "credentials") == []
    with house.database.writing() as db:
        first = db.scalars(select(StatusDocument)).first()
        assert first is not None
        first.made_at = now
    assert len(wrong(house, now + timedelta(days=4), "credentials")) == 1
